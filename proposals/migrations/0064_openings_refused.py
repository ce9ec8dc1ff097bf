"""Whoever is to agree to an opening may refuse it, with why."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from congress.shared import guards


class Migration(migrations.Migration):

    dependencies = [
        ('proposals', '0063_orders_prolonged_and_taken_back'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='ratingopening',
            name='rating_opening_takes_two',
        ),
        migrations.RemoveConstraint(
            model_name='ratingopening',
            name='rating_opening_one_waits',
        ),
        migrations.AddField(
            model_name='ratingopening',
            name='refusal',
            field=models.CharField(blank=True, max_length=200, verbose_name='不同意的理由'),
        ),
        migrations.AddField(
            model_name='ratingopening',
            name='refused_at',
            field=models.DateTimeField(null=True, verbose_name='不同意的时间'),
        ),
        migrations.AddField(
            model_name='ratingopening',
            name='refused_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='不同意的人'),
        ),
        migrations.AddConstraint(
            model_name='ratingopening',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('opened_by__isnull', True), models.Q(('opened_by', models.F('asked_by')), _negated=True), _connector='OR'), models.Q(('refused_by__isnull', True), models.Q(('refused_by', models.F('asked_by')), _negated=True), _connector='OR')), name='rating_opening_takes_two', violation_error_message='拆看评价要两个人。'),
        ),
        migrations.AddConstraint(
            model_name='ratingopening',
            constraint=models.UniqueConstraint(condition=models.Q(('opened_by__isnull', True), ('refused_by__isnull', True)), fields=('rating',), name='rating_opening_one_waits'),
        ),
        migrations.AddConstraint(
            model_name='ratingopening',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('refusal', ''), ('refused_at__isnull', True), ('refused_by__isnull', True)), models.Q(('opened_by__isnull', True), ('refused_at__isnull', False), ('refused_by__isnull', False), models.Q(('refusal', ''), _negated=True)), _connector='OR'), name='rating_opening_refused_by_whom_when_and_why'),
        ),
        guards.opened("proposals_ratingopening", "refused_by_id", "refused_at", "refusal"),
    ]
