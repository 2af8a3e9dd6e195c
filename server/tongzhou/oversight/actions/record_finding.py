from collections.abc import Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import FINDING_RECORD
from tongzhou.incidents.models import Incident
from tongzhou.kernel.errors import Invalid
from tongzhou.kernel.ids import new_id
from tongzhou.oversight.access import Supervised
from tongzhou.oversight.actions.change import (
    basis_towards,
    next_number,
    require_active,
    require_deadline,
    require_incident,
    text_bounded,
    text_given,
)
from tongzhou.oversight.actions.finding_acts import record
from tongzhou.oversight.acts import FINDING_RECORDED
from tongzhou.oversight.models import Finding, Proof, Severity
from tongzhou.oversight.queries import rules
from tongzhou.oversight.queries.citing import Cited, as_json
from tongzhou.tasks import kept_files


class OwnerMissing(Invalid):
    """A finding that nobody would put right."""

    code = "finding-needs-owner"
    message = _("A finding needs an owner: the unit that puts it right.")


class UnknownSeverity(Invalid):
    """A severity that is not among the known ones."""

    code = "unknown-severity"
    message = _("Unknown severity “%(severity)s”.")


def record_finding(
    *,
    what: str,
    owner: Unit | None,
    due_at: datetime,
    by: Post,
    at: datetime,
    severity: str = Severity.SERIOUS,
    item: str = "",
    rule: str = "",
    rule_version: UUID | None = None,
    cites: Sequence[Cited] = (),
    files: Sequence[kept_files.Upload] = (),
    incident: Incident | None = None,
    id: UUID | None = None,
) -> Finding:
    """Records what an inspection found, for ``owner`` to answer with proof by ``due_at``.

    ``item`` is the item of the inspection; it is held against ``rule_version``, a version in
    the library, and ``rule`` in words. A unit may record its own mistake; that is protected
    (see ``open_accountability``). Raises NotFound, NotAllowed, OwnerMissing, TextMissing,
    TextTooLong, DeadlinePassed, DeadlineTooFar, UnknownSeverity, UnitClosed, NoSuchVersion,
    and what is wrong with a file.
    """
    if owner is None:
        raise OwnerMissing(field="owner")
    kinds = kept_files.require_files(files)
    with transaction.atomic():
        permissions.require(by=by, word=FINDING_RECORD, on=Supervised(owner))
        require_incident(incident, by=by)
        require_active(owner, field="owner")
        require_deadline(due_at, at=at)
        if rule_version is not None:
            rules.version(rule_version)
        if severity not in Severity.values:
            raise UnknownSeverity(field="severity", severity=severity)
        finding = Finding(
            id=id or new_id(),
            what=text_given(what, field="what"),
            item=text_bounded(item, field="item", limit=300),
            severity=severity,
            rule=text_bounded(rule, field="rule", limit=1000),
            rule_version=rule_version,
            cites=as_json(cites),
            number=next_number("finding_number"),
            owner=owner,
            supervisor=by.unit,
            post=by,
            incident=incident,
            due_at=due_at,
            asked_at=at,
            created_at=at,
        )
        finding.save(force_insert=True)
        made = partial(Proof, finding=finding, answer=None)
        with kept_files.kept(made, files, kinds, by=by, at=at) as kept:
            record(
                FINDING_RECORDED,
                finding=finding,
                by=by,
                at=at,
                due_at=due_at,
                basis=basis_towards(owner, by=by),
                data={
                    "cites": [{"kind": c.kind, "id": c.id} for c in cites],
                    "files": kept_files.in_ledger(kept),
                    "self_reported": finding.self_reported,
                    **({"rule_version": str(rule_version)} if rule_version else {}),
                },
            )
    return finding
