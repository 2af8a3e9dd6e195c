from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import holdings, permissions
from tongzhou.actors.actions.end_post import close
from tongzhou.actors.acts import PERSON_DEACTIVATED
from tongzhou.actors.holdings import Holding
from tongzhou.actors.models import Person, Post
from tongzhou.actors.vocabulary import PERSON_DEACTIVATE
from tongzhou.kernel.errors import Conflict, NotAllowed, NotFound
from tongzhou.ledger.append import append


class PersonInactiveAlready(Conflict):
    """The account is deactivated already."""

    code = "person-inactive-already"
    message = _("This account is deactivated already.")


class YourOwnAccount(Conflict):
    """Somebody is about to lock themselves out."""

    code = "your-own-account"
    message = _("You cannot deactivate your own account. Ask another administrator.")


class PostsElsewhere(NotAllowed):
    """The person holds posts in units for which the caller does not answer."""

    code = "posts-elsewhere"
    message = _("This person also holds posts in units that are not yours. End your own instead.")


@dataclass(frozen=True)
class Deactivation:
    """Who was deactivated, and what fell to the units."""

    person: Person
    holdings: list[Holding]


def deactivate_person(*, person: Person, by: Post, at: datetime) -> Deactivation:
    """Ends all posts of a person and closes the account. What they held falls to their
    units and is named in the answer.

    Raises NotFound (somebody of whom the caller knows nothing), NotAllowed, PostsElsewhere,
    PersonInactiveAlready, YourOwnAccount.
    """
    with transaction.atomic():
        locked = Person.objects.select_for_update().get(id=person.id)
        posts = open_posts(locked)
        require_all(posts, by=by)
        if not locked.is_active:
            raise PersonInactiveAlready()
        if locked.id == by.person_id:
            raise YourOwnAccount()
        held = holdings.held_by(posts)
        for post in posts:
            close(post, by=by, at=at)
        locked.is_active = False
        locked.save(update_fields=["is_active"])
        append(
            PERSON_DEACTIVATED,
            at=at,
            about=("person", locked.id),
            **by.signs(),
            with_units=[post.unit_id for post in posts],
            area=by.unit.area.code,
            audience=[post.unit_id for post in posts],
            data={"posts": [str(post.id) for post in posts], "holdings": len(held)},
        )
    return Deactivation(locked, held)


def open_posts(person: Person) -> list[Post]:
    """The posts whose term runs, locked when asked within a transaction."""
    found = Post.objects.filter(person=person, ends_at=None)
    return list(found.select_related("person", "unit__area").order_by("unit__code"))


def require_all(posts: list[Post], *, by: Post) -> None:
    """Raises NotFound where ``by`` answers for none of the posts, PostsElsewhere where for
    some only, NotAllowed where the role does not allow it."""
    if not permissions.holds(by, PERSON_DEACTIVATE):
        raise NotAllowed(permission=PERSON_DEACTIVATE.label)
    mine = [permissions.allowed(by=by, word=PERSON_DEACTIVATE, on=post.unit) for post in posts]
    if not any(mine):
        raise NotFound()
    if not all(mine):
        raise PostsElsewhere(permission=PERSON_DEACTIVATE.label)
