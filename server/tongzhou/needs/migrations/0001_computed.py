"""What the database works out of a line of a need: state, unmet amount, urgency. Plain
functions of the columns of one row, so that they can stand in generated columns and indexes."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION needs_line_is_open(asked numeric, minimum numeric, received numeric,
    withdrawn_at timestamptz) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT withdrawn_at IS NULL AND coalesce(received < coalesce(asked, minimum), true)
$$;
CREATE FUNCTION needs_line_unmet(asked numeric, minimum numeric, committed numeric,
    withdrawn_at timestamptz) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN withdrawn_at IS NOT NULL THEN 0
        WHEN coalesce(asked, minimum) IS NULL THEN NULL
        ELSE greatest(coalesce(asked, minimum) - committed, 0) END
$$;
CREATE FUNCTION needs_line_state(asked numeric, minimum numeric, committed numeric,
    on_way numeric, received numeric, withdrawn_at timestamptz, doubted_at timestamptz)
    RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN withdrawn_at IS NOT NULL THEN 'withdrawn'
        WHEN received >= coalesce(asked, minimum) THEN 'met'
        WHEN received > 0 THEN 'partly_met'
        WHEN on_way > 0 THEN 'in_transit'
        WHEN committed >= coalesce(asked, minimum) THEN 'committed'
        WHEN committed > 0 THEN 'partly_committed'
        WHEN doubted_at IS NOT NULL THEN 'stale'
        ELSE 'open' END
$$;
-- When it is needed, earlier for what is worse, later for what is half promised already: of two
-- lines that are alike the one of the higher priority comes as if needed days before.
CREATE FUNCTION needs_line_urgency(priority smallint, needed_by timestamptz,
    stated_at timestamptz, asked numeric, minimum numeric, committed numeric)
    RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (extract(epoch FROM coalesce(needed_by, stated_at)))::bigint
        + CASE WHEN needed_by IS NULL THEN 259200 ELSE 0 END
        - CASE priority WHEN 1 THEN 604800 WHEN 2 THEN 172800 WHEN 3 THEN 0 ELSE -604800 END
        + (172800 * CASE WHEN coalesce(asked, minimum) IS NULL
            THEN CASE WHEN committed > 0 THEN 0.5 ELSE 0 END
            ELSE least(committed / coalesce(asked, minimum), 1) END)::bigint
        + CASE WHEN committed >= coalesce(asked, minimum) THEN 31536000 ELSE 0 END
$$;
CREATE SEQUENCE needs_need_number START 1001;
CREATE SEQUENCE needs_offer_number START 101;
"""
BACK = """
DROP SEQUENCE needs_need_number;
DROP SEQUENCE needs_offer_number;
DROP FUNCTION needs_line_urgency;
DROP FUNCTION needs_line_state;
DROP FUNCTION needs_line_unmet;
DROP FUNCTION needs_line_is_open;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.RunSQL(FORWARD, BACK)]
