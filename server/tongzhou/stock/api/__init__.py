"""The stock for programs."""

from ninja import Router

from tongzhou.stock.api.counts import router as counts
from tongzhou.stock.api.goods import router as goods
from tongzhou.stock.api.sites import router as sites

router = Router()
router.add_router("", sites)
router.add_router("", goods)
router.add_router("", counts)
