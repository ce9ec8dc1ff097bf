"""What two tables must say together, and what stays as it was verified.

Every sitting deputy is in exactly one group at any moment; nobody else is in any. At most one is an
exclusion constraint already. At least one needs both tables, so it is a constraint trigger, looked at
when the transaction ends: verbs may write seat and group in any order. A row that goes over to
another deputy is looked at for both. Of two transactions that each end one of two seats neither would
see the other, so the person is locked before the look. The day is the county's own.
"""

from django.db import migrations

MAKE = """
CREATE FUNCTION deputy_sits_in_exactly_one_group() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  who bigint;
  seats datemultirange;
  spells datemultirange;
  due datemultirange;
  today date := (now() AT TIME ZONE 'Asia/Shanghai')::date;
BEGIN
  FOR who IN SELECT DISTINCT deputy FROM unnest(ARRAY[
    CASE WHEN TG_OP <> 'INSERT' THEN OLD.deputy_id END,
    CASE WHEN TG_OP <> 'DELETE' THEN NEW.deputy_id END
  ]) AS deputy WHERE deputy IS NOT NULL
  LOOP
    PERFORM 1 FROM deputies_deputy WHERE id = who FOR NO KEY UPDATE;
    SELECT COALESCE(range_agg(daterange(from_on, to_on, '[]')), '{}') INTO seats
      FROM deputies_mandate WHERE deputy_id = who;
    SELECT COALESCE(range_agg(daterange(from_on, to_on)), '{}') INTO spells
      FROM deputies_membership WHERE deputy_id = who;
    due := CASE
      WHEN NOT isempty(spells) THEN seats * datemultirange(daterange(lower(spells), NULL))
      WHEN upper_inf(seats) OR upper(seats) > today THEN seats
      ELSE '{}'
    END;
    IF NOT (due <@ spells AND spells <@ seats) THEN
      RAISE EXCEPTION 'deputy % sits % but is grouped %', who, seats, spells
        USING ERRCODE = 'check_violation', CONSTRAINT = 'deputy_sits_in_exactly_one_group';
    END IF;
  END LOOP;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER deputy_sits_in_exactly_one_group
  AFTER INSERT OR DELETE OR UPDATE OF deputy_id, from_on, to_on ON deputies_mandate
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  EXECUTE FUNCTION deputy_sits_in_exactly_one_group();
CREATE CONSTRAINT TRIGGER deputy_sits_in_exactly_one_group
  AFTER INSERT OR DELETE OR UPDATE OF deputy_id, from_on, to_on ON deputies_membership
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  EXECUTE FUNCTION deputy_sits_in_exactly_one_group();
"""
UNMAKE = """
DROP TRIGGER deputy_sits_in_exactly_one_group ON deputies_mandate;
DROP TRIGGER deputy_sits_in_exactly_one_group ON deputies_membership;
DROP FUNCTION deputy_sits_in_exactly_one_group();
"""
FREEZE = """
CREATE FUNCTION deputies_verified_duty_frozen() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'duty record % is verified', OLD.id
    USING ERRCODE = 'check_violation', CONSTRAINT = 'verified_duty_is_frozen';
END $$;

CREATE TRIGGER verified_duty_is_frozen BEFORE UPDATE ON deputies_dutyrecord
  FOR EACH ROW WHEN (
    OLD.state = 'verified'
    AND
        (OLD.id, OLD.state, OLD.deputy_id, OLD.item_id, OLD.done_on, OLD.quantity, OLD.matter,
         OLD.source, OLD.reported_by_id, OLD.checked_by_id, OLD.verified_by_id,
         OLD.verified_at, OLD.confirmed_at, OLD.paper_by_id, OLD.paper_on, OLD.paper_note)
      IS DISTINCT FROM
        (NEW.id, NEW.state, NEW.deputy_id, NEW.item_id, NEW.done_on, NEW.quantity, NEW.matter,
         NEW.source, NEW.reported_by_id, NEW.checked_by_id, NEW.verified_by_id,
         NEW.verified_at, NEW.confirmed_at, NEW.paper_by_id, NEW.paper_on, NEW.paper_note)
  ) EXECUTE FUNCTION deputies_verified_duty_frozen();
CREATE TRIGGER verified_duty_is_kept BEFORE DELETE ON deputies_dutyrecord
  FOR EACH ROW WHEN (OLD.state = 'verified') EXECUTE FUNCTION deputies_verified_duty_frozen();
"""
THAW = """
DROP TRIGGER verified_duty_is_kept ON deputies_dutyrecord;
DROP TRIGGER verified_duty_is_frozen ON deputies_dutyrecord;
DROP FUNCTION deputies_verified_duty_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("deputies", "0002_catalogue_of_duties")]
    replaces = [  # a county that was made before the first release goes on
        ("deputies", "0020_one_group_looked_at_in_turn"),
        ("deputies", "0028_paper_is_frozen_too"),
    ]

    operations = [migrations.RunSQL(MAKE, UNMAKE), migrations.RunSQL(FREEZE, THAW)]
