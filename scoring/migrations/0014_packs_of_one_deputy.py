"""Both talks of a pack are of one deputy, a year apart."""

from django.db import migrations

ONE_DEPUTY = """
CREATE FUNCTION scoring_advice_of_one_deputy() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM scoring_talk AS earlier
    JOIN scoring_grading AS first ON first.id = earlier.grading_id
    JOIN scoring_reviewcycle AS before ON before.id = first.cycle_id
    JOIN scoring_grading AS second ON second.deputy_id = first.deputy_id
    JOIN scoring_reviewcycle AS after ON after.id = second.cycle_id
      AND after.assembly_id = before.assembly_id AND after.year = before.year + 1
    JOIN scoring_talk AS later ON later.grading_id = second.id
    WHERE earlier.id = NEW.earlier_id AND later.id = NEW.later_id
  ) THEN
    RAISE EXCEPTION 'advice % does not rest on talks of one deputy, a year apart', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'advice_rests_on_talks_of_one_deputy';
  END IF;
  RETURN NULL;
END $$;

-- After, so that the table's own constraints speak first.
CREATE TRIGGER advice_rests_on_talks_of_one_deputy
  AFTER INSERT OR UPDATE OF earlier_id, later_id ON scoring_resignationadvice
  FOR EACH ROW EXECUTE FUNCTION scoring_advice_of_one_deputy();
"""
ANY_DEPUTY = """
DROP TRIGGER advice_rests_on_talks_of_one_deputy ON scoring_resignationadvice;
DROP FUNCTION scoring_advice_of_one_deputy();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('scoring', '0013_hearings_by_invitation'),
    ]

    operations = [
        migrations.RunSQL(ONE_DEPUTY, ANY_DEPUTY),
    ]
