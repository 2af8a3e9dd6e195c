"""Mission packages: the list, one of them, publishing and retiring."""

from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tongzhou.actors import permissions
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import AID_ASK, AID_PREPARE
from tongzhou.aid.actions.publish_package import publish_package
from tongzhou.aid.actions.retire_package import retire_package
from tongzhou.aid.choices import Kind
from tongzhou.aid.forms.packages import PackageForm
from tongzhou.aid.queries import agreements, packages
from tongzhou.kernel import clock
from tongzhou.kernel.errors import NotAllowed
from tongzhou.oversight.pages.rendering import done, part, tried

LIST: Final = "aid-packages-list"


@require_safe
@signed_in
def package_list(request: PostRequest) -> HttpResponse:
    """What regions hold ready; the filters stand in the address."""
    post, given = request.holder, request.GET
    filters: dict[str, Any] = {
        "q": given.get("q", "")[:100], "kind": given.get("kind", "")[:20],
        "mine": given.get("mine") == "1",
    }  # fmt: skip
    page = packages.listed(
        visible_to=post, on=timezone.localtime(clock.now()).date(),
        cursor=given.get("cursor", "")[:600], **filters,
    )  # fmt: skip
    context: dict[str, Any] = {
        "tab": "packages",
        "rows": page.rows,
        "next": page.next,
        "kinds": Kind.choices,
        "filtered": any(filters.values()),
        "may_prepare": permissions.allowed(by=post, word=AID_PREPARE, on=post.unit),
        "to_sign": agreements.to_sign(visible_to=post),
    }
    template = "aid/_packages.html" if part(request, LIST) else "aid/packages.html"
    return render(request, template, context)


@require_safe
@signed_in
def package(request: PostRequest, code: str) -> HttpResponse:
    """One package: what it holds, what it costs, what the host gives."""
    post = request.holder
    found = packages.find(code, visible_to=post)
    context = {
        "package": found,
        "lines": packages.lines(found),
        "may_prepare": found.retired_at is None
        and permissions.allowed(by=post, word=AID_PREPARE, on=found),
        "may_ask": found.retired_at is None and found.unit_id != post.unit_id
        and permissions.holds(post, AID_ASK),
    }  # fmt: skip
    return render(request, "aid/package.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def package_new(request: PostRequest) -> HttpResponse:
    """The form of a package; ``?from=`` begins with another one of the own unit."""
    post, at = request.holder, clock.now()
    if not permissions.holds(post, AID_PREPARE):
        raise NotAllowed(permission=AID_PREPARE.label)
    code = request.GET.get("from", "")[:60]
    before = packages.find(code, visible_to=post) if code else None
    data = (request.POST,) if request.method == "POST" else ()
    form = PackageForm(*data, before=before, post=post, at=at)
    if data and (made := tried(form, lambda: publish_package(**form.arguments(), by=post, at=at))):
        return done(request, _("Published. Other regions can ask for it."), "aid-package",
                    made.code)  # fmt: skip
    return render(request, "aid/package_new.html", {"form": form}, status=422 if data else 200)


@require_POST
@signed_in
def package_retire(request: PostRequest, code: str) -> HttpResponse:
    """A package is offered no more."""
    found = packages.find(code, visible_to=request.holder)
    retire_package(package=found, by=request.holder, at=clock.now())
    return done(request, _("Retired. What was agreed with it stays."), "aid-packages")
