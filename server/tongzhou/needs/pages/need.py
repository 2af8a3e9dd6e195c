"""One need: asking for it, reading it out of a text, its page, and what is done with it."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tongzhou.actors import permissions, sentences
from tongzhou.actors.models import Post
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import (
    NEED_ASK,
    NEED_COMMIT,
    NEED_MERGE,
    NEED_PASS,
    NEED_RECEIVE,
    STOCK_RESERVE,
)
from tongzhou.catalogue import queries as catalogue
from tongzhou.clocks import queries as clocks
from tongzhou.kernel import clock
from tongzhou.kernel.errors import NotAllowed, NotFound
from tongzhou.ledger import queries as ledger
from tongzhou.needs.actions.ask_for import ask_for
from tongzhou.needs.actions.change_need import change_need
from tongzhou.needs.actions.commit import commit
from tongzhou.needs.actions.confirm_need import confirm_need
from tongzhou.needs.actions.confirm_received import confirm_received
from tongzhou.needs.actions.give_from_store import give_from_store
from tongzhou.needs.actions.merge_needs import merge_needs
from tongzhou.needs.actions.pass_up import pass_up
from tongzhou.needs.actions.withdraw_commitment import withdraw_commitment
from tongzhou.needs.actions.withdraw_need import withdraw_need
from tongzhou.needs.choices import Channel
from tongzhou.needs.forms.lines import MOST, amount_of
from tongzhou.needs.forms.needs import (
    AskForm,
    ChangeForm,
    GiveForm,
    ReadForm,
    ReasonForm,
    ReceiveForm,
)
from tongzhou.needs.models import Need
from tongzhou.needs.pages.rendering import done, part, posted, step, tried
from tongzhou.needs.queries import matching, needs, offers, reading, repeats
from tongzhou.stock import queries as stock
from tongzhou.tasks.pages import once


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def need_new(request: PostRequest) -> HttpResponse:
    """Asking: what, how much, until when."""
    post, at = request.holder, clock.now()
    if not permissions.holds(post, NEED_ASK):
        raise NotAllowed(permission=NEED_ASK.label)
    data = (request.POST,) if request.method == "POST" else ()
    wanted = {f"item_{place}": request.GET.get(f"item_{place}", "")[:120] for place in (1, 2, 3)}
    form = AskForm(*data, post=post, at=at, initial={k: v for k, v in wanted.items() if v})
    number = request.POST.get("once", "")
    if data and form.is_valid():
        if not once.first(post, number):
            before = once.made_before(post, number)
            return (
                done(request, _("This was sent already."), "need", before)
                if before
                else done(request, _("This was sent already."), "needs")
            )
        given = form.arguments()
        given["channel"] = Channel.FREE_TEXT if given["call"] else Channel.WEB
        given["call"] = reading.without_reach(given["call"])
        made = tried(form, lambda: ask_for(**given, by=post, at=at))
        if made is not None:
            once.made(post, number, made.number)
            return done(
                request,
                _("Asked for as %(number)s.") % {"number": made.reference},
                "need",
                made.number,
            )
        once.free(post, number)
    context = {"form": form, "once": number or once.number(post), "tab": "needs"}
    return render(request, "needs/new.html", context, status=422 if data else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def need_read(request: PostRequest) -> HttpResponse:
    """Reads a call for help and proposes lines; sent on, they are asked for as any need."""
    post, at = request.holder, clock.now()
    if not permissions.holds(post, NEED_ASK):
        raise NotAllowed(permission=NEED_ASK.label)
    reader = ReadForm(posted(request))
    if request.method != "POST" or not reader.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "needs/read.html", {"form": reader}, status=status)
    proposed = reading.propose(reader.cleaned_data["text"])
    lines = [one for one in proposed.proposals if one.item is not None][:MOST]
    initial: dict[str, Any] = {"call": proposed.reading.text}
    for place, one in enumerate(lines, start=1):
        amount = one.mention.quantity
        said = "" if amount is None else f"{amount.normalize():f} {one.mention.unit}".strip()
        initial |= {f"item_{place}": one.item, f"amount_{place}": said}
    if proposed.unit is not None and permissions.allowed(by=post, word=NEED_ASK, on=proposed.unit):
        initial["unit"] = proposed.unit
    form = AskForm(post=post, at=at, lines=len(lines), initial=initial)
    context = {
        "form": form,
        "once": once.number(post),
        "proposed": proposed,
        "doubtful": [one for one in proposed.proposals if one.mention.sure <= 0.6],
        "unknown": [one for one in proposed.proposals if one.item is None],
        "marked": marked(proposed.reading.text, [one.mention for one in proposed.proposals]),
        "tab": "needs",
    }
    return render(request, "needs/new.html", context)


def marked(text: str, mentions: list[Any]) -> SafeString:
    """The text with the words that were read marked, everything escaped."""
    out, here = [], 0
    for one in sorted(mentions, key=lambda mention: mention.start):
        if one.start < here:
            continue
        out += [
            escape(text[here : one.start]),
            f'<mark title="{escape(one.name)}">{escape(text[one.start : one.end])}</mark>',
        ]
        here = one.end
    out.append(escape(text[here:]))
    return mark_safe("".join(out))  # noqa: S308 – every piece is escaped


@require_safe
@signed_in
def need(request: PostRequest, number: int) -> HttpResponse:
    """One need."""
    return _show(request, needs.find(number, visible_to=request.holder))


def _show(request: PostRequest, found: Need) -> HttpResponse:
    post, at = request.holder, clock.now()
    cards = needs.cards(found)
    may = {
        name: permissions.allowed(by=post, word=word, on=found)
        for name, word in (
            ("ask", NEED_ASK), ("commit", NEED_COMMIT), ("receive", NEED_RECEIVE),
            ("merge", NEED_MERGE), ("pass", NEED_PASS),
        )
    }  # fmt: skip
    context = {
        "need": found,
        "cards": cards,
        "state": needs.state_of([card.line for card in cards]),
        "may": may,
        "at": at,
        "post": post,
        "passings": needs.passings(found),
        "clocks": clocks.of("need", [found.id], visible_to=post),
        "repeats": [
            one for one in repeats.repeats(visible_to=post, unit=found.unit_id)
            if found.id in (one.older.id, one.newer.id)
        ] if found.is_open else [],
        "acts": sentences.tell(ledger.about("need", found.id), with_subjects=False),
    }  # fmt: skip
    template = "needs/_need.html" if part(request, "need") else "needs/need.html"
    return render(request, template, context)


Step = Callable[[PostRequest, Need], HttpResponse]


def _withdraw(request: PostRequest, found: Need) -> HttpResponse:
    form = ReasonForm(posted(request))
    if form.is_bound and tried(form, lambda: withdraw_need(
        need=found, **form.cleaned_data, by=request.holder, at=clock.now())
    ):  # fmt: skip
        return done(request, _("The need is withdrawn."), "need", found.number)
    return _form(request, found, form, _("Withdraw the need"), _("Withdraw"))


def _pass(request: PostRequest, found: Need) -> HttpResponse:
    form = ReasonForm(posted(request))
    if form.is_bound and (moved := tried(form, lambda: pass_up(
        need=found, **form.cleaned_data, by=request.holder, at=clock.now()))
    ):  # fmt: skip
        said = _("It is the turn of %(unit)s now.") % {"unit": moved.holder.name}
        return done(request, said, "need", found.number)
    return _form(request, found, form, _("Pass it up the line"), _("Pass up"))


def _change(request: PostRequest, found: Need) -> HttpResponse:
    lines = [card.line for card in needs.cards(found)]
    form = ChangeForm(posted(request), need=found, lines=lines)
    if form.is_bound and tried(form, lambda: change_need(
        need=found, **form.arguments(), by=request.holder, at=clock.now())
    ):  # fmt: skip
        return done(request, _("The need is changed."), "need", found.number)
    return _form(request, found, form, _("Change what is asked"), _("Change"))


def _confirm(request: PostRequest, found: Need) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    confirm_need(need=found, by=request.holder, at=clock.now())
    return done(request, _("Confirmed: it still holds."), "need", found.number)


def _merge(request: PostRequest, found: Need) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    said = request.POST.get("into", "")[:15]
    if not (said.isascii() and said.isdigit()):
        raise NotFound(field="into")
    into = needs.find(int(said), visible_to=request.holder)
    merge_needs(need=found, into=into, by=request.holder, at=clock.now())
    return done(
        request, _("Merged into %(number)s.") % {"number": into.reference}, "need", into.number
    )


STEPS: Final[dict[str, tuple[Any, Step]]] = {
    "withdraw": (NEED_ASK, _withdraw),
    "pass": (NEED_PASS, _pass),
    "change": (NEED_ASK, _change),
    "confirm": (NEED_ASK, _confirm),
    "merge": (NEED_MERGE, _merge),
}


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def need_act(request: PostRequest, number: int, verb: str) -> HttpResponse:
    """A step on a need: its form, and doing it."""
    if verb not in STEPS:
        raise NotFound()
    found = needs.find(number, visible_to=request.holder)
    word, act = STEPS[verb]
    permissions.require(by=request.holder, word=word, on=found)
    return act(request, found)


def _form(
    request: PostRequest, found: Need, form: Any, title: object, button: object
) -> HttpResponse:
    return step(
        request, form, title=title, button=button, back=reverse("need", args=[found.number]),
        status=422 if form.is_bound else 200, more={"need": found},
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def give(request: PostRequest, number: int, line: UUID) -> HttpResponse:
    """What could meet a line, the best first; and committing to it."""
    post, at = request.holder, clock.now()
    found = needs.find(number, visible_to=post)
    permissions.require(by=post, word=NEED_COMMIT, on=found)
    held = needs.line_of(found, line)
    unmet = "" if not held.unmet else f"{held.unmet.normalize():f}"
    wanted = {"amount": unmet, "giver": post.unit, "due_at": found.needed_by}
    form = GiveForm(posted(request), initial=wanted)
    if form.is_bound and (made := tried(form, lambda: _commit(form, held, post))):
        said = _("Committed: %(amount)s of %(item)s.") % {
            "amount": f"{made.quantity.normalize():f}", "item": held.item.name,
        }  # fmt: skip
        return done(request, said, "need", number)
    context = {
        "form": form,
        "need": found,
        "line": held,
        "matches": matching.matches(held, visible_to=post, at=at),
        "post": post,
        "keeps": permissions.holds(post, STOCK_RESERVE),
        "at": at,
    }
    return render(request, "needs/give.html", context, status=422 if form.is_bound else 200)


def _commit(form: GiveForm, held: Any, post: Post) -> Any:
    data = dict(form.cleaned_data)
    number, unit = amount_of(data.pop("amount"))
    chosen, store, code = data.pop("offer_line"), data.pop("site"), data.pop("site_item")
    if store:
        del data["giver"]
        if code:
            data["item"] = catalogue.require_item(code)
        return give_from_store(
            line=held, site=stock.find_site(code=store, visible_to=post), quantity=number or "",
            unit=unit, **data, by=post, at=clock.now(),
        )  # fmt: skip
    row = offers.line(chosen, visible_to=post) if chosen else None
    if row is not None:
        data["giver"] = None
    return commit(
        line=held, quantity=number or "", unit=unit, offer_line=row, **data, by=post,
        at=clock.now(),
    )  # fmt: skip


@require_POST
@signed_in
def commitment_act(request: PostRequest, id: UUID, verb: str) -> HttpResponse:
    """Receives what was promised, or takes the promise back."""
    post, at = request.holder, clock.now()
    held = needs.commitment(id, visible_to=post)
    number = held.line.need.number
    if verb == "receive":
        form = ReceiveForm(request.POST)
        if not form.is_valid():
            raise NotFound(field="quantity")
        amount = form.cleaned_data["quantity"].strip() or None
        confirm_received(
            commitment=held, quantity=amount,
            difference_reason=form.cleaned_data["difference_reason"], by=post, at=at,
        )  # fmt: skip
        return done(request, _("Received. Thank you."), "need", number)
    if verb == "withdraw":
        withdraw_commitment(
            commitment=held, reason=request.POST.get("reason", "")[:600], by=post, at=at
        )
        return done(request, _("Taken back."), "need", number)
    raise NotFound()
