"""What can be done with a task, as buttons and forms: one row for each act."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tongzhou.tasks.forms.owning import (
    ArriveForm,
    CallBackForm,
    DecideForm,
    EvaluateForm,
    ReclassifyForm,
    ReturnForm,
    ReviewForm,
)
from tongzhou.tasks.forms.split import SplitForm
from tongzhou.tasks.forms.steps import (
    EditForm,
    FileForm,
    ForwardForm,
    MergeForm,
    ReasonForm,
    RefuseForm,
    ResultForm,
    StepForm,
    TextForm,
    UrgeForm,
)
from tongzhou.tasks.models import Form, State

Words = str | Promise


@dataclass(frozen=True)
class Step:
    """One act: its button, its form (None: one tap is enough), and what is said when it is
    done. ``text`` stands above the form."""

    verb: str
    label: Words
    icon: str
    said: Words
    form: type[StepForm] | None = None
    title: Words = ""
    text: Words = ""
    danger: bool = False

    @property
    def asks(self) -> bool:
        """True where a form must be filled in."""
        return self.form is not None


STEPS: Final[Mapping[str, Step]] = {
    step.verb: step
    for step in (
        Step("see", _("Mark as seen"), "eye", _("Your unit has seen %(number)s.")),
        Step(
            "dispatch", _("Dispatch"), "send",
            _("%(number)s was dispatched."),
        ),
        Step(
            "accept", _("Accept"), "check",
            _("You accepted %(number)s."),
        ),
        Step(
            "refuse", _("Refuse"), "ban",
            _("You refused %(number)s; the asker decides what follows."),
            RefuseForm, _("Refuse the task"),
            _("The asker is told at once, with your reason and the unit that you name."),
            danger=True,
        ),
        Step(
            "return", _("Return"), "arrow-back-up",
            _("You returned %(number)s to the asker."),
            ReturnForm, _("Return the task to the asker"),
            _("For what cannot be done as it was asked: say what is missing or must change."),
        ),
        Step(
            "forward", _("Forward"), "arrow-forward-up",
            _("%(number)s was forwarded."),
            ForwardForm, _("Forward the task"),
            _("The other unit leads from now on. Yours keeps sight of the task."),
        ),
        Step(
            "take", _("I take care of it"), "user-check",
            _("You take care of %(number)s."),
        ),
        Step(
            "release", _("Give back to the unit"), "user-x",
            _("%(number)s waits for somebody of your unit."),
        ),
        Step(
            "start", _("Start"), "player-play",
            _("Work on %(number)s has begun."),
        ),
        Step(
            "block", _("Report a blockage"), "hand-stop",
            _("The asker was told that %(number)s is blocked."),
            ReasonForm, _("Report a blockage"),
            _("Say what stops you and who could remove it. The asker is told at once."),
        ),
        Step(
            "resume", _("Resume"), "player-play",
            _("Work on %(number)s goes on."),
        ),
        Step(
            "finish", _("Report as done"), "circle-check",
            _("%(number)s is done; the asker was told."),
            ResultForm, _("Report the task as done"),
        ),
        Step(
            "confirm", _("Confirm"), "checks",
            _("You confirmed %(number)s. It is closed."),
        ),
        Step(
            "reopen", _("Reopen"), "rotate",
            _("%(number)s is open again."),
            ReasonForm, _("Reopen the task"),
            _("Anyone whom the task touches may say that it is not done."),
        ),
        Step(
            "split", _("Split"), "arrows-split",
            _("%(number)s was split."),
            SplitForm, _("Split the task into parts"),
            _("Each part becomes a task of its own; this one shows how far they are."),
        ),
        Step(
            "merge", _("Merge a repeat"), "arrows-join",
            _("%(number)s was merged."),
            MergeForm, _("Merge the task into another"),
            _("For the same matter asked twice. This task ends; the other one goes on for both."),
        ),
        Step(
            "edit",
            _("Adjust"), "edit",
            _("%(number)s was changed."),
            EditForm, _("Change due time and participants"),
        ),
        Step(
            "urge", _("Urge"), "bell-ringing",
            _("The unit was urged about %(number)s."),
            UrgeForm, _("Urge the task"),
            _("The unit that leads is told, and the urging stays in the record."),
        ),
        Step(
            "withdraw", _("Withdraw"), "x",
            _("%(number)s was withdrawn."),
            ReasonForm, _("Withdraw the task"),
            _("Everybody who has to do with it is told. It cannot be undone."),
            danger=True,
        ),
        Step(
            "object", _("Object to the dispatch"), "hand-stop",
            _("Your objection to %(number)s will be reviewed."),
            ReasonForm, _("Object to the dispatch"),
            _("Say by which rule it is not yours. Who dispatched it, or a unit above, reviews "
              "that; until then you look after it."),
        ),
        Step(
            "review", _("Review the objection"), "gavel",
            _("The objection to %(number)s was reviewed."),
            ReviewForm, _("Review the objection"),
            _("Either another unit leads from now on, or the objection is rejected for good."),
        ),
        Step(
            "decide", _("Decide who leads"), "gavel",
            _("It was decided who leads %(number)s."),
            DecideForm, _("Decide who leads"),
            _("Your decision is binding: the unit that you name cannot pass it on."),
        ),
        Step(
            "arrive", _("We are there"), "map-pin",
            _("Your arrival at %(number)s was recorded."),
            ArriveForm, _("Report in"),
            _("From now on you work under the unit that called, until it is done."),
        ),
        Step(
            "call_back", _("Record the call-back"), "message-circle",
            _("The call-back of %(number)s was recorded."),
            CallBackForm, _("Record the call-back"),
            _("What was not said stays unknown; it never counts as bad."),
        ),
        Step(
            "evaluate", _("Evaluate the help"), "star",
            _("Your evaluation of %(number)s was recorded."),
            EvaluateForm, _("Evaluate the help"),
            _("The department reads it. It is about this matter, not about persons."),
        ),
        Step(
            "reclassify", _("Change the class"), "tag",
            _("%(number)s has another class, and its time begins anew."),
            ReclassifyForm, _("Change the class"),
            _("The promised time begins anew with the limit of the new class."),
        ),
        Step(
            "comment", _("Comment"), "message",
            _("Your comment was added."), TextForm, _("Comment"),
        ),
        Step(
            "attach", _("Attach a file"), "paperclip",
            _("The file was attached."), FileForm, _("Attach a file"),
        ),
    )
}  # fmt: skip

#: The acts that move a task on, by its state: the first that is allowed is the main button,
#: the others stand beside it. What is not named here is in the menu.
MAIN: Final[Mapping[str, tuple[str, ...]]] = {
    State.DRAFT: ("dispatch",),
    State.DISPATCHED: ("accept", "refuse", "urge"),
    State.SEEN: ("accept", "refuse", "urge"),
    State.ACCEPTED: ("start", "finish", "urge"),
    State.IN_PROGRESS: ("finish", "block", "urge"),
    State.BLOCKED: ("resume", "return", "urge"),
    State.DONE: ("confirm", "reopen"),
    State.CONFIRMED: ("reopen",),
    State.REFUSED: ("forward", "dispatch"),
    State.RETURNED: ("dispatch", "edit", "forward"),
    State.OBJECTED: ("review", "decide"),
}
#: The same for tickets and calls, where it differs.
_MAIN_OF: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    Form.TICKET: {
        State.DRAFT: ("forward", "dispatch"),
        State.DISPATCHED: ("accept", "refuse", "object", "urge"),
        State.SEEN: ("accept", "refuse", "object", "urge"),
        State.CONFIRMED: ("call_back", "reopen"),
        State.RETURNED: ("forward", "dispatch"),
    },
    Form.WHISTLE: {
        State.DISPATCHED: ("arrive", "accept", "refuse", "object", "urge"),
        State.SEEN: ("arrive", "accept", "refuse", "object", "urge"),
        State.ACCEPTED: ("arrive", "finish", "urge"),
        State.CONFIRMED: ("evaluate", "reopen"),
        State.RETURNED: ("forward", "dispatch"),
    },
}
#: What an act is called where the word for tasks would mislead.
_LABELS: Final[Mapping[tuple[str, str], Words]] = {
    ("finish", Form.TICKET): _("Answer"),
    ("confirm", Form.TICKET): _("Close the ticket"),
    ("confirm", Form.WHISTLE): _("Close the call"),
    ("forward", Form.TICKET): _("Dispatch to…"),
    ("dispatch", Form.TICKET): _("Keep it ourselves"),
    ("urge", Form.TICKET): _("Supervise and urge"),
    ("accept", Form.WHISTLE): _("We are coming"),
}
#: Have a place of their own on the page.
ELSEWHERE: Final = frozenset({"see", "comment", "attach"})


@dataclass(frozen=True)
class Choice:
    """The steps of one post on one task, in the order in which they are shown."""

    main: list[Step]
    more: list[Step]
    verbs: frozenset[str]


def step_of(verb: str, form: str) -> Step:
    """The step under the name that it has for this form."""
    label = _LABELS.get((verb, form))
    step = STEPS[verb]
    if label is None:
        return step
    return replace(step, label=label, title=label if step.title else "")


def choice(
    state: str, verbs: Collection[str], *, leads: bool = False, form: str = Form.TASK
) -> Choice:
    """What can be done next: up to three buttons, and the rest for the menu. ``verbs`` are
    those that are open to the post now; who leads the task is not offered to urge itself."""
    if leads:
        verbs = [verb for verb in verbs if verb != "urge"]
    order = {**MAIN, **_MAIN_OF.get(form, {})}.get(state, ())
    main = [step_of(verb, form) for verb in order if verb in verbs]
    shown = {step.verb for step in main} | ELSEWHERE
    more = [step_of(verb, form) for verb in STEPS if verb in verbs and verb not in shown]
    return Choice(main=main, more=more, verbs=frozenset(verbs))
