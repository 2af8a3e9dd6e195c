from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import FINDING_ANSWER
from tongzhou.kernel.errors import Invalid
from tongzhou.oversight.actions.change import text_given
from tongzhou.oversight.actions.finding_acts import begin, record
from tongzhou.oversight.acts import FINDING_ANSWERED
from tongzhou.oversight.models import Finding, FindingAnswer, FindingState, Proof
from tongzhou.oversight.queries.citing import Cited, as_json
from tongzhou.tasks import kept_files


class ProofMissing(Invalid):
    """An answer in words alone."""

    code = "proof-missing"
    message = _("An answer needs proof: a file, or the number of a task or act that shows it.")


def answer_finding(
    *,
    finding: Finding,
    text: str,
    by: Post,
    at: datetime,
    cites: Sequence[Cited] = (),
    files: Sequence[kept_files.Upload] = (),
) -> Finding:
    """The owner says what was done, with proof: a file, or an act or task that is quoted.
    An answer after the deadline is taken, and counts as late. Raises NotFound, NotAllowed,
    FindingNotSo, TextMissing, TextTooLong, ProofMissing, and what is wrong with a file."""
    kinds = kept_files.require_files(files)
    with transaction.atomic():
        locked = begin(finding, by=by, word=FINDING_ANSWER, states=(FindingState.OPEN,))
        text = text_given(text, field="text")
        if not cites and not files:
            raise ProofMissing(field="files")
        locked.rounds += 1
        locked.state = FindingState.ANSWERED
        locked.save(update_fields=["rounds", "state"])
        answer = FindingAnswer(
            finding=locked, round=locked.rounds, text=text, cites=as_json(cites), post=by, at=at
        )
        answer.save(force_insert=True)
        made = partial(Proof, finding=locked, answer=answer)
        with kept_files.kept(made, files, kinds, by=by, at=at) as kept:
            record(
                FINDING_ANSWERED,
                finding=locked,
                by=by,
                at=at,
                asked_at=locked.asked_at,
                due_at=locked.due_at,
                outcome="late" if at > locked.due_at else "in_time",
                data={
                    "answer": str(answer.id),
                    "round": locked.rounds,
                    "cites": [{"kind": c.kind, "id": c.id} for c in cites],
                    "files": kept_files.in_ledger(kept),
                },
            )
    return locked
