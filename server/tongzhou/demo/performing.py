"""The acts that a plan can name, and how a step becomes a call of one of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from tongzhou.actors.actions.appoint_person import appoint_person
from tongzhou.actors.actions.create_unit import create_unit
from tongzhou.aid.actions.close_request import close_request
from tongzhou.aid.actions.confirm_arrival import confirm_arrival
from tongzhou.aid.actions.confirm_home import confirm_home
from tongzhou.aid.actions.decline_request import decline_request
from tongzhou.aid.actions.deploy import deploy
from tongzhou.aid.actions.draft_agreement import draft_agreement
from tongzhou.aid.actions.release import release
from tongzhou.aid.actions.sign_agreement import sign_agreement
from tongzhou.allocations.actions.approve_allocation import approve_allocation
from tongzhou.demo import (
    asking,
    carrying,
    duties,
    helping,
    money,
    publishing,
    settling,
    sharing,
    standing,
    stores,
    wanting,
)
from tongzhou.demo.cast import assemble
from tongzhou.demo.objects import Objects
from tongzhou.demo.steps import Ref, Step
from tongzhou.funds.actions.approve_spending import approve_spending
from tongzhou.funds.actions.hand_in_receipt import hand_in_receipt
from tongzhou.incidents.actions.answer_signal import answer_signal
from tongzhou.incidents.actions.assess_signal import assess_signal
from tongzhou.incidents.actions.change_phase import change_phase
from tongzhou.incidents.actions.check_in import check_in
from tongzhou.incidents.actions.close_incident import close_incident
from tongzhou.incidents.actions.complete_decision import complete_decision
from tongzhou.incidents.actions.convene_group import convene_group
from tongzhou.incidents.actions.dissolve_group import dissolve_group
from tongzhou.incidents.actions.edit_incident import edit_incident
from tongzhou.incidents.actions.end_shift import end_shift
from tongzhou.incidents.actions.form_group import form_group
from tongzhou.incidents.actions.lift_measure import lift_measure
from tongzhou.incidents.actions.note_timeliness import note_timeliness
from tongzhou.incidents.actions.open_incident import open_incident
from tongzhou.incidents.actions.pass_report import pass_report
from tongzhou.incidents.actions.receive_report import receive_report
from tongzhou.incidents.actions.record_counts import record_counts
from tongzhou.incidents.actions.record_decision import record_decision
from tongzhou.incidents.actions.record_milestone import record_milestone
from tongzhou.incidents.actions.report_signal import report_signal
from tongzhou.incidents.actions.see_decision import see_decision
from tongzhou.incidents.actions.set_grade import set_grade
from tongzhou.incidents.actions.skip_level_report import skip_level_report
from tongzhou.incidents.actions.start_measure import start_measure
from tongzhou.incidents.actions.start_report import start_report
from tongzhou.incidents.actions.start_shift import start_shift
from tongzhou.interests.actions.answer_terms import answer_terms
from tongzhou.interests.actions.close_mediation import close_mediation
from tongzhou.interests.actions.declare_conflict import declare_conflict
from tongzhou.interests.actions.note_meeting import note_meeting
from tongzhou.interests.actions.open_mediation import open_mediation
from tongzhou.interests.actions.receive_compensation import receive_compensation
from tongzhou.oversight.actions.answer_finding import answer_finding
from tongzhou.oversight.actions.answer_letter import answer_letter
from tongzhou.oversight.actions.declare_field import declare_field
from tongzhou.oversight.actions.open_accountability import open_accountability
from tongzhou.oversight.actions.recheck_finding import recheck_finding
from tongzhou.oversight.actions.record_finding import record_finding
from tongzhou.oversight.actions.second_accountability import second_accountability
from tongzhou.oversight.actions.send_letter import send_letter
from tongzhou.oversight.actions.withdraw_request import withdraw_request
from tongzhou.places.actions.create_area import create_area
from tongzhou.places.actions.switch_mode import switch_mode
from tongzhou.places.importing import ImportReport, import_areas
from tongzhou.places.permissions import Editor
from tongzhou.plans.actions.step_down_plan import step_down_plan
from tongzhou.shipments.actions.arrive_shipment import arrive_shipment
from tongzhou.shipments.actions.report_position import report_position
from tongzhou.tasks.actions.accept_task import accept_task
from tongzhou.tasks.actions.arrive_at_whistle import arrive_at_whistle
from tongzhou.tasks.actions.attach_file import attach_file
from tongzhou.tasks.actions.block_task import block_task
from tongzhou.tasks.actions.blow_whistle import blow_whistle
from tongzhou.tasks.actions.call_back import call_back
from tongzhou.tasks.actions.comment_task import comment_task
from tongzhou.tasks.actions.confirm_task import confirm_task
from tongzhou.tasks.actions.create_task import create_task
from tongzhou.tasks.actions.decide_owner import decide_owner
from tongzhou.tasks.actions.dispatch_task import dispatch_task
from tongzhou.tasks.actions.edit_task import edit_task
from tongzhou.tasks.actions.evaluate import evaluate
from tongzhou.tasks.actions.finish_task import finish_task
from tongzhou.tasks.actions.forward_task import forward_task
from tongzhou.tasks.actions.merge_tasks import merge_tasks
from tongzhou.tasks.actions.object_to_dispatch import object_to_dispatch
from tongzhou.tasks.actions.refuse_task import refuse_task
from tongzhou.tasks.actions.register_ticket import register_ticket
from tongzhou.tasks.actions.reopen_task import reopen_task
from tongzhou.tasks.actions.resume_task import resume_task
from tongzhou.tasks.actions.return_task import return_task
from tongzhou.tasks.actions.review_objection import review_objection
from tongzhou.tasks.actions.see_task import see_task
from tongzhou.tasks.actions.send_task import send_task
from tongzhou.tasks.actions.split_task import split_task
from tongzhou.tasks.actions.start_task import start_task
from tongzhou.tasks.actions.take_task import take_task
from tongzhou.tasks.actions.urge_task import urge_task
from tongzhou.tasks.actions.withdraw_task import withdraw_task
from tongzhou.tasks.models import Task


@dataclass(frozen=True)
class Act:
    """``makes``: the kind of object that it returns under a new id; ``returns``: the argument
    of which it returns the changed object, kept for the steps that follow; ``signed``: it
    takes ``by``."""

    call: Callable[..., Any]
    makes: str = ""
    returns: str = ""
    signed: bool = True


def _import_areas(*, paths: Sequence[str], within: str, by: Editor, at: datetime) -> ImportReport:
    """Real files have a few rows that no tree takes; the demo does without them."""
    return import_areas([Path(path) for path in paths], by=by, at=at, within=within, skip_bad=True)


def _register_ticket(**given: Any) -> Task:
    """The task of a ticket: what the acts that follow are given."""
    return register_ticket(**given).task


def _on_task(call: Callable[..., Any]) -> Act:
    return Act(call, returns="task")


ACTS: Final[dict[str, Act]] = {
    "demo.assemble": Act(assemble, signed=False),
    "places.create_area": Act(create_area, makes="area"),
    "places.import_areas": Act(_import_areas),
    "actors.create_unit": Act(create_unit, makes="unit"),
    "actors.appoint_person": Act(appoint_person, makes="post"),
    "incidents.report_signal": Act(report_signal, makes="signal"),
    "incidents.assess_signal": Act(assess_signal),
    "incidents.answer_signal": Act(answer_signal, returns="signal"),
    "incidents.open_incident": Act(open_incident, makes="incident"),
    "incidents.close_incident": Act(close_incident, returns="incident"),
    # Their new rows are never named again; what comes back is the incident.
    "incidents.set_grade": Act(set_grade, returns="incident"),
    "incidents.change_phase": Act(change_phase, returns="incident"),
    "incidents.edit_incident": Act(edit_incident, returns="incident"),
    "incidents.form_group": Act(form_group, makes="group"),
    "incidents.convene_group": Act(convene_group),
    "incidents.dissolve_group": Act(dissolve_group),
    "incidents.record_decision": Act(record_decision, makes="decision"),
    "incidents.complete_decision": Act(complete_decision),
    "incidents.start_measure": Act(start_measure, makes="measure"),
    "incidents.lift_measure": Act(lift_measure),
    "incidents.record_counts": Act(record_counts),
    "incidents.see_decision": Act(see_decision, returns="decision"),
    "incidents.start_report": Act(start_report, makes="report"),
    "incidents.receive_report": Act(receive_report, returns="report"),
    "incidents.pass_report": Act(pass_report, returns="report"),
    "incidents.skip_level_report": Act(skip_level_report, returns="report"),
    "incidents.record_milestone": Act(record_milestone),
    "incidents.note_timeliness": Act(note_timeliness),
    "incidents.start_shift": Act(start_shift, makes="shift"),
    "incidents.check_in": Act(check_in, returns="shift"),
    "incidents.end_shift": Act(end_shift, returns="shift"),
    "oversight.declare_field": Act(declare_field, makes="field"),
    "oversight.ask": Act(asking.ask, makes="ask"),
    "oversight.answer_quota": Act(asking.answer_quota),
    "oversight.report": Act(asking.report),
    "oversight.withdraw_request": Act(withdraw_request, returns="ask"),
    "oversight.record_finding": Act(record_finding, makes="finding"),
    "oversight.answer_finding": Act(answer_finding, returns="finding"),
    "oversight.recheck_finding": Act(recheck_finding, returns="finding"),
    "oversight.send_letter": Act(send_letter, makes="letter"),
    "oversight.answer_letter": Act(answer_letter, returns="letter"),
    "oversight.open_accountability": Act(open_accountability, makes="entry"),
    "oversight.second_accountability": Act(second_accountability, returns="entry"),
    "funds.open": Act(money.opened, makes="fund"),
    "funds.receive": Act(money.received),
    "funds.promise": Act(money.promised, makes="gift"),
    "funds.arrive": Act(money.arrived, returns="gift"),
    "funds.use": Act(money.used),
    "funds.ask": Act(money.asked, makes="spending"),
    "funds.approve": Act(approve_spending, returns="spending"),
    "funds.pay": Act(money.paid),
    "funds.receipt": Act(hand_in_receipt),
    "funds.claim": Act(money.claimed, makes="claim"),
    "funds.answer": Act(money.answered, returns="claim"),
    "funds.plan": Act(money.planned),
    "allocations.draft": Act(sharing.draft, makes="allocation"),
    "allocations.compute": Act(sharing.compute, returns="allocation"),
    "allocations.change": Act(sharing.change, returns="allocation"),
    "allocations.approve": Act(approve_allocation, returns="allocation"),
    "interests.state": Act(settling.stated, makes="stake"),
    "interests.declare": Act(declare_conflict, makes="conflict"),
    "interests.mediate": Act(open_mediation),
    "interests.meet": Act(note_meeting),
    "interests.propose": Act(settling.proposed),
    "interests.answer": Act(answer_terms),
    "interests.close": Act(close_mediation, returns="conflict"),
    "interests.promise": Act(settling.promised, makes="compensation"),
    "interests.receive": Act(receive_compensation, returns="compensation"),
    "interests.measure": Act(settling.measured),
    "aid.prepare": Act(helping.prepare, makes="aid_package"),
    "aid.lodge": Act(helping.lodge),
    "aid.call": Act(helping.call, makes="aid_call"),
    "aid.decline": Act(decline_request),
    "aid.offer": Act(helping.offer, makes="aid_offer"),
    "aid.take": Act(draft_agreement, makes="aid_agreement"),
    "aid.sign": Act(sign_agreement),
    "aid.amend": Act(helping.amend),
    "aid.set_off": Act(deploy, makes="aid_stay"),
    "aid.arrive": Act(confirm_arrival, returns="deployment"),
    "aid.release": Act(release, returns="deployment"),
    "aid.home": Act(confirm_home, returns="deployment"),
    "aid.claim": Act(helping.claim, makes="aid_cost"),
    "aid.pay": Act(helping.pay, makes="spending"),
    "aid.close": Act(close_request),
    "mandates.lay_out": Act(duties.lay_out),
    "mandates.take_on": Act(duties.take_on),
    "mandates.decline": Act(duties.decline),
    "mandates.take_back": Act(duties.take_back),
    "mandates.propose": Act(duties.propose, makes="proposal"),
    "mandates.delegate": Act(duties.delegate, makes="delegation"),
    "library.publish": Act(publishing.publish),
    "catalogue.lay_out": Act(stores.lay_out),
    "stock.open_store": Act(stores.open_store),
    "stock.deliver": Act(stores.deliver),
    "stock.issue": Act(stores.issue),
    "shipments.plan": Act(carrying.plan, makes="shipment"),
    "shipments.leave": Act(carrying.leave, returns="shipment"),
    "shipments.report_position": Act(report_position, returns="shipment"),
    "shipments.arrive": Act(arrive_shipment, returns="shipment"),
    "shipments.receive": Act(carrying.receive, returns="shipment"),
    "needs.ask": Act(wanting.ask, makes="need"),
    "needs.give": Act(wanting.give),
    "needs.receive": Act(wanting.receive),
    "needs.propose": Act(wanting.propose, makes="offer"),
    "needs.donate": Act(wanting.donate, makes="offer", signed=False),
    "needs.tell_hospital": Act(wanting.tell_hospital),
    "places.switch_mode": Act(switch_mode),
    "plans.stand_up": Act(standing.stand_up, makes="stand_up"),
    "plans.carry_on": Act(standing.carry_on),
    "plans.fill": Act(standing.fill),
    "plans.reverse": Act(standing.reverse),
    "plans.step_down": Act(step_down_plan),
    "hotline.register_ticket": Act(_register_ticket, makes="ticket"),
    "hotline.see": _on_task(see_task),
    "hotline.accept": _on_task(accept_task),
    "hotline.refuse": _on_task(refuse_task),
    "hotline.forward": _on_task(forward_task),
    "hotline.object": _on_task(object_to_dispatch),
    "hotline.review": _on_task(review_objection),
    "hotline.decide": _on_task(decide_owner),
    "hotline.finish": _on_task(finish_task),
    "hotline.confirm": _on_task(confirm_task),
    "hotline.reopen": _on_task(reopen_task),
    "hotline.call_back": _on_task(call_back),
    "whistle.blow": Act(blow_whistle, makes="whistle"),
    "whistle.arrive": _on_task(arrive_at_whistle),
    "whistle.evaluate": _on_task(evaluate),
    "tasks.create_task": Act(create_task, makes="task"),
    "tasks.send_task": Act(send_task, makes="task"),
    "tasks.dispatch_task": _on_task(dispatch_task),
    "tasks.see_task": _on_task(see_task),
    "tasks.accept_task": _on_task(accept_task),
    "tasks.refuse_task": _on_task(refuse_task),
    "tasks.return_task": _on_task(return_task),
    "tasks.forward_task": _on_task(forward_task),
    "tasks.take_task": _on_task(take_task),
    "tasks.start_task": _on_task(start_task),
    "tasks.block_task": _on_task(block_task),
    "tasks.resume_task": _on_task(resume_task),
    "tasks.finish_task": _on_task(finish_task),
    "tasks.confirm_task": _on_task(confirm_task),
    "tasks.reopen_task": _on_task(reopen_task),
    "tasks.merge_tasks": _on_task(merge_tasks),
    "tasks.withdraw_task": _on_task(withdraw_task),
    "tasks.edit_task": _on_task(edit_task),
    "tasks.comment_task": _on_task(comment_task),
    "tasks.urge_task": _on_task(urge_task),
    "tasks.attach_file": Act(attach_file),
    "tasks.split_task": Act(split_task),
}


def perform(step: Step, objects: Objects) -> None:
    """Does one step through its act function. Raises what the act raises."""
    act = ACTS[step.act]
    arguments = {name: objects.resolve(value) for name, value in step.args.items()}
    if act.signed:
        arguments["by"] = objects.post(step.by) if step.by else None
    if act.makes:
        arguments["id"] = objects.id_of(act.makes, step.makes)
    result = act.call(at=step.at, **arguments)
    if act.makes:
        objects.keep(Ref(act.makes, step.makes), result)
    elif act.returns:
        ref = step.args[act.returns]
        assert isinstance(ref, Ref)
        objects.keep(ref, result)
