from django.db import migrations, models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.deletion import PROTECT

AWARDS_BY_LEVEL = ("B4", "B5", "B6", "B7")


def fill(apps, schema_editor):
    """Until now a rule counted under its item's category, which is the item's first placement."""
    rule = apps.get_model("scoring", "Rule")
    category = apps.get_model("deputies", "DutyCategory")
    placement = apps.get_model("deputies", "Placement")
    first = placement.objects.filter(item=OuterRef("item")).order_by("from_on")
    rule.objects.update(category=Subquery(first.values("category")[:1]))
    bonus = rule.objects.filter(bonus=True)
    bonus.update(category=category.objects.get(code="bonus").pk)
    bonus.filter(item__code__in=AWARDS_BY_LEVEL).update(highest_only=True)


class Migration(migrations.Migration):
    dependencies = [
        ("deputies", "0022_placements_and_matters"),
        ("scoring", "0002_stars_grades_and_append_only_ledger"),
    ]

    operations = [
        migrations.AddField(
            model_name="rule",
            name="highest_only",
            field=models.BooleanField(default=False, verbose_name="同一事项取最高级"),
        ),
        migrations.AddConstraint(
            model_name="rule",
            constraint=models.CheckConstraint(
                condition=Q(highest_only=False) | Q(bonus=True), name="rule_highest_only_is_a_bonus"
            ),
        ),
        migrations.AddField(
            model_name="rule",
            name="category",
            field=models.ForeignKey(null=True, on_delete=PROTECT, to="deputies.dutycategory", verbose_name="类别"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="rule",
            name="category",
            field=models.ForeignKey(on_delete=PROTECT, to="deputies.dutycategory", verbose_name="类别"),
        ),
    ]
