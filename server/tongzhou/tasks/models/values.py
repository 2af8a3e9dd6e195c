"""What a task can be: its state, its form, the kind of work, its basis, its priority."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tongzhou.ui.wording import worded


class State(models.TextChoices):
    """Where a task stands. Which act leads from where to where: ``tasks.transitions``."""

    DRAFT = "draft", _("draft")
    DISPATCHED = "dispatched", _("dispatched")
    SEEN = "seen", _("seen")
    ACCEPTED = "accepted", _("accepted")
    IN_PROGRESS = "in_progress", _("in progress")
    BLOCKED = "blocked", _("blocked")
    DONE = "done", _("done")
    CONFIRMED = "confirmed", _("confirmed")
    REFUSED = "refused", _("refused")
    RETURNED = "returned", _("returned")
    OBJECTED = "objected", _("objected to")
    WITHDRAWN = "withdrawn", _("withdrawn")
    MERGED = "merged", _("merged")


#: States in which nobody has to do anything any more.
CLOSED = frozenset({State.CONFIRMED, State.WITHDRAWN, State.MERGED})


class Form(models.TextChoices):
    """What a task is to those who asked for it. All live the one life of ``tasks.transitions``;
    what only a ticket or a whistle has stands in a row of its own beside the task."""

    TASK = "task", _("task")
    TICKET = "ticket", _("ticket")
    WHISTLE = "whistle", worded("whistle", _("whistle"))


#: Forms that have an owner at all times: whoever passes one on names a better one, and a
#: dispute about it is decided.
OWNED = frozenset({Form.TICKET, Form.WHISTLE})


class Work(models.TextChoices):
    """The kind of collaboration that doing the task amounts to."""

    SERVE = "serve", _("service")
    REPORT = "report", _("report")
    SHARE = "share", _("information")
    TRANSFER = "transfer", _("supplies")
    JOINT_ACTION = "joint_action", _("joint action")
    CONVENE = "convene", _("meeting")
    DELIBERATE = "deliberate", _("consultation")
    SUPERVISE = "supervise", _("supervision")
    CLARIFY = "clarify", _("clarification")


class Basis(models.TextChoices):
    """The authority that a task rests on."""

    ORDER = "order", _("order")
    AGREEMENT = "agreement", _("agreement")
    VOLUNTARY = "voluntary", _("voluntary")
    LAW = "law", _("law")


class Priority(models.IntegerChoices):
    """How pressing; the due time says when."""

    ROUTINE = 0, _("routine")
    URGENT = 1, _("urgent")
    CRITICAL = 2, _("critical")
