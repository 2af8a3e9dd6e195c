"""The catalogue for programs."""

from ninja import Router

from tongzhou.catalogue.api.items import router as items
from tongzhou.catalogue.api.resources import router as resources

router = Router()
router.add_router("", items)
router.add_router("", resources)
