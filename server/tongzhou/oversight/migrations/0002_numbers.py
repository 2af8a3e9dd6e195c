"""Findings and accountability entries have numbers that people quote."""

from django.db import migrations

FORWARD = """
CREATE SEQUENCE oversight_finding_number START 1001;
CREATE SEQUENCE oversight_entry_number START 101;
"""
BACK = "DROP SEQUENCE oversight_finding_number; DROP SEQUENCE oversight_entry_number;"


class Migration(migrations.Migration):
    dependencies = [("oversight", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
