"""Of each waiver which office gave it, where it was not the deputy."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("proposals", "0041_recurring_matters"),
        ("proposals", "0042_release_and_rehandling"),
    ]
    operations = [
        migrations.AddField(
            model_name="waiver",
            name="office",
            field=models.CharField(blank=True, max_length=60, verbose_name="免去的机关"),
        ),
    ]
