from django.db import migrations

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
    AND (OLD.id, OLD.state, OLD.deputy_id, OLD.item_id, OLD.done_on, OLD.quantity, OLD.matter,
         OLD.source, OLD.reported_by_id, OLD.checked_by_id, OLD.verified_by_id)
      IS DISTINCT FROM
        (NEW.id, NEW.state, NEW.deputy_id, NEW.item_id, NEW.done_on, NEW.quantity, NEW.matter,
         NEW.source, NEW.reported_by_id, NEW.checked_by_id, NEW.verified_by_id)
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
    dependencies = [
        ("deputies", "0024_told_for_others_rules"),
    ]

    operations = [
        migrations.RunSQL(FREEZE, THAW),
    ]
