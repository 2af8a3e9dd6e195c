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
    read_cases,
    read_columns,
    read_needs,
    read_ties,
)
from actscope.acts.report import Issue, Report
from actscope.acts.schema import (
    ACTORS,
    ACTS,
    BASES,
    CASES,
    KINDS,
    NEEDS,
    PHASES,
    SCHEMAS,
    TIES,
    Column,
    Schema,
)
from actscope.acts.sentences import SENTENCES

__all__ = [
    "ACTORS",
    "ACTS",
    "BASES",
    "CASES",
    "KINDS",
    "NEEDS",
    "PHASES",
    "SCHEMAS",
    "SENTENCES",
    "TIES",
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
    "read_cases",
    "read_columns",
    "read_needs",
    "read_ties",
]
