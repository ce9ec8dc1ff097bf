from django.db import migrations

FREEZE = """
CREATE FUNCTION scoring_appeal_frozen() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    RAISE EXCEPTION 'appeal % does not begin open', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'appeal_begins_open';
  END IF;
  RAISE EXCEPTION 'appeal % is kept as it was made and answered', OLD.id
    USING ERRCODE = 'check_violation', CONSTRAINT = 'appeal_is_frozen';
END $$;

-- After, so that the table's own constraints speak first.
CREATE TRIGGER appeal_begins_open AFTER INSERT ON scoring_appeal
  FOR EACH ROW WHEN (NEW.state <> 'open') EXECUTE FUNCTION scoring_appeal_frozen();
CREATE TRIGGER appeal_is_frozen BEFORE UPDATE ON scoring_appeal
  FOR EACH ROW WHEN (
    (OLD.state <> 'open' AND OLD IS DISTINCT FROM NEW)
    OR (OLD.id, OLD.entry_id, OLD.words, OLD.opened_at, OLD.due_on, OLD.opened_by_id,
        OLD.checked_by_id, OLD.verified_by_id)
      IS DISTINCT FROM
       (NEW.id, NEW.entry_id, NEW.words, NEW.opened_at, NEW.due_on, NEW.opened_by_id,
        NEW.checked_by_id, NEW.verified_by_id)
  ) EXECUTE FUNCTION scoring_appeal_frozen();
CREATE TRIGGER appeal_is_kept BEFORE DELETE ON scoring_appeal
  FOR EACH ROW EXECUTE FUNCTION scoring_appeal_frozen();
REVOKE UPDATE, DELETE, TRUNCATE ON scoring_appeal FROM congress_app;
GRANT UPDATE (state, answered_by_id, answered_at, answer) ON scoring_appeal TO congress_app;
"""
THAW = """
REVOKE UPDATE (state, answered_by_id, answered_at, answer) ON scoring_appeal FROM congress_app;
GRANT UPDATE, DELETE ON scoring_appeal TO congress_app;
DROP TRIGGER appeal_is_kept ON scoring_appeal;
DROP TRIGGER appeal_is_frozen ON scoring_appeal;
DROP TRIGGER appeal_begins_open ON scoring_appeal;
DROP FUNCTION scoring_appeal_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("scoring", "0006_ledger_audits_and_anchors"),
    ]

    operations = [
        migrations.RunSQL(FREEZE, THAW),
    ]
