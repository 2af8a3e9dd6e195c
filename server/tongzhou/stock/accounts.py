"""The accounts that goods are booked on. Each has an id that follows from what it is for, so
that two who need a new one at the same moment make the same."""

from uuid import UUID

from tongzhou.actors.models import Unit
from tongzhou.kernel.ids import named_id
from tongzhou.stock.choices import AccountKind
from tongzhou.stock.models import Account, Site


def of_site(site: Site) -> Account:
    """The account of a store. Made with the store."""
    return Account.objects.get(site=site)


def account_of_site(site: UUID) -> UUID:
    """The id of the account of a store, without asking."""
    return named_id("account", "site", str(site))


def outside(kind: AccountKind) -> Account:
    """The one account of its kind for what lies outside: suppliers, used, lost …"""
    account = Account(id=named_id("account", kind.value), kind=kind)
    Account.objects.bulk_create([account], ignore_conflicts=True)
    return account


def on_the_way(for_kind: str, for_id: UUID, *, unit: Unit) -> Account:
    """The account of goods that are on the way for something (a shipment); ``unit`` answers
    for what is on it. The same for the same (kind, id)."""
    account = Account(
        id=named_id("account", "transit", for_kind, str(for_id)),
        kind=AccountKind.TRANSIT,
        for_kind=for_kind,
        for_id=for_id,
        unit=unit,
    )
    Account.objects.bulk_create([account], ignore_conflicts=True)
    return account
