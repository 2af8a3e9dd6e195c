"""The state after the first assessment is called "assessed", as the ticket says it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("incidents", "0002_signal_text_fixed")]
    operations = [
        migrations.AlterField(
            model_name="signal",
            name="state",
            field=models.TextField(
                choices=[
                    ("received", "received"),
                    ("assessing", "assessed"),
                    ("answered", "answered"),
                ],
                default="received",
            ),
        ),
    ]
