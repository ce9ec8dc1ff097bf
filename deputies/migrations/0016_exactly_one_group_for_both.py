"""A row that goes over to another deputy is looked at for both; the day is the county's own."""

from importlib import import_module

from django.db import migrations

FIRST = import_module("deputies.migrations.0006_exactly_one_group").MAKE
BEFORE = FIRST[: FIRST.index("CREATE CONSTRAINT TRIGGER")].replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)
AFTER = """
CREATE OR REPLACE FUNCTION deputy_sits_in_exactly_one_group() RETURNS trigger LANGUAGE plpgsql AS $$
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
"""


class Migration(migrations.Migration):
    dependencies = [("deputies", "0015_tables_of_groups_and_contacts")]

    operations = [migrations.RunSQL(AFTER, BEFORE)]
