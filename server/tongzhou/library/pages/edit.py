"""Publishing the next version of a template: by fields made from its kind, or as text.

Fields are what an office clerk changes: a number, a word, a date, a row more or less, each
with its name and its fault beside it. The text is for everything else, and is the same file
that import and export know.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods

from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.kernel import clock
from tongzhou.kernel.errors import Refusal
from tongzhou.library import access, writing
from tongzhou.library.actions.publish_version import publish_version
from tongzhou.library.forms import body as body_form
from tongzhou.library.forms.head import HeadForm, TextForm
from tongzhou.library.kinds.base import bodies
from tongzhou.library.outline import Node, outline, with_faults
from tongzhou.library.pages import asked
from tongzhou.library.queries import detail
from tongzhou.library.reading import Fault, FileUnfit, Read, check, read
from tongzhou.library.versions import Version
from tongzhou.ui.refusals import tell_form

_HEAD_FIELDS = {"title.zh": "title_zh", "title.en": "title_en", "source.text": "source_text",
                "source.url": "source_url"}  # fmt: skip


@gzip_page
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def edit(request: PostRequest, kind: str, key: str, jurisdiction: str) -> HttpResponse:
    """The next version, begun from the one whose number the address names, else from that in
    force, else from the last. ``?as=text`` edits the whole file."""
    history = detail.history(detail.template(kind, key, jurisdiction))
    access.require_edit(by=request.holder, jurisdiction=jurisdiction)
    number = request.GET.get("version", "")
    begun = (
        detail.by_number(history, int(number))
        if number.isdecimal() and len(number) < 7
        else detail.on_day(history, asked.day(request)) or history[0]
    )
    editor = _AsText if request.GET.get("as") == "text" else _AsFields
    return editor(request, begun.version, taken=begun.replaced_by).answer()


class _Editor:
    """What the two ways have in common."""

    template = ""
    form: Any

    def __init__(self, request: PostRequest, version: Version, *, taken: int | None) -> None:
        self.request, self.version, self.taken = request, version, taken
        self.faults: tuple[Fault, ...] = ()

    def answer(self) -> HttpResponse:
        """The form, or the way to what was published."""
        found = self.read() if self.request.method == "POST" else None
        if found is not None:
            try:
                made = publish_version(
                    read=found,
                    reason=self.form.cleaned_data["reason"],
                    by=self.request.holder,
                    at=clock.now(),
                    replaces=None if self.taken else self.version.id,
                )
            except Refusal as refusal:
                tell_form(self.form, refusal)
            else:
                messages.success(
                    self.request, _("Version %(n)s was published.") % {"n": made.number}
                )
                address = redirect("library-template", made.kind, made.key, made.jurisdiction)
                address["Location"] += f"?version={made.number}"
                return address
        bad = self.request.method == "POST" and (self.form.errors or self.faults)
        return render(self.request, self.template, self.context(), status=422 if bad else 200)

    def read(self) -> Read | None:
        """What was sent, when it can be published."""
        raise NotImplementedError

    def context(self) -> dict[str, Any]:
        """What the page shows."""
        return {"version": self.version, "form": self.form, "faults": self.faults,
                "taken": self.taken}  # fmt: skip


class _AsFields(_Editor):
    template = "library/edit.html"

    def __init__(self, request: PostRequest, version: Version, *, taken: int | None) -> None:
        super().__init__(request, version, taken=taken)
        self.kind = bodies()[version.kind]
        posted = request.POST if request.method == "POST" else None
        self.adds = posted is not None and body_form.adds(posted)
        self.form = HeadForm.of(version, today=asked.day(request), data=posted)
        self.plain: dict[str, Any] = version.body.model_dump(mode="json")
        self.marks: dict[str, str] = dict(version.marks)
        if posted is not None:
            self.plain, self.marks = body_form.given(self.kind, posted, version.marks)
        if self.adds:
            self.form = HeadForm(initial=request.POST.dict())

    def read(self) -> Read | None:
        if self.adds or not self.form.is_valid():
            return None
        plain = {
            "kind": self.version.kind,
            "key": self.version.key,
            "jurisdiction": self.version.jurisdiction,
            **self.form.head(),
            "marks": self.marks,
            "body": self.plain,
        }
        try:
            return check(plain, file=self.version.reference)
        except FileUnfit as unfit:
            self.faults = unfit.faults
            for fault in unfit.faults:
                name = _HEAD_FIELDS.get(fault.field, fault.field)
                if name in self.form.fields:
                    self.form.add_error(name, fault.sentence)
            return None

    def context(self) -> dict[str, Any]:
        told = {_path(f): f.sentence for f in self.faults if f.field.startswith("body")}
        nodes = with_faults(outline(self.kind, self.plain), told)
        shown = {node.path for node in _all(nodes)}
        # What cannot be said beside a field is said on top.
        others = [
            fault
            for fault in self.faults
            if _path(fault) not in shown
            and _HEAD_FIELDS.get(fault.field, fault.field) not in self.form.fields
        ]
        return {
            **super().context(),
            "nodes": nodes,
            "others": others,
            "prefix": body_form.PREFIX,
        }


def _path(fault: Fault) -> str:
    """The path of a fault in the body, as its field is named."""
    return fault.field.removeprefix("body.").replace(".", "/")


def _all(nodes: list[Node]) -> list[Node]:
    return [found for node in nodes for found in [node, *_all(list(node.children))]]


class _AsText(_Editor):
    template = "library/edit_text.html"

    def __init__(self, request: PostRequest, version: Version, *, taken: int | None) -> None:
        super().__init__(request, version, taken=taken)
        plain = writing.plain(version) | {"valid_from": asked.day(request)}
        initial = {"text": writing.as_yaml(plain)}
        self.form = TextForm(request.POST if request.method == "POST" else None, initial=initial)

    def read(self) -> Read | None:
        if not self.form.is_valid():
            return None
        try:
            found = read(self.form.cleaned_data["text"].encode(), file=self.version.key)
        except FileUnfit as unfit:
            self.faults = unfit.faults
            return None
        document = found.document
        if (document.kind, document.key, document.jurisdiction) != (
            self.version.kind, self.version.key, self.version.jurisdiction,
        ):  # fmt: skip
            self.form.add_error(
                "text",
                _("Kind, key and jurisdiction stay. Bring another template in as a file."),
            )
            return None
        return found
