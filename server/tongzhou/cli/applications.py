"""Loads the applications for a command, and says plainly what they refuse."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.conf import settings
from django.db.utils import OperationalError, ProgrammingError
from django.utils import translation
from psycopg.errors import UndefinedColumn, UndefinedTable

from tongzhou.kernel import database
from tongzhou.kernel.errors import Refusal
from tongzhou.kernel.terminal import Fault, language


def load() -> None:
    """Loads settings and applications, once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongzhou.config.settings")
    if not settings.configured or not django.apps.apps.ready:
        django.setup()


@contextmanager
def told_plainly() -> Iterator[None]:
    """Inside, sentences are in the terminal's language, and what a function refuses reaches
    the operator as one sentence with its code."""
    with translation.override(language()):
        try:
            yield
        except Refusal as refusal:
            row = f" [{refusal.row}]" if refusal.row is not None else ""
            raise Fault(refusal.code, f"{refusal}{row}") from refusal
        except OperationalError as error:
            raise database.unreachable(error) from error
        except ProgrammingError as error:
            if isinstance(error.__cause__, UndefinedTable | UndefinedColumn):
                raise database.not_migrated() from error
            raise
