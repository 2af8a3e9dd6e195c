"""What was reported cannot be changed by anybody, whatever programme asks for it."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION incidents_signal_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was reported in a signal cannot be changed'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER signal_is_fixed BEFORE UPDATE ON incidents_signal FOR EACH ROW
WHEN ((OLD.id, OLD.ticket, OLD.text, OLD.area_id, OLD.place, OLD.channel, OLD.reported_at,
    OLD.reporter_id) IS DISTINCT FROM (NEW.id, NEW.ticket, NEW.text, NEW.area_id, NEW.place,
    NEW.channel, NEW.reported_at, NEW.reporter_id))
EXECUTE FUNCTION incidents_signal_is_fixed();
CREATE TRIGGER signal_stays BEFORE DELETE ON incidents_signal FOR EACH ROW
EXECUTE FUNCTION incidents_signal_is_fixed();
"""
BACK = """
DROP TRIGGER signal_stays ON incidents_signal;
DROP TRIGGER signal_is_fixed ON incidents_signal;
DROP FUNCTION incidents_signal_is_fixed();
"""


class Migration(migrations.Migration):
    dependencies = [("incidents", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
