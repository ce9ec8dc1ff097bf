"""撤销登记: a meeting that its writer has taken back stays on record and counts no more."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("proposals", "0045_drafts_that_were_raised"),
    ]
    operations = [
        migrations.RemoveConstraint("meeting", "meeting_once_per_stage"),
        migrations.AddField(
            "meeting",
            "taken_back_at",
            models.DateTimeField(null=True, verbose_name="撤销登记时间"),
        ),
        migrations.AddField(
            "meeting",
            "taken_back_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="撤销登记的人",
            ),
        ),
        migrations.AddConstraint(
            "meeting",
            models.UniqueConstraint(
                name="meeting_once_per_stage",
                fields=("assignment", "stage"),
                condition=Q(denied_at=None, taken_back_at=None),
                violation_error_message="这次见面已经记录过。",
            ),
        ),
        migrations.AddConstraint(
            "meeting",
            models.CheckConstraint(
                name="meeting_taken_back_has_who_and_when",
                condition=Q(taken_back_by__isnull=True, taken_back_at__isnull=True)
                | Q(taken_back_by__isnull=False, taken_back_at__isnull=False),
            ),
        ),
        migrations.AddConstraint(
            "meeting",
            models.CheckConstraint(
                name="meeting_answered_or_taken_back",
                condition=Q(taken_back_at__isnull=True)
                | Q(confirmed_at__isnull=True, denied_at__isnull=True),
                violation_error_message="对方已经回答的见面不能撤销登记。",
            ),
        ),
    ]
