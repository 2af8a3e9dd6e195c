from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import SITE_OPEN
from tongzhou.kernel.errors import Conflict
from tongzhou.ledger.append import append_all
from tongzhou.stock import accounts
from tongzhou.stock.actions.recording import SiteClosed, line, reason_given
from tongzhou.stock.acts import SITE_CLOSED
from tongzhou.stock.models import Balance, Site


class SiteNotEmpty(Conflict):
    """Goods do not vanish with the store that they lie in."""

    code = "site-not-empty"
    message = _("%(items)s batches still lie in “%(site)s”. Move, issue or discard them first.")


def close_site(*, site: Site, reason: str, by: Post, at: datetime) -> Site:
    """Closes a store that is empty. Raises NotFound, NotAllowed, SiteClosed, SiteNotEmpty,
    ReasonMissing."""
    reason_given(reason)
    with transaction.atomic():
        held = (
            Site.objects.select_for_update(of=("self",), no_key=True)
            .select_related("unit", "area")
            .get(id=site.id)
        )
        permissions.require(by=by, word=SITE_OPEN, on=held)
        if not held.is_open:
            raise SiteClosed(site=held.name)
        there = Balance.objects.filter(
            account_id=accounts.account_of_site(held.id), on_hand__gt=0
        ).count()
        if there:
            raise SiteNotEmpty(items=there, site=held.name)
        held.closed_at = at
        held.save(update_fields=["closed_at"])
        append_all([line(SITE_CLOSED, site=held, by=by, at=at, data={"code": held.code})])
    return held
