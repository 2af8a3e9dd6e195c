"""Bringing in files: the quirks of the two public sources, tables, and the status of hospitals."""

from decimal import Decimal

import pytest

from tongzhou.actors.models import Unit
from tongzhou.catalogue.models import Item
from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import NotAllowed
from tongzhou.ledger.models import Act
from tongzhou.needs.importing import Report, import_files
from tongzhou.needs.importing.tables import FileUnreadable
from tongzhou.needs.models import (
    Commitment,
    HospitalStatus,
    ImportFile,
    Need,
    NeedLine,
    Offer,
    Revision,
)

from .conftest import AT

WUHAN = {
    "institutions.csv": """record_id,city,city_code,district,institution,review_status,source_url
H001,武汉市,420100,江汉区,测试医院,已审核,x
H002,武汉市,420100,硚口区,测试医院,已审核,x
H003,武汉市,420100,江汉区,测试红十字会,已审核,x
""",
    "needs.csv": """record_id,item,value,need,quantity,specification,colour
H001,医用防护口罩 | N95口罩,1,1,,GB 19083-2010,red
H001,防护服,0,0,,,
H002,医用防护口罩 | N95口罩,500,1,500,,
H003,84消毒液,2e14,1,,,
H003,金箍棒,1,1,,,
H003,手术衣,300,1,300,,
""",
    "need_changes.csv": """time,city,district,institution,item,event,old_value,new_value
2020-02-01T02:00:00+08:00,武汉市,江汉区,测试医院,医用防护口罩 | N95口罩,listed,,1
2020-02-03T02:00:00+08:00,武汉市,江汉区,测试医院,医用防护口罩 | N95口罩,removed,1,
2020-02-03T02:05:00+08:00,武汉市,江汉区,测试医院,医用防护口罩 | N95口罩,listed,,1
2020-02-05T02:00:00+08:00,武汉市,江汉区,测试医院,医用防护口罩 | N95口罩,changed,1,500
""",
    "factories.csv": """\
factory_id,province,city,factory,category,product,capacity_value,published,review_status,source_url
F01,四川,成都市,测试口罩厂,口罩类,N95,50000,2020-01-26,已审核,x
F01,四川,成都市,测试口罩厂,口罩类,一次性医用口罩,1,2020-01-26,已审核,x
F20,山西,西安市,测试口罩厂,口罩类,N95,1,,已审核,x
""",
    "hotels.csv": "city,hotel\n武汉市,x\n",
}
GUPPE = {
    "requests.csv": """request_id,created,state,county,facility_type,ppe_types_requested
1,2020-03-19 11:14:00+00:00,WA,King,,"N95 Respirators, Surgical Masks"
2,2020-03-19 11:14:00+00:00,WA,King,,"N95 Respirators, Surgical Masks"
3,2020-03-20 11:14:00,WA,King,,Gowns
""",
    "offers.csv": """offer_id,donor_id,created,equipment,qty,source,state
O1,D1,2020-03-27 11:47:00 UTC,n95,20,x,Fl
O2,D1,2020-03-27 11:47:00 UTC,face_shield,199999999999998,x,NJ
O3,D2,2020-03-27 11:47:00 UTC,gown,-1,x,NJ
O4,D2,2020-03-27 11:47:00 UTC,gown,0,x,NJ
""",
    "matches.csv": """\
match_id,donor_id,facility_id,equipment,qty,created,closed_or_delivered,status,substatus
M1,D1,F1,n95,85,2020-04-01 00:00:00 UTC,2020-03-14 07:10:30 UTC,delivered,
M2,D1,F1,n95,15,2020-04-01 00:00:00 UTC,2020-10-14 07:10:30 UTC,closed,no_supply
M2,D1,F1,n95,15,2020-04-01 00:00:00 UTC,2020-10-14 07:10:30 UTC,closed,no_supply
M3,D1,F1,n95,5,2020-04-01 00:00:00 UTC,2020-10-14 07:10:30 UTC,closed,test_match
M4,D2,F2,gown,-1,2020-04-01 00:00:00 UTC,2020-10-14 07:10:30 UTC,delivered,
M5,D2,F2,gown,7,2020-04-01 00:00:00 UTC,,pre_match,contacted
""",
}


def brought(cast: Cast, files: dict[str, str], source: str, **more: object) -> Report:
    packed = [(name, text.encode()) for name, text in files.items()]
    given = {"by": cast.shen, "at": AT} | more
    return import_files(packed, source=source, **given)  # type: ignore[arg-type]


def codes(refusals: list[object]) -> list[tuple[str, int | None, str]]:
    return [(r.code, r.row, r.field) for r in refusals]  # type: ignore[attr-defined]


