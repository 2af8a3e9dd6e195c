"""The three families of measures over one table of acts, as one JSON-able value."""

from typing import Any

import pyarrow as pa

from actscope.network.ties import ties
from actscope.process.hand_overs import hand_overs
from actscope.tempo.per_day import acts_per_day

COLUMNS = ("position", "at", "by_unit", "with_units", "kind", "phase", "about_kind", "about_id")
"""The columns that a summary reads, where they are there."""


def summary(acts: pa.Table, *, actors: pa.Table | None = None, zone: str = "UTC") -> dict[str, Any]:
    """``{acts, units, ties, tempo, hand_overs}``.

    ``acts``: a table of acts, ``acts`` in the result its number of rows. ``actors``: a table of
    units; each is a node of the networks, and ``units`` repeats its rows (else it is empty).
    ``zone``: the IANA time zone of the days. Raises what the three functions raise.
    """
    units = actors.to_pylist() if actors is not None else []
    return {
        "acts": acts.num_rows,
        "units": units,
        "ties": ties(acts, units=[unit["unit"] for unit in units]).to_dict(),
        "tempo": acts_per_day(acts, zone=zone).to_dict(),
        "hand_overs": hand_overs(acts).to_dict(),
    }
