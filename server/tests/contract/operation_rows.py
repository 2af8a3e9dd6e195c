"""The operations of the JSON API: see ``rows``."""

from typing import Any, Final

from .rows import (
    REASON,
    UNIT_FORM,
    Build,
    Row,
    area_code,
    decision,
    grade,
    group,
    id_of,
    in_incident,
    incident_code,
    measure,
    mei,
    nothing,
    number,
    operation,
    person,
    say,
    ticket,
    unit_code,
)
from .world import FILE


# fmt: off
def _api_task(verb: str, by: str, member: int, body: Build = nothing, **given: Any) -> Row:
    name = f"tasks_{verb}" + ("_" if verb == "return" else "")
    return operation(name, "POST", member, by=by, args=number, body=body, **given)


_COUNTS: Final = {"area": "3301", "date": "2020-01-25", "confirmed": 9, "cured": 0, "dead": 0}

OPERATIONS: Final = (
    operation("openapi-json", "GET", 200, 200, visitor=200),
    operation("openapi-view", "GET", 200, 200, visitor=200),
    operation("api-root", "GET", 302, 302, visitor=302),
    # Areas, units: known to everybody who is signed in.
    operation("places_areas", "GET", 200, 200),
    operation("places_area", "GET", 200, 200, args=area_code),
    operation("places_boundary", "GET", 404, 404, args=area_code),
    operation("places_create", "POST", 201, 403, by="an", body=lambda world: {
        "code": "330106099", "name_zh": "新街道", "level": "street", "parent": "330106"}),
    operation("places_change", "PATCH", 200, 403, by="an", args=area_code, body=say(name_en="New")),
    operation("actors_units", "GET", 200, 200),
    operation("actors_unit", "GET", 200, 200, args=unit_code),
    operation("actors_create", "POST", 201, 403, body=lambda world: UNIT_FORM),
    operation("actors_change", "PATCH", 200, 403, args=unit_code, body=say(name_en="New")),
    operation("actors_posts", "GET", 200, 403, args=unit_code),
    operation("actors_appoint", "POST", 201, 403, args=unit_code,
              body=say(role="grid_worker", username="newcomer", name_en="New Comer")),
    operation("actors_invitations", "GET", 200, 403, args=unit_code),
    operation("actors_invite", "POST", 201, 403, args=unit_code, body=say(role="grid_worker")),
    # One's own.
    operation("actors_me", "GET", 200, 200),
    operation("actors_change_language", "PATCH", 200, 200, body=say(language="en")),
    operation("actors_new_password", "POST", 204, 204,
              body=say(old="same-boat-2020", new="another-boat-2021")),
    operation("actors_tokens", "GET", 200, 200),
    operation("actors_issue", "POST", 201, 201,
              body=lambda world: {"label": "x", "expires_at": world.later}),
    operation("actors_revoke", "POST", 200, args=id_of("token")),
    # People and invitations.
    operation("actors_end", "POST", 200, args=mei),
    operation("actors_deactivate", "POST", 200, args=person),
    operation("actors_withdraw", "POST", 200, by="ye", args=id_of("invitation")),
    operation("actors_accept", "POST", 201, 201, visitor=201, body=lambda world: {
        "token": world.invitation_key, "username": "newcomer", "name_en": "New Comer",
        "password": "another-boat-2021"}),
    # Signals.
    operation("incidents_report", "POST", 201, 201, visitor=201,
              body=say(text="Fever", area="330106")),
    operation("incidents_signal_list", "GET", 200, 200),
    operation("incidents_ticket", "GET", 200, 200, visitor=200, args=ticket),
    operation("incidents_signal", "GET", 200, args=ticket),
    operation("incidents_assess", "POST", 201, by="qiu", args=ticket,
              body=say(verdict="watch", reasons="Seen")),
    operation("incidents_answer", "POST", 200, by="ye", args=ticket, body=say(answer="We look")),
    operation("incidents_contact", "POST", 200, by="ye", args=ticket),
    # Incidents.
    operation("incidents_public_incidents", "GET", 200, 200, visitor=200),
    operation("incidents_public_measures", "GET", 200, 200, visitor=200),
    operation("incidents_incidents", "GET", 200, 200),
    operation("incidents_open_", "POST", 201, 403,
              body=say(code="new-one", title_zh="新事件", area="3303")),
    operation("incidents_incident", "GET", 200, args=incident_code),
    operation("incidents_edit", "PATCH", 200, args=incident_code, body=say(reason="R", agent="A")),
    operation("incidents_tell", "POST", 200, args=incident_code, body=say(units=["wz-command"])),
    operation("incidents_grade", "POST", 200, args=incident_code, body=grade),
    operation("incidents_phase", "POST", 200, args=incident_code,
              body=say(phase="sustain", reason="R")),
    operation("incidents_close", "POST", 200, args=incident_code,
              body=say(reason="Over", lift_measures=True)),
    operation("incidents_reopen", "POST", 409, args=incident_code, body=REASON),
    operation("incidents_acts", "GET", 200, args=incident_code),
    operation("incidents_groups", "GET", 200, args=incident_code),
    operation("incidents_form", "POST", 201, args=incident_code, body=group),
    operation("incidents_regroup", "POST", 200, args=in_incident("group"),
              body=say(chair="zj-cdc", members=["zj-health"])),
    operation("incidents_convene", "POST", 200, args=in_incident("group"), body=say(topic="Beds")),
    operation("incidents_dissolve", "POST", 200, args=in_incident("group"), body=REASON),
    operation("incidents_decisions", "GET", 200, args=incident_code),
    operation("incidents_decide", "POST", 201, args=incident_code,
              body=lambda world: {**decision(world), "due_at": world.later}),
    operation("incidents_complete", "POST", 200, args=in_incident("decision"),
              body=say(outcome="Done")),
    operation("incidents_measures", "GET", 200, args=incident_code),
    operation("incidents_start", "POST", 201, args=incident_code,
              body=lambda world: {**measure(world), "expires_at": world.later}),
    operation("incidents_lift", "POST", 200, args=in_incident("measure"), body=REASON),
    operation("incidents_counts", "GET", 200, args=incident_code),
    operation("incidents_record", "POST", 200, args=incident_code, body=lambda world: {
        "source": "Commission", "as_of": world.at.isoformat(), "rows": [_COUNTS]}),
    operation("incidents_upload", "POST", 200, args=incident_code, files=("file",),
              body=lambda world: {"file": FILE, "source": "Commission",
                                  "as_of": world.at.isoformat()}),
    operation("insight_get_insight", "GET", 200, args=incident_code),
    operation("insight_post_insight", "POST", 200, args=incident_code),
    # Tasks.
    operation("tasks_tasks", "GET", 200, 200, query="?show=all"),
    operation("tasks_today", "GET", 200, 200),
    operation("tasks_counts", "GET", 200, 200),
    operation("tasks_export_csv", "GET", 200, 200, query="?show=all"),
    operation("tasks_export_xlsx", "GET", 200, 200, query="?show=all"),
    operation("tasks_create", "POST", 201, 201, body=lambda world: {
        "title": "Ask", "lead": "wz-command", "due_at": world.later, "basis": "agreement"}),
    # What a body names and the post may not see is a value that cannot be taken.
    operation("tasks_create", "POST", 201, 422, by="lou", note="in an incident",
              body=lambda world: {
        "title": "Ask", "lead": "wz-command", "due_at": world.later, "basis": "agreement",
        "incident": "hidden"}),
    operation("tasks_task", "GET", 200, args=number),
    operation("tasks_download", "GET", 200, args=id_of("attachment")),
    operation("tasks_attach", "POST", 201, by="pan", args=number, files=("file",),
              body=say(file=FILE)),
    operation("tasks_bulk", "POST", 200, 200, by="ye",
              body=lambda world: {"verb": "accept", "numbers": [world.task.number]}),
    _api_task("dispatch", "lou", 409),
    _api_task("see", "ye", 200),
    _api_task("accept", "ye", 200),
    _api_task("refuse", "ye", 200, say(reason="Not ours", better_owner="xh-command")),
    _api_task("return", "ye", 200, REASON),
    _api_task("forward", "ye", 200, say(to="baoshi-community", reason="Closer")),
    _api_task("take", "ye", 200),
    _api_task("release", "ye", 409),
    _api_task("start", "ye", 409),
    _api_task("block", "ye", 409, REASON),
    _api_task("resume", "ye", 409),
    _api_task("finish", "ye", 409, say(result="Done")),
    _api_task("confirm", "lou", 409),
    _api_task("reopen", "lou", 409, REASON),
    _api_task("split", "lou", 201, lambda world: {"parts": [
        {"title": "Part", "lead": "baoshi-community", "due_at": world.later}]}),
    _api_task("merge", "lou", 200, lambda world: {"into": world.other_task.number}),
    _api_task("withdraw", "lou", 200, REASON),
    _api_task("edit", "lou", 200, say(reason="Sooner", priority=1)),
    _api_task("comment", "pan", 200, say(text="We can help")),
    _api_task("urge", "lou", 200, say(text="Today, please")),
)