def test_wuhan_with_its_quirks(cast: Cast, items: dict[str, Item]) -> None:
    dry = brought(cast, WUHAN, "wuhan2020", dry_run=True, skip_bad=True)
    strict = brought(cast, WUHAN, "wuhan2020")
    assert not Need.objects.exists()
    report = brought(cast, WUHAN, "wuhan2020", skip_bad=True)
    again = brought(cast, WUHAN, "wuhan2020", skip_bad=True)

    assert (dry.needs, dry.written, strict.written) == (2, False, False)
    assert codes(report.faults) == [
        ("quantity-absurd", 5, "value"), ("import-item-unknown", 6, "item"),
    ]  # fmt: skip
    assert ("row-repeated", 3, "institution") in codes(report.notes)
    assert ("row-repeated", 4, "factory") in codes(report.notes)
    assert (report.unknown_columns, report.unused) == (["colour"], ["hotels.csv"])
    masks = NeedLine.objects.get(item=items["mask-n95"])
    assert masks.asked == 500
    assert list(masks.revisions.order_by("at").values_list("event", flat=True)) == [
        "listed", "republished", "republished", "changed",
    ]  # fmt: skip
    assert masks.need.place == "武汉市 江汉区"
    assert Unit.objects.get(code="wh-h003").sector == "social_organisation"
    lines = Offer.objects.get().lines.order_by("place")
    assert [line.quantity for line in lines] == [50_000, None]
    assert (again.written, again.needs, again.units, again.offers) == (True, 0, 0, 0)
    assert ImportFile.objects.count() == 5
    assert Act.objects.filter(type="needs.imported.v1").count() == 1
    assert Revision.objects.count() == 4


def test_getusppe_with_its_quirks(cast: Cast, items: dict[str, Item]) -> None:
    report = brought(cast, GUPPE, "getusppe", skip_bad=True)
    again = brought(cast, GUPPE, "getusppe", skip_bad=True)

    assert codes(report.faults) == [
        ("import-time-unreadable", 4, "created"),
        ("quantity-absurd", 3, "qty"),
        ("quantity-not-positive", 4, "qty"),
        ("quantity-not-positive", 6, "qty"),
    ]
    assert {code for code, _row, _field in codes(report.notes)} >= {
        "row-repeated", "test-record", "closed-before-made",
    }  # fmt: skip
    asked = NeedLine.objects.get(need__origin="getusppe:facility:F1")
    assert (asked.asked, asked.received, asked.committed) == (100, 85, 85)
    assert asked.state == "partly_met"
    open_one = NeedLine.objects.get(need__origin="getusppe:facility:F2")
    assert (open_one.state, open_one.committed) == ("committed", Decimal(7))
    assert Commitment.objects.count() == 3
    assert (again.needs, again.offers, again.commitments) == (0, 0, 0)
    assert Commitment.objects.get(received=85).received_at == Commitment.objects.get(received=85).at


def test_a_table_is_of_the_present(cast: Cast, items: dict[str, Item]) -> None:
    table = {"t.csv": "unit,item,quantity,in,priority,reason,needed_by\n"
             "baoshi-community,Ｎ９５,2,箱,3,,2020-01-25T10:00:00+08:00\n"
             "baoshi-community,goggles,,,3,,2020-01-25T10:00:00+08:00\n"
             "baoshi-community,goggles,5,,3,,2020-01-25T10:00:00+08:00\n"
             "nobody,goggles,5,,3,,\n"
             "baoshi-community,rice,5,cubits,3,,\n"
             "baoshi-community,rice,5,,1,,\n"
             "baoshi-community,rice,5,,3,,yesterday\n"}  # fmt: skip

    report = brought(cast, table, "table", skip_bad=True)
    again = brought(cast, table, "table", skip_bad=True)

    assert codes(report.faults) == [
        ("row-repeated", 4, "item"), ("unit-unknown", 5, "unit"), ("measure-unknown", 6, "unit"),
        ("reason-missing", 7, "reason"), ("import-time-unreadable", 8, "needed_by"),
    ]  # fmt: skip
    need = Need.objects.get()
    assert [x.asked for x in need.lines.order_by("place")] == [320, None]
    assert need.holder == cast.units["beishan-street"]
    assert Act.objects.filter(type="need.stated.v1", about_id=need.id).exists()
    assert (again.needs, again.unchanged) == (0, 1)


def test_hospitals_report_by_table(cast: Cast) -> None:
    table = {"h.csv": "unit,as_of,beds,beds_free,staff\n"
             "hz-hospital,2020-01-22T08:00:00+08:00,100,7,short\n"
             "hz-hospital,2020-01-22T08:00:00+08:00,100,7,short\n"
             "hz-hospital,2020-01-22T09:00:00+08:00,100,700,short\n"
             "zj-cdc,2020-01-22T09:00:00+08:00,100,7,short\n"}  # fmt: skip

    report = brought(cast, table, "hospitals", skip_bad=True)

    assert codes(report.faults) == [
        ("more-free-than-there", 4, "beds_free"), ("not-a-hospital", 5, "unit"),
    ]  # fmt: skip
    assert (report.statuses, report.unchanged) == (1, 1)
    assert HospitalStatus.objects.get().beds_free == 7


def test_who_may_not_and_what_is_no_table(cast: Cast, items: dict[str, Item]) -> None:
    with pytest.raises(NotAllowed):
        brought(cast, WUHAN, "wuhan2020", by=cast.mei)
    with pytest.raises(FileUnreadable):
        import_files([("x.csv", b"\xff\xfe\x00")], source="table", by=cast.shen, at=AT)
    foreign = brought(cast, {"t.csv": "unit,item\nwz-trade,N95\n"}, "table")
    assert codes(foreign.faults) == [("not-allowed", None, "unit")]
    assert not Need.objects.exists()
