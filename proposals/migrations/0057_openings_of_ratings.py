"""A rating may be opened for a dispute more than once, each time for some days; two may do it."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from congress.shared import guards

TABLE = "proposals_ratingopening"


class Migration(migrations.Migration):
    dependencies = [("proposals", "0056_carried_by_an_operator_too")]
    operations = [
        migrations.AlterField(
            "ratingopening",
            "rating",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="openings",
                to="proposals.rating",
                verbose_name="评价",
            ),
        ),
        migrations.AddField(
            "ratingopening", "open_until", models.DateField("看到哪一天", null=True)
        ),
        migrations.RemoveConstraint("ratingopening", "rating_opening_has_who_and_when"),
        migrations.AddConstraint(
            "ratingopening",
            models.CheckConstraint(
                name="rating_opening_has_who_and_when",
                condition=Q(
                    opened_by__isnull=True, opened_at__isnull=True, open_until__isnull=True
                )
                | Q(opened_by__isnull=False, opened_at__isnull=False, open_until__isnull=False),
            ),
        ),
        migrations.AddConstraint(
            "ratingopening",
            models.UniqueConstraint(
                name="rating_opening_one_waits",
                fields=("rating",),
                condition=Q(opened_by__isnull=True),
            ),
        ),
        guards.changes_only(TABLE, "opened_by_id", "opened_at", "open_until"),
    ]
