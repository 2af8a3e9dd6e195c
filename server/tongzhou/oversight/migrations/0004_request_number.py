"""Requests have numbers that people quote."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("oversight", "0003_burden")]
    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE oversight_ask_number START 1001",
            "DROP SEQUENCE oversight_ask_number",
        )
    ]
