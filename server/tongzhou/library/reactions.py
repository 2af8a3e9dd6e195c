"""What happens in the library because something happened elsewhere."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.models.signals import post_migrate
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.sentences import Subject, subjects
from tongzhou.kernel import clock
from tongzhou.ledger.queries import Line
from tongzhou.library.actions.load_shipped import load_shipped
from tongzhou.library.models import Template, TemplateVersion

#: Without these nothing can be taken in: somebody migrated back to a time before them.
_TABLES = {TemplateVersion._meta.db_table, "ledger_act"}


def take_in_shipped(using: str, **_rest: Any) -> None:
    """The templates that come with the software are there after each migration."""
    if set(connections[using].introspection.table_names()) >= _TABLES:
        load_shipped(at=clock.now(), furniture=settings.TONGZHOU_SHIPPED_AS_FURNITURE)


post_migrate.connect(take_in_shipped, sender=apps.get_app_config("library"))


@subjects("template")
def _templates(lines: Sequence[Line]) -> Mapping[UUID, Subject]:
    """Templates by the title of their last version."""
    found = Template.objects.filter(id__in={line.act.about_id for line in lines})
    latest = (
        TemplateVersion.objects.filter(template__in=found)
        .select_related("template")
        .defer("body")
        .order_by("template", "-number")
        .distinct("template")
    )
    return {
        version.template_id: Subject(version.title, _address(version.template))
        for version in latest
    }


@subjects("library")
def _library(lines: Sequence[Line]) -> Mapping[UUID, Subject]:
    return {line.act.about_id: Subject(str(_("library")), reverse("library")) for line in lines}


@subjects("profile")
def _profile(lines: Sequence[Line]) -> Mapping[UUID, Subject]:
    address = reverse("library-profile")
    return {line.act.about_id: Subject(str(_("country profile")), address) for line in lines}


def _address(template: Template) -> str:
    return reverse("library-template", args=[template.kind, template.key, template.jurisdiction])
