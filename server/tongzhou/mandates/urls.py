"""Addresses of powers and duties."""

from django.urls import path

from tongzhou.mandates.pages import duty, files, layout, matrix, proposals, step, tile, unit

urlpatterns = [
    path("duties", matrix.duties, name="duties"),
    path("duties/problems", matrix.problems, name="duty-problems"),
    path("duties/tile", tile.duties_tile, name="duties-tile"),
    path("duties/proposals", proposals.proposals, name="duty-proposals"),
    path("duties/proposals/consent", proposals.consent, name="duty-consent"),
    path("duties/lay-out", layout.lay_out, name="duty-layout"),
    path("duties/import", files.import_, name="duty-import"),
    path("duties/export.xlsx", files.export, name="duty-export"),
    path("duties/new", duty.duty_new, name="duty-new"),
    path("duties/<slug:code>", duty.duty, name="duty"),
    path("duties/<slug:code>/do/<slug:verb>", step.step, name="duty-step"),
    path("duties/<slug:code>/do/<slug:verb>/<uuid:id>", step.step, name="duty-step-on"),
    path("duties/<slug:code>/<slug:unit>", duty.cell, name="duty-cell"),
    path("units/<slug:code>/duties", unit.unit_duties, name="unit-duties"),
]
