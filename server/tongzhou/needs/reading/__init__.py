"""Reading a call for help: from words to proposed lines. No database; a person decides."""

from tongzhou.needs.reading.calls import Mention, Reading, read_call

__all__ = ["Mention", "Reading", "read_call"]
