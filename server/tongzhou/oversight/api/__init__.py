"""Oversight and burden in the JSON API."""

from ninja import Router

from tongzhou.oversight.api import burden, ecology, entries, findings, letters

router = Router()
for part in (findings, letters, entries, burden, ecology):
    router.add_router("", part.router)
