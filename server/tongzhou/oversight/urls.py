"""Addresses of oversight."""

from django.urls import path

from tongzhou.oversight.pages import (
    burden,
    ecology,
    entries,
    findings,
    letters,
    overview,
    report_up,
    requests,
    sources,
)

urlpatterns = [
    path("oversight", overview.oversight, name="oversight"),
    path("oversight/findings/new", findings.finding_new, name="finding-new"),
    path("oversight/findings/<int:number>", findings.finding, name="finding"),
    path("oversight/findings/<int:number>/answer", findings.finding_answer, name="finding-answer"),
    path(
        "oversight/findings/<int:number>/recheck",
        findings.finding_recheck,
        name="finding-recheck",
    ),
    path(
        "oversight/findings/<int:number>/withdraw",
        findings.finding_withdraw,
        name="finding-withdraw",
    ),
    path("oversight/files/<uuid:id>", findings.finding_file, name="finding-file"),
    path("oversight/letters/new", letters.letter_new, name="letter-new"),
    path("oversight/letters/<uuid:id>", letters.letter, name="letter"),
    path("oversight/letters/<uuid:id>/answer", letters.letter_answer, name="letter-answer"),
    path("oversight/letters/<uuid:id>/withdraw", letters.letter_withdraw, name="letter-withdraw"),
    path("oversight/entries/new/<slug:code>", entries.entry_new, name="accountability-new"),
    path("oversight/entries/<int:number>", entries.entry, name="accountability"),
    path(
        "oversight/entries/<int:number>/second", entries.entry_second, name="accountability-second"
    ),
    path("oversight/entries/<int:number>/drop", entries.entry_drop, name="accountability-drop"),
    path("oversight/entries/<int:number>/reply", entries.entry_reply, name="accountability-reply"),
    path("oversight/entries/<int:number>/close", entries.entry_close, name="accountability-close"),
    path("oversight/ecology", ecology.ecology, name="ecology"),
    path("oversight/ecology.csv", ecology.ecology_csv, name="ecology-csv"),
    path("oversight/ecology/<slug:code>/acts", ecology.ecology_drill, name="ecology-drill"),
    path(
        "oversight/ecology/<slug:code>/acts.csv",
        ecology.ecology_drill_csv,
        name="ecology-drill-csv",
    ),
    path("oversight/missed/search", sources.missed_search, name="oversight-missed"),
    path("oversight/rules/search", sources.rule_search, name="oversight-rules"),
    path("oversight/tile", burden.oversight_tile, name="oversight-tile"),
    path("burden", burden.burden, name="burden"),
    path("burden/ask", requests.request_new, name="request-new"),
    path("burden/ask/cost", requests.request_check, name="request-check"),
    path("burden/fields/search", requests.field_search, name="burden-field-search"),
    path("burden/fields/alike", requests.field_alike, name="burden-field-alike"),
    path("burden/fields/new", requests.field_new, name="burden-field-new"),
    path("burden/requests/<int:number>", requests.ask, name="request"),
    path(
        "burden/requests/<int:number>/withdraw", requests.request_withdraw, name="request-withdraw"
    ),
    path("burden/requests/<int:number>/consent", requests.request_consent, name="request-consent"),
    path(
        "burden/requests/<int:number>/answers.<slug:kind>",
        requests.request_answers,
        name="request-answers",
    ),
    path("report-up", report_up.report_up, name="report-up"),
    path("units/<slug:code>/burden", burden.unit_burden, name="unit-burden"),
]
