"""May this post do that? Asked by every act itself, so that page, API, job and remote node
obey alike."""

from typing import Protocol

from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import Role, Word
from tongzhou.kernel.errors import NotAllowed, NotFound
from tongzhou.places.models import Area


class Guarded(Protocol):
    """An object that knows how a post's unit stands to it."""

    def relations_of(self, post: Post) -> frozenset[str]:
        """The relations; none means that the post may not see the object."""
        ...


def holds(post: Post, word: Word) -> bool:
    """True when the role of the post holds the word, and its token (if any) allows it."""
    return post.holds(word.name)


def require(*, by: Post, word: Word, on: Guarded | Area | Unit | None = None) -> None:
    """Raises NotFound when the post may not see ``on`` at all, NotAllowed when it may see
    it but not do this."""
    if on is not None:
        relations = relations_with(by, on)
        if not relations:
            raise NotFound()
        if word.relations and not word.relations & relations:
            raise NotAllowed(permission=by.said(word.name))
    if not holds(by, word):
        raise NotAllowed(permission=by.said(word.name))


def allowed(*, by: Post, word: Word, on: Guarded | Area | Unit | None = None) -> bool:
    """``require`` as a question; for showing or hiding a button."""
    try:
        require(by=by, word=word, on=on)
    except (NotFound, NotAllowed):
        return False
    return True


def relations_with(post: Post, on: Guarded | Area | Unit) -> frozenset[str]:
    """How the unit of the post stands to an object. Areas and units are known to everyone
    who is signed in ("known")."""
    match on:
        case Area():
            inside = post.unit.area.contains(on)
            return frozenset({"known", "inside"} if inside else {"known"})
        case Unit():
            found = {"known"}
            if on.id == post.unit_id:
                found.add("own")
            elif post.unit_id in on.line:
                found.add("line")
            if post.role == Role.ADMINISTRATOR and post.unit.area.contains(on.area):
                found.add("inside")
            return frozenset(found)
        case _:
            return on.relations_of(post)
