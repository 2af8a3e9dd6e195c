"""Addresses of plans, modes, exercises and process charts."""

from typing import Final

from contract.rows import OWN, page, read, send

PAGES: Final = (
    page("exercise", read(**OWN), send(302, outsider=302)),
)  # fmt: skip
