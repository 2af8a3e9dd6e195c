"""What lies where: the list, its files, the list of stores, a new store, the import."""

import base64
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tongzhou.actors import permissions
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import SITE_OPEN, STOCK_KEEP
from tongzhou.catalogue.choices import Category
from tongzhou.kernel import clock
from tongzhou.kernel.errors import NotFound, Refusal
from tongzhou.places.models import Area
from tongzhou.stock import exporting
from tongzhou.stock.actions.open_site import open_site
from tongzhou.stock.choices import SiteKind
from tongzhou.stock.forms.steps import ImportForm, SiteForm
from tongzhou.stock.importing import COLUMNS, import_file
from tongzhou.stock.queries import listing, store
from tongzhou.stock.sheets import LARGEST
from tongzhou.ui.refusals import tell_form

LIST = "stock-list"
_SALT = "stock.import"
#: A file that was looked at can be taken over within an hour.
_SECONDS = 3600


def _wanted(request: PostRequest) -> dict[str, Any]:
    """The filters of the address, as the list takes them."""
    given = request.GET
    code = given.get("area", "")[:40]
    return {
        "q": given.get("q", "")[:100],
        "category": given.get("category", "")[:40],
        "site": given.get("site", "")[:80],
        "area": Area.objects.filter(code=code).first() if code else None,
        "kind": given.get("kind", "")[:40],
        "show": given.get("show", "")[:20],
    }


@require_safe
@signed_in
def stock(request: PostRequest) -> HttpResponse:
    """What lies in the stores that the post may see; the filters stand in the address."""
    post, at = request.holder, clock.now()
    wanted = _wanted(request)
    page = listing.listed(
        visible_to=post, at=at, cursor=request.GET.get("cursor", "")[:200], **wanted
    )
    part = request.headers.get("HX-Target") == LIST
    context: dict[str, Any] = {
        "rows": page.rows,
        "next": page.next,
        "lacking": listing.missing(visible_to=post, site=wanted["site"])
        if wanted["show"] == "below"
        else [],
        "filtered": any(wanted.values()),
        "at": at,
    }
    if not part:
        context |= {
            "figures": listing.figures(visible_to=post, at=at),
            "sites": [(row.site.code, row.site.name) for row in store.sites(visible_to=post)],
            "kinds": SiteKind.choices,
            "categories": Category.choices,
            "shows": [
                ("expiring", _("expiring soon")),
                ("expired", _("expired")),
                ("below", _("below the minimum")),
            ],
            "may_open": permissions.holds(post, SITE_OPEN),
            "may_keep": permissions.holds(post, STOCK_KEEP),
        }
    return render(request, f"stock/{'_stock' if part else 'stock'}.html", context)


@require_safe
@signed_in
def export(request: PostRequest, kind: str) -> HttpResponse:
    """The filtered list as CSV or as a workbook."""
    page = listing.listed(
        visible_to=request.holder, at=clock.now(), limit=listing.MOST, **_wanted(request)
    )
    content, media = exporting.written(page.rows, kind)
    answer = HttpResponse(content, content_type=media)
    answer.headers["Content-Disposition"] = f'attachment; filename="stock.{kind}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


@require_safe
@signed_in
def sites(request: PostRequest) -> HttpResponse:
    """The stores that the post may see."""
    post, q = request.holder, request.GET.get("q", "")[:100]
    context = {
        "rows": store.sites(visible_to=post, q=q),
        "filtered": bool(q.strip()),
        "may_open": permissions.holds(post, SITE_OPEN),
        "at": clock.now(),
    }
    part = request.headers.get("HX-Target") == "site-list"
    return render(request, f"stock/{'_sites' if part else 'sites'}.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def site_new(request: PostRequest) -> HttpResponse:
    """Opens a store."""
    post = request.holder
    permissions.require(by=post, word=SITE_OPEN)
    form = SiteForm(request.POST or None, initial={"unit": post.unit})
    if request.method == "POST" and form.is_valid():
        try:
            made = open_site(**form.cleaned_data, by=post, at=clock.now())
        except Refusal as refusal:
            tell_form(form, refusal)
        else:
            messages.success(request, _("The store is open. Now receive goods."))
            return redirect("stock-site", made.code)
    context = {"form": form, "title": _("New store"), "label": _("Open the store")}
    return render(request, "stock/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def import_(request: PostRequest) -> HttpResponse:
    """Looks at a table with the opening stock, says what it would do, and does it once
    confirmed."""
    post, at = request.holder, clock.now()
    permissions.require(by=post, word=STOCK_KEEP)
    looked = request.POST.get("looked", "")
    form = ImportForm(request.POST or None, request.FILES or None) if not looked else ImportForm()
    context: dict[str, Any] = {"form": form, "columns": COLUMNS}
    status = 200
    if looked:
        try:
            content = base64.b64decode(signing.loads(looked, salt=_SALT, max_age=_SECONDS))
        except signing.BadSignature:
            raise NotFound(field="looked") from None
        report = import_file(content, by=post, at=at)
        if not report.faults:
            messages.success(request, _("%(new)d lines are in the books.") % {"new": report.new})
            return redirect("stock")
        context["report"], status = report, 422
    elif request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"].read(LARGEST + 1)
        try:
            report = import_file(content, by=post, at=at, dry_run=True)
        except Refusal as refusal:
            tell_form(form, refusal)
        else:
            context["report"] = report
            if not report.faults and report.new:
                context["looked"] = signing.dumps(base64.b64encode(content).decode(), salt=_SALT)
    if form.errors:
        status = 422
    return render(request, "stock/import.html", context, status=status)
