"""Reading instants. A time without a zone is not an instant, and is not guessed."""

import pyarrow as pa
import pyarrow.compute as pc

INSTANT = pa.timestamp("us", "UTC")
LOCAL = pa.timestamp("us")

# A clock and, after it, Z or an offset. The clock must be there: in "2026-03-01" the "-01" is none.
ZONED = r"[T ]\d{2}(:\d{2}){0,2}(\.\d+)?(Z|[+-]\d{2}(:?\d{2})?)$"


def instants_of_text(
    text: pa.ChunkedArray, zone: str | None
) -> tuple[pa.ChunkedArray, dict[str, pa.ChunkedArray]]:
    """Instants (microseconds, UTC) out of ISO 8601 text, and a mask of bad rows per issue code.

    Text with an offset is read as it stands; text without one is read in ``zone`` (an IANA name,
    known to exist) or, when there is none, is a problem. A date alone is the start of that day.
    """
    try:
        return pc.cast(text, INSTANT), {}
    except pa.ArrowInvalid:
        pass  # not all of it is well; below, slower, row by row what is not
    zoned = pc.match_substring_regex(text, ZONED)
    nothing = pa.scalar(None, pa.string())
    instants, not_instants = _cast_where_possible(pc.if_else(zoned, text, nothing), INSTANT)
    local, not_local = _cast_where_possible(pc.if_else(zoned, nothing, text), LOCAL)
    problems = {"time_unreadable": pc.or_(not_instants, not_local)}
    if zone is None:
        return instants, problems | {"time_without_zone": pc.is_valid(local)}
    placed, ambiguous = instants_of_local(local, zone)
    return pc.coalesce(instants, placed), problems | {"time_ambiguous": ambiguous}


def instants_of_local(local: pa.ChunkedArray, zone: str) -> tuple[pa.ChunkedArray, pa.ChunkedArray]:
    """Instants out of readings of the clock in ``zone``, and a mask of the readings that the clock
    showed twice or never (when it was set back or forward); there the earlier instant is taken."""
    early = pc.assume_timezone(local, zone, ambiguous="earliest", nonexistent="earliest")
    late = pc.assume_timezone(local, zone, ambiguous="latest", nonexistent="latest")
    return pc.cast(early, INSTANT), pc.fill_null(pc.not_equal(early, late), False)


def _cast_where_possible(
    text: pa.ChunkedArray, to: pa.DataType
) -> tuple[pa.ChunkedArray, pa.ChunkedArray]:
    """The cast column, empty where the cast fails, and a mask of where it does."""
    try:
        return pc.cast(text, to), pc.and_(pc.is_null(text), False)
    except pa.ArrowInvalid:
        distinct = pc.unique(text).drop_null()
    bad = pa.array([value for value in distinct if not _casts(value, to)], pa.string())
    failed = pc.is_in(text, value_set=bad)
    return pc.cast(pc.if_else(failed, pa.scalar(None, pa.string()), text), to), failed


def _casts(value: pa.Scalar, to: pa.DataType) -> bool:
    try:
        value.cast(to)
    except pa.ArrowInvalid:
        return False
    return True
