"""Addresses of the ledger's pages."""

from django.urls import path

from tongzhou.actors import ledger_pages

urlpatterns = [
    path("ledger", ledger_pages.ledger, name="ledger"),
    path("acts/<uuid:id>", ledger_pages.act, name="act"),
    path("acts/<uuid:id>/proof.json", ledger_pages.proof, name="act-proof"),
]
