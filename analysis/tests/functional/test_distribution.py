"""What the distribution promises about itself."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def modules_after(statement: str) -> set[str]:
    """The top-level modules that a fresh interpreter has loaded after the statement."""
    code = f"{statement}\nimport sys\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_it_needs_no_web_framework() -> None:
    modules = sorted(
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in (ROOT / "actscope").rglob("*.py")
        if path.name not in {"__init__.py", "__main__.py"}
    )

    loaded = modules_after("import " + ", ".join(modules))

    assert "actscope" in loaded
    assert not loaded & {"django", "tongzhou", "ninja"}


def test_the_tables_of_acts_do_not_load_duckdb() -> None:
    loaded = modules_after("import actscope.acts")

    assert not loaded & {"duckdb", "_duckdb", "pandas", "django"}
