from django.db import migrations


class Migration(migrations.Migration):
    """Rows come and go there all the time: vacuum by count, not by share of the table."""

    dependencies = [("ledger", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE ledger_pending SET (autovacuum_vacuum_scale_factor = 0, "
            "autovacuum_vacuum_threshold = 2000)",
            migrations.RunSQL.noop,
        )
    ]
