"""Shipments in the JSON API."""

from ninja import Router

from tongzhou.shipments.api import handing, shipments

router = Router()
for part in (shipments, handing):
    router.add_router("", part.router)
