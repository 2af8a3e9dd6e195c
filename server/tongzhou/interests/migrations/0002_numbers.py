"""Stakes, conflicts and compensations have numbers."""

from django.db import migrations

FORWARD = """
CREATE SEQUENCE interests_stake_number START 1001;
CREATE SEQUENCE interests_conflict_number START 1001;
CREATE SEQUENCE interests_compensation_number START 1001;
"""
BACK = """
DROP SEQUENCE interests_compensation_number;
DROP SEQUENCE interests_conflict_number;
DROP SEQUENCE interests_stake_number;
"""


class Migration(migrations.Migration):
    dependencies = [("interests", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
