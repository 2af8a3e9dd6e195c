"""Calls, offers, agreements and claims have numbers that people quote."""

from django.db import migrations

NAMES = ("request", "offer", "agreement", "cost")
FORWARD = "".join(f"CREATE SEQUENCE aid_{name}_number START 1001;" for name in NAMES)
BACK = "".join(f"DROP SEQUENCE aid_{name}_number;" for name in NAMES)


class Migration(migrations.Migration):
    dependencies = [("aid", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
