"""The country profile in use: which, its words beside those of the other, and its history."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.kernel import clock
from tongzhou.kernel.errors import Refusal
from tongzhou.library import access, profile
from tongzhou.library.actions.choose_profile import choose_profile
from tongzhou.library.codes import word_of
from tongzhou.library.document import PROFILES
from tongzhou.library.forms.head import ProfileForm
from tongzhou.library.queries import profiles
from tongzhou.ui.refusals import tell_form


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def choose(request: PostRequest) -> HttpResponse:
    """Shows the profile, or switches it."""
    may_choose = access.may_choose_profile(by=request.holder)
    form = ProfileForm(
        request.POST if request.method == "POST" else None,
        initial={"profile": profile.current()},
    )
    if request.method == "POST":
        access.require_profile(by=request.holder)
        if form.is_valid():
            try:
                choose_profile(
                    name=form.cleaned_data["profile"],
                    reason=form.cleaned_data["reason"],
                    by=request.holder,
                    at=clock.now(),
                )
            except Refusal as refusal:
                tell_form(form, refusal)
            else:
                messages.success(request, _("The country profile was switched."))
                return redirect("library-profile")
    context = {
        "form": form,
        "may_choose": may_choose,
        "current": profile.current(),
        "current_name": word_of(profile.current()),
        "columns": [(name, word_of(name)) for name in PROFILES],
        "groups": profiles.words(),
        "differences": profiles.in_force_by_profile(on=clock.now().date()),
        "history": profiles.history(),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "library/profile.html", context, status=status)
