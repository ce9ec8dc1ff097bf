"""A rating that can never be opened again may be made void by two people."""

import congress.shared.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from congress.shared import guards


class Migration(migrations.Migration):

    dependencies = [
        ('proposals', '0071_sources'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RatingVoiding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=200, verbose_name='作废的理由')),
                ('asked_at', models.DateTimeField(default=congress.shared.clock.now, verbose_name='提出时间')),
                ('voided_at', models.DateTimeField(null=True, verbose_name='作废时间')),
                ('refused_at', models.DateTimeField(null=True, verbose_name='不同意的时间')),
                ('refusal', models.CharField(blank=True, max_length=200, verbose_name='不同意的理由')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='提出人')),
                ('rating', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='voidings', to='proposals.rating', verbose_name='评价')),
                ('refused_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='不同意的人')),
                ('voided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='同意人')),
            ],
            options={
                'verbose_name': '评价作废',
                'verbose_name_plural': '评价作废',
                'ordering': ('id',),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('voided_by__isnull', True), models.Q(('voided_by', models.F('asked_by')), _negated=True), _connector='OR'), models.Q(('refused_by__isnull', True), models.Q(('refused_by', models.F('asked_by')), _negated=True), _connector='OR')), name='rating_voiding_takes_two', violation_error_message='作废评价单要两个人。'), models.CheckConstraint(condition=models.Q(models.Q(('voided_at__isnull', True), ('voided_by__isnull', True)), models.Q(('voided_at__isnull', False), ('voided_by__isnull', False)), _connector='OR'), name='rating_voiding_has_who_and_when'), models.CheckConstraint(condition=models.Q(models.Q(('refusal', ''), ('refused_at__isnull', True), ('refused_by__isnull', True)), models.Q(('refused_at__isnull', False), ('refused_by__isnull', False), ('voided_by__isnull', True), models.Q(('refusal', ''), _negated=True)), _connector='OR'), name='rating_voiding_refused_by_whom_when_and_why'), models.UniqueConstraint(condition=models.Q(('refused_by__isnull', True)), fields=('rating',), name='rating_voiding_one_stands'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='rating_voiding_says_why')],
            },
        ),
        guards.changes_only(
            "proposals_ratingvoiding",
            *("voided_by_id", "voided_at", "refused_by_id", "refused_at", "refusal"),
        ),
    ]
