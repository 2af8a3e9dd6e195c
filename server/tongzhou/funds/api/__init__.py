"""Money in the JSON API."""

from ninja import Router

from tongzhou.funds.api import claims, forecast, funds, gifts, spending

router = Router()
for part in (funds, spending, gifts, claims, forecast):
    router.add_router("", part.router)
