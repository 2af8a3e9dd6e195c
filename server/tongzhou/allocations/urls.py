"""Addresses of allocations."""

from django.urls import path

from tongzhou.allocations.pages import listing, new, plan

urlpatterns = [
    path("allocations", listing.allocations, name="allocations"),
    path("allocations/new", new.allocation_new, name="allocation-new"),
    path("allocations/<int:number>", plan.allocation, name="allocation"),
    path("allocations/<int:number>/export.<slug:kind>", plan.export, name="allocation-export"),
    path("allocations/<int:number>/line", plan.line, name="allocation-line"),
    path("allocations/<int:number>/<slug:step>", plan.step, name="allocation-step"),
]
