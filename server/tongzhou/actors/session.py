"""The post under which somebody works: chosen once, switched without signing out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from tongzhou.actors import permissions
from tongzhou.actors.holder_rows import post_of_person
from tongzhou.actors.models import Person, Post
from tongzhou.actors.vocabulary import words
from tongzhou.kernel import clock
from tongzhou.kernel.errors import Refusal
from tongzhou.ui.refusals import refusal_page

KEY = "post"
LANGUAGE = "language"
P = ParamSpec("P")


class PostRequest(HttpRequest):
    """A request of somebody who is signed in and holds a post."""

    holder: Post


def signed_in_person(request: HttpRequest) -> Person | None:
    """The person of the session, None for a visitor."""
    user = request.user
    return user if isinstance(user, Person) else None


def posts_of(person: Person, *, at: datetime) -> list[Post]:
    """The posts of a person that are in force, by unit."""
    found = Post.objects.filter(Q(ends_at=None) | Q(ends_at__gt=at), person=person)
    found = found.select_related("person", "unit__area").order_by("unit__code", "role")
    found = found.defer("unit__area__profile", "unit__area__boundary")
    return [post for post in found if post.in_force(at)]


def current_post(request: HttpRequest) -> Post | None:
    """The chosen post, the first one when none was chosen, None without any."""
    if not request.user.is_authenticated:
        return None
    at = clock.now()
    chosen = request.session.get(KEY)
    if chosen:
        found = post_of_person(UUID(chosen), person=request.user.pk)
        if found is not None and found.in_force(at):
            return found
    posts = posts_of(request.user, at=at)
    if not posts:
        return None
    request.session[KEY] = str(posts[0].id)
    return posts[0]


View = Callable[Concatenate[PostRequest, P], HttpResponseBase]


def signed_in(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """A page for somebody with a post; others are sent to sign in, or told that they hold
    no post. The page finds the post in ``request.holder``; a refusal that it does not
    answer itself becomes a sentence with its status."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        post = current_post(request)
        if post is None:
            return render(request, "actors/no_post.html", status=403)
        request.holder = post  # type: ignore[attr-defined]
        try:
            return view(request, *args, **kwargs)  # type: ignore[arg-type]
        except Refusal as refusal:
            return refusal_page(request, refusal)

    return cast(Callable[Concatenate[HttpRequest, P], HttpResponseBase], guarded)


@dataclass(frozen=True)
class Allowances:
    """``session.can.task_create`` in a template: whether the post's role holds the word."""

    post: Post

    def __getattr__(self, name: str) -> bool:
        word = words().get(name.replace("_", ".", 1))
        return word is not None and permissions.holds(self.post, word)
