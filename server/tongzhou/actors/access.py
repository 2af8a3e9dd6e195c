"""Who may know what of a unit. That a unit exists is known to everybody who is signed in;
who works there, to those who work with it in one line of command; what it did, to itself
and to those above it."""

from django.db.models import Q, QuerySet

from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import Role


def sees_people(post: Post, unit: Unit) -> bool:
    """True for the own unit, those above and those below it, and for the administrator of
    the area."""
    if oversees(post, unit) or unit.id in post.unit.line:
        return True
    return post.role == Role.ADMINISTRATOR and post.answers_for(unit.area)


def oversees(post: Post, unit: Unit) -> bool:
    """True for the own unit and those below it."""
    return post.unit_id in unit.line


def visible_posts(posts: QuerySet[Post, Post], *, to: Post) -> QuerySet[Post, Post]:
    """Of the posts of one unit, those that ``to`` may see: residents know the people who
    work for them, not each other."""
    if to.role == Role.RESIDENT:
        return posts.filter(~Q(role=Role.RESIDENT) | Q(person_id=to.person_id))
    return posts
