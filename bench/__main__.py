"""``python -m bench``: makes a node in an empty folder, measures, prints one table."""

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

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
    options = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="tongzhou-bench-"))
    os.environ.pop("DATABASE_URL", None)
    os.environ["TONGZHOU_HOME"] = str(home)
    try:
        rows, about = measure(Node(home), options)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    print("\n".join(about))
    print()
    print(show(rows))
    return 0


def measure(node: Node, options: argparse.Namespace) -> tuple[list[Row], list[str]]:
    """All rows, and the lines about the machine."""
    # The folder of the node must be known before the settings are read.
    from bench import inside, measures, seed  # noqa: PLC0415

    say = sys.stderr.write
    say("playing the demo …\n")
    with embedded.lease():
        node.run("migrate", "--quiet")
        with node.database() as connection:
            found = connection.execute("SHOW server_version").fetchone()
        about = machine(found[0] if found else "?")
        rows = [measures.demo(node), measures.ledger_verify(node)]
        with node.served() as seconds:
            rows.append(measures.start(seconds))
            chromium = next((p for p in map(shutil.which, CHROMIUM) if p), None)
            if chromium:
                rows.append(measures.first_page(node, chromium))
            rows.append(measures.memory(node))
            say("copying tasks …\n")
            inside.set_up()
            reader, cookie = inside.token("shen"), inside.session("shen")
            actor = inside.token("mei")
            with node.database() as connection:
                seed.copies(
                    connection,
                    number=options.tasks,
                    state="accepted",
                    where="u.code = 'zj-command'",
                    parameters={},
                )
                targets = seed.copies(
                    connection,
                    number=options.acts + 120,
                    state="dispatched",
                    where="u.code = 'zj-command' AND t.lead_id = "
                    "(SELECT id FROM actors_unit WHERE code = 'baoshi-community')",
                    parameters={},
                )
                inside.prepare_targets(connection, targets[101:])
            say("lists …\n")
            rows.append(
                measures.task_list(
                    node,
                    reader,
                    path="/api/v1/tasks?limit=50",
                    visible=options.tasks,
                    what="list of 50 through the API",
                )
            )
            rows.append(
                measures.task_list(
                    node, cookie, path="/tasks", visible=options.tasks, what="list page of 50"
                )
            )
            say("acts …\n")
            script = inside.script_of_one_act(targets[100], actor)
            rows.append(measures.full_act(node, actor, targets[101:], script))
            say("streams …\n")
            rows.append(measures.live(node, actor, cookie, targets[:100], options.streams))
    return rows, about


if __name__ == "__main__":
    sys.exit(main())
