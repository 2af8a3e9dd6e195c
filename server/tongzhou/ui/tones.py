"""Which colour a state is shown in. A colour never stands alone: the label says the same."""

TONES = ("grey", "blue", "cyan", "teal", "green", "yellow", "orange", "red", "purple")

_OF_VALUE: dict[str, str] = {
    # a task's life
    "created": "grey",
    "draft": "grey",
    "dispatched": "blue",
    "seen": "cyan",
    "accepted": "teal",
    "in_progress": "teal",
    "blocked": "red",
    "refused": "red",
    "returned": "orange",
    "reopened": "orange",
    "done": "green",
    "confirmed": "green",
    "forwarded": "purple",
    "split": "purple",
    "merged": "grey",
    "withdrawn": "grey",
    # urgency
    "overdue": "red",
    "urgent": "red",
    "high": "red",
    "medium": "yellow",
    "normal": "grey",
    "low": "green",
    # incidents: response levels keep the colours of the national plan
    "I": "red",
    "II": "orange",
    "III": "yellow",
    "IV": "blue",
    "open": "blue",
    "closed": "grey",
    "prepare": "grey",
    "watch": "yellow",
    "respond": "red",
    "sustain": "blue",
    "recover": "green",
    # signals, measures, decisions, accounts
    "reported": "blue",
    "new": "blue",
    "assessing": "yellow",
    "assessed": "teal",
    "dismissed": "grey",
    "excluded": "grey",
    "answered": "green",
    "in_force": "blue",
    "lifted": "grey",
    "expired": "grey",
    "active": "green",
    "inactive": "grey",
    "verified": "green",
    "pending": "yellow",
    "failed": "red",
}


def tone_of(value: object) -> str:
    """The tone of a state value; grey for one without a colour of its own."""
    return _OF_VALUE.get(str(value), "grey")
