"""What happens in the library because something happened elsewhere."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.models.signals import post_migrate

from tongzhou.kernel import clock
from tongzhou.library.actions.load_shipped import load_shipped
from tongzhou.library.models import TemplateVersion

#: Without these nothing can be taken in: somebody migrated back to a time before them.
_TABLES = {TemplateVersion._meta.db_table, "ledger_act"}


def take_in_shipped(using: str, **_: Any) -> None:
    """The templates that come with the software are there after each migration."""
    if set(connections[using].introspection.table_names()) >= _TABLES:
        load_shipped(at=clock.now(), furniture=settings.TONGZHOU_SHIPPED_AS_FURNITURE)


post_migrate.connect(take_in_shipped, sender=apps.get_app_config("library"))
