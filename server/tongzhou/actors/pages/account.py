"""The own account: posts, language, password, API tokens."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from tongzhou.actors import queries
from tongzhou.actors.actions.change_password import PASSWORD_TRIES, change_password
from tongzhou.actors.actions.issue_token import grantable, issue_token
from tongzhou.actors.actions.revoke_token import revoke_token
from tongzhou.actors.forms import PasswordForm, TokenForm
from tongzhou.actors.permissions import holds
from tongzhou.actors.session import PostRequest, posts_of, signed_in
from tongzhou.actors.vocabulary import TOKEN_ISSUE
from tongzhou.kernel import clock
from tongzhou.kernel.errors import Refusal
from tongzhou.ui.refusals import tell_form


@never_cache
@require_safe
@signed_in
def me(request: PostRequest) -> HttpResponse:
    """The own account."""
    return _page(request)


@sensitive_post_parameters("old", "password")
@never_cache
@require_POST
@signed_in
def password(request: PostRequest) -> HttpResponse:
    """Changes the password; this session goes on, the others end."""
    form = PasswordForm(request.POST)
    if form.is_valid():
        PASSWORD_TRIES.count(f"post:{request.holder.id}")
        try:
            person = change_password(
                old=form.cleaned_data["old"],
                new=form.cleaned_data["password"],
                by=request.holder,
                at=clock.now(),
            )
        except Refusal as refusal:
            tell_form(form, refusal)
        else:
            update_session_auth_hash(request, person)
            messages.success(request, _("Your password was changed."))
            return redirect("me")
    return _page(request, password_form=form)


@never_cache
@require_POST
@signed_in
def token_new(request: PostRequest) -> HttpResponse:
    """Issues a token and shows its text, this once."""
    form = TokenForm(request.POST, words=grantable(request.holder))
    if form.is_valid():
        at = clock.now()
        try:
            token, text = issue_token(
                label=form.cleaned_data["label"],
                scopes=form.cleaned_data["scopes"],
                expires_at=at + form.term,
                by=request.holder,
                at=at,
            )
        except Refusal as refusal:
            tell_form(form, refusal)
        else:
            return render(request, "actors/token.html", {"token": token, "text": text})
    return _page(request, token_form=form)


@require_POST
@signed_in
def token_revoke(request: PostRequest, id: UUID) -> HttpResponse:
    """Ends a token."""
    token = queries.token(id, visible_to=request.holder)
    revoke_token(token=token, by=request.holder, at=clock.now())
    messages.success(request, _("The token “%(label)s” was revoked.") % {"label": token.label})
    return redirect("me")


def _page(
    request: PostRequest,
    *,
    password_form: PasswordForm | None = None,
    token_form: TokenForm | None = None,
) -> HttpResponse:
    post = request.holder
    wrong = password_form is not None or token_form is not None
    context = {
        "post": post,
        "posts": posts_of(post.person, at=clock.now()),
        "tokens": queries.tokens(visible_to=post),
        "password_form": password_form or PasswordForm(),
        "token_form": token_form or TokenForm(words=grantable(post)),
        "may_issue": holds(post, TOKEN_ISSUE),
        "token_open": token_form is not None,
    }
    return render(request, "actors/me.html", context, status=422 if wrong else 200)
