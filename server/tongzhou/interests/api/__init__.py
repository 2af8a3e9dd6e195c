"""Interests in the JSON API."""

from ninja import Router

from tongzhou.interests.api import balance, conflicts, stakes

router = Router()
for part in (stakes, conflicts, balance):
    router.add_router("", part.router)
