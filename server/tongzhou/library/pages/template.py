"""One template: what it says on a day, its versions, what rests on it; two versions beside
each other; a version as a file."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.kernel.errors import NotFound
from tongzhou.library import access, writing
from tongzhou.library.document import Document
from tongzhou.library.kinds.base import bodies
from tongzhou.library.outline import Difference, Node, differences, label_of, outline
from tongzhou.library.pages import asked
from tongzhou.library.queries import detail, lists
from tongzhou.library.queries.detail import Published
from tongzhou.library.resting import resting_on
from tongzhou.library.versions import Version


@gzip_page
@require_safe
@signed_in
def template(request: PostRequest, kind: str, key: str, jurisdiction: str) -> HttpResponse:
    """The version in force on a day, or the one whose number the address names; where none
    is in force, the last one, which then says so."""
    found = detail.template(kind, key, jurisdiction)
    on = asked.day(request)
    history = detail.history(found)
    in_force = detail.on_day(history, on)
    shown = _named(request, history) or in_force or history[0]
    context: dict[str, Any] = {
        "shown": shown,
        "version": shown.version,
        "nodes": nodes_of(shown.version),
        "history": history,
        "in_force": in_force,
        "on": on,
        "today": asked.is_today(request),
        "jurisdiction_name": lists.jurisdiction_names([jurisdiction])[jurisdiction],
        "siblings": _siblings(shown.version, on),
        "resting": resting_on([v.version.id for v in history], visible_to=request.holder),
        "superseded": {v.version.id for v in history if not v.version.holds_on(on)},
        "in_use": detail.prevails(shown.version, on=on),
        "may_edit": access.may_edit(by=request.holder, jurisdiction=jurisdiction),
        "has_marks": bool(shown.version.marks),
    }
    return render(request, "library/template.html", context)


@require_safe
@signed_in
def compare(request: PostRequest, kind: str, key: str, jurisdiction: str) -> HttpResponse:
    """Two versions beside each other: what differs, value by value."""
    history = detail.history(detail.template(kind, key, jurisdiction))
    after = detail.by_number(history, _number(request, "after", history[0].version.number))
    others = [v.version.number for v in history if v.version.number < after.version.number]
    before = detail.by_number(
        history, _number(request, "before", others[0] if others else after.version.number)
    )
    context = {
        "history": history,
        "before": before,
        "after": after,
        "version": after.version,
        "differences": compared(before.version, after.version),
    }
    return render(request, "library/compare.html", context)


@require_safe
@signed_in
def file(request: PostRequest, kind: str, key: str, jurisdiction: str, number: int) -> HttpResponse:
    """A version as the YAML file that would be read as it."""
    history = detail.history(detail.template(kind, key, jurisdiction))
    version = detail.by_number(history, number).version
    text = writing.as_yaml(writing.plain(version))
    response = HttpResponse(text, content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{writing.file_name(version)}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def nodes_of(version: Version) -> list[Node]:
    """The tree of the body, without what is empty."""
    plain = version.body.model_dump(mode="json")
    return [n for n in outline(bodies()[version.kind], plain, version.marks) if not n.empty]


def compared(before: Version, after: Version) -> list[Difference]:
    """What differs, the head first."""
    return [*_heads(before, after), *differences(nodes_of(before), nodes_of(after))]


def _heads(before: Version, after: Version) -> list[Difference]:
    names = ("title", "valid_from", "valid_to", "legal_force", "source", "confidence")
    found = []
    for name in names:
        old, new = _head(before, name), _head(after, name)
        if old != new:
            label = label_of(name, Document.model_fields[name])
            found.append(Difference((label,), old, new))
    return found


def _head(version: Version, name: str) -> str:
    match name:
        case "legal_force":
            return version.force_label
        case "confidence":
            return version.confidence_label
        case "source":
            return version.source.text
        case _:
            value = getattr(version, name)
            return value.isoformat() if isinstance(value, date) else str(value or "")


def _named(request: PostRequest, history: list[Published]) -> Published | None:
    given = request.GET.get("version", "")
    return detail.by_number(history, _number(request, "version", 0)) if given else None


def _number(request: PostRequest, name: str, otherwise: int) -> int:
    given = request.GET.get(name, "")
    if not given:
        return otherwise
    if not given.isdecimal() or len(given) > 6:
        raise NotFound(field=name)
    return int(given)


def _siblings(version: Version, on: date) -> list[tuple[Version, str]]:
    found = detail.siblings(version, on=on)
    names = lists.jurisdiction_names(v.jurisdiction for v in found)
    return [(v, names[v.jurisdiction]) for v in found]
