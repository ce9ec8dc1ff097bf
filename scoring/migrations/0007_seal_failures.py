"""没有做成的档案: why a file could not be made, until it is."""

import django.db.models.deletion
from django.db import migrations, models

from congress.shared import guards


class Migration(migrations.Migration):

    dependencies = [
        ('scoring', '0006_points_shop'),
    ]

    operations = [
        migrations.CreateModel(
            name='SealFailure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=200, verbose_name='原因')),
                ('tries', models.PositiveSmallIntegerField(default=1, verbose_name='试过几次')),
                ('failed_at', models.DateTimeField(verbose_name='最近一次失败')),
                ('again_at', models.DateTimeField(verbose_name='什么时候再试')),
                ('grading', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='failure', to='scoring.grading', verbose_name='评定')),
            ],
            options={
                'verbose_name': '没有做成的档案',
                'verbose_name_plural': '没有做成的档案',
                'ordering': ('grading',),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), _negated=True), ('tries__gte', 1)), name='seal_failure_has_a_reason', violation_error_message='没有做成的档案必须写明原因。'), models.CheckConstraint(condition=models.Q(('again_at__gte', models.F('failed_at'))), name='seal_failure_is_tried_again_later', violation_error_message='再试的时间不能早于失败的时间。')],
            },
        ),
        guards.changes_only(
            "scoring_sealfailure", "reason", "tries", "failed_at", "again_at", may_go=True
        ),
    ]
