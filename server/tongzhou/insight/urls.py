"""Addresses of the analysis pages."""

from django.urls import path

from tongzhou.insight import pages

urlpatterns = [
    path("incidents/<slug:code>/insight", pages.insight, name="insight"),
    path("incidents/<slug:code>/insight/refresh", pages.refresh, name="insight-refresh"),
]
