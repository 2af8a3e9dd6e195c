"""Peacetime and emergency in the JSON API."""

from ninja import Router

from tongzhou.actors.session import PostRequest
from tongzhou.kernel import clock
from tongzhou.kernel.api.values import Code
from tongzhou.places import modes, queries
from tongzhou.places.actions.switch_mode import switch_mode
from tongzhou.places.models import Area
from tongzhou.plans.schemas.modes import ModeOut, SwitchIn

router = Router(tags=["modes"])


@router.get("/areas/{code}/mode", response=ModeOut)
def mode(request: PostRequest, code: Code) -> ModeOut:
    """What holds for an area now, by its own switch or by one around it, and its history."""
    return _held(queries.find(code))


@router.post("/areas/{code}/mode", response=ModeOut)
def mode_switch(request: PostRequest, code: Code, body: SwitchIn) -> ModeOut:
    """Switches an area, with everything inside it, between peacetime and emergency. Nothing
    that is stored is changed. Needs `mode.switch` over the area."""
    area = queries.find(code)
    switch_mode(
        area=area, mode=body.mode, reason=body.reason, until=body.until, by=request.holder,
        at=clock.now(),
    )  # fmt: skip
    return _held(area)


def _held(area: Area) -> ModeOut:
    return ModeOut.of(modes.standing(area, at=clock.now()), modes.history(area))
