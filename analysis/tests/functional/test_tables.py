"""What the tables are made of."""

from actscope.acts.schema import SCHEMAS

from .conftest import Ask


def test_every_column_is_told(ask: Ask) -> None:
    told = {table["name"]: table["columns"] for table in ask("tables")["tables"]}

    assert {name: [c["name"] for c in columns] for name, columns in told.items()} == {
        name: list(schema.names) for name, schema in SCHEMAS.items()
    }
