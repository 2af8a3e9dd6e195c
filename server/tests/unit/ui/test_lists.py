"""Filters and pages keep their state in the address."""

from django.template import Context, engines
from django.test import RequestFactory

from tongzhou.ui.components import lists


def looking_at(address: str) -> Context:
    return Context({"request": RequestFactory().get(address)})


def render(source: str, address: str, **context: object) -> str:
    request = RequestFactory().get(address)
    return engines["django"].from_string(source).render(context, request)


def test_changing_one_parameter_keeps_the_others() -> None:
    here = looking_at("/tasks?state=open&q=gate&q=east")

    assert lists.query_string(here, state="done") == "?state=done&q=gate&q=east"
    assert lists.query_string(here, q=None) == "?state=open"
    assert lists.query_string(here, state=["a", "b"], q="") == "?state=a&state=b"


def test_a_change_goes_back_to_the_first_page() -> None:
    here = looking_at("/tasks?cursor=abc&state=open")

    assert lists.query_string(here, state="done") == "?state=done"
    assert lists.query_string(here, cursor="def") == "?state=open&cursor=def"


def test_without_any_parameter_the_query_is_empty_but_clickable() -> None:
    assert lists.query_string(looking_at("/tasks?state=open"), state=None) == "?"
    assert lists.query_string(Context({})) == "?"


def test_a_query_in_a_link_is_escaped() -> None:
    html = render("<a href='{% query_string a=1 %}'>", "/tasks?q=%22%3E%3Cb%3E")

    assert "<b>" not in html
    assert html == "<a href='?q=%22%3E%3Cb%3E&amp;a=1'>"


def test_the_filter_bar_asks_the_same_address_and_pushes_it() -> None:
    html = render(
        '{% filter_bar "#list" "Filter" %}{% filter_search "q" "Search" %}{% endfilter_bar %}',
        "/tasks?q=gate&cursor=x",
    )

    assert 'hx-get="/tasks"' in html
    assert 'hx-target="#list"' in html
    assert 'hx-push-url="true"' in html
    assert 'value="gate"' in html
    assert "cursor" not in html


def test_filters_can_be_cleared_only_when_some_are_set() -> None:
    source = '{% filter_bar "#list" %}{% endfilter_bar %}'

    assert 'href="/tasks" hidden>' in render(source, "/tasks?cursor=x")
    assert 'href="/tasks">' in render(source, "/tasks?state=open")


def test_a_choice_shows_what_is_chosen() -> None:
    source = '{% filter_select "state" "State" options %}'
    options = [("open", "Open"), ("done", "Done")]

    html = render(source, "/tasks?state=done", options=options)

    assert '<option value="done" selected>Done</option>' in html
    assert '<option value="">State: all</option>' in html
    assert "tz-filter-on" in html
    assert "tz-filter-on" not in render(source, "/tasks", options=options)


def test_a_yes_or_no_is_checked_from_the_address() -> None:
    source = '{% filter_check "mine" "Mine" %}'

    assert " checked>" in render(source, "/tasks?mine=1")
    assert " checked>" not in render(source, "/tasks")


def test_the_pages_keep_the_filters() -> None:
    html = render('{% page_nav next="n1" previous="p1" target="#list" %}', "/tasks?state=open")

    assert 'rel="next" href="/tasks?state=open&amp;cursor=n1"' in html
    assert 'rel="prev" href="/tasks?state=open&amp;cursor=p1"' in html
    assert 'hx-target="#list"' in html


def test_one_page_needs_no_links() -> None:
    assert render("{% page_nav %}", "/tasks") == ""
    assert "1,284 in all" in render("{% page_nav total=1284 %}", "/tasks")
    assert "50 of 1,284 shown" in render("{% page_nav total=1284 shown=50 %}", "/tasks")
