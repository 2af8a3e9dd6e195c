"""Money may be asked for the aid of another region."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("funds", "0003_compensations"),
    ]

    operations = [
        migrations.AlterField(
            model_name="spending",
            name="for_kind",
            field=models.TextField(
                blank=True,
                choices=[
                    ("task", "a task"),
                    ("claim", "a cost claim"),
                    ("need", "a need"),
                    ("commitment", "a commitment"),
                    ("movement", "a movement of goods"),
                    ("compensation", "a compensation"),
                    ("aid", "aid of another region"),
                ],
            ),
        ),
    ]
