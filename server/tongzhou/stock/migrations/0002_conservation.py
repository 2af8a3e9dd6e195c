"""Nothing appears and nothing vanishes, whatever programme asks for it: the entries of a
movement sum to nothing per item, entries never change, and balances are what entries and
reservations make of them."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION stock_entry_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an entry never changes: write a movement that takes it back'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER entry_is_fixed BEFORE UPDATE OR DELETE ON stock_entry FOR EACH ROW
EXECUTE FUNCTION stock_entry_is_fixed();

CREATE FUNCTION stock_entry_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.item_id <> (SELECT item_id FROM stock_batch WHERE id = NEW.batch_id) THEN
        RAISE EXCEPTION 'the batch is of another item'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER entry_fits BEFORE INSERT ON stock_entry FOR EACH ROW
EXECUTE FUNCTION stock_entry_fits();

CREATE FUNCTION stock_movement_sums_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT sum(quantity) FROM stock_entry
        WHERE movement_id = NEW.movement_id AND item_id = NEW.item_id) <> 0 THEN
        RAISE EXCEPTION 'movement % does not sum to nothing', NEW.movement_id
            USING ERRCODE = 'integrity_constraint_violation',
                CONSTRAINT = 'movement_sums_up';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER movement_sums_up AFTER INSERT ON stock_entry
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION stock_movement_sums_up();

-- Balances of accounts that hold goods follow the entries, in one order of rows.
CREATE FUNCTION stock_keep_balances() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO stock_balance
        (account_id, batch_id, item_id, on_hand, reserved, first_in_at, last_out_at)
    SELECT added.account_id, added.batch_id, added.item_id, 0, 0, min(movement.at), NULL
    FROM added JOIN stock_movement movement ON movement.id = added.movement_id
        JOIN stock_account account ON account.id = added.account_id
    WHERE account.kind IN ('site', 'transit')
    GROUP BY 1, 2, 3 ORDER BY 1, 2
    ON CONFLICT (account_id, batch_id) DO NOTHING;
    PERFORM 1 FROM stock_balance balance
    WHERE (balance.account_id, balance.batch_id) IN (SELECT account_id, batch_id FROM added)
    ORDER BY balance.id FOR UPDATE;
    UPDATE stock_balance balance SET on_hand = balance.on_hand + sums.quantity,
        last_out_at = greatest(balance.last_out_at, sums.out_at)
    FROM (
        SELECT added.account_id, added.batch_id, sum(added.quantity) AS quantity,
            max(movement.at) FILTER (WHERE added.quantity < 0) AS out_at
        FROM added JOIN stock_movement movement ON movement.id = added.movement_id GROUP BY 1, 2
    ) sums
    WHERE balance.account_id = sums.account_id AND balance.batch_id = sums.batch_id;
    RETURN NULL;
END $$;
CREATE TRIGGER entries_keep_balances AFTER INSERT ON stock_entry
REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION stock_keep_balances();

CREATE FUNCTION stock_keep_reserved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        UPDATE stock_balance SET reserved = reserved + NEW.quantity WHERE id = NEW.balance_id;
    ELSIF TG_OP = 'UPDATE' THEN
        IF NEW.balance_id <> OLD.balance_id OR NEW.reservation_id <> OLD.reservation_id THEN
            RAISE EXCEPTION 'a reserved line stays where it is'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        UPDATE stock_balance SET reserved = reserved + NEW.quantity - OLD.quantity
        WHERE id = NEW.balance_id;
    ELSE
        UPDATE stock_balance SET reserved = reserved - OLD.quantity WHERE id = OLD.balance_id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER lines_keep_reserved AFTER INSERT OR UPDATE OR DELETE ON stock_reservedline
FOR EACH ROW EXECUTE FUNCTION stock_keep_reserved();

-- Whoever writes a balance by hand is not one of the two above.
CREATE FUNCTION stock_balance_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'balances follow from entries and reservations; they are not written'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER balance_is_kept BEFORE INSERT OR UPDATE OR DELETE ON stock_balance
FOR EACH ROW EXECUTE FUNCTION stock_balance_is_kept();
"""
BACK = """
DROP TRIGGER balance_is_kept ON stock_balance;
DROP TRIGGER lines_keep_reserved ON stock_reservedline;
DROP TRIGGER entries_keep_balances ON stock_entry;
DROP TRIGGER movement_sums_up ON stock_entry;
DROP TRIGGER entry_fits ON stock_entry;
DROP TRIGGER entry_is_fixed ON stock_entry;
DROP FUNCTION stock_balance_is_kept();
DROP FUNCTION stock_keep_reserved();
DROP FUNCTION stock_keep_balances();
DROP FUNCTION stock_movement_sums_up();
DROP FUNCTION stock_entry_fits();
DROP FUNCTION stock_entry_is_fixed();
"""


class Migration(migrations.Migration):
    dependencies = [("stock", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
