"""What everybody may know."""

from ninja import Router

from tongzhou.actors.auth import ANYONE, MaybeRequest
from tongzhou.incidents.queries import public
from tongzhou.incidents.schemas.incidents import IncidentOut
from tongzhou.incidents.schemas.work import MeasureOut
from tongzhou.kernel import clock
from tongzhou.kernel.api.cursor import Page

router = Router(tags=["public"])


@router.get("/public/incidents", response=Page[IncidentOut], auth=ANYONE)
def public_incidents(request: MaybeRequest) -> Page[IncidentOut]:
    """Open public incidents with level and figures; takes no account."""
    rows = public.open_incidents(at=clock.now(), limit=200)
    return Page[IncidentOut].model_construct(items=[IncidentOut.of(r) for r in rows], next=None)


@router.get("/public/measures", response=Page[MeasureOut], auth=ANYONE)
def public_measures(request: MaybeRequest) -> Page[MeasureOut]:
    """Measures in force now, by area; takes no account."""
    rows = public.measures_in_force(at=clock.now(), limit=1000)
    return Page[MeasureOut].model_construct(items=[MeasureOut.of(m) for m in rows], next=None)
