"""The analysis over the API."""

from ninja import Router

from tongzhou.actors.session import PostRequest
from tongzhou.incidents.queries import incident_for
from tongzhou.insight.actions.ask_analysis import ask_analysis
from tongzhou.insight.queries import result_for
from tongzhou.insight.schemas import AskedOut, InsightOut
from tongzhou.kernel import clock

router = Router(tags=["insight"])


@router.get("/incidents/{slug:code}/insight", response=InsightOut, summary="The kept analysis")
def get_insight(request: PostRequest, code: str) -> InsightOut:
    """Who worked with whom by phase, acts per day by kind, and hand-overs; each with n,
    missing and definition."""
    incident = incident_for(code, visible_to=request.holder)
    shown = result_for(incident, visible_to=request.holder, at=clock.now())
    return InsightOut(
        position=shown.result.position,
        behind=shown.behind,
        working=shown.working,
        made_at=shown.result.made_at,
        error=shown.result.error,
        figures=shown.result.body,
    )


@router.post("/incidents/{slug:code}/insight", response=AskedOut, summary="Analyse again")
def post_insight(request: PostRequest, code: str) -> AskedOut:
    """Asks for a fresh analysis; it is made in the background."""
    incident = incident_for(code, visible_to=request.holder)
    asked = ask_analysis(incident=incident, by=request.holder, at=clock.now())
    return AskedOut(asked=asked)
