"""The sums on lines of needs and offers follow every change of a commitment, whoever makes
it: in the same statement, by the database itself."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION needs_sum_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    was_committed numeric := 0; was_way numeric := 0; was_received numeric := 0;
    is_committed numeric := 0; is_way numeric := 0; is_received numeric := 0;
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.withdrawn_at IS NULL THEN
        was_committed := coalesce(OLD.received, OLD.quantity);
        was_received := coalesce(OLD.received, 0);
        was_way := CASE WHEN OLD.received IS NULL THEN OLD.on_way ELSE 0 END;
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.withdrawn_at IS NULL THEN
        is_committed := coalesce(NEW.received, NEW.quantity);
        is_received := coalesce(NEW.received, 0);
        is_way := CASE WHEN NEW.received IS NULL THEN NEW.on_way ELSE 0 END;
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
CREATE TRIGGER needs_commitment_sums AFTER INSERT OR UPDATE OR DELETE ON needs_commitment
    FOR EACH ROW EXECUTE FUNCTION needs_sum_up();
"""
BACK = """
DROP TRIGGER needs_commitment_sums ON needs_commitment;
DROP FUNCTION needs_sum_up;
"""


class Migration(migrations.Migration):
    dependencies = [("needs", "0002_initial")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
