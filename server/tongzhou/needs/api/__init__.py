"""Needs, offers and hospitals in the JSON API."""

from ninja import Router

from tongzhou.needs.api import commitments, needs, offers

router = Router()
for part in (needs, commitments, offers):
    router.add_router("", part.router)
