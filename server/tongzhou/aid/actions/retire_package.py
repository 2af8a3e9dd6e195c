from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import AID_PREPARE
from tongzhou.aid.acts import PACKAGE_RETIRED
from tongzhou.aid.models import Package
from tongzhou.kernel.errors import Conflict
from tongzhou.ledger.append import append


class PackageRetired(Conflict):
    """A package that is offered no more."""

    code = "aid-package-retired"
    message = _("“%(package)s” is not offered any more.")


def retire_package(*, package: Package, by: Post, at: datetime) -> Package:
    """Takes a package out of the list; what was agreed with it stays. Raises NotFound,
    NotAllowed, PackageRetired."""
    with transaction.atomic():
        locked = (
            Package.objects.select_for_update(of=("self",), no_key=True)
            .select_related("unit__area").get(id=package.id)
        )  # fmt: skip
        permissions.require(by=by, word=AID_PREPARE, on=locked)
        if locked.retired_at is not None:
            raise PackageRetired(package=locked.code)
        locked.retired_at = at
        locked.save(update_fields=["retired_at"])
        append(
            PACKAGE_RETIRED,
            at=at,
            about=("aid_package", locked.id),
            **by.signs(),
            with_units=[locked.unit_id],
            area=locked.unit.area.code,
            audience=[locked.unit_id],
            data={"code": locked.code, **({"exercise": True} if locked.exercise else {})},
        )
    return locked
