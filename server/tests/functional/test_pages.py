"""Every page, in both languages, on a desktop and on a phone of 360 px: axe finds nothing, nothing
is wider than the screen, nothing is left in the wrong language; a picture is kept."""

from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest

from .conftest import LANGUAGES, Open
from .judge import (
    english_sentences,
    open_tabs_out_of_sight,
    photograph,
    violations,
    wider_than_the_screen,
)

pytestmark = [pytest.mark.browser, pytest.mark.node]
PHONE: Final = {"width": 360, "height": 740}
DESKTOP: Final = {"width": 1280, "height": 860}


class Face(NamedTuple):
    """A page: the name of its picture, who looks, and the address, with what the story knows."""

    name: str
    who: str
    path: str


FACES: Final = (
    Face("public", "", "/"),
    Face("public-incident", "", "/public/{incident}"),
    Face("report", "", "/report"),
    Face("ticket", "", "/ticket"),
    Face("ticket-found", "", "/ticket?number={ticket}"),
    Face("ticket-missing", "", "/ticket?number=TZ-0000"),
    Face("sign-in", "", "/sign-in"),
    Face("invitation", "", "/invitation/{invitation}"),
    Face("not-found", "", "/no/such/page"),
    Face("gallery", "", "/gallery"),
    Face("today-commander", "lou", "/today"),
    Face("today-province", "shen", "/today"),
    Face("today-street", "ye", "/today"),
    Face("today-community", "mei", "/today"),
    Face("today-empty", "ou", "/today"),
    Face("notices", "ye", "/notices"),
    Face("tasks", "lou", "/tasks"),
    Face("tasks-all", "ye", "/tasks?show=all"),
    Face("tasks-board", "ye", "/tasks?view=board"),
    Face("tasks-timeline", "ye", "/tasks?view=timeline"),
    Face("tasks-none", "ye", "/tasks?q=nothing-is-called-this"),
    Face("task-new", "lou", "/tasks/new"),
    Face("task-draft", "lou", "/tasks/{draft}"),
    Face("task-running", "ye", "/tasks/{running}"),
    Face("task-late", "ye", "/tasks/{late}"),
    Face("task-blocked", "lou", "/tasks/{blocked}"),
    Face("task-refused", "lou", "/tasks/{refused}"),
    Face("task-done", "lou", "/tasks/{done}"),
    Face("task-confirmed", "lou", "/tasks/{confirmed}"),
    Face("task-refuse", "mei", "/tasks/{community}/refuse"),
    Face("task-forward", "lou", "/tasks/{refused}/forward"),
    Face("task-split", "ye", "/tasks/{running}/split"),
    Face("task-edit", "lou", "/tasks/{running}/edit"),
    Face("incidents", "shen", "/incidents"),
    Face("incidents-none", "ou", "/incidents"),
    Face("incident-new", "shen", "/incidents/new"),
    Face("incident", "shen", "/incidents/{incident}"),
    Face("incident-tasks", "shen", "/incidents/{incident}/tasks"),
    Face("incident-situation", "shen", "/incidents/{incident}/situation"),
    Face("incident-people", "shen", "/incidents/{incident}/people"),
    Face("incident-decisions", "shen", "/incidents/{incident}/decisions"),
    Face("incident-acts", "shen", "/incidents/{incident}/acts"),
    Face("insight", "shen", "/incidents/{incident}/insight"),
    Face("counts-new", "shen", "/incidents/{incident}/situation/new"),
    Face("incident-grade", "shen", "/incidents/{incident}/do/grade"),
    Face("incident-phase", "shen", "/incidents/{incident}/do/phase"),
    Face("incident-edit", "shen", "/incidents/{incident}/do/edit"),
    Face("incident-tell", "shen", "/incidents/{incident}/do/tell"),
    Face("incident-close", "shen", "/incidents/{incident}/do/close"),
    Face("incident-group", "shen", "/incidents/{incident}/do/group"),
    Face("incident-decision", "shen", "/incidents/{incident}/do/decision"),
    Face("incident-measure", "shen", "/incidents/{incident}/do/measure"),
    Face("group-change", "shen", "/incidents/{incident}/do/group-change/{group}"),
    Face("decision-complete", "shen", "/incidents/{incident}/do/decision-complete/{decision}"),
    Face("measure-lift", "shen", "/incidents/{incident}/do/measure-lift/{measure}"),
    Face("signals", "qiu", "/signals"),
    Face("signals-none", "ou", "/signals"),
    Face("signal", "qiu", "/signals/{ticket}"),
    Face("signal-assessed", "ye", "/signals/{ticket}"),
    Face("areas", "an", "/areas"),
    Face("area", "an", "/areas/3301"),
    Face("area-edit", "an", "/areas/3301/edit"),
    Face("area-new", "an", "/areas/3301/new"),
    Face("units", "shen", "/units"),
    Face("unit", "ye", "/units/baoshi-community"),
    Face("unit-other", "ou", "/units/baoshi-community"),
    Face("unit-new", "shen", "/units/new"),
    Face("unit-edit", "shen", "/units/zj-health/edit"),
    Face("deactivate", "shen", "/people/{person}/deactivate"),
    Face("library", "shen", "/library"),
    Face("library-all", "shen", "/library?show=all&jurisdiction=all&q=协议"),
    Face("library-template", "shen", "/library/guidance/control-protocol/cn"),
    Face("library-rules", "shen", "/library/clocks/tickets/common"),
    Face("library-edit", "shen", "/library/guidance/control-protocol/cn/edit"),
    Face("library-text", "shen", "/library/guidance/control-protocol/cn/edit?as=text"),
    Face("library-compare", "shen", "/library/guidance/control-protocol/cn/compare?after=2"),
    Face("library-import", "shen", "/library/import"),
    Face("library-profile", "shen", "/library/profile"),
    Face("glossary", "shen", "/library/glossary"),
    Face("clocks", "shen", "/clocks"),
    Face("clocks-none", "ou", "/clocks"),
    Face("background", "shen", "/background"),
    Face("duties", "lou", "/duties"),
    Face("duties-none", "lou", "/duties?q=nothing-is-called-this"),
    Face("duty-problems", "lou", "/duties/problems"),
    Face("duty-proposals", "lou", "/duties/proposals"),
    Face("duty-layout", "lou", "/duties/lay-out"),
    Face("duty-import", "lou", "/duties/import"),
    Face("duty", "lou", "/duties/{duty}"),
    Face("duty-cell", "lou", "/duties/{duty}/hz-health"),
    Face("duty-charge", "lou", "/duties/{duty}/do/charge"),
    Face("unit-duties", "lou", "/units/hz-health/duties"),
    Face("me", "ye", "/me"),
    Face("act", "lou", "/acts/{act}"),
    Face("act-not-found", "ou", "/ledger?act=1"),
    Face("ledger", "gu", "/ledger"),
    Face("forbidden", "ou", "/units/new"),
    Face("ask", "", "/ask"),
    Face("hotline-followed", "", "/ticket?number={hotline_number}"),
    Face("hotline", "lou", "/hotline"),
    Face("hotline-none", "ou", "/hotline"),
    Face("ticket-new", "lou", "/hotline/new"),
    Face("ticket-task", "lou", "/tasks/{hotline_ticket}"),
    Face("ticket-slip", "lou", "/tasks/{hotline_ticket}/slip"),
    Face("ticket-object", "ye", "/tasks/{hotline_ticket}/object"),
    Face("ticket-reclassify", "lou", "/tasks/{hotline_ticket}/reclassify"),
    Face("rates", "lou", "/hotline/rates"),
    Face("whistles", "ye", "/whistles"),
    Face("whistle-new", "ye", "/whistles/new"),
    Face("whistle", "ye", "/whistles/{whistle}"),
    Face("whistle-call", "tang", "/tasks/{call}"),
    Face("whistle-arrive", "tang", "/tasks/{call}/arrive"),
    Face("findings", "gu", "/oversight"),
    Face("findings-none", "ou", "/oversight"),
    Face("finding-new", "gu", "/oversight/findings/new"),
    Face("finding-answer", "mei", "/oversight/findings/{finding}"),
    Face("finding-closed", "gu", "/oversight/findings/{finding_closed}"),
    Face("letters", "gu", "/oversight?tab=letters"),
    Face("letter-new", "gu", "/oversight/letters/new"),
    Face("letter", "ye", "/oversight/letters/{letter}"),
    Face("entries", "gu", "/oversight?tab=entries"),
    Face("entry-new", "gu", "/oversight/entries/new/beishan-street"),
    Face("entry-concerned", "ye", "/oversight/entries/{entry}"),
    Face("ecology", "ye", "/oversight/ecology"),
    Face("ecology-drill", "ye", "/oversight/ecology/beishan-street/acts?of=dispatched"),
    Face("burden", "mei", "/burden"),
    Face("burden-requests", "mei", "/burden?tab=requests"),
    Face("burden-catalogue", "tang", "/burden?tab=catalogue"),
    Face("request-new", "tang", "/burden/ask?units=baoshi-community&wanted=fever_found"),
    Face("field-new", "tang", "/burden/fields/new"),
    Face("request", "tang", "/burden/requests/{request}"),
    Face("request-consent", "mei", "/burden/requests/{request_waiting}"),
    Face("report-up", "mei", "/report-up"),
    Face("unit-burden", "gu", "/units/baoshi-community"),
)  # fmt: skip


