"""All that stands in tables, so that a test can say that nothing has changed."""

from collections.abc import Iterable
from typing import Any

from django.core import serializers
from django.db.models import Model


def rows(tables: Iterable[type[Model]]) -> list[dict[str, Any]]:
    """Every row of every table, in an order that does not depend on the database: rows by key,
    units of a many-to-many field by id."""
    every = [row for table in tables for row in table._default_manager.order_by("pk")]
    found = serializers.serialize("python", every)
    for row, model in zip(found, every, strict=True):
        for relation in model._meta.many_to_many:
            row["fields"][relation.name].sort()
    return found
