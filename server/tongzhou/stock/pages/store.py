"""One store: what lies there, what is kept, what moved; the card of an item; the acts."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tongzhou.actors import permissions
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import STOCK_KEEP, STOCK_RESERVE
from tongzhou.catalogue.queries import listing as catalogue
from tongzhou.kernel import clock
from tongzhou.kernel.errors import NotFound, Refusal
from tongzhou.stock.actions.close_count import close_count
from tongzhou.stock.actions.record_count import explain_difference, record_count, record_find
from tongzhou.stock.actions.release import release
from tongzhou.stock.forms.steps import CountLineForm, FindForm, StepForm
from tongzhou.stock.models import Count, CountLine, Site
from tongzhou.stock.pages.steps import STEPS, Step, allowed
from tongzhou.stock.posting import local_day
from tongzhou.stock.queries import store
from tongzhou.stock.queries.sites import find_site
from tongzhou.ui.refusals import tell_form


@require_safe
@signed_in
def site(request: PostRequest, code: str) -> HttpResponse:
    """One store."""
    post, at = request.holder, clock.now()
    found = find_site(code=code, visible_to=post)
    held = store.batches(found)
    minimums = store.minimums(found)
    context = {
        "site": found,
        "batches": [(row, row.batch.expired(local_day(at))) for row in held],
        "reservations": store.reservations(found),
        "may_release": permissions.allowed(by=post, word=STOCK_RESERVE, on=found),
        "moved": store.moved(found),
        "minimums": len(minimums),
        "count": store.open_count(found),
        "steps": allowed(found, post),
        "at": at,
    }
    part = request.headers.get("HX-Target") == "site"
    return render(request, f"stock/{'_site' if part else 'site'}.html", context)


@require_safe
@signed_in
def card(request: PostRequest, code: str, item: str) -> HttpResponse:
    """The card of an item in a store, as a store keeper writes it."""
    found = find_site(code=code, visible_to=request.holder)
    thing = catalogue.item(item)
    context = {"site": found, "item": thing, "lines": store.card(found, thing), "at": clock.now()}
    return render(request, "stock/card.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def step(request: PostRequest, code: str, verb: str) -> HttpResponse:
    """Shows the form of an act in a store, or does it."""
    chosen = STEPS.get(verb)
    if chosen is None:
        raise NotFound()
    post, at = request.holder, clock.now()
    found = find_site(code=code, visible_to=post)
    permissions.require(by=post, word=chosen.word, on=found)
    known: dict[str, Any] = {"site": found, "post": post, "at": at}
    if request.method != "POST":
        initial = {n: v for n, v in request.GET.items() if n in {"item", "kit", "batch", "origin"}}
        return _show(request, chosen, chosen.form(initial=initial, **known))
    form = chosen.form(request.POST, **known)
    if form.is_valid():
        try:
            done = chosen.act(site=found, **form.arguments(), by=post, at=at)
        except Refusal as refusal:
            tell_form(form, refusal)
        else:
            messages.success(request, str(chosen.said))
            return redirect(_after(chosen, found, done))
    return _show(request, chosen, form)


def _after(chosen: Step, site: Site, done: object) -> str:
    if isinstance(done, Count):
        return reverse("stock-count", args=[done.id])
    if chosen.again:
        return reverse("stock-step", args=[site.code, chosen.verb])
    return reverse("stock-site", args=[site.code])


def _show(request: PostRequest, chosen: Step, form: StepForm) -> HttpResponse:
    context = {
        "form": form, "site": form.site, "title": chosen.title, "label": chosen.label,
        "text": chosen.text, "danger": chosen.danger,
    }  # fmt: skip
    return render(request, "stock/form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def count(request: PostRequest, id: UUID) -> HttpResponse:
    """A count: the batches that are still to be looked at come first; what the books do not
    know is written down here too."""
    found = store.count(id, visible_to=request.holder)
    form = FindForm(request.POST or None, prefix="find")
    if request.method == "POST" and form.is_valid():
        try:
            record_find(count=found, **form.cleaned_data, by=request.holder, at=clock.now())
        except Refusal as refusal:
            tell_form(form, refusal)
        else:
            messages.success(request, _("Written down."))
            return redirect("stock-count", found.id)
    return _count(request, found, form, status=422 if form.errors else 200)


@require_POST
@signed_in
def count_line(request: PostRequest, id: UUID, line: int) -> HttpResponse:
    """Writes down what was found of one batch, or why it differs."""
    found = store.count(id, visible_to=request.holder)
    row = found.lines.select_related("batch__item").filter(id=line).first()
    if row is None:
        raise NotFound()
    post, at = request.holder, clock.now()
    if "explain" in request.POST:
        explain_difference(line=row, reason=request.POST.get("reason", ""), by=post, at=at)
        return redirect("stock-count", found.id)
    form = CountLineForm(request.POST)
    if form.is_valid():
        try:
            record_count(count=found, batch=row.batch, **form.cleaned_data, by=post, at=at)
        except Refusal as refusal:
            tell_form(form, refusal)
        else:
            return redirect(f"{reverse('stock-count', args=[found.id])}#left")
    return _count(request, found, FindForm(prefix="find"), bad=(row.id, form), status=422)


@require_POST
@signed_in
def count_close(request: PostRequest, id: UUID) -> HttpResponse:
    """Books the differences and closes the count."""
    found = store.count(id, visible_to=request.holder)
    try:
        close_count(count=found, by=request.holder, at=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("stock-count", found.id)
    messages.success(request, _("The count is closed and the differences are booked."))
    return redirect("stock-count", found.id)


@require_POST
@signed_in
def let_go(request: PostRequest, id: UUID) -> HttpResponse:
    """Gives reserved goods free again."""
    found = store.reservation(id, visible_to=request.holder)
    release(reservation=found, by=request.holder, at=clock.now())
    messages.success(request, _("The goods are free again."))
    return redirect("stock-site", found.site.code)


def _count(
    request: PostRequest,
    found: Count,
    form: FindForm,
    *,
    bad: tuple[int, CountLineForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    rows = found.lines.select_related("batch__item").order_by("batch__item__code", "id")
    lines: list[tuple[CountLine, CountLineForm]] = [
        (row, bad[1] if bad and bad[0] == row.id else CountLineForm(initial=_given(row)))
        for row in rows
    ]
    context = {
        "count": found,
        "site": found.site,
        "left": [one for one in lines if one[0].counted is None],
        "done": [one for one in lines if one[0].counted is not None],
        "differing": [one[0] for one in lines if one[0].difference],
        "form": form,
        "may": found.closed_at is None
        and permissions.allowed(by=request.holder, word=STOCK_KEEP, on=found.site),
        "at": clock.now(),
    }
    return render(request, "stock/count.html", context, status=status)


def _given(row: CountLine) -> dict[str, Any]:
    if row.counted is None:
        return {}
    return {"counted": f"{row.counted.normalize():f}", "reason": row.reason, "note": row.note}
