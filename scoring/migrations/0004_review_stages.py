"""The review's stages have days, opinions are closed before the committee decides, 公示 before 通报.

A cycle from before has the days it had: an opinion could be given until the decision, the ledger
was read to the year's end, and what was decided was final.
"""

import congress.shared.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from congress.shared import guards

FILL = """
UPDATE scoring_reviewcycle SET cut_off_on = make_date(year, 12, 31);
UPDATE scoring_reviewcycle SET gathered_at = decided_at, final_at = decided_at,
  final_by_id = decided_by_id, state = CASE state WHEN 'decided' THEN 'final' ELSE state END
  WHERE state <> 'open';
INSERT INTO scoring_reviewstage (cycle_id, step, opens_on, closes_on)
SELECT known.id, stage.step,
  CASE WHEN stage.number < 4 OR known.over THEN known.opened
       ELSE known.last + 7 * (stage.number - 4) + 1 END,
  CASE WHEN stage.number < 4 OR known.over THEN known.last
       ELSE known.last + 7 * (stage.number - 3) END
FROM (
  SELECT id, decided_at IS NOT NULL AS over,
    (opened_at AT TIME ZONE 'Asia/Shanghai')::date AS opened,
    greatest(
      (opened_at AT TIME ZONE 'Asia/Shanghai')::date,
      coalesce((decided_at AT TIME ZONE 'Asia/Shanghai')::date, make_date(year, 12, 16))
    ) AS last
  FROM scoring_reviewcycle
) AS known, (
  VALUES (1, 'self'), (2, 'group'), (3, 'township'), (4, 'committee'), (5, 'publicity')
) AS stage (number, step)
ORDER BY known.id, stage.number;
SET CONSTRAINTS ALL IMMEDIATE;
"""
EMPTY = """
DELETE FROM scoring_reviewstage;
UPDATE scoring_reviewcycle SET final_by_id = NULL,
  state = CASE state WHEN 'gathered' THEN 'open' WHEN 'final' THEN 'decided' ELSE state END;
SET CONSTRAINTS ALL IMMEDIATE;
"""
MOVED = ("state", "gathered_at", "minute", "decided_by_id", "decided_at", "final_by_id", "final_at")


