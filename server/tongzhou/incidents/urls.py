"""Addresses of the public pages, signals and incidents."""

from django.urls import path

from tongzhou.incidents.pages import (
    areas,
    incidents,
    overview,
    public,
    report,
    reports,
    room,
    shifts,
    signals,
    situation,
    step,
    timeliness,
)

urlpatterns = [
    path("", public.home, name="home"),
    path("public", public.index, name="public"),
    path("public/<slug:code>", public.incident, name="public-incident"),
    path("report", report.report, name="report-signal"),
    path("report/areas", areas.pick, name="area-pick"),
    path("signals", signals.signals, name="signals"),
    path("signals/<str:ticket>", signals.signal, name="signal"),
    path("signals/<str:ticket>/assess", signals.assess, name="signal-assess"),
    path("signals/<str:ticket>/answer", signals.answer, name="signal-answer"),
    path("signals/<str:ticket>/contact", signals.contact, name="signal-contact"),
    path("signals/<str:ticket>/report", reports.signal_report, name="signal-report"),
    path("reports", reports.reports, name="reports"),
    path("reports/export.csv", reports.reports_export, name="reports-export"),
    path("reports/<uuid:id>", reports.report, name="report"),
    path("reports/<uuid:id>/receive", reports.report_receive, name="report-receive"),
    path("reports/<uuid:id>/pass", reports.report_pass, name="report-pass"),
    path("reports/<uuid:id>/skip", reports.report_skip, name="report-skip"),
    path("shifts", shifts.shifts, name="shifts"),
    path("shifts/export.csv", shifts.shifts_export, name="shifts-export"),
    path("shifts/new", shifts.shift_new, name="shift-new"),
    path("shifts/<uuid:id>", shifts.shift, name="shift"),
    path("shifts/<uuid:id>/check-in", shifts.shift_check_in, name="shift-check-in"),
    path("shifts/<uuid:id>/end", shifts.shift_end, name="shift-end"),
    path("incidents", incidents.incidents, name="incidents"),
    path("incidents/new", incidents.incident_new, name="incident-new"),
    path("incidents/<slug:code>", overview.incident, name="incident"),
    path(
        "incidents/<slug:code>/situation", situation.incident_situation, name="incident-situation"
    ),
    path("incidents/<slug:code>/situation/new", situation.counts_new, name="counts-new"),
    path(
        "incidents/<slug:code>/situation/new/<uuid:id>",
        situation.counts_preview,
        name="counts-preview",
    ),
    path(
        "incidents/<slug:code>/situation/new/<uuid:id>/record",
        situation.counts_record,
        name="counts-record",
    ),
    path("incidents/<slug:code>/people", room.people, name="incident-people"),
    path("incidents/<slug:code>/decisions", room.decisions, name="incident-decisions"),
    path(
        "incidents/<slug:code>/timeliness",
        timeliness.incident_timeliness,
        name="incident-timeliness",
    ),
    path("incidents/<slug:code>/report", reports.incident_report, name="incident-report"),
    path("incidents/<slug:code>/acts", room.acts, name="incident-acts"),
    path("incidents/<slug:code>/do/<slug:verb>", step.step, name="incident-step"),
    path("incidents/<slug:code>/do/<slug:verb>/<uuid:id>", step.step, name="incident-step-on"),
]
