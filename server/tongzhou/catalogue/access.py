"""Who may change the catalogue. It is one for the whole installation: known to everybody,
changed by authorities."""

from tongzhou.actors import permissions
from tongzhou.actors.models import Post, Sector
from tongzhou.actors.vocabulary import CATALOGUE_EDIT
from tongzhou.kernel.errors import NotAllowed

AUTHORITIES = frozenset({Sector.GOVERNMENT, Sector.PARTY_BODY, Sector.CDC})


def may_edit(post: Post) -> bool:
    """True when the post may change the catalogue."""
    return permissions.holds(post, CATALOGUE_EDIT) and post.unit.sector in AUTHORITIES


def require_editor(post: Post) -> None:
    """Raises NotAllowed unless the post may change the catalogue."""
    if not may_edit(post):
        raise NotAllowed(permission=CATALOGUE_EDIT.label)
