"""Who may do what with the ledger's tables; the database enforces it.

Role ``web`` is everything that serves or works; ``sealer`` does nothing but seal.
"""

from typing import Final

RIGHTS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "web": {
        "ledger_act": ("SELECT", "INSERT"),
        "ledger_pending": ("SELECT", "INSERT"),
        "ledger_seal": ("SELECT",),
        "ledger_block": ("SELECT",),
        "ledger_follower": ("SELECT", "INSERT", "UPDATE"),
    },
    "sealer": {
        "ledger_act": ("SELECT",),
        "ledger_pending": ("SELECT", "DELETE"),
        "ledger_seal": ("SELECT", "INSERT"),
        "ledger_block": ("SELECT", "INSERT"),
        # Where every background part says that it lives.
        "kernel_beat": ("SELECT", "INSERT", "UPDATE", "DELETE"),
    },
}
