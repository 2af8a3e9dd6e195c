"""Bringing in files: looked at first, then taken over."""

from typing import Any, Final

from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tongzhou.actors import permissions
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import NEED_IMPORT
from tongzhou.kernel import clock
from tongzhou.kernel.errors import NotFound, Refusal
from tongzhou.kernel.ids import new_id
from tongzhou.needs.forms.files import ImportForm
from tongzhou.needs.importing import import_files
from tongzhou.needs.importing.tables import LARGEST
from tongzhou.needs.models import ImportRun
from tongzhou.needs.pages.rendering import done
from tongzhou.ui.refusals import tell_form

#: A file that was looked at can be taken over within half an hour.
_SECONDS: Final = 1800


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def needs_import(request: PostRequest) -> HttpResponse:
    """Looks at files, says what would be taken over and what is wrong, and takes them over."""
    post, at = request.holder, clock.now()
    permissions.require(by=post, word=NEED_IMPORT)
    context: dict[str, Any] = {"form": ImportForm(), "tab": "needs"}
    status = 200
    looked = request.POST.get("looked", "")[:80]
    if looked:
        kept = cache.get(f"needs-import:{post.id}:{looked}")
        if kept is None:
            raise NotFound(field="looked")
        report = import_files(
            kept["files"], source=kept["source"], by=post, at=at,
            skip_bad=request.POST.get("skip_bad") == "1",
        )  # fmt: skip
        if report.written:
            cache.delete(f"needs-import:{post.id}:{looked}")
            said = _("Taken over: %(needs)d needs, %(offers)d offers, %(statuses)d reports.")
            return done(request, said % vars(report), "needs")
        context["report"], status = report, 422
    elif request.method == "POST":
        form = ImportForm(request.POST, request.FILES)
        context["form"] = form
        status = 422
        if form.is_valid():
            files = [(one.name, one.read(LARGEST + 1)) for one in form.cleaned_data["files"]]
            source = form.cleaned_data["source"]
            try:
                report = import_files(files, source=source, by=post, at=at, dry_run=True)
            except Refusal as refusal:
                tell_form(form, refusal)
            else:
                status = 200
                context["report"] = report
                context["looked"] = str(new_id())
                cache.set(
                    f"needs-import:{post.id}:{context['looked']}",
                    {"files": files, "source": source}, _SECONDS,
                )  # fmt: skip
    context["runs"] = ImportRun.objects.filter(post__unit__line__contains=[post.unit_id]).order_by(
        "-at"
    )[:10]
    if "report" in context:
        context["shown_faults"] = context["report"].faults[:200]
        context["shown_notes"] = context["report"].notes[:50]
    return render(request, "needs/import.html", context, status=status)
