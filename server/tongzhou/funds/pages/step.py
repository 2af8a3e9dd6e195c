"""What can be done with a thing of this room, each as a form beside it: one address for all,
``…/<step>``. A form that fails comes back with the page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.http import HttpRequest
from django.utils.functional import Promise

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import Word
from tongzhou.funds.forms.spending import PlainForm
from tongzhou.kernel import clock
from tongzhou.kernel.errors import NotFound
from tongzhou.oversight.pages.rendering import tried


@dataclass(frozen=True)
class Step:
    """One act: the word it needs, its form, what it is called, what is said when it is done.
    ``fits``: whether the thing is in a state for it. ``tone``: of its button."""

    word: Word
    act: Callable[..., Any]
    title: str | Promise
    said: str | Promise
    fits: Callable[[Any], bool]
    form: type[Form] = PlainForm
    tone: str = "primary"
    icon: str = "check"
    #: What its form needs beside post and moment.
    more: Callable[[Any], dict[str, Any]] = lambda thing: {}
    #: Folded: not what is mostly done next.
    folded: bool = False


Steps = Mapping[str, Step]


@dataclass(frozen=True)
class Open:
    """A step that the post may take now, with its form."""

    name: str
    step: Step
    form: Form


def opened(
    steps: Steps, thing: Any, *, post: Post, failed: tuple[str, Form] | None = None
) -> list[Open]:
    """The steps that fit, with their forms; the one that failed with its own."""
    at = clock.now()
    found = []
    for name, step in steps.items():
        if failed is not None and failed[0] == name:
            found.append(Open(name, step, failed[1]))
        elif step.fits(thing) and permissions.allowed(by=post, word=step.word, on=thing):
            form = step.form(post=post, at=at, **step.more(thing))  # type: ignore[call-arg]
            found.append(Open(name, step, form))
    return found


def taken(
    request: HttpRequest, steps: Steps, name: str, thing: Any, *, post: Post, given: str
) -> Form | None:
    """Does a step of the thing with what was sent; None when it is done, else the form that
    says why not. ``given``: the argument by which the act knows the thing. Raises NotFound."""
    step = steps.get(name)
    if step is None:
        raise NotFound()
    at = clock.now()
    permissions.require(by=post, word=step.word, on=thing)
    form = step.form(  # type: ignore[call-arg]
        request.POST, request.FILES, post=post, at=at, **step.more(thing)
    )
    done = tried(
        form,
        lambda: step.act(**{given: thing}, **form.arguments(), by=post, at=at),  # type: ignore[attr-defined]
    )
    return form if done is None else None
