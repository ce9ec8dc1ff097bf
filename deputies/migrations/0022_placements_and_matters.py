from datetime import date

from django.db import migrations, models
from django.db.models import F, OuterRef, Subquery
from django.db.models.deletion import PROTECT

BEFORE_ALL = date(1954, 1, 1)
# code, name: of the policy and of the official wording of 2025; both share two
CATEGORIES = [
    ("meetings", "参加会议"),
    ("sittings", "出席会议"),
    ("activities", "参加活动"),
    ("inspections", "调研视察"),
    ("proposals", "提出建议"),
    ("voters", "联系群众"),
    ("constituents", "联系选民"),
    ("self", "自身建设"),
    ("groups", "小组活动"),
    ("bonus", "附加"),
]
OLDER = ["meetings", "activities", "proposals", "voters", "self", "bonus"]


def fill(apps, schema_editor):
    category = apps.get_model("deputies", "DutyCategory")
    placement = apps.get_model("deputies", "Placement")
    category.objects.update(position=F("position") + 100)
    for position, (code, name) in enumerate(CATEGORIES, start=1):
        category.objects.update_or_create(
            code=code, defaults={"position": position}, create_defaults={"name": name, "position": position}
        )
    placement.objects.bulk_create(
        placement(item=item, category_id=item.category_id, from_on=BEFORE_ALL)
        for item in apps.get_model("deputies", "DutyItem").objects.all()
    )


def empty(apps, schema_editor):
    category = apps.get_model("deputies", "DutyCategory")
    placement = apps.get_model("deputies", "Placement")
    first = placement.objects.filter(item=OuterRef("pk")).order_by("from_on")
    items = apps.get_model("deputies", "DutyItem").objects
    items.update(category=Subquery(first.values("category")[:1]))
    placement.objects.all().delete()
    category.objects.exclude(code__in=OLDER).filter(code__in=[code for code, _ in CATEGORIES]).delete()
    category.objects.update(position=F("position") + 100)
    for position, code in enumerate(OLDER, start=1):
        category.objects.filter(code=code).update(position=position)


class Migration(migrations.Migration):
    dependencies = [("deputies", "0021_codes_and_pledges_stay")]

    operations = [
        migrations.CreateModel(
            name="Placement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_on", models.DateField(verbose_name="起用日期")),
                ("category", models.ForeignKey(on_delete=PROTECT, to="deputies.dutycategory", verbose_name="类别")),
                ("item", models.ForeignKey(on_delete=PROTECT, related_name="placements", to="deputies.dutyitem", verbose_name="条目")),
            ],
            options={
                "verbose_name": "条目归类",
                "verbose_name_plural": "条目归类",
                "ordering": ("from_on", "item__position"),
            },
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=models.UniqueConstraint(
                fields=("item", "from_on"),
                name="placement_once_per_item_and_day",
                violation_error_message="这个条目这一天已经归了类。",
            ),
        ),
        migrations.AlterField(
            model_name="dutyitem",
            name="category",
            field=models.ForeignKey(null=True, on_delete=PROTECT, to="deputies.dutycategory", verbose_name="类别"),
        ),
        migrations.RunPython(fill, empty),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL IMMEDIATE"),
        migrations.RemoveField(model_name="dutyitem", name="category"),
        migrations.AddField(
            model_name="dutyrecord",
            name="matter",
            field=models.CharField(blank=True, max_length=60, verbose_name="奖项或事由"),
        ),
    ]
