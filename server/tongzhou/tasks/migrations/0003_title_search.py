from django.db import migrations

_FUNCTION = """
CREATE FUNCTION tasks_bigrams(words text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN ARRAY(
    SELECT DISTINCT substr(lower(words), place, 2)
    FROM generate_series(1, length(words) - 1) AS place
)
"""
_INDEX = "CREATE INDEX task_title ON tasks_task USING gin (tasks_bigrams(title))"


class Migration(migrations.Migration):
    """Titles are found by pairs of characters: Chinese has no blanks between words, and the
    embedded server has no pg_trgm."""

    dependencies = [("tasks", "0002_task_number")]
    operations = [
        migrations.RunSQL(_FUNCTION, "DROP FUNCTION tasks_bigrams(text)"),
        migrations.RunSQL(_INDEX, "DROP INDEX task_title"),
    ]