class Migration(migrations.Migration):

    dependencies = [
        ('deputies', '0003_one_group_and_frozen_facts'),
        ('scoring', '0003_frozen_books_and_appeals'),
        ('shared', '0006_organisations_by_who_reads_ratings'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='OnBehalf',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(blank=True, max_length=120, verbose_name='代录原因')),
                ('file', models.FileField(blank=True, max_length=120, upload_to='self-reviews/%Y', verbose_name='纸质自评照片')),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='照片摘要')),
            ],
            options={
                'verbose_name': '代录的自评',
                'verbose_name_plural': '代录的自评',
            },
        ),
        migrations.CreateModel(
            name='ReviewStage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(choices=[('self', '本人自评'), ('group', '小组核校'), ('township', '乡镇参评'), ('committee', '常委会评定'), ('publicity', '公示')], max_length=10, verbose_name='阶段')),
                ('opens_on', models.DateField(verbose_name='开始日期')),
                ('closes_on', models.DateField(help_text='当天仍可提交', verbose_name='截止日期')),
            ],
            options={
                'verbose_name': '评价阶段',
                'verbose_name_plural': '评价阶段',
                'ordering': ('cycle', 'opens_on', 'id'),
            },
        ),
        migrations.CreateModel(
            name='StandIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(choices=[('self', '本人自评'), ('group', '小组核校'), ('township', '乡镇参评'), ('committee', '常委会评定')], max_length=10, verbose_name='哪一方')),
                ('reason', models.CharField(max_length=120, verbose_name='原因')),
                ('from_on', models.DateField(verbose_name='从哪天起')),
                ('to_on', models.DateField(help_text='当天仍可代为提交', verbose_name='到哪天止')),
                ('appointed_at', models.DateTimeField(default=congress.shared.clock.now, verbose_name='指定时间')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='收回时间')),
            ],
            options={
                'verbose_name': '代为评价',
                'verbose_name_plural': '代为评价',
                'ordering': ('cycle', 'step', 'from_on', 'id'),
            },
        ),
        migrations.RemoveConstraint(
            model_name='reviewcycle',
            name='review_decided_has_minute_and_who_and_when',
        ),
        migrations.AddField(
            model_name='reviewcycle',
            name='cut_off_on',
            field=models.DateField(null=True, verbose_name='履职截止日'),
        ),
        migrations.AddField(
            model_name='reviewcycle',
            name='final_at',
            field=models.DateTimeField(null=True, verbose_name='通报时间'),
        ),
        migrations.AddField(
            model_name='reviewcycle',
            name='final_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='通报人'),
        ),
        migrations.AddField(
            model_name='reviewcycle',
            name='gathered_at',
            field=models.DateTimeField(null=True, verbose_name='截止征集时间'),
        ),
        migrations.AlterField(
            model_name='reviewcycle',
            name='state',
            field=models.CharField(choices=[('open', '征集意见'), ('gathered', '待评定'), ('decided', '公示中'), ('final', '正在归档'), ('sealed', '已归档')], default='open', max_length=20, verbose_name='阶段'),
        ),
        migrations.AddField(
            model_name='onbehalf',
            name='appraisal',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='on_behalf', to='scoring.appraisal', verbose_name='自评'),
        ),
        migrations.AddField(
            model_name='reviewstage',
            name='cycle',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stages', to='scoring.reviewcycle', verbose_name='年度评价'),
        ),
        migrations.AddField(
            model_name='standin',
            name='appointed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='指定的人'),
        ),
        migrations.AddField(
            model_name='standin',
            name='area',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='shared.area', verbose_name='乡镇'),
        ),
        migrations.AddField(
            model_name='standin',
            name='cycle',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stand_ins', to='scoring.reviewcycle', verbose_name='年度评价'),
        ),
        migrations.AddField(
            model_name='standin',
            name='group',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='deputies.deputygroup', verbose_name='代表小组'),
        ),
        migrations.AddField(
            model_name='standin',
            name='unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='shared.organisation', verbose_name='选举单位'),
        ),
        migrations.AddField(
            model_name='standin',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='代为评价的人'),
        ),
        migrations.AddField(
            model_name='appraisal',
            name='stand_in',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='scoring.standin', verbose_name='代为评价'),
        ),
        migrations.AddConstraint(
            model_name='onbehalf',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), _negated=True), models.Q(('file', ''), _negated=True), _connector='OR'), name='on_behalf_has_a_reason_or_a_photo', violation_error_message='代录要附纸质自评的照片，或者写明原因。'),
        ),
        migrations.AddConstraint(
            model_name='onbehalf',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('file', ''), ('sha256', '')), models.Q(models.Q(('file', ''), _negated=True), models.Q(('sha256', ''), _negated=True)), _connector='OR'), name='on_behalf_photo_has_its_digest', violation_error_message='照片和它的摘要必须同时保存。'),
        ),
        migrations.AddConstraint(
            model_name='reviewstage',
            constraint=models.UniqueConstraint(fields=('cycle', 'step'), name='review_stage_once_per_cycle', violation_error_message='这一年的这个阶段已经有起止日期。'),
        ),
        migrations.AddConstraint(
            model_name='reviewstage',
            constraint=models.CheckConstraint(condition=models.Q(('closes_on__gte', models.F('opens_on'))), name='review_stage_closes_after_it_opens', violation_error_message='截止日期不能早于开始日期。'),
        ),
        migrations.AddConstraint(
            model_name='standin',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('area__isnull', True), ('group__isnull', False), ('step', 'group'), ('unit__isnull', True)), models.Q(('area__isnull', False), ('group__isnull', True), ('step', 'township'), ('unit__isnull', True)), models.Q(('area__isnull', True), ('group__isnull', True), ('step', 'township'), ('unit__isnull', False)), _connector='OR'), name='stand_in_is_for_one_party', violation_error_message='代为评价只能指定一个小组、一个乡镇或者一个选举单位。'),
        ),
        migrations.AddConstraint(
            model_name='standin',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='stand_in_has_a_reason', violation_error_message='请写明为什么要由别人代为评价。'),
        ),
        migrations.AddConstraint(
            model_name='standin',
            constraint=models.CheckConstraint(condition=models.Q(('to_on__gte', models.F('from_on'))), name='stand_in_ends_after_it_begins', violation_error_message='结束的日子不能早于开始的日子。'),
        ),
        migrations.AddConstraint(
            model_name='standin',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True), ('group__isnull', False)), fields=('cycle', 'step', 'group'), name='stand_in_once_per_group_while_open', violation_error_message='已经指定了代为评价的人，请先收回再另外指定。'),
        ),
        migrations.AddConstraint(
            model_name='standin',
            constraint=models.UniqueConstraint(condition=models.Q(('area__isnull', False), ('ended_at__isnull', True)), fields=('cycle', 'step', 'area'), name='stand_in_once_per_area_while_open', violation_error_message='已经指定了代为评价的人，请先收回再另外指定。'),
        ),
        migrations.AddConstraint(
            model_name='standin',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True), ('unit__isnull', False)), fields=('cycle', 'step', 'unit'), name='stand_in_once_per_unit_while_open', violation_error_message='已经指定了代为评价的人，请先收回再另外指定。'),
        ),
        migrations.RunSQL(FILL, EMPTY),
        migrations.AlterField(
            model_name='reviewcycle',
            name='cut_off_on',
            field=models.DateField(verbose_name='履职截止日'),
        ),
        migrations.AddConstraint(
            model_name='reviewcycle',
            constraint=models.CheckConstraint(condition=models.Q(('cut_off_on__year', models.F('year'))), name='review_cut_off_is_in_its_year', violation_error_message='履职截止日必须在评价的那一年里。'),
        ),
        migrations.AddConstraint(
            model_name='reviewcycle',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('gathered_at__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('gathered_at__isnull', False)), _connector='OR'), name='review_gathered_has_when', violation_error_message='截止征集必须有时间。'),
        ),
        migrations.AddConstraint(
            model_name='reviewcycle',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('minute', ''), ('state__in', ('open', 'gathered'))), models.Q(models.Q(('state__in', ('open', 'gathered')), _negated=True), models.Q(('minute', ''), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='review_decided_has_minute_and_who_and_when', violation_error_message='评定必须有会议纪要号、评定人和时间。'),
        ),
        migrations.AddConstraint(
            model_name='reviewcycle',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('state__in', ('final', 'sealed')), _negated=True), ('final_at__isnull', True), ('final_by__isnull', True)), models.Q(('final_at__isnull', False), ('final_by__isnull', False), ('state__in', ('final', 'sealed'))), _connector='OR'), name='review_final_has_who_and_when', violation_error_message='通报必须有通报人和时间。'),
        ),
        guards.changes_only("scoring_reviewcycle", *MOVED),
        guards.changes_only("scoring_reviewstage", "opens_on", "closes_on"),
        guards.changes_only("scoring_standin", "ended_at"),
        guards.append_only("scoring_onbehalf"),
    ]
