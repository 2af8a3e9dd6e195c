"""Interests in the JSON API."""

from ninja import Router

from tongzhou.interests.api import conflicts, stakes

router = Router()
for part in (stakes, conflicts):
    router.add_router("", part.router)
