"""开始制作: that a file was begun is known even when its worker dies."""

import django.db.models.deletion
from django.db import migrations, models

from congress.shared import guards


class Migration(migrations.Migration):

    dependencies = [
        ('scoring', '0011_files_of_one_deputy'),
    ]

    operations = [
        migrations.CreateModel(
            name='SealStart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tries', models.PositiveSmallIntegerField(default=1, verbose_name='开始过几次')),
                ('begun_at', models.DateTimeField(verbose_name='最近一次开始')),
                ('grading', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='start', to='scoring.grading', verbose_name='评定')),
            ],
            options={
                'verbose_name': '开始制作的档案',
                'verbose_name_plural': '开始制作的档案',
                'ordering': ('grading',),
                'constraints': [models.CheckConstraint(condition=models.Q(('tries__gte', 1)), name='seal_start_is_counted_from_one', violation_error_message='开始制作的次数从一算起。')],
            },
        ),
        guards.changes_only("scoring_sealstart", "tries", "begun_at", may_go=True),
    ]
