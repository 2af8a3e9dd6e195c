"""The pages of the library, as somebody uses them."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from uuid import UUID

import pytest
from django.template import Context, Template
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tongzhou.actors.models import Post
from tongzhou.demo.cast import Cast
from tongzhou.kernel import clock
from tongzhou.library import profile, resting
from tongzhou.library import queries as library
from tongzhou.library.actions.publish_version import publish_version
from tongzhou.library.digests import digest
from tongzhou.library.models import TemplateVersion
from tongzhou.library.reading import Read, read
from tongzhou.library.resting import Resting, Rests
from tongzhou.library.shipped_files import shipped

from .conftest import written

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
SignedIn = Callable[[Post], Client]
Guidance = Callable[..., Read]
ONE = {"kind": "guidance", "key": "masks", "jurisdiction": "33"}


def test_the_list_shows_what_was_in_force_on_a_past_day(cast: Cast, signed_in: SignedIn) -> None:
    browser = signed_in(cast.shen)

    then = browser.get(reverse("library"), {"on": "2020-03-01", "kind": "risk_area"})
    later = browser.get(reverse("library"), {"on": "2022-07-01", "kind": "risk_area"})
    ended = browser.get(reverse("library"), {"on": "2024-01-01", "kind": "risk_area"})

    assert "February 2020" in then.content.decode()
    assert "9th edition" in later.content.decode()
    # After the last rule of the country ended, what stands where there is none.
    assert "9th edition" not in ended.content.decode()
    assert "Risk of areas by a look-back" in ended.content.decode()


def test_the_list_costs_as_many_queries_for_many_as_for_few(
    cast: Cast, signed_in: SignedIn, django_assert_max_num_queries: Callable[..., object]
) -> None:
    browser = signed_in(cast.shen)

    with django_assert_max_num_queries(8):  # type: ignore[attr-defined]
        browser.get(reverse("library"), {"jurisdiction": "all", "show": "all"})


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_shipped_template_has_a_page_and_a_form(
    cast: Cast, signed_in: SignedIn, language: str
) -> None:
    browser = signed_in(cast.shen)

    for one in (found.document for found in shipped()):
        args = [one.kind, one.key, one.jurisdiction]
        for name in ("library-template", "library-edit"):
            answer = browser.get(
                reverse(name, args=args), {"version": one.version},
                headers={"Accept-Language": language},
            )  # fmt: skip
            assert (one.key, answer.status_code) == (one.key, 200)


def test_a_file_that_is_exported_is_read_as_the_same(
    cast: Cast, signed_in: SignedIn, guidance: Guidance
) -> None:
    made = publish_version(read=guidance(), reason="New", by=cast.shen, at=AT)
    answer = signed_in(cast.shen).get(
        reverse("library-file", kwargs={**ONE, "number": made.number})
    )
    again = read(answer.content, file="again.yaml")
    assert digest(again) == TemplateVersion.objects.get(id=made.id).digest


def test_files_are_tried_first_and_published_when_confirmed(
    cast: Cast, signed_in: SignedIn
) -> None:
    browser = signed_in(cast.shen)
    file = BytesIO(written())
    file.name = "masks.yaml"

    preview = browser.post(
        reverse("library-import"), {"uploads": [file], "reason": "From the city"}
    )
    assert preview.status_code == 200
    assert not TemplateVersion.objects.filter(template__key="masks").exists()
    done = browser.post(reverse("library-import"), {"confirmed": preview.context["confirmed"]})

    assert done.status_code == 302
    assert TemplateVersion.objects.get(template__key="masks").reason == "From the city"


def test_a_broken_file_names_file_line_and_field(cast: Cast, signed_in: SignedIn) -> None:
    file = BytesIO(written().replace(b"key: wear", b"kei: wear"))
    file.name = "masks.yaml"

    answer = signed_in(cast.shen).post(
        reverse("library-import"), {"uploads": [file], "reason": "x"},
        headers={"Accept-Language": "zh-hans"},
    )  # fmt: skip

    text = answer.content.decode()
    assert answer.status_code == 422
    assert all(word in text for word in ("masks.yaml", "body.items.0.kei", "body.items.0.key"))


def test_a_forged_preview_is_refused(cast: Cast, signed_in: SignedIn) -> None:
    answer = signed_in(cast.shen).post(reverse("library-import"), {"confirmed": "forged"})

    assert answer.status_code == 422
    assert b"too old" in answer.content


def test_switching_the_profile_changes_words_and_templates(cast: Cast, signed_in: SignedIn) -> None:
    browser = signed_in(cast.shen)

    browser.post(reverse("library-profile"), {"profile": "int", "reason": "Joint drill"})
    profile.keep(None)
    page = browser.get(reverse("library"), {"kind": "grades"}).content.decode()

    assert "Grading of events (international)" in page
    assert reverse("library-template", args=["grades", "response-levels", "cn"]) not in page


@pytest.mark.parametrize(("language", "word"), [("en", "refuse in writing"), ("zh-hans", "到场")])
def test_a_term_brings_its_definition(db: None, language: str, word: str) -> None:
    page = Template('{% load terms %}{% term "whistle" %}{% term "no-such-term" %}')

    with translation.override(language):
        text = page.render(Context())

    assert word in text
    assert text.count("<details") == 1


@pytest.mark.parametrize(
    ("address", "back"),
    [
        ("/library/import", "/library"),
        ("/library/guidance/control-protocol/cn/edit", "/library/guidance/control-protocol/cn"),
        (
            "/library/guidance/control-protocol/cn/edit?as=text",
            "/library/guidance/control-protocol/cn",
        ),
    ],
)
def test_whoever_cancels_goes_back(
    cast: Cast, signed_in: SignedIn, address: str, back: str
) -> None:
    page = signed_in(cast.shen).get(address).text

    assert f'<a class="btn btn-ghost-secondary" href="{back}">' in page


def test_the_library_begins_with_what_rests_on_rules_that_are_over(
    cast: Cast, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    protocol = TemplateVersion.objects.filter(template__key="control-protocol")
    law = library.in_force(
        "guidance", "infectious-disease-law", on=clock.now().date(), profile="cn"
    )

    def measures(versions: Sequence[UUID], post: Post) -> Rests:
        found = [("Close the market", protocol[0].id), ("Report in two hours", law.id)]
        rows = [Resting(said, "/m", one, "gatherings") for said, one in found if one in versions]
        return Rests("Measures", rows, len(rows))

    monkeypatch.setattr(resting, "_FINDERS", [measures])
    page = signed_in(cast.shen).get("/library").text

    assert "no longer in force – Measures: 1" in page
    assert "Close the market" in page
    assert "Report in two hours" not in page
