"""Who may publish for which jurisdiction. To read a template needs no right: rules are for
everybody who is signed in."""

from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import LIBRARY_EDIT, PROFILE_CHOOSE, Word
from tongzhou.kernel.errors import Invalid, NotAllowed
from tongzhou.library.document import NATIONAL
from tongzhou.places.models import Area


class UnknownJurisdiction(Invalid):
    """Neither everywhere, nor a country profile, nor the code of an area that there is."""

    code = "unknown-jurisdiction"
    message = _("“%(given)s” is no jurisdiction: write common, cn, int or the code of an area.")


def require_edit(*, by: Post, jurisdiction: str) -> None:
    """Whoever publishes for an area needs the word over that area; for a country profile or
    everywhere, over the whole tree of this installation.
    Raises UnknownJurisdiction, NotAllowed."""
    if jurisdiction in NATIONAL:
        _require_everywhere(by=by, word=LIBRARY_EDIT)
        return
    area = Area.objects.filter(code=jurisdiction).first()
    if area is None:
        raise UnknownJurisdiction(field="jurisdiction", given=jurisdiction[:40])
    permissions.require(by=by, word=LIBRARY_EDIT, on=area)


def require_profile(*, by: Post) -> None:
    """The country profile is switched by whoever has the word over the whole tree.
    Raises NotAllowed."""
    _require_everywhere(by=by, word=PROFILE_CHOOSE)


def may_edit(*, by: Post, jurisdiction: str) -> bool:
    """``require_edit`` as a question."""
    try:
        require_edit(by=by, jurisdiction=jurisdiction)
    except (UnknownJurisdiction, NotAllowed):
        return False
    return True


def may_choose_profile(*, by: Post) -> bool:
    """``require_profile`` as a question."""
    try:
        require_profile(by=by)
    except NotAllowed:
        return False
    return True


def _require_everywhere(*, by: Post, word: Word) -> None:
    roots = list(Area.objects.filter(parent=None))
    if not roots:
        raise NotAllowed(permission=word.label)
    for root in roots:
        permissions.require(by=by, word=word, on=root)
