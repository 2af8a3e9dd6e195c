from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("allocations", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE allocations_allocation_number START 1001",
            "DROP SEQUENCE allocations_allocation_number",
        )
    ]
