"""What a page answers when something is refused."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tongzhou.kernel.errors import Refusal


def refusal_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The plain sentence of a refusal, with its status: as a message where a part of a page
    was asked for, else as a page of its own."""
    part = request.headers.get("HX-Request") == "true"
    template = "ui/_message.html" if part else "actors/refused.html"
    context = {"tone": "danger", "text": str(refusal), "refusal": refusal}
    return render(request, template, context, status=refusal.status)
