"""What was taken back stays as it was; a batch has a number exactly where it has a table."""

from django.db import migrations

FREEZE = """
CREATE FUNCTION proposals_carried_taken_back_frozen() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'carried proposal % was taken back', OLD.id
    USING ERRCODE = 'check_violation', CONSTRAINT = 'carried_taken_back_is_frozen';
END $$;

CREATE TRIGGER carried_taken_back_is_frozen BEFORE UPDATE ON proposals_carriedproposal
  FOR EACH ROW WHEN (OLD.taken_back_on IS NOT NULL AND OLD IS DISTINCT FROM NEW)
  EXECUTE FUNCTION proposals_carried_taken_back_frozen();
"""
THAW = """
DROP TRIGGER carried_taken_back_is_frozen ON proposals_carriedproposal;
DROP FUNCTION proposals_carried_taken_back_frozen();
"""
MAKE = """
CREATE FUNCTION proposals_release_numbered_with_table() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  batch bigint := CASE TG_TABLE_NAME
    WHEN 'proposals_ratingrelease' THEN to_jsonb(NEW) ->> 'id'
    ELSE to_jsonb(NEW) ->> 'release_id'
  END;
BEGIN
  IF EXISTS (
    SELECT FROM proposals_ratingrelease AS release
    WHERE release.id = batch AND (release.round IS NOT NULL) <> EXISTS (
      SELECT FROM proposals_releasedcount AS cell WHERE cell.release_id = release.id
    )
  ) THEN
    RAISE EXCEPTION 'release % has a number without a table, or a table without a number', batch
      USING ERRCODE = 'check_violation', CONSTRAINT = 'release_numbered_with_table';
  END IF;
  RETURN NULL;
END $$;

-- At the end of the transaction: the cells come after their batch.
CREATE CONSTRAINT TRIGGER release_numbered_with_table
  AFTER INSERT OR UPDATE ON proposals_ratingrelease
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  EXECUTE FUNCTION proposals_release_numbered_with_table();
CREATE CONSTRAINT TRIGGER release_numbered_with_table
  AFTER INSERT OR UPDATE ON proposals_releasedcount
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  EXECUTE FUNCTION proposals_release_numbered_with_table();
"""
UNMAKE = """
DROP TRIGGER release_numbered_with_table ON proposals_releasedcount;
DROP TRIGGER release_numbered_with_table ON proposals_ratingrelease;
DROP FUNCTION proposals_release_numbered_with_table();
"""


class Migration(migrations.Migration):
    dependencies = [("proposals", "0069_in_the_name_of_each_congress")]
    operations = [migrations.RunSQL(FREEZE, THAW), migrations.RunSQL(MAKE, UNMAKE)]
