"""One SQL text for each aggregate, in the dialect of DuckDB; other engines translate it.

They read the view ``acts`` with the columns of ``REQUIRED`` and ``at_us`` (``at`` in microseconds
since 1970 UTC), and give whole numbers wherever a result must be the same to the last digit. An
act whose kind is empty is no collaboration; within a case acts stand in order of time, those of
one time in order of ``position``.
"""

REQUIRED = ("position", "at", "by_unit", "with_units", "kind", "phase", "about_kind", "about_id")
"""The columns of a table of acts that the statements read."""

_STEPS = """
WITH events AS (
    SELECT about_kind, about_id, {of} AS source, at_us, position
    FROM acts
    WHERE kind IS NOT NULL AND about_id IS NOT NULL AND at_us IS NOT NULL AND {of} IS NOT NULL
), steps AS (
    SELECT
        source,
        at_us,
        lead(source) OVER in_case AS target,
        lead(at_us) OVER in_case AS next_us
    FROM events
    WINDOW in_case AS (PARTITION BY about_kind, about_id ORDER BY at_us, position)
)
SELECT
    source,
    target,
    count(*) AS number,
    CAST(sum(next_us - at_us) AS BIGINT) AS total,
    median(next_us - at_us) AS middle
FROM steps
WHERE target IS NOT NULL AND {which}
GROUP BY source, target
"""

HAND_OVERS = _STEPS.format(of="by_unit", which="source <> target")
"""Pairs of units: number of hand-overs, sum and median of the waits in microseconds."""

FOLLOWS = _STEPS.format(of="kind", which="TRUE")
"""The same for pairs of kinds that follow each other directly."""

THROUGHPUT = """
WITH cases AS (
    SELECT max(at_us) - min(at_us) AS span
    FROM acts
    WHERE kind IS NOT NULL AND about_id IS NOT NULL AND at_us IS NOT NULL
    GROUP BY about_kind, about_id
)
SELECT
    count(*) AS number,
    CAST(sum(span) AS BIGINT) AS total,
    median(span) AS middle,
    quantile_cont(span, 0.95) AS high
FROM cases
"""
"""Cases, and sum, median and 95th percentile of their spans in microseconds."""

TIES = """
WITH linked AS (
    SELECT
        phase,
        by_unit AS source,
        list_distinct(list_filter(with_units, lambda u: u IS NOT NULL AND u <> by_unit)) AS partners
    FROM acts
    WHERE kind IS NOT NULL AND by_unit IS NOT NULL
), pairs AS (
    SELECT phase, source, array_length(partners) AS size, unnest(partners) AS target
    FROM linked
)
SELECT phase, source, target, size, count(*) AS number
FROM pairs
GROUP BY phase, source, target, size
"""
"""Acts by phase, unit, partner and number of partners: w_uv = Σ number ÷ size."""

PER_DAY = """
SELECT CAST("at" AT TIME ZONE '{zone}' AS DATE) AS day, kind, count(*) AS number
FROM acts
WHERE kind IS NOT NULL AND "at" IS NOT NULL
GROUP BY 1, 2
"""
"""Acts by day of a time zone, and kind."""
