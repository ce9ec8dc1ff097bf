from django.db import migrations

from congress.shared import guards

CLASSES = [
    ("A", "已解决", "所提问题已经解决或者基本解决"),
    ("B", "已列计划", "正在解决或者列入计划逐步解决"),
    ("C", "条件所限", "受条件限制或其他原因需以后解决"),
]


def fill(apps, schema_editor):
    outcome = apps.get_model("proposals", "OutcomeClass")
    outcome.objects.bulk_create(
        outcome(code=code, name=name, meaning=meaning, position=position)
        for position, (code, name, meaning) in enumerate(CLASSES, start=1)
    )


def empty(apps, schema_editor):
    apps.get_model("proposals", "OutcomeClass").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("proposals", "0001_proposals_and_replies"),
        ("shared", "0002_roles_and_append_only_trail"),
    ]

    operations = [
        migrations.RunPython(fill, empty),
        guards.append_only("proposals_rating"),
        guards.kept_from_reader("proposals_rating"),
    ]
