"""The post under which somebody works: chosen once, switched without signing out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from tongzhou.actors import permissions
from tongzhou.actors.holder_rows import posts_of_person
from tongzhou.actors.models import Person, Post
from tongzhou.actors.vocabulary import words
from tongzhou.kernel import clock
from tongzhou.kernel.errors import Refusal
from tongzhou.ui.refusals import refusal_page

KEY = "post"
LANGUAGE = "language"
#: In an exercise: its code and titles. Chosen by who takes part, until it is left.
EXERCISE = "exercise"
_POSTS = "posts_in_force"
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
    return [post for post in posts_of_person(person.pk, at=at) if post.in_force(at)]


def current_post(request: HttpRequest) -> Post | None:
    """The chosen post, the first one when none was chosen, None without any."""
    if not request.user.is_authenticated:
        return None
    posts = posts_here(request)
    chosen = request.session.get(KEY)
    found = next((post for post in posts if str(post.id) == chosen), None)
    if found is not None or not posts:
        return found
    request.session[KEY] = str(posts[0].id)
    return posts[0]


def posts_here(request: HttpRequest) -> list[Post]:
    """The posts in force of whoever is signed in, read once for a request (and again where
    somebody else signs in within it)."""
    person = cast(Person, request.user)
    if not hasattr(person, _POSTS):
        posts = posts_of(person, at=clock.now())
        for post in posts:
            post.exercise = exercise_of(request) is not None
        setattr(person, _POSTS, posts)
    found: list[Post] = getattr(person, _POSTS)
    return found


def exercise_of(request: HttpRequest) -> dict[str, Any] | None:
    """The exercise that this session is in; None in the real world."""
    found = request.session.get(EXERCISE)
    return found if isinstance(found, dict) else None


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
