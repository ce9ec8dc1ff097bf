"""Every sitting deputy is in exactly one group at any moment; nobody else is in any.

At most one is an exclusion constraint already. At least one needs both tables, so it is a
constraint trigger, looked at when the transaction ends: verbs may write seat and group in any order.
"""

from django.db import migrations

MAKE = """
CREATE FUNCTION deputy_sits_in_exactly_one_group() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  who bigint := CASE TG_OP WHEN 'DELETE' THEN OLD.deputy_id ELSE NEW.deputy_id END;
  seats datemultirange;
  spells datemultirange;
  due datemultirange;
BEGIN
  SELECT COALESCE(range_agg(daterange(from_on, to_on, '[]')), '{}') INTO seats
    FROM deputies_mandate WHERE deputy_id = who;
  SELECT COALESCE(range_agg(daterange(from_on, to_on)), '{}') INTO spells
    FROM deputies_membership WHERE deputy_id = who;
  due := CASE
    WHEN NOT isempty(spells) THEN seats * datemultirange(daterange(lower(spells), NULL))
    WHEN upper_inf(seats) OR upper(seats) > CURRENT_DATE THEN seats
    ELSE '{}'
  END;
  IF NOT (due <@ spells AND spells <@ seats) THEN
    RAISE EXCEPTION 'deputy % sits % but is grouped %', who, seats, spells
      USING ERRCODE = 'check_violation', CONSTRAINT = 'deputy_sits_in_exactly_one_group';
  END IF;
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


class Migration(migrations.Migration):
    dependencies = [("deputies", "0005_changes_of_seats")]

    operations = [migrations.RunSQL(MAKE, UNMAKE)]
