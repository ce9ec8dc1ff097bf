"""A hearing follows an invitation, and there may be several; opinions are kept from the auditor."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from congress.shared import guards


class Migration(migrations.Migration):

    dependencies = [
        ('scoring', '0012_begun_files'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='advicehearing',
            options={'ordering': ('id',), 'verbose_name': '听取意见记录', 'verbose_name_plural': '听取意见记录'},
        ),
        migrations.AlterField(
            model_name='advicehearing',
            name='advice',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hearings', to='scoring.resignationadvice', verbose_name='劝辞程序'),
        ),
        migrations.CreateModel(
            name='AdviceInvitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('meets_at', models.DateTimeField(verbose_name='约定时间')),
                ('place', models.CharField(max_length=60, verbose_name='约定地点')),
                ('invited_at', models.DateTimeField(verbose_name='通知时间')),
                ('advice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='scoring.resignationadvice', verbose_name='劝辞程序')),
                ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='约定人')),
            ],
            options={
                'verbose_name': '听取意见的约定',
                'verbose_name_plural': '听取意见的约定',
                'ordering': ('id',),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('place', ''), _negated=True), ('meets_at__gt', models.F('invited_at'))), name='advice_invitation_says_where_and_is_told_before', violation_error_message='听取意见要事先约定，写明地点。')],
            },
        ),
        guards.append_only("scoring_adviceinvitation"),
        guards.kept_from_reader("scoring_adviceinvitation"),
        guards.kept_from_reader("scoring_appraisal"),
        guards.kept_from_reader("scoring_onbehalf"),
    ]
