"""Frozen counts of ratings, orders to handle anew, and where ratings came from."""

import congress.shared.clock
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

from congress.shared import guards


class Migration(migrations.Migration):

    dependencies = [
        ('proposals', '0041_recurring_matters'),
        ('shared', '0004_numbered_workdays'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RatingRelease',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('round', models.PositiveSmallIntegerField(verbose_name='批次')),
                ('least_replies', models.PositiveSmallIntegerField(verbose_name='至少几份答复')),
                ('least_raters', models.PositiveSmallIntegerField(verbose_name='至少几位代表')),
                ('alike_below', models.PositiveSmallIntegerField(verbose_name='全部相同时至少几份')),
                ('released_on', models.DateField(verbose_name='公布日期')),
                ('released_at', models.DateTimeField(default=congress.shared.clock.now, verbose_name='公布时间')),
                ('assembly', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shared.assembly', verbose_name='人大')),
                ('released_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='公布人')),
            ],
            options={
                'verbose_name': '满意度公布',
                'verbose_name_plural': '满意度公布',
                'ordering': ('-year', '-round'),
            },
        ),
        migrations.CreateModel(
            name='Rehandling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('ordered', '重新办理中'), ('answered', '已再次答复'), ('lapsed', '已撤销')], default='ordered', max_length=20, verbose_name='状态')),
                ('round', models.PositiveSmallIntegerField(default=1, verbose_name='第几次')),
                ('words', models.CharField(max_length=300, verbose_name='要单位再办什么')),
                ('ordered_on', models.DateField(verbose_name='要求日期')),
                ('due_on', models.DateField(verbose_name='答复期限')),
                ('ended_on', models.DateField(null=True, verbose_name='结束日期')),
                ('answer', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers_order', to='proposals.reply', verbose_name='再次答复')),
                ('assignment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rehandlings', to='proposals.assignment', verbose_name='交办')),
                ('ordered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='经办人')),
                ('reply', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='rehandling', to='proposals.reply', verbose_name='要重新办的答复')),
            ],
            options={
                'verbose_name': '重新办理',
                'verbose_name_plural': '重新办理',
                'ordering': ('due_on', 'id'),
            },
        ),
        migrations.CreateModel(
            name='Convening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('called', '已通知'), ('held', '已协商')], default='called', max_length=20, verbose_name='状态')),
                ('meets_on', models.DateField(verbose_name='日期')),
                ('place', models.CharField(max_length=60, verbose_name='地点')),
                ('people', models.CharField(blank=True, max_length=200, verbose_name='到会的人')),
                ('agreed', models.CharField(blank=True, max_length=500, verbose_name='商定了什么')),
                ('called_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='召集人')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='记录人')),
                ('rehandling', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='convening', to='proposals.rehandling', verbose_name='重新办理')),
            ],
            options={
                'verbose_name': '当面协商',
                'verbose_name_plural': '当面协商',
                'ordering': ('meets_on', 'id'),
            },
        ),
        migrations.CreateModel(
            name='ReleasedCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('measure', models.CharField(choices=[('process', '办理态度'), ('result', '办理结果'), ('asks', '逐条请求')], max_length=20, verbose_name='评什么')),
                ('sent', models.PositiveIntegerField(verbose_name='发出')),
                ('best', models.PositiveIntegerField(null=True, verbose_name='满意（办成了）')),
                ('middle', models.PositiveIntegerField(null=True, verbose_name='基本满意（办一半）')),
                ('worst', models.PositiveIntegerField(null=True, verbose_name='不满意（没办）')),
                ('unrated', models.PositiveIntegerField(null=True, verbose_name='未评价')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counts', to='proposals.ratingrelease', verbose_name='公布')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shared.organisation', verbose_name='承办单位')),
            ],
            options={
                'verbose_name': '公布的满意度',
                'verbose_name_plural': '公布的满意度',
                'ordering': ('release', 'unit', 'id'),
            },
        ),
        migrations.CreateModel(
            name='ReleasedReply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='proposals.ratingrelease', verbose_name='公布')),
                ('reply', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='released_in', to='proposals.reply', verbose_name='答复')),
            ],
            options={
                'verbose_name': '列入公布的答复',
                'verbose_name_plural': '列入公布的答复',
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='RatingOpening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=200, verbose_name='拆看的理由')),
                ('asked_at', models.DateTimeField(default=congress.shared.clock.now, verbose_name='提出时间')),
                ('opened_at', models.DateTimeField(null=True, verbose_name='拆看时间')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='提出人')),
                ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='同意人')),
                ('rating', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='opening', to='proposals.rating', verbose_name='评价')),
            ],
            options={
                'verbose_name': '评价拆看',
                'verbose_name_plural': '评价拆看',
                'ordering': ('id',),
                'constraints': [models.CheckConstraint(condition=models.Q(('opened_by__isnull', True), models.Q(('opened_by', models.F('asked_by')), _negated=True), _connector='OR'), name='rating_opening_takes_two', violation_error_message='拆看评价要两个人。'), models.CheckConstraint(condition=models.Q(models.Q(('opened_at__isnull', True), ('opened_by__isnull', True)), models.Q(('opened_at__isnull', False), ('opened_by__isnull', False)), _connector='OR'), name='rating_opening_has_who_and_when'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='rating_opening_says_why')],
            },
        ),
        migrations.CreateModel(
            name='RatingOrigin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('trace', models.CharField(choices=[('device', '同一台设备'), ('address', '同一个网络地址')], max_length=10, verbose_name='线索')),
                ('digest', models.CharField(max_length=64, verbose_name='摘要')),
                ('seen_on', models.DateField(verbose_name='日期')),
                ('rating', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='origins', to='proposals.rating', verbose_name='评价')),
            ],
            options={
                'verbose_name': '评价来处',
                'verbose_name_plural': '评价来处',
                'ordering': ('id',),
                'indexes': [models.Index(fields=['digest', 'seen_on'], name='rating_origin_alike')],
                'constraints': [models.UniqueConstraint(fields=('rating', 'trace'), name='rating_origin_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='ratingrelease',
            constraint=models.UniqueConstraint(fields=('assembly', 'year', 'round'), name='release_once_per_batch'),
        ),
        migrations.AddConstraint(
            model_name='ratingrelease',
            constraint=models.CheckConstraint(condition=models.Q(('round__gte', 1)), name='release_counts_from_one'),
        ),
        migrations.AddConstraint(
            model_name='rehandling',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'ordered')), fields=('assignment',), name='rehandling_one_open_per_part'),
        ),
        migrations.AddConstraint(
            model_name='rehandling',
            constraint=models.UniqueConstraint(fields=('assignment', 'round'), name='rehandling_round_once_per_part'),
        ),
        migrations.AddConstraint(
            model_name='rehandling',
            constraint=models.CheckConstraint(condition=models.Q(('due_on__gt', models.F('ordered_on'))), name='rehandling_due_after_ordered'),
        ),
        migrations.AddConstraint(
            model_name='rehandling',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='rehandling_says_something'),
        ),
        migrations.AddConstraint(
            model_name='rehandling',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer__isnull', False), ('state', 'answered')), models.Q(models.Q(('state', 'answered'), _negated=True), ('answer__isnull', True)), _connector='OR'), name='rehandling_answered_has_its_reply'),
        ),
        migrations.AddConstraint(
            model_name='rehandling',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_on__isnull', True), ('state', 'ordered')), models.Q(models.Q(('state', 'ordered'), _negated=True), ('ended_on__isnull', False)), _connector='OR'), name='rehandling_ended_has_its_day'),
        ),
        migrations.AddConstraint(
            model_name='convening',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('agreed', ''), ('people', ''), ('recorded_by', None), ('state', 'called')), models.Q(('recorded_by__isnull', False), ('state', 'held'), models.Q(('people', ''), _negated=True), models.Q(('agreed', ''), _negated=True)), _connector='OR'), name='convening_held_has_who_and_what'),
        ),
        migrations.AddConstraint(
            model_name='releasedcount',
            constraint=models.UniqueConstraint(fields=('release', 'unit', 'measure'), name='released_count_once_per_cell', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='releasedcount',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('best__isnull', True), ('middle__isnull', True), ('unrated__isnull', True), ('worst__isnull', True)), models.Q(('best__isnull', False), ('middle__isnull', False), ('sent', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('best'), '+', models.F('middle')), '+', models.F('worst')), '+', models.F('unrated'))), ('unrated__isnull', False), ('worst__isnull', False)), _connector='OR'), name='released_count_is_whole_or_held_back'),
        ),
        guards.append_only("proposals_ratingrelease"),
        guards.append_only("proposals_releasedreply"),
        guards.append_only("proposals_releasedcount"),
        guards.kept_from_reader("proposals_ratingorigin"),
    ]
