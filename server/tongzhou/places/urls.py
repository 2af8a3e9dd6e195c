"""Addresses of areas."""

from django.urls import path

from tongzhou.places import pages

urlpatterns = [
    path("areas", pages.areas, name="areas"),
    path("areas/<str:code>", pages.area, name="area"),
    path("areas/<str:code>/children", pages.children, name="area-children"),
    path("areas/<str:code>/map.json", pages.area_map, name="area-map"),
    path("areas/<str:code>/new", pages.area_new, name="area-new"),
    path("areas/<str:code>/edit", pages.area_edit, name="area-edit"),
]
