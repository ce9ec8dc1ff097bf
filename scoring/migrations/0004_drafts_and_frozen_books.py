from datetime import datetime, time

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q
from django.utils import timezone

from congress.shared import clock

FREEZE = """
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
THAW = """
DROP TRIGGER adopted ON scoring_rulebook;
DROP TRIGGER frozen ON scoring_ceiling;
DROP TRIGGER frozen ON scoring_rule;
DROP TRIGGER frozen ON scoring_rulebook;
DROP FUNCTION scoring_rulebook_adopted(), scoring_rulebook_row_frozen(), scoring_rulebook_frozen();
"""


def fill(apps, schema_editor):
    """Every book until now was adopted by the director, and the trail says who and when."""
    trail = apps.get_model("shared", "AuditEvent").objects.filter(
        subject="scoring.RuleBook", now="adopted"
    )
    for book in apps.get_model("scoring", "RuleBook").objects.all():
        begun = timezone.make_aware(datetime.combine(book.from_on, time()))
        deed = trail.filter(subject_id=book.pk).first()
        book.state, book.minute = "adopted", book.basis
        book.drafted_at = book.adopted_at = deed.at if deed else begun
        book.adopted_by_id = deed.by_id if deed else None
        book.save()


def empty(apps, schema_editor):
    """Drafts have no place in a table where every book is in force from a day."""
    drafts = apps.get_model("scoring", "RuleBook").objects.exclude(state="adopted")
    for part in ("Rule", "Ceiling"):
        apps.get_model("scoring", part).objects.filter(book__in=drafts).delete()
    drafts.delete()


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("scoring", "0003_rules_say_their_category"),
        ("shared", "0006_special_committees"),
    ]

    operations = [
        migrations.AddField(
            model_name="rulebook",
            name="state",
            field=models.CharField(
                choices=[("draft", "草案"), ("adopted", "已启用"), ("dropped", "已放弃")],
                default="draft",
                max_length=20,
                verbose_name="状态",
            ),
        ),
        migrations.AddField(
            model_name="rulebook",
            name="drafted_at",
            field=models.DateTimeField(default=clock.now, verbose_name="起草时间"),
        ),
        migrations.AddField(
            model_name="rulebook",
            name="minute",
            field=models.CharField(blank=True, default="", max_length=120, verbose_name="决定文号"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="rulebook",
            name="adopted_at",
            field=models.DateTimeField(null=True, verbose_name="启用时间"),
        ),
        migrations.AddField(
            model_name="rulebook",
            name="adopted_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="启用人",
            ),
        ),
        migrations.AlterField(
            model_name="rulebook",
            name="version",
            field=models.PositiveSmallIntegerField(null=True, verbose_name="版本"),
        ),
        migrations.AlterField(
            model_name="rulebook",
            name="from_on",
            field=models.DateField(null=True, verbose_name="起用日期"),
        ),
        migrations.RunPython(fill, empty),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL IMMEDIATE"),
        migrations.AddConstraint(
            model_name="rulebook",
            constraint=models.CheckConstraint(
                name="rule_book_adopted_has_version_day_decision_who_and_when",
                condition=(
                    Q(state="adopted")
                    & Q(version__isnull=False, from_on__isnull=False)
                    & Q(adopted_at__isnull=False, adopted_by__isnull=False)
                    & ~Q(minute="")
                )
                | (
                    ~Q(state="adopted")
                    & Q(version__isnull=True, from_on__isnull=True)
                    & Q(adopted_at__isnull=True, adopted_by__isnull=True)
                    & Q(minute="")
                ),
                violation_error_message="启用的规则书必须有版本、起用日期、决定文号、启用人和时间。",
            ),
        ),
        migrations.RunSQL(FREEZE, THAW),
    ]
