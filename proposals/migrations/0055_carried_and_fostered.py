"""What a year hands to the next one, and who speaks for a proposal whose lead sits no more."""

import congress.shared.clock
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

from congress.shared import guards


class Migration(migrations.Migration):

    dependencies = [
        ('deputies', '0003_one_group_and_frozen_facts'),
        ('proposals', '0054_rehandlings_are_answered'),
        ('shared', '0005_account_origins'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CarryOver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_year', models.PositiveSmallIntegerField(verbose_name='哪一年的')),
                ('to_year', models.PositiveSmallIntegerField(verbose_name='转入哪一年')),
                ('carried_on', models.DateField(verbose_name='结转日期')),
                ('carried_at', models.DateTimeField(default=congress.shared.clock.now, verbose_name='结转时间')),
                ('assembly', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='carry_overs', to='shared.assembly', verbose_name='人大')),
                ('carried_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='结转人')),
                ('term', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shared.term', verbose_name='转入哪一届')),
            ],
            options={
                'verbose_name': '结转',
                'verbose_name_plural': '结转',
                'ordering': ('-from_year', 'id'),
            },
        ),
        migrations.CreateModel(
            name='CarriedProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('in_hand', '还没有答复'), ('rehandled', '重新办理没有完'), ('challenged', '又被提出，没有了结'), ('promised', '承诺没有兑现'), ('looked_at', '回头看没有了结'), ('planned', 'B 类，列入计划'), ('later', 'C 类，条件所限')], max_length=20, verbose_name='原因')),
                ('carried_on', models.DateField(verbose_name='结转日期')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='carried', to='proposals.proposal', verbose_name='建议')),
                ('carry_over', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='carried', to='proposals.carryover', verbose_name='结转')),
            ],
            options={
                'verbose_name': '结转的建议',
                'verbose_name_plural': '结转的建议',
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='Foster',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since_on', models.DateField(verbose_name='从哪天起')),
                ('until_on', models.DateField(null=True, verbose_name='到哪天止')),
                ('reason', models.CharField(max_length=200, verbose_name='为什么由这位代表接续')),
                ('appointed_at', models.DateTimeField(default=congress.shared.clock.now, verbose_name='确定时间')),
                ('ending_words', models.CharField(blank=True, max_length=200, verbose_name='为什么结束')),
                ('appointed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='确定人')),
                ('deputy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fostered', to='deputies.deputy', verbose_name='接续代表')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='结束登记人')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fosters', to='proposals.proposal', verbose_name='建议')),
            ],
            options={
                'verbose_name': '接续代表',
                'verbose_name_plural': '接续代表',
                'ordering': ('id',),
            },
        ),
        migrations.AddConstraint(
            model_name='carryover',
            constraint=models.UniqueConstraint(fields=('assembly', 'from_year'), name='carry_over_once_per_year', violation_error_message='这一年已经结转过。'),
        ),
        migrations.AddConstraint(
            model_name='carryover',
            constraint=models.CheckConstraint(condition=models.Q(('to_year', django.db.models.expressions.CombinedExpression(models.F('from_year'), '+', models.Value(1)))), name='carry_over_goes_into_the_next_year'),
        ),
        migrations.AddConstraint(
            model_name='carriedproposal',
            constraint=models.UniqueConstraint(fields=('carry_over', 'proposal'), name='carried_once_per_year'),
        ),
        migrations.AddConstraint(
            model_name='carriedproposal',
            constraint=models.CheckConstraint(condition=models.Q(('reason__in', ['in_hand', 'rehandled', 'challenged', 'promised', 'looked_at', 'planned', 'later'])), name='carried_for_a_known_reason'),
        ),
        migrations.AddConstraint(
            model_name='foster',
            constraint=models.UniqueConstraint(condition=models.Q(('until_on__isnull', True)), fields=('proposal',), name='foster_one_stands', violation_error_message='这件建议已经有接续代表。'),
        ),
        migrations.AddConstraint(
            model_name='foster',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='foster_says_why'),
        ),
        migrations.AddConstraint(
            model_name='foster',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_by__isnull', True), ('ending_words', ''), ('until_on__isnull', True)), models.Q(('ended_by__isnull', False), ('until_on__isnull', False), models.Q(('ending_words', ''), _negated=True)), _connector='OR'), name='foster_ended_has_who_and_words'),
        ),
        migrations.AddConstraint(
            model_name='foster',
            constraint=models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gte', models.F('since_on')), _connector='OR'), name='foster_ends_after_it_begins'),
        ),
        guards.append_only("proposals_carryover"),
        guards.append_only("proposals_carriedproposal"),
        guards.changes_only("proposals_foster", "until_on", "ended_by_id", "ending_words"),
    ]
