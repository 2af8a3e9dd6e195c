"""Tasks: asked of a unit by a unit, with everything that happened to them kept."""

from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from tongzhou.actors.models import Post, Unit
from tongzhou.incidents.models import Incident
from tongzhou.kernel.ids import new_id
from tongzhou.mandates.models import Duty
from tongzhou.places.models import Area
from tongzhou.tasks.models.kept_file import KeptFile
from tongzhou.tasks.models.values import CLOSED, OWNED, Basis, Form, Priority, State, Work


class Task(models.Model):
    """A piece of work that one unit asks of another."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.BigIntegerField(unique=True)
    form = models.TextField(choices=Form.choices, default=Form.TASK)
    incident = models.ForeignKey(Incident, null=True, on_delete=models.PROTECT)
    title = models.TextField()
    body = models.TextField(blank=True)
    work = models.TextField(choices=Work.choices, default=Work.SERVE)
    basis = models.TextField(choices=Basis.choices)
    basis_note = models.TextField(blank=True)
    #: Part of an exercise: never seen with real tasks. That of its incident, from the start.
    exercise = models.BooleanField(default=False, db_default=False)
    #: What it is done for, and by which charge the lead was in its place when it was sent:
    #: "" (no duty named), "cell:<charge>", "emergent" (nobody was charged) or
    #: "emergent:<charge>" (the charge of another unit, which was passed over).
    duty = models.ForeignKey(Duty, null=True, on_delete=models.PROTECT, related_name="+")
    mandate = models.TextField(blank=True)
    priority = models.PositiveSmallIntegerField(choices=Priority.choices, default=Priority.ROUTINE)
    state = models.TextField(choices=State.choices, default=State.DRAFT)
    asker = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="asked_tasks")
    # None where nobody with a post asked: a ticket that came in without an account.
    asker_post = models.ForeignKey(
        Post, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    lead = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="lead_tasks")
    handler = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    assisting = ArrayField(models.UUIDField(), default=list)
    informed = ArrayField(models.UUIDField(), default=list)
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="parts")
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="repeats"
    )
    better_owner = models.ForeignKey(
        Unit, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    reason = models.TextField(blank=True)
    result = models.TextField(blank=True)
    reopened = models.PositiveSmallIntegerField(default=0)
    # Of tickets and whistles: how often it was passed on, by whom, and whether the question
    # whose it is has been settled for good.
    bounces = models.PositiveSmallIntegerField(default=0)
    came_from = ArrayField(models.UUIDField(), default=list)
    binding = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    due_at = models.DateTimeField()
    dispatched_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        # No index holds the state: a change of state then touches no index of this table.
        indexes = [
            # The mandate is written by a dispatch alone.
            models.Index(
                fields=["asker", "lead", "duty"],
                condition=Q(mandate__startswith="emergent"),
                name="task_emergent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def refresh_from_db(self, *args: Any, **options: Any) -> None:
        """Forgets the relations that were read before, too."""
        super().refresh_from_db(*args, **options)
        self.__dict__.pop("relations", None)

    @property
    def reference(self) -> str:
        """The number as people quote it."""
        return f"T-{self.number}"

    @property
    def mandate_kind(self) -> str:
        """ "cell" (the lead is charged with the duty), "emergent" (it was asked all the same),
        "" where no duty is named or nothing was sent yet."""
        return self.mandate.partition(":")[0]

    @property
    def is_open(self) -> bool:
        """True while somebody still has something to do."""
        return self.state not in CLOSED

    @property
    def is_owned(self) -> bool:
        """True of tickets and whistles, which have an owner at all times."""
        return self.form in OWNED

    @cached_property
    def area_code(self) -> str:
        """The code of the task's area."""
        return self.area.code

    @cached_property
    def incident_phase(self) -> str:
        """The phase that the task's incident is in; "" without an incident."""
        return self.incident.phase if self.incident else ""

    @cached_property
    def incident_grade(self) -> str:
        """The response level of the task's incident; "" without one."""
        return self.incident.grade if self.incident else ""

    @cached_property
    def relations(self) -> dict[UUID, frozenset[str]]:
        """Unit id → relations, from the parties."""
        return {party.unit_id: frozenset(party.relations) for party in self.parties.all()}

    def relations_of(self, post: Post) -> frozenset[str]:
        """How the post's unit stands to the task: "asker", "lead", "assisting", "informed",
        "line" (above one of these in the line of command)."""
        return self.relations.get(post.unit_id, frozenset())


class TaskParty(models.Model):
    """That a unit has to do with a task, and how: what makes the task visible to the unit,
    and what every list reads. ``number``, ``state``, ``open``, ``exercise``, ``due_at`` and
    ``updated_at`` repeat the task's, so that "the next 50 of my unit by due time" is one short
    index scan. Written by ``tasks.access`` and ``tasks.actions.transition`` alone."""

    id = models.BigAutoField(primary_key=True)
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="parties", db_index=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, db_index=False)
    relations = ArrayField(models.TextField(), default=list)
    number = models.BigIntegerField()
    state = models.TextField(choices=State.choices)
    open = models.BooleanField(default=True)
    exercise = models.BooleanField(default=False, db_default=False)
    due_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "unit"], name="task_party")]
        indexes = [
            models.Index(fields=["unit", "open", "due_at", "number"], name="task_list"),
            models.Index(fields=["unit", "state", "due_at", "number"], name="task_list_state"),
            models.Index(fields=["unit", "number"], name="task_list_created"),
            models.Index(fields=["unit", "updated_at", "number"], name="task_list_updated"),
            # A command sees every task below it; its own must not be looked for among them.
            *(
                models.Index(
                    fields=["unit", "open", "due_at", "number"],
                    condition=Q(relations__contains=[relation]),
                    name=f"task_list_{relation}",
                )
                for relation in ("asker", "lead", "assisting", "informed")
            ),
            # What comes back to its asker.
            models.Index(
                fields=["unit", "state", "due_at", "number"],
                condition=Q(
                    relations__contains=["asker"],
                    state__in=[
                        State.DRAFT,
                        State.REFUSED,
                        State.RETURNED,
                        State.OBJECTED,
                        State.DONE,
                    ],
                ),
                name="task_list_settle",
            ),
            models.Index(
                fields=["unit", "open", "due_at", "number"],
                condition=~Q(relations=["line"]),
                name="task_list_direct",
            ),
            # Exercises are few among real tasks; the other lists pass over them.
            models.Index(
                fields=["unit", "open", "due_at", "number"],
                condition=Q(exercise=True),
                name="task_list_exercise",
            ),
        ]


class Comment(models.Model):
    """A word on a task, seen by all its parties. ``verb`` is "comment", or the act that the
    word came with: the reason of a refusal, the result of a finished task."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="comments")
    # None: said by whoever holds the number of the ticket.
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, db_index=False)
    verb = models.TextField(default="comment")
    text = models.TextField()
    at = models.DateTimeField()


class Attachment(KeptFile):
    """A file of a task."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="files")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, db_index=False)
    file = models.FileField(upload_to="tasks/%Y/%m/")
