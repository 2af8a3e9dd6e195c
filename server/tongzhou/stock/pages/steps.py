"""What can be done in a store, as buttons and forms: one row for each act."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import SITE_OPEN, STOCK_KEEP, Word
from tongzhou.kernel.errors import Sentence
from tongzhou.stock.actions.close_site import close_site
from tongzhou.stock.actions.convert_kits import make_kits, open_kits
from tongzhou.stock.actions.discard_expired import discard_expired
from tongzhou.stock.actions.issue_goods import issue_goods
from tongzhou.stock.actions.move_goods import move_goods
from tongzhou.stock.actions.receive_goods import receive_goods
from tongzhou.stock.actions.set_minimum import set_minimum
from tongzhou.stock.actions.start_count import start_count
from tongzhou.stock.forms import steps as forms
from tongzhou.stock.models import Site


@dataclass(frozen=True)
class Step:
    """One act: its permission, form, title and button, and what is said when it is done.
    ``again``: the form stays open for the next line."""

    verb: str
    act: Callable[..., Any]
    word: Word
    form: type[forms.StepForm]
    title: Sentence
    label: Sentence
    said: Sentence
    text: Sentence = ""
    icon: str = "point"
    again: bool = False
    danger: bool = False


STEPS: Final[Mapping[str, Step]] = {
    step.verb: step
    for step in (
        Step(
            "receive", receive_goods, STOCK_KEEP, forms.ReceiveForm, _("Receive goods"),
            _("Receive"), _("Received. The next line, please."),
            _("One line of the delivery at a time; the books follow at once."), "package",
            again=True,
        ),
        Step(
            "issue", issue_goods, STOCK_KEEP, forms.IssueForm, _("Issue goods"), _("Issue"),
            _("Issued."), _("What expires first goes out first. What is reserved stays."), "upload",
        ),
        Step(
            "move", move_goods, STOCK_KEEP, forms.MoveForm, _("Move to another store"), _("Move"),
            _("Moved."), _("Between the stores of one unit. To other units, send a shipment."),
            "transfer",
        ),
        Step(
            "count", start_count, STOCK_KEEP, forms.PlainForm, _("Count the store"),
            _("Begin to count"), _("Count each batch as it lies there."),
            _("Goods may go on moving: each batch is compared with the books of the moment "
              "in which it is counted."),
            "clipboard-check",
        ),
        Step(
            "make-kits", make_kits, STOCK_KEEP, forms.KitForm, _("Make kits"), _("Make them"),
            _("The kits are made."), _("Their parts leave the books of the store."), "package",
        ),
        Step(
            "open-kits", open_kits, STOCK_KEEP, forms.KitForm, _("Open kits"), _("Open them"),
            _("The kits are opened."), _("Their parts come back into the books."), "package",
        ),
        Step(
            "minimum", set_minimum, STOCK_KEEP, forms.MinimumForm, _("Set a minimum"),
            _("Set it"), _("The minimum is set."),
            _("Where less is there, the list shows it."), "ruler-2",
        ),
        Step(
            "discard", discard_expired, STOCK_KEEP, forms.PlainForm, _("Discard what is expired"),
            _("Discard"), _("What was past its date is out of the books."),
            _("All that is past its date and not reserved."), "trash", danger=True,
        ),
        Step(
            "close", close_site, SITE_OPEN, forms.ReasonForm, _("Close the store"),
            _("Close it"), _("The store is closed."), _("Only an empty store can be closed."),
            "lock", danger=True,
        ),
    )
}  # fmt: skip


def allowed(site: Site, post: Post) -> list[Step]:
    """The steps that the post may take in a store."""
    if not site.is_open:
        return []
    return [
        step for step in STEPS.values() if permissions.allowed(by=post, word=step.word, on=site)
    ]
