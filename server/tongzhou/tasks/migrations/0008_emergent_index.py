from django.db import migrations, models


class Migration(migrations.Migration):
    """Tasks outside of every mandate are found without reading all others."""

    dependencies = [("tasks", "0007_tickets_and_whistles")]
    operations = [
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                fields=["asker", "lead", "duty"],
                condition=models.Q(mandate__startswith="emergent"),
                name="task_emergent",
            ),
        ),
    ]
