"""The rule that a finding is held against: a version of a template of the library."""

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from tongzhou.kernel import clock
from tongzhou.library import queries as library
from tongzhou.library.queries import Version
from tongzhou.library.queries.lists import Filters, listed


def version(id: UUID) -> Version:
    """The version with this id. Raises NoSuchVersion."""
    return library.version(id)


def search(q: str, *, limit: int = 12) -> list[Version]:
    """Templates in force today whose title or key holds the words. A handful of queries."""
    today = timezone.localtime(clock.now()).date()
    rows = listed(on=today, filters=Filters(q=q), limit=limit).rows
    return [library.version(row.version) for row in rows if row.in_force]


def label_of(found: Version) -> str:
    """As the choice is named: title, and since when it holds."""
    since = _("in force since %(day)s") % {"day": found.valid_from.isoformat()}
    return f"{found.title} · {since}"
