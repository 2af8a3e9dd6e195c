"""Signals and incidents in the JSON API."""

from ninja import Router

from tongzhou.incidents.api import (
    incidents,
    public,
    reports,
    shifts,
    signals,
    situation,
    timeliness,
    work,
)

router = Router()
router.add_router("", signals.router)
router.add_router("", incidents.router)
router.add_router("", work.router)
router.add_router("", situation.router)
router.add_router("", public.router)
router.add_router("", reports.router)
router.add_router("", timeliness.router)
router.add_router("", shifts.router)
