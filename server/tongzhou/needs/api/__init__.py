"""Needs, offers and hospitals in the JSON API."""

from ninja import Router

from tongzhou.needs.api import needs, offers

router = Router()
for part in (needs, offers):
    router.add_router("", part.router)
