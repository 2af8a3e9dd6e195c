"""Signals and incidents in the JSON API."""

from ninja import Router

from tongzhou.incidents.api import incidents, public, signals, situation, work

router = Router()
router.add_router("", signals.router)
router.add_router("", incidents.router)
router.add_router("", work.router)
router.add_router("", situation.router)
router.add_router("", public.router)
