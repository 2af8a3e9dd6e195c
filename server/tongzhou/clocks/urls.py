"""Addresses of time limits and of the page about the background work."""

from django.urls import path

from tongzhou.clocks.pages import background, clocks

urlpatterns = [
    path("clocks", clocks.clocks, name="clocks"),
    path("clocks/export.csv", clocks.clocks_export, name="clocks-export"),
    path("clocks/<uuid:id>", clocks.clock, name="clock"),
    path("clocks/<uuid:id>/extend", clocks.clock_extend, name="clock-extend"),
    path("background", background.background, name="background"),
]
