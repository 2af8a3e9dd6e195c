"""What every template knows of the session."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from tongzhou.actors.models import Post
from tongzhou.actors.session import Allowances, current_post, exercise_of, posts_here
from tongzhou.delivery import notices
from tongzhou.kernel import clock


class Session:
    """The person, the post they work under, the posts they could switch to."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.person = request.user
        self.post = getattr(request, "holder", None) or current_post(request)
        self.can = Allowances(self.post) if self.post else None

    @property
    def posts(self) -> list[Post]:
        """All posts of the person in force."""
        return posts_here(self._request)

    @property
    def exercise(self) -> str:
        """The name of the exercise that the session is in; "" in the real world."""
        found = exercise_of(self._request)
        if found is None:
            return ""
        zh, en = str(found.get("zh", "")), str(found.get("en", ""))
        return (zh or en) if (get_language() or "").startswith("zh") else (en or zh)

    @cached_property
    def unread(self) -> int:
        """Notices that nobody of the unit has read; 99 stands for more."""
        return _unread(self.post) if self.post else 0


def _unread(post: Post) -> int:
    return notices.unread(unit=post.unit_id, exercise=post.exercise)


def session(request: HttpRequest) -> dict[str, Any]:
    """``session`` in templates: None when nobody is signed in."""

    def find() -> Session | None:
        user = getattr(request, "user", None)
        return Session(request) if user is not None and user.is_authenticated else None

    return {"session": SimpleLazyObject(find), "now": SimpleLazyObject(clock.now)}
