"""Units, posts and the own account in the JSON API."""

from ninja import Router

from tongzhou.actors.api import account, invitations, posts, units

router = Router()
for _part in (account, units, posts, invitations):
    router.add_router("", _part.router)
