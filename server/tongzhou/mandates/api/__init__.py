"""Powers and duties in the JSON API."""

from ninja import Router

from tongzhou.mandates.api import charges, duties

router = Router()
router.add_router("", duties.router)
router.add_router("", charges.router)
