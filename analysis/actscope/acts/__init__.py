"""What a table of acts is, and how one is read and checked. Nothing here loads DuckDB before a
DuckDB file is met."""

from actscope.acts.casting import arrow_schema
from actscope.acts.reading import (
    Reading,
    TableRefusedError,
    check_actors,
    check_acts,
    read_actors,
    read_acts,
)
from actscope.acts.report import Issue, Report
from actscope.acts.schema import ACTORS, ACTS, BASES, KINDS, PHASES, SCHEMAS, Column, Schema
from actscope.acts.sentences import SENTENCES

__all__ = [
    "ACTORS",
    "ACTS",
    "BASES",
    "KINDS",
    "PHASES",
    "SCHEMAS",
    "SENTENCES",
    "Column",
    "Issue",
    "Reading",
    "Report",
    "Schema",
    "TableRefusedError",
    "arrow_schema",
    "check_actors",
    "check_acts",
    "read_actors",
    "read_acts",
]
