"""A rule book in force stays as it was adopted, an appeal as it was made and answered."""

from django.db import migrations

FREEZE_BOOKS = """
CREATE FUNCTION scoring_rulebook_frozen() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.state <> 'draft' THEN
    RAISE EXCEPTION 'rule book % is no draft', OLD.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'rule_book_frozen';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;

-- The book is locked first, so that nothing slips into one that is just being adopted.
CREATE FUNCTION scoring_rulebook_row_frozen() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  book record;
BEGIN
  FOR book IN SELECT id, state FROM scoring_rulebook
    WHERE id IN (OLD.book_id, NEW.book_id) ORDER BY id FOR SHARE
  LOOP
    IF book.state <> 'draft' THEN
      RAISE EXCEPTION 'rule book % is no draft', book.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'rule_book_frozen';
    END IF;
  END LOOP;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION scoring_rulebook_adopted() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (SELECT coalesce(sum(points), 0) FROM scoring_ceiling WHERE book_id = NEW.id) <> 100 THEN
    RAISE EXCEPTION 'the ceilings of rule book % do not add up to 100', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'rule_book_ceilings_make_100';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON scoring_rulebook
  FOR EACH ROW EXECUTE FUNCTION scoring_rulebook_frozen();
CREATE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON scoring_rule
  FOR EACH ROW EXECUTE FUNCTION scoring_rulebook_row_frozen();
CREATE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON scoring_ceiling
  FOR EACH ROW EXECUTE FUNCTION scoring_rulebook_row_frozen();
CREATE TRIGGER adopted AFTER INSERT OR UPDATE ON scoring_rulebook
  FOR EACH ROW WHEN (NEW.state = 'adopted') EXECUTE FUNCTION scoring_rulebook_adopted();
REVOKE TRUNCATE ON scoring_rulebook, scoring_rule, scoring_ceiling FROM congress_app;
"""
THAW_BOOKS = """
DROP TRIGGER adopted ON scoring_rulebook;
DROP TRIGGER frozen ON scoring_ceiling;
DROP TRIGGER frozen ON scoring_rule;
DROP TRIGGER frozen ON scoring_rulebook;
DROP FUNCTION scoring_rulebook_adopted(), scoring_rulebook_row_frozen(), scoring_rulebook_frozen();
"""
FREEZE_APPEALS = """
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
THAW_APPEALS = """
REVOKE UPDATE (state, answered_by_id, answered_at, answer) ON scoring_appeal FROM congress_app;
GRANT UPDATE, DELETE ON scoring_appeal TO congress_app;
DROP TRIGGER appeal_is_kept ON scoring_appeal;
DROP TRIGGER appeal_is_frozen ON scoring_appeal;
DROP TRIGGER appeal_begins_open ON scoring_appeal;
DROP FUNCTION scoring_appeal_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("scoring", "0002_stars_grades_and_append_only_ledger")]
    replaces = [  # a county that was made before the first release goes on
        ("scoring", "0004_drafts_and_frozen_books"),
        ("scoring", "0007_appeals_are_frozen"),
    ]

    operations = [
        migrations.RunSQL(FREEZE_BOOKS, THAW_BOOKS),
        migrations.RunSQL(FREEZE_APPEALS, THAW_APPEALS),
    ]
