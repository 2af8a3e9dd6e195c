from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_cache_table")]
    operations = [
        migrations.CreateModel(
            name="RateCount",
            fields=[
                ("sender", models.CharField(max_length=200, primary_key=True, serialize=False)),
                ("count", models.PositiveIntegerField()),
                ("until", models.DateTimeField(db_index=True)),
            ],
        ),
    ]
