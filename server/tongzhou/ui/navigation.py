"""Where the shell's links lead. A link is shown once its address exists, and hidden where the
post lacks the word for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, get_urlconf, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongzhou.ui.wording import worded


@dataclass(frozen=True)
class Entry:
    """One link: the name of its address, its label and icon, and the permission word it needs
    (with ``_`` for ``.``; empty: whoever is signed in)."""

    url_name: str
    label: str | Promise
    icon: str
    word: str = ""


@dataclass(frozen=True)
class Menu:
    """Entries that belong together, behind one word."""

    label: str | Promise
    icon: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Link:
    """An entry as it is shown on one page; ``links`` are those of a menu."""

    url: str
    label: str | Promise
    icon: str
    here: bool
    links: tuple["Link", ...] = ()


SIGNED_IN = (
    Entry("today", _("Today"), "sun"),
    Entry("tasks", _("Tasks"), "checklist"),
    Entry("incidents", _("Incidents"), "virus"),
    Menu(
        pgettext_lazy("menu", "Reports"),
        "broadcast",
        (
            Entry("hotline", worded("hotline", _("Hotline")), "phone"),
            Entry("signals", _("Signals"), "broadcast"),
            Entry("reports", _("Reports upwards"), "arrow-up"),
            Entry("shifts", _("Field shifts"), "route"),
        ),
    ),
    Menu(
        pgettext_lazy("menu", "Organisation"),
        "affiliate",
        (
            Entry("duties", _("Powers and duties"), "scale"),
            Entry("clocks", _("Time limits"), "alarm"),
            Entry("library", _("Library"), "notebook"),
            Entry("processes", _("Processes"), "sitemap"),
            Entry("units", _("Units"), "affiliate"),
            Entry("areas", _("Areas"), "map-2"),
            Entry("interests", _("Interests"), "users-group"),
        ),
    ),
    Menu(
        _("Resources"),
        "package",
        (
            Entry("needs", _("Needs"), "hand-stop"),
            Entry("offers", _("Offers"), "heart-handshake"),
            Entry("stock", _("Stock"), "building-store"),
            Entry("allocations", _("Allocation"), "arrows-split", "allocation_draft"),
            Entry("shipments", _("Shipments"), "truck-delivery"),
            Entry("hospitals", _("Hospitals"), "building-hospital"),
            Entry("catalogue", _("Catalogue"), "tags"),
            Entry("aid", _("Mutual aid"), "arrows-exchange"),
            Entry("funds", _("Money"), "building-bank"),
            Entry("claims", _("Cost claims"), "clipboard-list"),
        ),
    ),
    Menu(
        _("Oversight"),
        "search",
        (
            Entry("oversight", _("Findings and letters"), "clipboard-check"),
            Entry("burden", _("Form burden"), "gauge"),
            Entry("ledger", _("Ledger"), "book"),
            Entry("background", _("Background work"), "activity", "background_see"),
        ),
    ),
)
PUBLIC = (
    Entry("public", _("Public information"), "world"),
    Entry("ask", _("Ask for help"), "help-circle"),
    Entry("offer-public", _("Offer help or goods"), "heart-handshake"),
    Entry("report-signal", _("Report a signal"), "speakerphone"),
    Entry("ticket", _("Follow a ticket"), "ticket"),
    Entry("gifts", _("Gifts"), "heart-handshake"),
)
#: How many links the bar at the bottom of a phone holds; the rest is behind "More".
ON_PHONES = 3


@lru_cache(maxsize=256)
def _address(urlconf: str, name: str) -> str:
    """The address of a name, empty while there is none. Cached: routes do not change."""
    try:
        return reverse(name, urlconf=urlconf)
    except NoReverseMatch:
        return ""


def address(name: str) -> str:
    """The address of a name without arguments, empty while no room offers it."""
    return _address(get_urlconf() or settings.ROOT_URLCONF, name)


def by_mode(entries: tuple[Entry | Menu, ...], *, emergency: bool) -> tuple[Entry | Menu, ...]:
    """In an emergency the incidents stand directly behind Today, also on a phone; in peacetime
    ordinary work does."""
    if not emergency:
        return entries
    ahead = ("today", "incidents")
    first = [e for e in entries if isinstance(e, Entry) and e.url_name in ahead]
    return (*first, *(e for e in entries if e not in first))


def links(entries: Iterable[Entry | Menu], path: str, can: Any = None) -> list[Link]:
    """The entries that exist and are allowed, with the one marked that ``path`` lies under.
    A menu without any is left out."""
    shown = []
    for entry in entries:
        if isinstance(entry, Menu):
            inside = tuple(links(entry.entries, path, can))
            if inside:
                here = any(link.here for link in inside)
                shown.append(Link("", entry.label, entry.icon, here, inside))
            continue
        url = address(entry.url_name)
        if not url or (entry.word and not getattr(can, entry.word, False)):
            continue
        here = path == url or (url != "/" and path.startswith(url.rstrip("/") + "/"))
        shown.append(Link(url, entry.label, entry.icon, here))
    return shown
