"""The words that funds, requests and claims choose from."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Source(models.TextChoices):
    """Where the money of a fund comes from."""

    BUDGET = "budget", _("budget")
    TRANSFER = "transfer", _("transfer from another level")
    DONATION = "donation", _("donations")
    IN_KIND = "in_kind", _("gifts in kind")
    INSURANCE = "insurance", _("insurance")
    REIMBURSEMENT = "reimbursement", _("reimbursement")
    OWN = "own", _("own means")


class Purpose(models.TextChoices):
    """What money is spent on."""

    SUPPLIES = "supplies", pgettext_lazy("purpose of money", "supplies")
    MEDICAL = "medical", _("medical care")
    TESTING = "testing", _("testing and tracing")
    ISOLATION = "isolation", _("isolation and quarantine")
    TRANSPORT = "transport", _("transport")
    COMMUNITY = "community", _("duty in communities")
    RELIEF = "relief", _("relief for people in need")
    SOCIAL = "social", _("social organisations and volunteers")
    INFORMATION = "information", _("information and systems")
    RECOVERY = "recovery", _("recovery")
    OTHER = "other", pgettext_lazy("purpose of money", "other")


class Books(models.TextChoices):
    """The accounts of a fund, and those of the world outside. ``FREE``: at hand; ``HELD``: set
    aside for what was approved; ``GOODS``: the value of gifts in kind that are still there."""

    FREE = "free", _("at hand")
    HELD = "held", _("set aside")
    GOODS = "goods", _("in kind")
    GIVERS = "givers", _("givers")
    PAYEES = "payees", _("payees")
    USERS = "users", _("users of gifts in kind")


#: Accounts outside of all funds: they show how much came from there or went there.
OUTSIDE = (Books.GIVERS, Books.PAYEES, Books.USERS)


class Kind(models.TextChoices):
    """What a posting does."""

    RECEIVE = "receive", _("received")
    GIFT = "gift", _("gift received")
    SET_ASIDE = "set_aside", _("set aside")
    RELEASE = "release", _("set free again")
    PAY = "pay", pgettext_lazy("of money", "paid")
    REPAY = "repay", _("paid back")
    TRANSFER = "transfer", _("transferred")
    USE = "use", _("used in kind")


class SpendingState(models.TextChoices):
    """Where a request for money stands."""

    ASKED = "asked", _("waits for approval")
    APPROVED = "approved", pgettext_lazy("of money", "approved")
    PAID = "paid", pgettext_lazy("of money", "paid")
    REFUSED = "refused", pgettext_lazy("of money", "refused")
    CANCELLED = "cancelled", _("cancelled")


class TransferState(models.TextChoices):
    """Where a transfer stands."""

    ASKED = "asked", _("waits for approval")
    DONE = "done", _("transferred")
    REFUSED = "refused", pgettext_lazy("of money", "refused")
    CANCELLED = "cancelled", _("cancelled")


class GiftState(models.TextChoices):
    """Where a gift stands."""

    PROMISED = "promised", _("promised")
    RECEIVED = "received", _("received")
    CANCELLED = "cancelled", _("cancelled")


class Donor(models.TextChoices):
    """Who gives, without a name."""

    PERSON = "person", _("a person")
    FIRM = "firm", _("a firm")
    ORGANISATION = "organisation", _("an organisation")
    AUTHORITY = "authority", _("an authority")


class ClaimState(models.TextChoices):
    """Where a claim stands."""

    MADE = "made", _("waits for an answer")
    ACCEPTED = "accepted", pgettext_lazy("of a claim", "accepted")
    PARTLY = "partly", _("accepted in part")
    REFUSED = "refused", pgettext_lazy("of money", "refused")
    PAID = "paid", pgettext_lazy("of money", "paid")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Work(models.TextChoices):
    """What money may be asked for."""

    TASK = "task", _("a task")
    CLAIM = "claim", _("a cost claim")
    NEED = "need", _("a need")
    COMMITMENT = "commitment", _("a commitment")
    MOVEMENT = "movement", _("a movement of goods")
    COMPENSATION = "compensation", _("a compensation")
    AID = "aid", _("aid of another region")
