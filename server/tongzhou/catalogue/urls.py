"""Addresses of the catalogue and of people as resources."""

from django.urls import path

from tongzhou.catalogue.pages import items, resources

urlpatterns = [
    path("catalogue", items.catalogue, name="catalogue"),
    path("catalogue/search", items.lookup, name="item-lookup"),
    path("catalogue/new", items.item_new, name="catalogue-new"),
    path("catalogue/lay-out", items.lay_out, name="catalogue-lay-out"),
    path("catalogue/resources", resources.resources, name="resources"),
    path("catalogue/resources/new", resources.resource_new, name="resource-new"),
    path("catalogue/resources/<uuid:id>/end", resources.resource_end, name="resource-end"),
    path("catalogue/<slug:code>", items.item, name="catalogue-item"),
    path("catalogue/<slug:code>/do/<slug:verb>", items.item_step, name="catalogue-step"),
]
