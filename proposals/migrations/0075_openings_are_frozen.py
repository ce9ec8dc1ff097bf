"""A request to open a rating begins undecided; what was decided on it stays as it was."""

from django.db import migrations

FREEZE = """
CREATE FUNCTION proposals_rating_opening_frozen() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    RAISE EXCEPTION 'rating opening % does not begin undecided', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'rating_opening_begins_undecided';
  END IF;
  RAISE EXCEPTION 'rating opening % stays as it was decided', OLD.id
    USING ERRCODE = 'check_violation', CONSTRAINT = 'rating_opening_is_frozen';
END $$;

-- After, so that the table's own constraints speak first.
CREATE TRIGGER rating_opening_begins_undecided AFTER INSERT ON proposals_ratingopening
  FOR EACH ROW WHEN (NEW.opened_by_id IS NOT NULL OR NEW.refused_by_id IS NOT NULL)
  EXECUTE FUNCTION proposals_rating_opening_frozen();
CREATE TRIGGER rating_opening_is_frozen BEFORE UPDATE ON proposals_ratingopening
  FOR EACH ROW WHEN (
    (OLD.opened_by_id IS NOT NULL OR OLD.refused_by_id IS NOT NULL) AND OLD IS DISTINCT FROM NEW
  )
  EXECUTE FUNCTION proposals_rating_opening_frozen();
"""
THAW = """
DROP TRIGGER rating_opening_is_frozen ON proposals_ratingopening;
DROP TRIGGER rating_opening_begins_undecided ON proposals_ratingopening;
DROP FUNCTION proposals_rating_opening_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("proposals", "0074_convened_is_a_reason_of_its_own")]
    operations = [migrations.RunSQL(FREEZE, THAW)]
