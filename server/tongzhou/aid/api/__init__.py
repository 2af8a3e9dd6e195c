"""Mutual aid in the JSON API."""

from ninja import Router

from tongzhou.aid.api import agreements, calls, packages

router = Router()
for part in (packages, calls, agreements):
    router.add_router("", part.router)
