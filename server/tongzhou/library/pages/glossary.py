"""The glossary: every term with its definition in both languages. For everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tongzhou.library.pages import asked
from tongzhou.library.queries.terms import terms
from tongzhou.ui.refusals import everybody

LIST = "term-list"


@require_safe
@everybody
def glossary(request: HttpRequest) -> HttpResponse:
    """Terms, by the words that stand in them."""
    q = asked.filters(request).q
    found = terms(on=asked.day(request), q=q)
    names = {term.key: term.term for term in terms(on=asked.day(request))}
    rows = [(term, [(key, names[key]) for key in term.see if key in names]) for term in found]
    part = request.headers.get("HX-Target") == LIST
    template = "library/_glossary.html" if part else "library/glossary.html"
    return render(request, template, {"rows": rows, "q": q})
