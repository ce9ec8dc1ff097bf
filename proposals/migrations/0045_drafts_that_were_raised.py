"""Of each proposal from which draft it was raised, for whoever comes back to the draft."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("proposals", "0044_rules_in_force")]
    operations = [
        migrations.AddField(
            "proposal",
            "raised_from",
            models.PositiveBigIntegerField(
                editable=False, null=True, unique=True, verbose_name="由哪份草稿提出"
            ),
        ),
    ]
