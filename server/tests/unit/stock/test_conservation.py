"""Nothing appears and nothing vanishes: whatever acts follow each other, and however many come
at the same moment."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.db.models import F, Q, Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from unit.stock.conftest import AT, DAY, LATER, SOON

from tongzhou.catalogue.actions.lay_out_catalogue import lay_out_catalogue
from tongzhou.catalogue.models import Item
from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import Refusal
from tongzhou.kernel.ids import new_id
from tongzhou.stock import accounts
from tongzhou.stock.actions.close_count import close_count
from tongzhou.stock.actions.convert_kits import make_kits, open_kits
from tongzhou.stock.actions.discard_expired import discard_expired
from tongzhou.stock.actions.issue_goods import issue_goods
from tongzhou.stock.actions.move_goods import move_goods
from tongzhou.stock.actions.open_site import open_site
from tongzhou.stock.actions.outgoing import Outgoing
from tongzhou.stock.actions.receive_goods import Incoming, receive_goods
from tongzhou.stock.actions.record_count import record_count
from tongzhou.stock.actions.release import release, release_lapsed
from tongzhou.stock.actions.reserve import reserve
from tongzhou.stock.actions.start_count import start_count
from tongzhou.stock.actions.take import take
from tongzhou.stock.models import Balance, Count, Entry, Movement, Reservation, ReservedLine, Site

CODES = ("mask-n95", "coverall", "ppe-set")
VERBS = (
    "receive", "issue", "move", "reserve", "release", "take", "lapse", "discard", "count",
    "close", "make", "open",
)  # fmt: skip

steps = st.lists(
    st.tuples(
        st.sampled_from(VERBS), st.integers(0, 1), st.integers(0, 2), st.integers(1, 30),
        st.integers(0, 40),
    ),
    min_size=10,
    max_size=22,
)  # fmt: skip


class House:
    """Two stores of the hospital, three items, and what happens to them."""

    def __init__(self, cast: Cast, items: dict[str, Item]) -> None:
        self.by, self.at = cast.ruan, AT
        self.items = [items[code] for code in CODES]
        self.parts = [items[c] for c in ("goggles", "gloves-latex", "boot-cover")]
        self.sites = [
            open_site(code=f"s-{Site.objects.count()}", name_zh="库", unit=self.by.unit,
                      by=self.by, at=AT)
            for _ in range(2)
        ]  # fmt: skip
        lines = [Incoming(item, 60) for item in self.parts]
        receive_goods(site=self.sites[0], lines=lines, by=self.by, at=AT)
        self.away = accounts.on_the_way("shipment", self.sites[0].id, unit=self.by.unit)

    def do(self, verb: str, place: int, which: int, amount: int, days: int) -> None:
        """One step; a refusal is an answer, too."""
        self.at += timedelta(days=days // 10)
        site, item = self.sites[place], self.items[which]
        acts: dict[str, Callable[[], object]] = {
            "receive": lambda: receive_goods(
                site=site, by=self.by, at=self.at,
                lines=[Incoming(item, amount, expires_on=(SOON, LATER, None)[days % 3])],
            ),
            "issue": lambda: issue_goods(
                site=site, lines=[Outgoing(item, amount)], by=self.by, at=self.at
            ),
            "move": lambda: move_goods(
                site=site, to=self.sites[1 - place], lines=[Outgoing(item, amount)], by=self.by,
                at=self.at,
            ),
            "reserve": lambda: reserve(
                site=site, item=item, quantity=amount, for_kind="need", for_id=new_id(),
                until=self.at + DAY * (days + 1) if days % 2 else None, by=self.by, at=self.at,
            ),
            "release": lambda: release(
                reservation=self.kept(days), quantity=Decimal(amount) if days % 2 else None,
                by=self.by, at=self.at,
            ),
            "take": lambda: take(
                reservation=self.kept(days), to=self.away, by=self.by, at=self.at,
                quantity=amount if days % 2 else None,
            ),
            "lapse": lambda: release_lapsed(at=self.at),
            "discard": lambda: discard_expired(site=site, by=self.by, at=self.at),
            "count": lambda: self.count(site, amount, days),
            "close": lambda: [
                close_count(count=count, by=self.by, at=self.at)
                for count in Count.objects.filter(site=site, closed_at=None)
            ],
            "make": lambda: make_kits(
                site=self.sites[0], kit=self.items[2], quantity=1 + amount % 4, by=self.by,
                at=self.at,
            ),
            "open": lambda: open_kits(
                site=self.sites[0], kit=self.items[2], quantity=1 + amount % 4, by=self.by,
                at=self.at,
            ),
        }  # fmt: skip
        with suppress(Refusal, Reservation.DoesNotExist):
            acts[verb]()

    def kept(self, pick: int) -> Reservation:
        """One of the reservations, also of those that have ended."""
        found = list(Reservation.objects.filter(site__in=self.sites).order_by("id"))
        if not found:
            raise Reservation.DoesNotExist
        return found[pick % len(found)]

    def count(self, site: Site, amount: int, days: int) -> None:
        """Starts a count, or writes down the next line of the open one."""
        count = Count.objects.filter(site=site, closed_at=None).first()
        if count is None:
            count = start_count(site=site, by=self.by, at=self.at)
        for line in count.lines.select_related("batch__item").order_by("batch_id")[: 1 + days % 9]:
            there = Balance.objects.filter(account__site=site, batch=line.batch).first()
            near = max(0, int(there.on_hand if there else 0) + amount % 5 - 2)
            record_count(
                count=count, batch=line.batch, counted=near, reason="miscounted", by=self.by,
                at=self.at,
            )  # fmt: skip


def check_books() -> None:
    """The laws of conservation, over everything that there is."""
    per_item = Entry.objects.values("movement", "item").annotate(s=Sum("quantity")).exclude(s=0)
    assert not per_item, "a movement that does not sum up"
    sums = {
        (account, batch): total
        for account, batch, total in Entry.objects.filter(account__kind__in=("site", "transit"))
        .values_list("account_id", "batch_id")
        .annotate(total=Sum("quantity"))
    }
    kept = dict(ReservedLine.objects.values_list("balance_id").annotate(total=Sum("quantity")))
    for held in Balance.objects.all():
        assert held.on_hand == sums.pop((held.account_id, held.batch_id))
        assert held.reserved == kept.get(held.id, 0)
        assert 0 <= held.reserved <= held.on_hand
    assert not sums, "entries without a balance"


@settings(
    derandomize=True,
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(played=steps)
def test_whatever_happens_goods_are_conserved(
    cast: Cast, items: dict[str, Item], played: list[tuple[str, int, int, int, int]]
) -> None:
    house = House(cast, items)

    for step in played:
        house.do(*step)

    check_books()


def test_the_steps_do_reach_the_acts(cast: Cast, items: dict[str, Item]) -> None:
    house = House(cast, items)

    for which in (0, 1):
        house.do("receive", 0, which, 30, 5)
    for verb in ("make", "open", "reserve", "take", "issue", "move", "count", "close"):
        for which in (0, 1):
            house.do(verb, 0, which, 3, 5)

    kinds = set(Movement.objects.values_list("kind", flat=True))
    assert kinds == {"receive", "convert", "move", "issue", "count"}
    assert Entry.objects.filter(account__kind="transit").exists()


@pytest.mark.django_db(transaction=True)
def test_of_200_who_want_the_last_100_exactly_100_get_one(cast: Cast) -> None:
    lay_out_catalogue(by=cast.shen, at=AT)
    item = Item.objects.get(code="mask-n95")
    site = open_site(code="last", name_zh="库", unit=cast.ruan.unit, by=cast.ruan, at=AT)
    halves = [Incoming(item, 50, batch="A"), Incoming(item, 50, batch="B", expires_on=LATER)]
    receive_goods(site=site, lines=halves, by=cast.ruan, at=AT)
    answers: list[str] = []
    together = Barrier(40)

    def want(times: int) -> None:
        together.wait(60)
        try:
            for _ in range(times):
                try:
                    reserve(
                        site=site, item=item, quantity=1, for_kind="need", for_id=new_id(),
                        by=cast.ruan, at=AT + DAY,
                    )  # fmt: skip
                    answers.append("kept")
                except Refusal as refusal:
                    answers.append(refusal.code)
        finally:
            connection.close()

    threads = [Thread(target=want, args=[5]) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)

    assert sorted(answers) == ["kept"] * 100 + ["stock-not-enough"] * 100
    assert not Balance.objects.filter(~Q(reserved=F("on_hand")))
    check_books()