def places(story: dict[str, Any]) -> dict[str, Any]:
    """What an address may name."""
    return {**story, **story["tasks"]}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("who", sorted({face.who for face in FACES}))
def test_every_page_is_fit_for_everybody(
    visitor: Open, screenshots: Path, who: str, language: str
) -> None:
    reader = visitor(who, language=language)
    page = reader.page
    wrong: dict[str, list[str]] = {}
    for face in (face for face in FACES if face.who == who):
        path = face.path.format_map(places(reader.site.story))
        page.set_viewport_size(DESKTOP)
        answer = page.goto(path, wait_until="load")
        assert answer is not None
        found = [f"status {answer.status}"] if answer.status >= 500 else []
        for size, name in ((DESKTOP, "desktop"), (PHONE, "phone")):
            page.set_viewport_size(size)
            # Contrast must hold in the dark as well: phones of Chinese readers are.
            dark = name == "phone" and language != "en"
            page.emulate_media(color_scheme="dark" if dark else "light")
            reader.settle()
            found += [f"{name}: {fault}" for fault in violations(page)]
            found += [f"{name}: {fault}" for fault in wider_than_the_screen(page)]
            found += [f"{name}: out of sight: {tab}" for tab in open_tabs_out_of_sight(page)]
            photograph(page, screenshots / f"{face.name}-{name}-{language[:2]}.png")
        if language != "en":
            found += [f"English: {line}" for line in english_sentences(page)]
        if found:
            wrong[face.name] = found
    report = "\n".join(f"{name}: {fault}" for name, faults in wrong.items() for fault in faults)
    assert not wrong, f"\n{report}"
