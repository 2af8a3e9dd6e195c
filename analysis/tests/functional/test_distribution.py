"""What the distribution promises about itself."""

import subprocess
import sys
from pathlib import Path

import pytest

from actscope.acts import SCHEMAS, SENTENCES

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def modules_after(statement: str) -> set[str]:
    """The top-level modules that a fresh interpreter has loaded after the statement."""
    code = f"{statement}\nimport sys\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_it_needs_no_web_framework() -> None:
    modules = sorted(
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in (ROOT / "actscope").rglob("*.py")
        if path.name != "__init__.py"
    )

    loaded = modules_after("import " + ", ".join(modules))

    assert "actscope" in loaded
    assert not loaded & {"django", "tongzhou", "ninja"}


def test_the_tables_of_acts_do_not_load_duckdb() -> None:
    loaded = modules_after("import actscope.acts")

    assert not loaded & {"duckdb", "_duckdb", "pandas", "django"}


@pytest.mark.parametrize("code", SENTENCES)
def test_every_problem_stands_in_the_readme(code: str) -> None:
    assert f"| `{code}` | {SENTENCES[code].level} | {SENTENCES[code].en} |" in README


@pytest.mark.parametrize("table", SCHEMAS)
def test_every_column_stands_in_the_readme(table: str) -> None:
    for column in SCHEMAS[table].columns:
        words = [
            word
            for word, holds in (
                ("required", column.required),
                ("filled", column.filled),
                ("unique", column.unique),
            )
            if holds
        ]
        must = ", ".join(words)
        row = f"| `{column.name}` | {column.type} | {must + ' ' if must else ''}| {column.en} |"
        assert row in README
        for word in column.words:
            assert word in README
