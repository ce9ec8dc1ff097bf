"""A request to make a rating void begins undecided; what was decided on it stays as it was."""

from django.db import migrations

FREEZE = """
CREATE FUNCTION proposals_rating_voiding_frozen() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    RAISE EXCEPTION 'rating voiding % does not begin undecided', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'rating_voiding_begins_undecided';
  END IF;
  RAISE EXCEPTION 'rating voiding % stays as it was decided', OLD.id
    USING ERRCODE = 'check_violation', CONSTRAINT = 'rating_voiding_is_frozen';
END $$;

-- After, so that the table's own constraints speak first.
CREATE TRIGGER rating_voiding_begins_undecided AFTER INSERT ON proposals_ratingvoiding
  FOR EACH ROW WHEN (NEW.voided_by_id IS NOT NULL OR NEW.refused_by_id IS NOT NULL)
  EXECUTE FUNCTION proposals_rating_voiding_frozen();
CREATE TRIGGER rating_voiding_is_frozen BEFORE UPDATE ON proposals_ratingvoiding
  FOR EACH ROW WHEN (
    (OLD.voided_by_id IS NOT NULL OR OLD.refused_by_id IS NOT NULL) AND OLD IS DISTINCT FROM NEW
  )
  EXECUTE FUNCTION proposals_rating_voiding_frozen();
"""
THAW = """
DROP TRIGGER rating_voiding_is_frozen ON proposals_ratingvoiding;
DROP TRIGGER rating_voiding_begins_undecided ON proposals_ratingvoiding;
DROP FUNCTION proposals_rating_voiding_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("proposals", "0072_voided_ratings")]
    operations = [migrations.RunSQL(FREEZE, THAW)]
