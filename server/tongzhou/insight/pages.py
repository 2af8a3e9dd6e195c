"""The first page of the analysis: who worked with whom, when, and how work was handed over."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from tongzhou.actors.models import Unit
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.incidents.queries import incident_for
from tongzhou.insight import charts
from tongzhou.insight.actions.ask_analysis import ask_analysis
from tongzhou.insight.queries import result_for
from tongzhou.kernel import clock


@require_safe
@signed_in
def insight(request: PostRequest, code: str) -> HttpResponse:
    """The page; ``?phase=`` chooses the network."""
    incident = incident_for(code, visible_to=request.holder)
    shown = result_for(incident, visible_to=request.holder, at=clock.now())
    context = {
        "incident": incident,
        "tab": "insight",
        "shown": shown,
        **(_figures(shown.result.body, request.GET.get("phase", "")) if shown.result.body else {}),
    }
    fragment = request.headers.get("HX-Target") == "insight"
    return render(request, "insight/_figures.html" if fragment else "insight/page.html", context)


@require_POST
@signed_in
def refresh(request: PostRequest, code: str) -> HttpResponse:
    """Asks for a fresh analysis and goes back to the page."""
    incident = incident_for(code, visible_to=request.holder)
    ask_analysis(incident=incident, by=request.holder, at=clock.now())
    return redirect("insight", code=code)


def _figures(body: dict[str, Any], phase: str) -> dict[str, Any]:
    language = "zh" if (get_language() or "").startswith("zh") else "en"
    ids = {unit["unit"]: unit for unit in body["units"]}
    names = {
        str(unit.id): unit.name
        for unit in Unit.objects.filter(id__in=ids).only("name_zh", "name_en")
    }
    networks = {"": body["ties"]["whole"]} | {n["phase"]: n for n in body["ties"]["phases"]}
    chosen = phase if phase in networks else ""
    network = networks[chosen] | {"sectors": {u: row["sector"] for u, row in ids.items()}}
    hand_overs = body["hand_overs"]
    return {
        "phase": chosen,
        "phases": [(key, charts.phase_name(key or None), n["n"]) for key, n in networks.items()],
        "network": network,
        "network_chart": None if network["suppressed"] else charts.network(network, names=names),
        "network_table": charts.network_table(network, names=names),
        "tempo": body["tempo"],
        "tempo_chart": charts.tempo(body["tempo"]),
        "tempo_table": charts.tempo_table(body["tempo"]),
        "hand_overs": hand_overs,
        "hand_over_rows": [
            row | {"from": names.get(row["source"], "–"), "to": names.get(row["target"], "–")}
            for row in hand_overs["rows"][:15]
        ],
        "definitions": {
            key: {
                "text": body[key]["definition"][language],
                "source": body[key]["definition"]["source"],
            }
            for key in ("ties", "tempo", "hand_overs")
        },
        "most_ties": charts.MOST_TIES,
        "ties_left_out": 0 if network["suppressed"] else charts.ties_left_out(network),
        "acts_left_out": charts.acts_left_out(body["tempo"]),
    }
