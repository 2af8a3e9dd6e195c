"""May this actor change areas? Posts live one room above, so this room says what it asks of
whoever acts, and the post answers to it."""

from collections.abc import Mapping
from typing import Any, Final, Protocol

from tongzhou.kernel.errors import NotAllowed
from tongzhou.places.models import Area

AREA_EDIT: Final = "area.edit"
MODE_SWITCH: Final = "mode.switch"


class Editor(Protocol):
    """Who acts on areas: a post."""

    def holds(self, word: str) -> bool:
        """True when it has the permission of this name."""
        ...

    def said(self, word: str) -> str:
        """What the permission of this name allows, in words."""
        ...

    def answers_for(self, area: Area) -> bool:
        """True when the area lies in its own."""
        ...

    def signs(self) -> Mapping[str, Any]:
        """Who acts, as the ledger takes it."""
        ...


def require_edit(*, by: Editor | None, inside: Area | None) -> None:
    """Raises NotAllowed unless ``by`` may change what lies in ``inside``. None as actor is
    the installation's own command line, which may; None as area is the root of the tree,
    which only the command line may extend."""
    if by is None:
        return
    if not by.holds(AREA_EDIT) or inside is None or not by.answers_for(inside):
        raise NotAllowed(permission=by.said(AREA_EDIT))


def signature(by: Editor | None) -> Mapping[str, Any]:
    """Who acts, as the ledger takes it; nobody for the command line."""
    return by.signs() if by is not None else {}


def may_edit(editor: Editor | None, area: Area) -> bool:
    """``require_edit`` as a question, for showing a button; nobody in particular may not."""
    return editor is not None and editor.holds(AREA_EDIT) and editor.answers_for(area)


def require_switch(*, by: Editor, area: Area) -> None:
    """Raises NotAllowed unless ``by`` may switch this area between peacetime and emergency."""
    if not by.holds(MODE_SWITCH) or not by.answers_for(area):
        raise NotAllowed(permission=by.said(MODE_SWITCH))
