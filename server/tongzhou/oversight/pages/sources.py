"""What a finding or a letter can rest on, searched for while one types: time limits that were
missed, and rules of the library."""

from django.http import JsonResponse
from django.views.decorators.http import require_safe

from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.oversight.queries import citing, rules


@require_safe
@signed_in
def missed_search(request: PostRequest) -> JsonResponse:
    """Missed time limits that the post may see."""
    found = citing.missed(visible_to=request.holder, q=request.GET.get("q", "")[:100])
    return JsonResponse(
        {"results": [{"code": one.id, "name": one.label, "hint": ""} for one in found]}
    )


@require_safe
@signed_in
def rule_search(request: PostRequest) -> JsonResponse:
    """Templates of the library that are in force. The library is open to everybody."""
    found = rules.search(request.GET.get("q", "").strip()[:100])
    return JsonResponse(
        {
            "results": [
                {
                    "code": str(one.id),
                    "name": rules.label_of(one),
                    "hint": f"{one.kind_title} · {one.jurisdiction} · {one.source.text}"[:160],
                }
                for one in found
            ]
        }
    )
