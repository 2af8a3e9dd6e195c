"""What lines repeat of their need needs no keys; urgency is worked out in place."""

import django.db.models.deletion
from django.db import migrations, models

URGENCY = """
CREATE OR REPLACE FUNCTION needs_line_urgency(priority smallint, needed_by timestamptz,
    stated_at timestamptz, asked numeric, minimum numeric, committed numeric)
    RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT extract(epoch FROM (coalesce(needed_by, stated_at)
            - timestamptz '1970-01-01 00:00:00+00'))::bigint
        + CASE WHEN needed_by IS NULL THEN 259200 ELSE 0 END
        - CASE priority WHEN 1 THEN 604800 WHEN 2 THEN 172800 WHEN 3 THEN 0 ELSE -604800 END
        + (172800 * CASE WHEN coalesce(asked, minimum) IS NULL
            THEN CASE WHEN committed > 0 THEN 0.5 ELSE 0 END
            ELSE least(committed / coalesce(asked, minimum), 1) END)::bigint
        + CASE WHEN committed >= coalesce(asked, minimum) THEN 31536000 ELSE 0 END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("actors", "0001_initial"),
        ("catalogue", "0001_initial"),
        ("incidents", "0010_clocks_tell"),
        ("needs", "0004_carried"),
    ]

    operations = [
        # The same figure, by functions that the database can put in place of the call.
        migrations.RunSQL(URGENCY, migrations.RunSQL.noop),
        migrations.RemoveIndex(
            model_name="needline",
            name="need_board",
        ),
        migrations.AlterField(
            model_name="needline",
            name="holder",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="actors.unit",
            ),
        ),
        migrations.AlterField(
            model_name="needline",
            name="incident",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="incidents.incident",
            ),
        ),
        migrations.AlterField(
            model_name="needline",
            name="unit",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="actors.unit",
            ),
        ),
        migrations.AddIndex(
            model_name="needline",
            index=models.Index(fields=["exercise", "urgency", "id"], name="need_board"),
        ),
    ]
