"""The commands of ``tongzhou``: data, so that help and reference are made from one list and
a command loads only what it needs."""

from dataclasses import dataclass
from typing import Final

from tongzhou.kernel.database_part import Part
from tongzhou.kernel.terminal import words

_ = words("cli")


def gettext_noop(message: str) -> str:
    """Marks a sentence for translation; it is translated when it is shown."""
    return message


@dataclass(frozen=True)
class Command:
    """``module`` has ``arguments(parser)`` and ``run(options) -> int``. ``part``: as whom it
    works in the database. ``django``: it needs the applications loaded. ``server``: the
    embedded server must run meanwhile."""

    module: str
    summary: str
    part: Part = "web"
    django: bool = True
    server: bool = True


COMMANDS: Final[dict[str, Command]] = {
    "serve": Command(
        "tongzhou.cli.serve",
        gettext_noop("Start every part, watch over them, stop them with Ctrl-C."),
        django=False,
        server=False,
    ),
    "demo": Command(
        "tongzhou.cli.demo",
        gettext_noop("Play the demonstration “Zhejiang, spring 2020”, then serve it."),
        django=False,
    ),
    "import": Command(
        "tongzhou.cli.imports", gettext_noop("Bring in areas or daily counts from files.")
    ),
    "library": Command(
        "tongzhou.cli.library",
        gettext_noop("Publish templates from files, write them as files, switch the profile."),
    ),
    "ledger": Command(
        "tongzhou.cli.ledger", gettext_noop("Verify, export or prove the acts."), django=False
    ),
    "backup": Command(
        "tongzhou.cli.backup",
        gettext_noop("Write the database and the files into one archive."),
        part="owner",
        django=False,
    ),
    "restore": Command(
        "tongzhou.cli.restore",
        gettext_noop("Bring back what “backup” wrote: all of it, or nothing."),
        part="owner",
        django=False,
    ),
    "create-admin": Command(
        "tongzhou.cli.create_admin", gettext_noop("Make the first administrator.")
    ),
    "database-url": Command(
        "tongzhou.cli.database_url",
        gettext_noop("Print the address of the database in use."),
        part="owner",
        django=False,
    ),
    "migrate": Command(
        "tongzhou.cli.migrate",
        gettext_noop("Make or change the tables, and set the rights of each role."),
        part="owner",
    ),
    "web": Command("tongzhou.cli.web", gettext_noop("Run a web process alone."), django=False),
    "worker": Command("tongzhou.cli.worker", gettext_noop("Run the job worker alone.")),
    "sealer": Command(
        "tongzhou.cli.sealer",
        gettext_noop("Run the sealer of the ledger alone."),
        part="sealer",
        django=False,
    ),
    "manage": Command(
        "tongzhou.cli.manage",
        gettext_noop("Run a management command of Django, as the owner of the database."),
        part="owner",
    ),
}


def summary(name: str) -> str:
    """What the command does, in the language of the terminal."""
    return _(COMMANDS[name].summary)
