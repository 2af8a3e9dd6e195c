"""``python -m bench``: makes a node in an empty folder, measures, prints one table."""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import allocation, analysis, clocks, network
from bench.node import Node
from bench.table import Row, machine, show
from tongzhou.kernel import embedded

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="bench", description="Measure a node of its own.")
    parser.add_argument("--tasks", type=int, default=300_000, help="visible tasks in the list")
    parser.add_argument("--acts", type=int, default=3_000, help="acts through the API")
    parser.add_argument("--streams", type=int, default=500, help="open live streams")
    parser.add_argument(
        "--log", type=int, default=analysis.ACTS, help="acts in the log that is analysed; 0: none"
    )
    parser.add_argument(
        "--large", action="store_true", help=f"one pass over {analysis.LARGE:,} acts, too"
    )
    options = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="tongzhou-bench-"))
    os.environ.pop("DATABASE_URL", None)
    os.environ["TONGZHOU_HOME"] = str(home)
    try:
        node, rows = Node(home), []
        with embedded.lease():
            about = prepared(node)
            for row in measured(node, options):
                rows.append(row)
                # A long run that is broken off has told what it found.
                sys.stderr.write(f"{row.what}: {row.figure}\n")
    finally:
        shutil.rmtree(home, ignore_errors=True)
    print("\n".join(about))
    print()
    print(show(rows))
    return 0


def prepared(node: Node) -> list[str]:
    """An empty database; returns the lines about the machine."""
    node.run("migrate", "--quiet")
    with node.database() as connection:
        found = connection.execute("SHOW server_version").fetchone()
    return machine(found[0] if found else "?")


def measured(node: Node, options: argparse.Namespace) -> Iterator[Row]:
    """The rows, one after the other."""
    # The folder of the node must be known before the settings are read.
    from bench import inside, measures, seed  # noqa: PLC0415 – the folder of the node must be known before

    yield measures.demo(node)
    yield measures.ledger_verify(node)
    with node.served() as seconds:
        yield measures.start(seconds)
        chromium = next((p for p in map(shutil.which, CHROMIUM) if p), None)
        if chromium:
            yield measures.first_page(node, chromium)
        yield measures.memory(node)
        inside.set_up()
        reader, cookie = inside.token("shen"), inside.session("shen")
        actor = inside.token("mei")
        with node.database() as connection:
            seed.copies(
                connection, number=options.tasks, state="accepted", where="u.code = 'zj-command'"
            )
            targets = seed.copies(
                connection,
                number=options.acts + 120,
                state="dispatched",
                where="u.code = 'zj-command' AND t.lead_id = "
                "(SELECT id FROM actors_unit WHERE code = 'baoshi-community')",
            )
            inside.prepare_targets(connection, targets[101:])
        for what, key, path in (
            ("list of 50 through the API", reader, "/api/v1/tasks?limit=50"),
            ("list page of 50", cookie, "/tasks"),
        ):
            yield measures.task_list(node, key, path=path, visible=options.tasks, what=what)
        script = inside.script_of_one_act(targets[100], actor)
        yield measures.full_act(node, actor, targets[101:], script)
        yield measures.live(node, actor, cookie, targets[:100], options.streams)
        yield from clocks.measured(node)
    if options.log:
        yield from analysis.measured(options.log, large=options.large)
        yield from network.measured()
        yield from allocation.measured()


if __name__ == "__main__":
    sys.exit(main())
