"""Shipments have numbers that people quote."""

from django.db import migrations

FORWARD = "CREATE SEQUENCE shipments_shipment_number START 1001;"
BACK = "DROP SEQUENCE shipments_shipment_number;"


class Migration(migrations.Migration):
    dependencies = [("shipments", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
