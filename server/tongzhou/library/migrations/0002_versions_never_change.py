"""A version that was published is not changed and not removed, whatever programme asks for it;
only the last day on which it is in force may come forward."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION library_version_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a version of a template never changes'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER version_is_fixed BEFORE UPDATE ON library_templateversion FOR EACH ROW
WHEN ((to_jsonb(OLD) - 'until') IS DISTINCT FROM (to_jsonb(NEW) - 'until')
    OR (NEW.until IS DISTINCT FROM OLD.until AND coalesce(NEW.until > OLD.until, NEW.until IS NULL)))
EXECUTE FUNCTION library_version_is_fixed();
CREATE TRIGGER version_stays BEFORE DELETE ON library_templateversion FOR EACH ROW
EXECUTE FUNCTION library_version_is_fixed();
"""
BACK = """
DROP TRIGGER version_stays ON library_templateversion;
DROP TRIGGER version_is_fixed ON library_templateversion;
DROP FUNCTION library_version_is_fixed();
"""


class Migration(migrations.Migration):
    dependencies = [("library", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
