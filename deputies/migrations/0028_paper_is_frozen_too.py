from django.db import migrations

COLUMNS = (
    "id, state, deputy_id, item_id, done_on, quantity, matter, source, reported_by_id,"
    " checked_by_id, verified_by_id"
)
PAPER = f"{COLUMNS}, verified_at, confirmed_at, paper_by_id, paper_on, paper_note"


def frozen(columns: str) -> str:
    """The trigger anew: a verified record keeps these columns."""
    names = [name.strip() for name in columns.split(",")]
    old, new = (", ".join(f"{row}.{name}" for name in names) for row in ("OLD", "NEW"))
    return f"""
DROP TRIGGER verified_duty_is_frozen ON deputies_dutyrecord;
CREATE TRIGGER verified_duty_is_frozen BEFORE UPDATE ON deputies_dutyrecord
  FOR EACH ROW WHEN (OLD.state = 'verified' AND ({old}) IS DISTINCT FROM ({new}))
  EXECUTE FUNCTION deputies_verified_duty_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("deputies", "0027_confirmed_on_paper_rules"),
    ]

    operations = [
        migrations.RunSQL(frozen(PAPER), frozen(COLUMNS)),
    ]
