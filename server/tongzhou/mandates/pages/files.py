"""The matrix as a workbook, both ways."""

import base64

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tongzhou.actors import permissions
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import MANDATE_PROPOSE
from tongzhou.kernel import clock
from tongzhou.kernel.errors import NotFound, Refusal
from tongzhou.mandates import cells
from tongzhou.mandates.exporting import workbook
from tongzhou.mandates.forms.files import ImportForm
from tongzhou.mandates.importing import LARGEST, import_file
from tongzhou.mandates.pages.matrix import looked_at, read
from tongzhou.ui.refusals import tell_form

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SALT = "mandates.import"
#: A file that was looked at can be taken over within an hour.
_SECONDS = 3600


@require_safe
@signed_in
def export(request: PostRequest) -> HttpResponse:
    """The workbook of the filtered matrix."""
    phase, grade = looked_at(request)
    within = cells.cells([phase] if phase else (), [grade] if grade is not None else ())
    _found, shown = read(request)
    filtered = any(request.GET.get(name) for name in ("q", "sector", "side", "area", "problems"))
    codes = [row.duty.code for row in shown.rows] if filtered else []
    if filtered and not codes:
        raise NotFound()
    content = workbook(visible_to=request.holder, within=within, duties=codes)
    answer = HttpResponse(content, content_type=_TYPE)
    answer.headers["Content-Disposition"] = 'attachment; filename="duties.xlsx"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def import_(request: PostRequest) -> HttpResponse:
    """Looks at a workbook, says what would be proposed, and proposes it once confirmed."""
    post, at = request.holder, clock.now()
    permissions.require(by=post, word=MANDATE_PROPOSE)
    looked = request.POST.get("looked", "")
    form = ImportForm(request.POST or None, request.FILES or None) if not looked else ImportForm()
    context: dict[str, object] = {"form": form}
    status = 200
    if looked:
        try:
            content = base64.b64decode(signing.loads(looked, salt=_SALT, max_age=_SECONDS))
        except signing.BadSignature:
            raise NotFound(field="looked") from None
        report = import_file(content, by=post, at=at)
        if not report.faults:
            said = _("%(proposed)d proposals, %(ends)d to take away, %(means)d means recorded.")
            messages.success(request, said % vars(report))
            return redirect("duty-proposals")
        context["report"], status = report, 422
    elif request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"].read(LARGEST + 1)
        try:
            report = import_file(content, by=post, at=at, dry_run=True)
        except Refusal as refusal:
            tell_form(form, refusal)
        else:
            context["report"] = report
            if not report.faults:
                packed = base64.b64encode(content).decode()
                context["looked"] = signing.dumps(packed, salt=_SALT)
    if form.errors:
        status = 422
    return render(request, "mandates/import.html", context, status=status)
