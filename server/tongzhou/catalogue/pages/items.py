"""The catalogue: search by any spelling, an item's page, the acts on it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tongzhou.actors import sentences
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.catalogue import access
from tongzhou.catalogue.actions.declare_item import declare_item
from tongzhou.catalogue.actions.lay_out_catalogue import lay_out_catalogue
from tongzhou.catalogue.actions.name_item import name_item, rename_item
from tongzhou.catalogue.actions.relate_equivalents import part_equivalents, relate_equivalents
from tongzhou.catalogue.actions.retire_item import retire_item
from tongzhou.catalogue.choices import Category, ItemKind
from tongzhou.catalogue.forms import items as form
from tongzhou.catalogue.queries import listing
from tongzhou.kernel import clock
from tongzhou.kernel.errors import NotFound, Refusal, Sentence
from tongzhou.ledger import queries as ledger
from tongzhou.ui.refusals import tell_form

LIST = "item-list"


@dataclass(frozen=True)
class Step:
    """One act on an item: its form, title, button and what is said when it is done."""

    act: Callable[..., Any]
    form: type[form.StepForm]
    title: Sentence
    label: Sentence
    said: Sentence
    danger: bool = False


STEPS: Final[Mapping[str, Step]] = {
    "name": Step(
        name_item, form.NamesForm, gettext_lazy("Add other names"), gettext_lazy("Add"),
        gettext_lazy("The item is found by these names now."),
    ),
    "rename": Step(
        rename_item, form.RenameForm, gettext_lazy("Rename the item"), gettext_lazy("Rename"),
        gettext_lazy("Renamed. The old names go on finding it."),
    ),
    "relate": Step(
        relate_equivalents, form.RelateForm, gettext_lazy("Allow a replacement"),
        gettext_lazy("Allow"), gettext_lazy("The replacement is allowed, this way round only."),
    ),
    "part": Step(
        part_equivalents, form.PartForm, gettext_lazy("End a replacement"),
        gettext_lazy("End it"), gettext_lazy("It is not given instead any more."),
    ),
    "retire": Step(
        retire_item, form.RetireForm, gettext_lazy("Retire the item"), gettext_lazy("Retire"),
        gettext_lazy("The item is retired. What lies in stores can still be given out."),
        danger=True,
    ),
}  # fmt: skip


@require_safe
@signed_in
def catalogue(request: PostRequest) -> HttpResponse:
    """The items; the filters stand in the address."""
    wanted = request.GET
    page = listing.listed(
        q=wanted.get("q", "")[:100],
        category=wanted.get("category", "")[:40],
        kind=wanted.get("kind", "")[:40],
        retired=wanted.get("retired") == "1",
        cursor=wanted.get("cursor", "")[:200],
    )
    context = {
        "rows": page.rows,
        "next": page.next,
        "categories": Category.choices,
        "kinds": ItemKind.choices,
        "filtered": any(wanted.get(name) for name in ("q", "category", "kind", "retired")),
        "may_edit": access.may_edit(request.holder),
    }
    part = request.headers.get("HX-Target") == LIST
    return render(request, f"catalogue/{'_items' if part else 'items'}.html", context)


@require_safe
@signed_in
def lookup(request: PostRequest) -> HttpResponse:
    """What the search field of an item asks while one types."""
    text = request.GET.get("q", "")[:100]
    found = [
        {
            "code": item.code,
            "name": item.name,
            "hint": f"{item.get_category_display()} · {item.get_measure_display()}",
        }
        for item in listing.suggestions(text)
    ]
    return JsonResponse({"results": found})


@require_safe
@signed_in
def item(request: PostRequest, code: str) -> HttpResponse:
    """One item: names, packs, what may be given instead, where it belongs, its history."""
    found = listing.item(code)
    context = {
        "card": listing.card(found, visible_to=request.holder),
        "item": found,
        "may_edit": access.may_edit(request.holder) and found.is_open,
        "acts": sentences.tell(ledger.about("item", found.id), with_subjects=False),
    }
    return render(request, "catalogue/item.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def item_new(request: PostRequest) -> HttpResponse:
    """Adds an item."""
    post = request.holder
    access.require_editor(post)
    filled = form.ItemForm(request.POST or None)
    if request.method == "POST" and filled.is_valid():
        try:
            made = declare_item(**filled.arguments(), by=post, at=clock.now())
        except Refusal as refusal:
            tell_form(filled, refusal)
        else:
            messages.success(request, _("The item is in the catalogue."))
            return redirect("catalogue-item", made.code)
    return _form(request, filled, title=_("New item"), label=_("Add the item"))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def item_step(request: PostRequest, code: str, verb: str) -> HttpResponse:
    """Shows the form of an act on an item, or does it."""
    chosen = STEPS.get(verb)
    if chosen is None:
        raise NotFound()
    post, found = request.holder, listing.item(code)
    access.require_editor(post)
    initial = {"name_zh": found.name_zh, "name_en": found.name_en}
    filled = chosen.form(request.POST or None, initial=initial)
    if request.method == "POST" and filled.is_valid():
        try:
            chosen.act(item=found, **filled.arguments(), by=post, at=clock.now())
        except Refusal as refusal:
            tell_form(filled, refusal)
        else:
            messages.success(request, str(chosen.said))
            return redirect("catalogue-item", found.code)
    return _form(
        request, filled, title=chosen.title, label=chosen.label, item=found, danger=chosen.danger
    )


@require_POST
@signed_in
def lay_out(request: PostRequest) -> HttpResponse:
    """Takes the catalogues of the library into use."""
    laid = lay_out_catalogue(by=request.holder, at=clock.now())
    said = _("%(items)d items and %(names)d names were taken in.")
    messages.success(request, said % {"items": len(laid.new), "names": laid.names})
    return redirect("catalogue")


def _form(request: PostRequest, filled: forms.Form, **context: Any) -> HttpResponse:
    status = 422 if filled.errors else 200
    return render(request, "catalogue/form.html", {"form": filled, **context}, status=status)
