"""Structural tension of areas: recorded, brought in, compared."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from decimal import Decimal
from statistics import stdev

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from unit.interests.conftest import AT

from tongzhou.actors.models import Post
from tongzhou.demo.cast import Cast
from tongzhou.interests.actions.record_figures import (
    FigureAbsurd,
    FiguresMissing,
    FigureSource,
    FigureUnknown,
    FigureYear,
    Given,
    record_figures,
)
from tongzhou.interests.importing import FiguresFileWrong, read
from tongzhou.interests.models import TensionFigure
from tongzhou.interests.queries import tensions
from tongzhou.kernel.errors import NotAllowed, Refusal
from tongzhou.ledger.models import Act
from tongzhou.places.actions.create_area import create_area

SignedIn = Callable[[Post], Client]
Broken = Callable[[], AbstractContextManager[None]]


def _given(cast: Cast, value: str, *, code: str = "3301", indicator: str = "density",
           year: int = 2019, source: str = "Yearbook") -> Given:  # fmt: skip
    return Given(cast.areas[code], indicator, Decimal(value), year, source)


@pytest.fixture
def third(cast: Cast) -> None:
    """A third city beside the two of the cast."""
    create_area(
        code="3302", name_zh="宁波市", name_en="Ningbo", level="city", parent=cast.areas["33"],
        population=None, lon=None, lat=None, source="", by=cast.an, at=AT,
    )  # fmt: skip
    cast.areas["3302"] = cast.areas["3301"].__class__.objects.get(code="3302")  # type: ignore[index]


@pytest.mark.usefixtures("third")
def test_the_score_is_the_mean_of_z_over_areas_beside_each_other(cast: Cast) -> None:
    densities, staff = {"3301": "700", "3302": "900", "3303": "800"}, {"3301": "2", "3302": "1",
                                                                       "3303": "3"}  # fmt: skip
    record_figures(
        figures=[_given(cast, v, code=c) for c, v in densities.items()]
        + [_given(cast, v, code=c, indicator="staff") for c, v in staff.items()],
        by=cast.shen, at=AT,
    )  # fmt: skip
    record_figures(figures=[_given(cast, "1000", year=2018)], by=cast.shen, at=AT)
    first, *_rest = tensions.below(cast.areas["33"], at=AT)

    # Ningbo is the densest and has the fewest staff: z = 100/100 and −(1 − 2)/1.
    assert (stdev([700, 900, 800]), first.area.code, first.score) == (100, "3302", 1.0)
    assert [one.z for one in first.figures] == [1.0, None, 1.0, None]
    assert [one.written for one in first.figures] == ["900", "", "1.00", ""]
    assert tensions.of(cast.areas["330106"], at=AT) is None


def test_figures_are_kept_whole_or_not_at_all(cast: Cast, broken_ledger: Broken) -> None:
    def refused(error: type[Refusal], *figures: Given, by: str = "shen") -> None:
        with pytest.raises(error):
            record_figures(figures=figures, by=cast.posts[by], at=AT)

    good = _given(cast, "700")
    refused(FiguresMissing)
    refused(FigureAbsurd, good, _given(cast, "-1"))
    refused(FigureAbsurd, _given(cast, "NaN"))
    refused(FigureAbsurd, _given(cast, "101", indicator="elderly"))
    refused(FigureUnknown, _given(cast, "1", indicator="mood"))
    refused(FigureYear, _given(cast, "1", year=2021))
    refused(FigureSource, _given(cast, "1", source=" "))
    refused(NotAllowed, good, by="ou")
    refused(NotAllowed, good, by="ye")
    with broken_ledger():
        record_figures(figures=[good], by=cast.shen, at=AT)
    assert not TensionFigure.objects.exists()

    record_figures(figures=[good], by=cast.shen, at=AT)
    assert Act.objects.order_by("-id")[0].data["figures"] == [["density", "700", 2019]]


def test_a_file_is_tried_first_and_says_what_is_wrong_by_row(
    cast: Cast, signed_in: SignedIn
) -> None:
    heading = "area,indicator,value,year,source\n"
    bad = heading + "3301,density,700,2019,Book\n99,density,1,2019,Book\n3303,staff,x,2019,Book\n"
    shen = signed_in(cast.shen)

    def sent(text: str, **more: str) -> tuple[int, str, int]:
        file = SimpleUploadedFile("f.csv", text.encode())
        answer = shen.post("/interests/tensions/import", {"file": file, **more})
        return answer.status_code, answer.content.decode(), TensionFigure.objects.count()

    assert sent("a,b\n1,2\n")[0] == 422
    status, page, kept = sent(bad)
    assert (status, "figure-area-unknown" in page, "tension-figure-absurd" in page, kept) == (
        422, True, True, 0,
    )  # fmt: skip
    good = heading + "3301,density,700,2019,Book\n3303,density,800,2019,Book\n"
    assert sent(good, dry_run="on")[::2] == (200, 0)
    assert sent(good)[::2] == (302, 2)
    assert "700 per km²" in shen.get("/interests/tensions").content.decode()
    assert "Structural tension" in shen.get("/areas/3301").content.decode()
    with pytest.raises(FiguresFileWrong):
        read(b"\xff\xfe", by=cast.shen, at=AT)
