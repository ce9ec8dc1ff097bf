"""How fulfilment is rated leaves the clear, as 评价 did in 0047; the way back puts it there again.

Lines of the trail from before hold no commitment: they are not written anew.
"""

from django.db import migrations, models
from django.db.models import F, Window
from django.db.models.functions import RowNumber

from congress.shared.sealing import Sealed
from proposals import ballots
from proposals.rating_states import Satisfaction


def seal(apps, schema_editor):
    rating = apps.get_model("proposals", "FulfilmentRating")
    numbered = rating.objects.annotate(
        nth=Window(RowNumber(), partition_by=["reply", "deputy"], order_by=F("id").asc())
    )
    for row in list(numbered.order_by("id")):
        said = ballots.FulfilmentBallot(Satisfaction(row.grade), row.words)
        place = ballots.FulfilmentPlace(row.reply_id, row.deputy_id, row.nth)
        kept = ballots.keep_fulfilment(said, place)
        rating.objects.filter(pk=row.pk).update(number=row.nth, **kept._asdict())


def unseal(apps, schema_editor):
    rating = apps.get_model("proposals", "FulfilmentRating")
    for row in rating.objects.order_by("id").iterator():
        place = ballots.FulfilmentPlace(row.reply_id, row.deputy_id, row.number)
        said = ballots.read_fulfilment(Sealed(row.key_version, row.sealed), place)
        rating.objects.filter(pk=row.pk).update(grade=said.grade, words=said.words)


NEW = {
    "number": (models.PositiveIntegerField, ("第几次",), {}),
    "key_version": (models.PositiveSmallIntegerField, ("密钥版本",), {}),
    "sealed": (models.BinaryField, ("密封的评价",), {}),
    "commitment": (models.CharField, ("承诺值",), {"max_length": 64}),
}


class Migration(migrations.Migration):
    dependencies = [("proposals", "0057_openings_of_ratings")]
    operations = [
        *(
            migrations.AddField("fulfilmentrating", name, kind(*words, null=True, **more))
            for name, (kind, words, more) in NEW.items()
        ),
        migrations.AlterField(
            "fulfilmentrating", "grade", models.CharField("兑现情况", max_length=20, null=True)
        ),
        migrations.AlterField(
            "fulfilmentrating",
            "words",
            models.CharField("想说的话", max_length=300, blank=True, null=True),
        ),
        migrations.RunPython(seal, unseal),
        *(
            migrations.AlterField("fulfilmentrating", name, kind(*words, **more))
            for name, (kind, words, more) in NEW.items()
        ),
        migrations.RemoveField("fulfilmentrating", "grade"),
        migrations.RemoveField("fulfilmentrating", "words"),
        migrations.AddConstraint(
            "fulfilmentrating",
            models.UniqueConstraint(
                name="fulfilment_rating_number_once", fields=("reply", "deputy", "number")
            ),
        ),
    ]
