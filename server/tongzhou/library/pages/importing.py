"""Bringing in templates from files: tried first, then published all at once."""

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from tongzhou.actors import permissions
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import LIBRARY_EDIT
from tongzhou.kernel import clock
from tongzhou.kernel.errors import Invalid
from tongzhou.library.actions.import_templates import MOST_FILES, File, import_templates
from tongzhou.library.forms.head import ImportForm
from tongzhou.library.reading import LARGEST

_SALT = "library-import"
_LARGEST_OF_ALL = 4 * 1024 * 1024
_MINUTES = 60


class PreviewStale(Invalid):
    """A preview that was not made by this page, or too long ago."""

    code = "preview-stale"
    message = gettext_lazy("This preview is too old. Please choose the files again.")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def bring_in(request: PostRequest) -> HttpResponse:
    """The form; what the files would become; and, confirmed, what they became."""
    permissions.require(by=request.holder, word=LIBRARY_EDIT)
    if request.method != "POST":
        return render(request, "library/import.html", {"form": ImportForm()})
    if "confirmed" in request.POST:
        return _publish(request)
    form = ImportForm(request.POST, request.FILES)
    files = _read(form) if form.is_valid() else None
    if files is None:
        return render(request, "library/import.html", {"form": form}, status=422)
    given = {
        "reason": form.cleaned_data["reason"],
        "take_place": form.cleaned_data["take_place"],
    }
    report = import_templates(files=files, by=request.holder, at=clock.now(), dry_run=True, **given)
    contents = [[file.name, file.content.decode("utf-8", "replace")] for file in files]
    kept = {**given, "files": contents}
    context = {
        "report": report,
        "confirmed": signing.dumps(kept, salt=_SALT, compress=True) if report.published else "",
    }
    status = 422 if report.refused else 200
    return render(request, "library/import_preview.html", context, status=status)


def _read(form: ImportForm) -> list[File] | None:
    files = form.cleaned_data["uploads"]
    if len(files) > MOST_FILES or sum(f.size or 0 for f in files) > _LARGEST_OF_ALL:
        form.add_error("uploads", _("These are too many or too large files for one import."))
        return None
    return [File((f.name or "?")[:120], f.read(LARGEST + 1)) for f in files]


def _publish(request: PostRequest) -> HttpResponse:
    """What was tried is what is published: the preview carries the files, signed."""
    try:
        kept = signing.loads(request.POST["confirmed"], salt=_SALT, max_age=_MINUTES * 60)
    except signing.BadSignature as error:
        raise PreviewStale() from error
    report = import_templates(
        files=[File(name, text.encode()) for name, text in kept["files"]],
        reason=kept["reason"],
        take_place=kept["take_place"],
        by=request.holder,
        at=clock.now(),
    )
    if report.refused:
        return render(request, "library/import_preview.html", {"report": report}, status=422)
    n = len(report.published)
    messages.success(
        request,
        ngettext("%(n)s version was published.", "%(n)s versions were published.", n) % {"n": n},
    )
    return redirect("library")
