"""The analysis as a process of its own: a table of acts in, one JSON value out.

    python -m tongzhou.insight.engine acts.csv units.csv ZONE > result.json

It imports the analysis library (and with it a hundred megabytes of compiled code), so it
lives for one analysis and gives everything back; web and worker stay small.
"""

import sys
from pathlib import Path

import orjson

from actscope.acts import read_actors, read_acts
from actscope.summary import COLUMNS, summary


def main(arguments: list[str]) -> int:
    """Reads the two files and writes the summary to standard output."""
    acts, units, zone = arguments
    table = read_acts(Path(acts), columns=COLUMNS).table
    actors = read_actors(Path(units)).table
    sys.stdout.buffer.write(orjson.dumps(summary(table, actors=actors, zone=zone)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
