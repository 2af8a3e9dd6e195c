"""Addresses of shipments."""

from django.urls import path

from tongzhou.shipments.pages import act, listing, new, papers, shipment

urlpatterns = [
    path("shipments", listing.shipment_list, name="shipments"),
    path("shipments/export.csv", listing.shipments_export, name="shipments-export"),
    path("shipments/map", listing.shipment_map, name="shipments-map"),
    path("shipments/new", new.shipment_new, name="shipment-new"),
    path("shipments/files/<uuid:id>", shipment.shipment_file, name="shipment-file"),
    path("shipments/<int:number>", shipment.shipment, name="shipment"),
    path("shipments/<int:number>/label", papers.shipment_label, name="shipment-label"),
    path("shipments/<int:number>/pick-list", papers.shipment_pick_list, name="shipment-pick-list"),
    path("shipments/<int:number>/note", papers.shipment_note, name="shipment-note"),
    path(
        "shipments/<int:number>/differences/<uuid:id>",
        act.difference_explain,
        name="difference-explain",
    ),
    path("shipments/<int:number>/do/<slug:verb>", act.shipment_act, name="shipment-act"),
    # Short, so that the code on the label is coarse and a phone reads it from afar.
    path("s/<int:number>/<str:key>", papers.shipment_head, name="shipment-head"),
]
