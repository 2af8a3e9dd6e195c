"""The post under which somebody works: chosen once, switched without signing out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tongzhou.actors import permissions
from tongzhou.actors.models import Person, Post
from tongzhou.actors.vocabulary import words
from tongzhou.kernel import clock

KEY = "post"
LANGUAGE = "language"
P = ParamSpec("P")


class PostRequest(HttpRequest):
    """A request of somebody who is signed in and holds a post."""

    holder: Post


def posts_of(person: Person, *, at: datetime) -> list[Post]:
    """The posts of a person that are in force, by unit."""
    found = Post.objects.filter(person=person).select_related("person", "unit__area")
    return [p for p in found.order_by("unit__code", "role") if p.in_force(at)]


def current_post(request: HttpRequest) -> Post | None:
    """The chosen post, the first one when none was chosen, None without any."""
    if not request.user.is_authenticated:
        return None
    at = clock.now()
    chosen = request.session.get(KEY)
    if chosen:
        post = Post.objects.filter(id=UUID(chosen), person_id=request.user.pk)
        found = post.select_related("person", "unit__area").first()
        if found is not None and found.in_force(at):
            return found
    posts = posts_of(request.user, at=at)  # type: ignore[arg-type]
    if not posts:
        return None
    request.session[KEY] = str(posts[0].id)
    return posts[0]


View = Callable[Concatenate[PostRequest, P], HttpResponse]


def signed_in(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A page for somebody with a post; others are sent to sign in, or told that they hold
    no post. The page finds the post in ``request.holder``."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        post = current_post(request)
        if post is None:
            return render(request, "actors/no_post.html", status=403)
        request.holder = post  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)  # type: ignore[arg-type]

    return guarded


@dataclass(frozen=True)
class Allowances:
    """``session.can.task_create`` in a template: whether the post's role holds the word."""

    post: Post

    def __getattr__(self, name: str) -> bool:
        word = words().get(name.replace("_", ".", 1))
        return word is not None and permissions.holds(self.post, word)
