"""Addresses of powers and duties. Who owes what is known to everybody who is signed in; to
change it is for the units concerned."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import openpyxl
from contract.rows import NOT_YOURS, OWN, REASON, Build, operation, page, read, say, send
from contract.world import World
from django.core.files.uploadedfile import SimpleUploadedFile

from tongzhou.library import queries as library
from tongzhou.mandates.actions.declare_duty import declare_duty
from tongzhou.mandates.actions.delegate_duty import delegate_duty
from tongzhou.mandates.actions.propose_charge import propose_charge
from tongzhou.mandates.actions.record_means import record_means
from tongzhou.mandates.models import Charge, Delegation, Duty, Means, Proposal


@dataclass(frozen=True)
class Things:
    """A duty that the province holds and has passed on; another with which nobody is."""

    duty: Duty
    idle: Duty
    charge: Charge
    means: Means
    delegation: Delegation
    proposal: Proposal
    own: Proposal
    version: str
    workbook: bytes


def furnish(world: World) -> Things:
    """Makes them in the small world."""
    cast, at = world.cast, world.at
    duty = declare_duty(code="lead-it", name_zh="统一指挥", by=cast.shen, at=at)
    idle = declare_duty(code="nobody-does-it", name_zh="无人负责", by=cast.shen, at=at)
    charge = propose_charge(
        duty=duty,
        unit=cast.units["zj-command"],
        part="accountable",
        area=cast.areas["33"],
        by=cast.shen,
        at=at,
    ).charge
    delegation = delegate_duty(
        charge=charge,
        to=cast.units["hz-command"],
        until=at + timedelta(days=900),
        by=cast.shen,
        at=at,
    )
    proposal = propose_charge(
        duty=duty,
        unit=cast.units["zj-health"],
        part="consulted",
        area=cast.areas["33"],
        by=cast.shen,
        at=at,
    )
    means = record_means(charge=charge, kind="power", text="By law", by=cast.shen, at=at)
    version = library.in_force("mandates", "duties", on=at.date())
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "matrix"
    sheet.append(["duty", "zj-cdc"])
    sheet.append(["lead-it", "C"])
    out = io.BytesIO()
    book.save(out)
    return Things(
        duty, idle, charge, means, delegation, proposal, delegation.to.proposals.get(),
        str(version.id), out.getvalue(),
    )  # fmt: skip


def _duty(world: World) -> Mapping[str, Any]:
    return {"code": world.of["mandates"].duty.code}


def _idle(world: World) -> Mapping[str, Any]:
    return {"code": world.of["mandates"].idle.code}


def _on(verb: str, name: str) -> Build:
    return lambda world: {**_duty(world), "verb": verb, **_id(name)(world)}


def _id(name: str) -> Build:
    return lambda world: {"id": getattr(world.of["mandates"], name).id}


def _file(world: World) -> Mapping[str, Any]:
    return {"file": SimpleUploadedFile("duties.xlsx", world.of["mandates"].workbook)}


def _lay_out(world: World) -> Mapping[str, Any]:
    return {"version": world.of["mandates"].version, "top": "zj-command"}


def _consent(world: World) -> Mapping[str, Any]:
    return {"proposal": str(world.of["mandates"].proposal.id)}


_NEW: Final = {"code": "new-duty", "name_zh": "新职责", "side": "government", "needs": ["people"]}
_CHARGE: Final = say(unit="zj-cdc", part="responsible")


def _delegate(world: World) -> Mapping[str, Any]:
    until = (world.at + timedelta(days=900)).date().isoformat()
    return {"to": "zj-health", "until": until, "people": "Three people"}


def _delegate_by_api(world: World) -> Mapping[str, Any]:
    until = (world.at + timedelta(days=900)).isoformat()
    return {"to": "zj-health", "until": until, "means": {"people": "Three people"}}


# fmt: off
PAGES: Final = (
    page("duties", read(**OWN)),
    page("duties", read(**OWN), query="?phase=respond&grade=I&problems=1", note="filtered"),
    page("duty-problems", read(**OWN)),
    page("duties-tile", read(**OWN)),
    page("duty-proposals", read(**OWN)),
    page("duty-consent", send(302, _consent, by="tang", outsider=302)),
    page("duty-layout", read(**NOT_YOURS), send(302, _lay_out, **NOT_YOURS)),
    page("duty-import", read(**OWN), send(200, _file, outsider=200)),
    page("duty-export", read(**OWN)),
    page("duty-new", read(**NOT_YOURS), send(302, lambda world: _NEW, **NOT_YOURS)),
    page("task-duties", read(**OWN), query="?q=lead"),
    page("task-mandate", read(**OWN), query="?duty=lead-it&lead=zj-health"),
    page("emergent-ties", read(**OWN)),
    page("duty", read(**OWN), args=_duty),
    page("duty-cell", read(**OWN), args=lambda world: {**_duty(world), "unit": "zj-command"}),
    page("unit-duties", read(**OWN), args=say(code="zj-command")),
    page("duty-step", read(**NOT_YOURS),
         send(302, say(name_zh="统一领导", side="leadership", reason="Clearer"), **NOT_YOURS),
         args=lambda world: {**_duty(world), "verb": "edit"}, note="edit"),
    page("duty-step", read(**NOT_YOURS), send(302, REASON, **NOT_YOURS),
         args=lambda world: {**_idle(world), "verb": "retire"}, note="retire"),
    page("duty-step", read(**OWN), send(302, _CHARGE, outsider=422),
         args=lambda world: {**_duty(world), "verb": "charge"}, note="charge"),
    *(page("duty-step-on", read(by=by, **NOT_YOURS), send(302, body, by=by, **NOT_YOURS),
           args=_on(verb, name), note=verb) for verb, name, by, body in (
        ("end", "charge", "shen", REASON),
        ("means", "charge", "shen", say(kind="people", text="Ten people")),
        ("means-end", "means", "shen", say()),
        ("delegate", "charge", "shen", _delegate),
        ("recall", "delegation", "shen", REASON),
        ("consent", "own", "lou", say()),
        ("decline", "proposal", "tang", REASON),
        ("withdraw", "proposal", "shen", REASON),
    )),
)

OPERATIONS: Final = (
    operation("mandates_duties", "GET", 200, 200),
    operation("mandates_declare", "POST", 201, 403, body=lambda world: _NEW),
    operation("mandates_problems", "GET", 200, 200),
    operation("mandates_resolve", "GET", 200, 200, query="?duty=lead-it&area=33"),
    operation("mandates_check", "GET", 200, 200, query="?duty=lead-it&area=33&lead=zj-health"),
    operation("mandates_lay_out", "POST", 200, 403, body=_lay_out),
    operation("mandates_upload", "POST", 200, 200, body=_file, files=("file",)),
    operation("mandates_duty", "GET", 200, 200, args=_duty),
    operation("mandates_edit", "PATCH", 200, 403, args=_duty, body=say(reason="R", name_en="New")),
    operation("mandates_retire", "POST", 200, 403, args=_idle, body=REASON),
    operation("mandates_charges", "GET", 200, 200, args=_duty),
    operation("mandates_propose", "POST", 201, 403, args=_duty, body=_CHARGE),
    operation("mandates_of_unit", "GET", 200, 200, args=say(code="zj-command")),
    operation("mandates_charge", "GET", 200, 200, args=_id("charge")),
    operation("mandates_end", "POST", 201, 403, args=_id("charge"), body=REASON),
    operation("mandates_means", "POST", 201, 403, args=_id("charge"),
              body=say(kind="people", text="Ten people")),
    operation("mandates_end_of_means", "POST", 200, 403, args=_id("means")),
    operation("mandates_delegate", "POST", 201, 403, args=_id("charge"), body=_delegate_by_api),
    operation("mandates_recall", "POST", 200, 403, args=_id("delegation"), body=REASON),
    operation("mandates_proposals", "GET", 200, 200),
    operation("mandates_consent", "POST", 200, 403, by="tang", args=_id("proposal")),
    operation("mandates_decline", "POST", 200, 403, by="tang", args=_id("proposal"), body=REASON),
    operation("mandates_withdraw", "POST", 200, 403, args=_id("proposal"), body=REASON),
)
