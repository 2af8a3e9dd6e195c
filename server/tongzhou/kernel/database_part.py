"""As whom a process works in the database. Loads no driver: the supervisor asks too."""

import os
from typing import Final, Literal

Part = Literal["owner", "web", "sealer"]
ROLES: Final[dict[Part, str]] = {"web": "tongzhou_web", "sealer": "tongzhou_sealer"}
#: Which part this process plays; the command line sets it. The least rights when unset.
VARIABLE: Final = "TONGZHOU_DB_ROLE"

#: 1 in a process that answers many requests: it keeps a few connections open between them.
POOL: Final = "TONGZHOU_DB_POOL"


def is_embedded() -> bool:
    """True where the database is the embedded one."""
    return not os.environ.get("DATABASE_URL")


def this_part() -> Part:
    """The part that this process plays."""
    match os.environ.get(VARIABLE):
        case "owner":
            return "owner"
        case "sealer":
            return "sealer"
        case _:
            return "web"
