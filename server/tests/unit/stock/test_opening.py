"""The opening stock comes from a table: looked at first, each fault named, twice is once."""

import io

import openpyxl
import pytest
from unit.rows import rows
from unit.stock.conftest import AT

from tongzhou.demo.cast import Cast
from tongzhou.ledger.models import Act
from tongzhou.stock import queries as stock
from tongzhou.stock.importing import import_file
from tongzhou.stock.models import Balance, Batch, Entry, Movement, Site
from tongzhou.stock.sheets import SheetColumnMissing, SheetTooLarge, SheetUnreadable

TABLES = (Batch, Movement, Entry, Balance)
GOOD = """site,item,quantity,unit,batch,expires_on,colour
hz-hospital-store,Ｎ９５,20,盒,B1,2021-03-31,white
hz-hospital-store,75%酒精,5,桶,,,
# a remark
hz-hospital-store,医用防护口罩 | N95口罩,7,,B2,2022-01-01,
"""


def test_a_table_is_taken_into_the_books_once(store: Site, cast: Cast) -> None:
    looked = import_file(GOOD.encode(), by=cast.ruan, at=AT, dry_run=True)
    assert (looked.new, looked.written, looked.unknown) == (3, False, ["colour"])
    assert not Entry.objects.exists()

    done = import_file(GOOD.encode("gb18030"), by=cast.ruan, at=AT)
    before = rows(TABLES)
    again = import_file(GOOD.encode(), by=cast.ruan, at=AT)

    assert (done.new, done.written) == (3, True)
    assert (again.new, again.unchanged, again.written) == (0, 3, False)
    assert rows(TABLES) == before
    lying = stock.holdings(visible_to=cast.ruan, at=AT)
    assert {(h.item.code, h.on_hand) for h in lying} == {("mask-n95", 407), ("alcohol-75", 25)}
    assert Act.objects.filter(type="site.imported.v1").count() == 1


def test_every_fault_is_named_with_row_and_field_and_nothing_is_written(
    store: Site, street_store: Site, cast: Cast
) -> None:
    import_file(GOOD.encode(), by=cast.ruan, at=AT)
    before = rows(TABLES)
    table = """site,item,quantity,unit,batch,expires_on
nowhere,N95,1,,,
beishan-store,N95,1,,,
hz-hospital-store,moon dust,1,,,
hz-hospital-store,N95,-1,,,
hz-hospital-store,N95,2e14,,,
hz-hospital-store,N95,1,litre,,
hz-hospital-store,N95,1,,,soon
hz-hospital-store,护士,1,,,
hz-hospital-store,N95,401,,B1,2021-03-31
hz-hospital-store,goggles,1,,,
hz-hospital-store,护目镜,1,,,
hz-hospital-store,酒精,0.0001,,,
"""

    report = import_file(table.encode(), by=cast.ruan, at=AT)

    assert [(fault.row, fault.code, fault.field) for fault in report.faults] == [
        (2, "site-unknown", "site"),
        (3, "site-unknown", "site"),
        (4, "item-unknown", "item"),
        (5, "quantity-not-positive", "quantity"),
        (6, "quantity-absurd", "quantity"),
        (7, "measure-unknown", "unit"),
        (8, "day-malformed", "expires_on"),
        (9, "item-not-stored", "item"),
        (10, "opening-differs", "quantity"),
        (12, "opening-twice", "batch"),
        (13, "quantity-too-fine", "quantity"),
    ]
    assert not report.written
    assert rows(TABLES) == before


def test_a_workbook_is_read_alike(store: Site, cast: Cast) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for line in ("Site,Item,Quantity", "hz-hospital-store,防护服,12"):
        sheet.append(line.split(","))
    out = io.BytesIO()
    book.save(out)

    report = import_file(out.getvalue(), by=cast.ruan, at=AT)

    assert (report.new, report.written) == (1, True)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", SheetColumnMissing),
        (b"item,quantity\nN95,1\n", SheetColumnMissing),
        (b"PK\x03\x04 no workbook", SheetUnreadable),
        (b"site,item,quantity\n\x00,N95,1\n", SheetUnreadable),
        (b"\xff\xfe\xff" * 5, SheetUnreadable),
        (b"x" * (4 * 1024 * 1024 + 1), SheetTooLarge),
        (b"site,item,quantity\n" + b"a,b,1\n" * 20_001, SheetTooLarge),
    ],
)
def test_what_is_no_table_is_refused(cast: Cast, content: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        import_file(content, by=cast.ruan, at=AT)
