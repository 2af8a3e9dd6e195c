"""Addresses of plans, modes, exercises and process charts."""

from django.urls import path

from tongzhou.plans.pages import ending, exercise, mode, processes, room

urlpatterns = [
    path("incidents/<slug:code>/plans", room.incident_plans, name="incident-plans"),
    path("incidents/<slug:code>/plans/<uuid:version>", room.plan_preview, name="plan-preview"),
    path("plans/<uuid:id>/reverse", ending.plan_reverse, name="plan-reverse"),
    path("plans/<uuid:id>/step-down", ending.plan_step_down, name="plan-step-down"),
    path("plans/lines/<uuid:id>/fill", ending.plan_fill, name="plan-fill"),
    path("modes", mode.modes_page, name="modes"),
    path("modes/<str:code>", mode.modes_page, name="mode"),
    path("processes", processes.charts, name="processes"),
    path("processes/<slug:key>", processes.chart, name="process"),
    path("processes/<slug:key>.svg", processes.chart_svg, name="process-svg"),
    path("exercise", exercise.exercise, name="exercise"),
]
