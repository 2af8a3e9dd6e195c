"""The database keeps the books: what is written sums to zero, stays as it is, and moves the
balances by itself. Funds, gifts, requests, transfers and claims have numbers."""

from django.db import migrations

FORWARD = """
CREATE SEQUENCE funds_gift_number START 1001;
CREATE SEQUENCE funds_spending_number START 1001;
CREATE SEQUENCE funds_transfer_number START 1001;
CREATE SEQUENCE funds_claim_number START 1001;

-- A posting is complete when its transaction ends.
CREATE FUNCTION funds_posting_balances() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wanted uuid;
    total numeric;
    lines integer;
BEGIN
    IF TG_TABLE_NAME = 'funds_posting' THEN wanted := NEW.id; ELSE wanted := NEW.posting_id; END IF;
    SELECT coalesce(sum(amount), 0), count(*) INTO total, lines
        FROM funds_entry WHERE posting_id = wanted;
    IF total <> 0 OR lines < 2 THEN
        RAISE EXCEPTION 'posting % does not balance: % in % entries', wanted, total, lines
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER posting_balances AFTER INSERT ON funds_posting
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION funds_posting_balances();
CREATE CONSTRAINT TRIGGER entry_balances AFTER INSERT ON funds_entry
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION funds_posting_balances();

CREATE FUNCTION funds_books_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the books are only added to'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER entry_stays BEFORE UPDATE OR DELETE ON funds_entry
FOR EACH ROW EXECUTE FUNCTION funds_books_stay();
CREATE TRIGGER posting_stays BEFORE UPDATE OR DELETE ON funds_posting
FOR EACH ROW EXECUTE FUNCTION funds_books_stay();

-- Outside of all funds no balance is kept: one row for all payments would make them wait for
-- each other.
CREATE FUNCTION funds_entry_counts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE funds_account SET balance = balance + NEW.amount
        WHERE id = NEW.account_id AND fund_id IS NOT NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER entry_counts AFTER INSERT ON funds_entry
FOR EACH ROW EXECUTE FUNCTION funds_entry_counts();

-- Balances are moved by entries alone.
CREATE TRIGGER account_kept BEFORE UPDATE OR DELETE ON funds_account FOR EACH ROW
WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION funds_books_stay();
CREATE TRIGGER account_begins_empty BEFORE INSERT ON funds_account FOR EACH ROW
WHEN (NEW.balance <> 0) EXECUTE FUNCTION funds_books_stay();

-- Whoever gave relied on what the fund is for.
CREATE FUNCTION funds_fund_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what binds a fund cannot be changed'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER fund_is_fixed BEFORE UPDATE ON funds_fund FOR EACH ROW
WHEN ((OLD.id, OLD.owner_id, OLD.currency, OLD.purposes, OLD.area_id, OLD.incident_id)
    IS DISTINCT FROM
    (NEW.id, NEW.owner_id, NEW.currency, NEW.purposes, NEW.area_id, NEW.incident_id))
EXECUTE FUNCTION funds_fund_is_fixed();
"""
BACK = """
DROP TRIGGER fund_is_fixed ON funds_fund;
DROP FUNCTION funds_fund_is_fixed();
DROP TRIGGER account_begins_empty ON funds_account;
DROP TRIGGER account_kept ON funds_account;
DROP TRIGGER entry_counts ON funds_entry;
DROP FUNCTION funds_entry_counts();
DROP TRIGGER posting_stays ON funds_posting;
DROP TRIGGER entry_stays ON funds_entry;
DROP FUNCTION funds_books_stay();
DROP TRIGGER entry_balances ON funds_entry;
DROP TRIGGER posting_balances ON funds_posting;
DROP FUNCTION funds_posting_balances();
DROP SEQUENCE funds_claim_number;
DROP SEQUENCE funds_transfer_number;
DROP SEQUENCE funds_spending_number;
DROP SEQUENCE funds_gift_number;
"""


class Migration(migrations.Migration):
    dependencies = [("funds", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
