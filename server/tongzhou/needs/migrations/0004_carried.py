"""Part of a commitment may have come while the rest is still expected: it is over when
``received_at`` is set, and what came counts from the first piece."""

from django.db import migrations, models
from django.db.models import Q

FORWARD = """
CREATE OR REPLACE FUNCTION needs_sum_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    was_committed numeric := 0; was_way numeric := 0; was_received numeric := 0;
    is_committed numeric := 0; is_way numeric := 0; is_received numeric := 0;
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.withdrawn_at IS NULL THEN
        was_received := coalesce(OLD.received, 0);
        was_committed := CASE WHEN OLD.received_at IS NULL
            THEN greatest(OLD.quantity, was_received) ELSE was_received END;
        was_way := CASE WHEN OLD.received_at IS NULL THEN OLD.on_way ELSE 0 END;
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.withdrawn_at IS NULL THEN
        is_received := coalesce(NEW.received, 0);
        is_committed := CASE WHEN NEW.received_at IS NULL
            THEN greatest(NEW.quantity, is_received) ELSE is_received END;
        is_way := CASE WHEN NEW.received_at IS NULL THEN NEW.on_way ELSE 0 END;
    END IF;
    IF TG_OP = 'UPDATE' AND (OLD.line_id <> NEW.line_id
        OR OLD.offer_line_id IS DISTINCT FROM NEW.offer_line_id) THEN
        RAISE EXCEPTION 'a commitment stays with its line';
    END IF;
    IF (is_committed, is_way, is_received) IS DISTINCT FROM
        (was_committed, was_way, was_received) THEN
        UPDATE needs_needline SET committed = committed + is_committed - was_committed,
            on_way = on_way + is_way - was_way, received = received + is_received - was_received
        WHERE id = coalesce(NEW.line_id, OLD.line_id);
        IF coalesce(NEW.offer_line_id, OLD.offer_line_id) IS NOT NULL THEN
            UPDATE needs_offerline SET promised = promised + is_committed - was_committed
            WHERE id = coalesce(NEW.offer_line_id, OLD.offer_line_id);
        END IF;
    END IF;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("needs", "0003_sums")]
    operations = [
        migrations.RunSQL(FORWARD, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(
                condition=Q(received_at__isnull=True) | Q(received__isnull=False),
                name="commitment_received_how_much",
            ),
        ),
    ]
