"""兑现评价 has a receipt too: twelve digits of its commitment, as 评价 has."""

from django.db import migrations, models

from congress.shared.sealing import code_of


def give_codes(apps, schema_editor):
    rating = apps.get_model("proposals", "FulfilmentRating")
    for pk, commitment in list(rating.objects.values_list("pk", "commitment")):
        rating.objects.filter(pk=pk).update(code=code_of(commitment))


def code(**more):
    return models.CharField("回执码", max_length=14, **more)


class Migration(migrations.Migration):
    dependencies = [("proposals", "0065_origins_under_each_key")]
    operations = [
        migrations.AddField("fulfilmentrating", "code", code(null=True)),
        migrations.RunPython(give_codes, migrations.RunPython.noop),
        migrations.AlterField("fulfilmentrating", "code", code(unique=True)),
    ]
