"""Plans, process charts, peacetime and emergency in the JSON API."""

from ninja import Router

from tongzhou.plans.api import modes, plans

router = Router()
router.add_router("", plans.router)
router.add_router("", modes.router)
