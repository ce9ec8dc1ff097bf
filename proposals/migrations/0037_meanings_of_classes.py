"""What a class means is told by its row; signed replies keep it as the class means it now."""

from django.db import migrations, models
from django.db.models import Q

LETTERS = {
    "solved": "A甲一",
    "planned": "B乙二",
    "later": "C丙三",
    "reference": "D丁",
}
WORDS = {
    "reference": ("参考",),
    "solved": ("已解决", "已经解决", "基本解决", "采纳"),
    "planned": ("计划", "正在"),
}
"""What tells a class of no usual letter, in this order."""


def meaning(row):
    """By its letter as the policy has it; else by its words; what nothing tells waits."""
    for found, letters in LETTERS.items():
        if row.code[:1].upper() in letters:
            return found
    for found, words in WORDS.items():
        if any(word in row.name + row.definition for word in words):
            return found
    return "later"


def fill(apps, schema_editor):
    classes = apps.get_model("proposals", "OutcomeClass").objects
    for row in classes.all():
        row.meaning = meaning(row)
        row.save(update_fields=["meaning"])
    replies = apps.get_model("proposals", "Reply").objects.select_related("outcome")
    for reply in replies.prefetch_related("answers__outcome").iterator(chunk_size=500):
        kept = reply.stood
        if "result" not in kept:
            continue
        of = {str(each.ask_id): each.outcome.meaning for each in reply.answers.all()}
        kept["result"] = [*kept["result"][:2], reply.outcome.meaning]
        kept["results"] = {ask: [*one[:2], of[ask]] for ask, one in kept["results"].items()}
        reply.save(update_fields=["stood"])


def forget(apps, schema_editor):
    for reply in apps.get_model("proposals", "Reply").objects.iterator(chunk_size=500):
        kept = reply.stood
        if "result" in kept:
            kept["result"] = kept["result"][:2]
            kept["results"] = {ask: one[:2] for ask, one in kept["results"].items()}
            reply.save(update_fields=["stood"])


class Migration(migrations.Migration):
    dependencies = [("proposals", "0035_meetings_of_one_person")]
    operations = [
        migrations.RenameField("outcomeclass", "meaning", "definition"),
        migrations.AddField(
            model_name="outcomeclass",
            name="meaning",
            field=models.CharField(
                choices=[
                    ("solved", "已经解决或者基本解决"),
                    ("planned", "正在解决或者列入计划"),
                    ("later", "受条件限制以后解决"),
                    ("reference", "留作参考"),
                ],
                default="later",
                max_length=10,
                verbose_name="解决程度",
            ),
            preserve_default=False,
        ),
        migrations.RunPython(fill, forget),
        migrations.AddConstraint(
            model_name="outcomeclass",
            constraint=models.CheckConstraint(
                name="outcome_class_meaning",
                condition=Q(meaning__in=["solved", "planned", "later", "reference"]),
            ),
        ),
    ]
