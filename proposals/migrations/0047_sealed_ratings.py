"""Ratings are sealed: their values leave the clear, and the trail keeps a commitment to each.

On the way back they stand in the clear again, without the marks of the asks. `docs/operations.md`
says how to be rid of the old pages of the table, which PostgreSQL keeps until it is written anew.
"""

from django.db import migrations, models
from django.db.models import F, Window
from django.db.models.functions import RowNumber

from congress.shared.sealing import Sealed
from proposals import ballots
from proposals.rating_states import Satisfaction


def seal(apps, schema_editor):
    rating = apps.get_model("proposals", "Rating")
    numbered = rating.objects.annotate(
        nth=Window(RowNumber(), partition_by=["reply", "deputy"], order_by=F("id").asc())
    )
    for row in numbered.order_by("id").iterator():
        said = ballots.Ballot(Satisfaction(row.process), Satisfaction(row.result), {}, row.words)
        kept = ballots.keep(said, ballots.Place(row.reply_id, row.deputy_id, row.nth))
        rating.objects.filter(pk=row.pk).update(number=row.nth, **kept._asdict())


def unseal(apps, schema_editor):
    rating = apps.get_model("proposals", "Rating")
    for row in rating.objects.order_by("id").iterator():
        place = ballots.Place(row.reply_id, row.deputy_id, row.number)
        said = ballots.read(Sealed(row.key_version, row.sealed), place)
        rating.objects.filter(pk=row.pk).update(
            process=said.process, result=said.result, words=said.words
        )


class Migration(migrations.Migration):
    dependencies = [("proposals", "0046_meetings_taken_back")]
    operations = [
        migrations.AddField(
            "rating", "number", models.PositiveIntegerField("第几次", null=True)
        ),
        migrations.AddField(
            "rating", "key_version", models.PositiveSmallIntegerField("密钥版本", null=True)
        ),
        migrations.AddField("rating", "sealed", models.BinaryField("密封的评价", null=True)),
        migrations.AddField(
            "rating", "commitment", models.CharField("承诺值", max_length=64, null=True)
        ),
        migrations.AddField("rating", "code", models.CharField("回执码", max_length=14, null=True)),
        migrations.AlterField(
            "rating", "process", models.CharField("办理过程", max_length=20, null=True)
        ),
        migrations.AlterField(
            "rating", "result", models.CharField("办理结果", max_length=20, null=True)
        ),
        migrations.AlterField(
            "rating", "words", models.CharField("想说的话", max_length=300, blank=True, null=True)
        ),
        migrations.RunPython(seal, unseal),
        migrations.AlterField("rating", "number", models.PositiveIntegerField("第几次")),
        migrations.AlterField(
            "rating", "key_version", models.PositiveSmallIntegerField("密钥版本")
        ),
        migrations.AlterField("rating", "sealed", models.BinaryField("密封的评价")),
        migrations.AlterField("rating", "commitment", models.CharField("承诺值", max_length=64)),
        migrations.AlterField(
            "rating", "code", models.CharField("回执码", max_length=14, unique=True)
        ),
        migrations.RemoveField("rating", "process"),
        migrations.RemoveField("rating", "result"),
        migrations.RemoveField("rating", "words"),
        migrations.AddConstraint(
            "rating",
            models.UniqueConstraint(fields=("reply", "deputy", "number"), name="rating_number_once"),
        ),
    ]
