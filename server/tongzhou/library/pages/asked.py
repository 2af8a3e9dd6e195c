"""What stands in the address of a page: the day, the filters, the template."""

from datetime import date

from django.http import HttpRequest
from django.utils.timezone import get_current_timezone

from tongzhou.kernel import clock
from tongzhou.kernel.errors import DayMalformed
from tongzhou.library.document import Confidence, Force
from tongzhou.library.kinds.base import bodies
from tongzhou.library.queries.lists import Filters

_FIRST, _LAST = date(1900, 1, 1), date(2200, 12, 31)


def day(request: HttpRequest, name: str = "on") -> date:
    """The day that the address names, today where it names none. Raises DayMalformed."""
    given = request.GET.get(name, "").strip()
    if not given:
        return clock.now().astimezone(get_current_timezone()).date()
    try:
        found = date.fromisoformat(given)
    except ValueError as error:
        raise DayMalformed(field=name, given=given[:20]) from error
    if not _FIRST <= found <= _LAST:
        raise DayMalformed(field=name, given=given[:20])
    return found


def is_today(request: HttpRequest, name: str = "on") -> bool:
    """True when the address names no day."""
    return not request.GET.get(name, "").strip()


def filters(request: HttpRequest) -> Filters:
    """The filters that the address names; what they cannot be is left out."""
    get = request.GET.get
    return Filters(
        q=get("q", "").replace("\x00", "")[:100].strip(),
        kind=get("kind", "") if get("kind", "") in bodies() else "",
        jurisdiction=get("jurisdiction", "")[:40],
        confidence=get("confidence", "") if get("confidence", "") in Confidence.values else "",
        force=get("force", "") if get("force", "") in Force.values else "",
        show="all" if get("show") == "all" else "",
    )
