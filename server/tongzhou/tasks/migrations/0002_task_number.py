from django.db import migrations


class Migration(migrations.Migration):
    """The numbers that people quote come from a sequence: no two writers wait for each other."""

    dependencies = [("tasks", "0001_initial")]
    operations = [
        migrations.RunSQL("CREATE SEQUENCE tasks_number START 1001", "DROP SEQUENCE tasks_number")
    ]
