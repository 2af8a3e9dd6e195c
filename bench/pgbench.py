"""The statements of one act, run by pgbench: what the database alone can do."""

import os
import re
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.node import Node
from tongzhou.kernel import embedded

_SECONDS = 8


def script(statements: Sequence[str], *, task: str, number: int, act: str) -> str:
    """A pgbench script from the statements that one act sent: its task becomes a random one
    of ``bench_target``, the id of its act a new one."""
    lines = ["\\set row random(1, :rows)"]
    lines.append("SELECT task::text AS task, number FROM bench_target WHERE row = :row \\gset")
    for statement in statements:
        text = " ".join(statement.split())
        for form in (task, task.replace("-", "")):
            text = text.replace(form, ":task")
        for form in (act, act.replace("-", "")):
            text = text.replace(f"'{form}'", "gen_random_uuid()")
        # After a colon it stands in JSON, where pgbench would read a cast.
        text = re.sub(rf"(?<!:)\b{number}\b", ":number", text)
        lines.append(text.rstrip(";") + ";")
    return "\n".join(lines) + "\n"


def transactions_per_second(node: Node, text: str) -> float:
    """Runs the script with 8 clients as the web role and returns transactions per second."""
    with node.database() as connection:
        rows = connection.execute("SELECT count(*) FROM bench_target").fetchone()
    with tempfile.NamedTemporaryFile("w", suffix=".sql", delete=False) as file:
        file.write(text)
    try:
        done = subprocess.run(
            [
                str(embedded.programs() / "pgbench"), "--no-vacuum", "--client=8", "--jobs=2",
                f"--time={_SECONDS}", f"--define=rows={rows[0] if rows else 1}",
                f"--file={file.name}", "--host", str(embedded.socket_folder()),
                "--username=tongzhou_web", "tongzhou",
            ],
            env={**os.environ, "PGPORT": str(embedded.PORT)},
            capture_output=True,
            text=True,
            check=True,
        )  # fmt: skip
    finally:
        Path(file.name).unlink()
    found = re.search(r"tps = ([0-9.]+)", done.stdout)
    failed = re.search(r"number of failed transactions: (\d+)", done.stdout)
    if found is None or (failed and failed.group(1) != "0"):
        raise RuntimeError(done.stdout + done.stderr)
    return float(found.group(1))
