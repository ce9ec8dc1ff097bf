import congress.shared.clock
import datetime
import django.contrib.postgres.constraints
import django.contrib.postgres.functions
import django.db.models.deletion
import proposals.models.clocks
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('deputies', '0025_verified_facts_are_frozen'),
        ('proposals', '0002_outcome_classes_and_hidden_ratings'),
        ('shared', '0006_special_committees'),
        ('shared', '__first__'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='assignment',
            name='assignment_once_per_unit',
        ),
        migrations.RemoveConstraint(
            model_name='assignment',
            name='assignment_one_lead_unit',
        ),
        migrations.RemoveConstraint(
            model_name='cosignature',
            name='cosignature_once_per_deputy',
        ),
        migrations.RemoveConstraint(
            model_name='meeting',
            name='meeting_once_per_stage',
        ),
        migrations.RemoveConstraint(
            model_name='proposal',
            name='proposal_accepted_has_number',
        ),
        migrations.RemoveConstraint(
            model_name='proposal',
            name='proposal_in_hand_has_due_date',
        ),
        migrations.AddField(
            model_name='assignment',
            name='done_on',
            field=models.DateField(null=True, verbose_name='办结日期'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='handler',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='经办人'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='months',
            field=models.PositiveSmallIntegerField(default=3, verbose_name='答复月数'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='assignment',
            name='position',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='次序'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='assignment',
            name='received_at',
            field=models.DateTimeField(null=True, verbose_name='签收时间'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='received_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='签收人'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='state',
            field=models.CharField(choices=[('drafted', '拟交办'), ('planned', '预交办'), ('handed', '待签收'), ('received', '办理中'), ('objected', '有异议'), ('done', '已办结'), ('removed', '已退办')], default='drafted', max_length=20, verbose_name='状态'),
        ),
        migrations.AddField(
            model_name='cosignature',
            name='digest',
            field=models.CharField(default='', max_length=64, verbose_name='正文摘要'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='cosignature',
            name='expires_on',
            field=models.DateField(default=datetime.date(2000, 1, 1), verbose_name='有效期至'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='cosignature',
            name='state',
            field=models.CharField(choices=[('standing', '有效'), ('withdrawn', '已撤回'), ('outdated', '正文改过，待重新附议'), ('expired', '已过期')], default='standing', max_length=20, verbose_name='状态'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='denial',
            field=models.CharField(blank=True, max_length=200, verbose_name='实际情况'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='denied_at',
            field=models.DateTimeField(null=True, verbose_name='否认时间'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='denied_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='否认人'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='side',
            field=models.CharField(choices=[('unit', '承办单位'), ('deputy', '代表')], default='unit', max_length=10, verbose_name='登记方'),
        ),
        migrations.AddField(
            model_name='proposal',
            name='closing_words',
            field=models.CharField(blank=True, max_length=200, verbose_name='不再办理的说明'),
        ),
        migrations.AddField(
            model_name='proposal',
            name='confidentiality_asked',
            field=models.CharField(blank=True, max_length=120, verbose_name='请求不公开的理由'),
        ),
        migrations.AddField(
            model_name='proposal',
            name='merged_into',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='proposals.proposal', verbose_name='并入'),
        ),
        migrations.AddField(
            model_name='proposal',
            name='sign_until',
            field=models.DateField(null=True, verbose_name='附议截止'),
        ),
        migrations.AddField(
            model_name='proposal',
            name='suggested_unit',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shared.organisation', verbose_name='建议由谁办'),
        ),
        migrations.AddField(
            model_name='reply',
            name='signed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='签发账号'),
        ),
        migrations.AlterField(
            model_name='assignment',
            name='assigned_on',
            field=models.DateField(null=True, verbose_name='交办日期'),
        ),
        migrations.AlterField(
            model_name='assignment',
            name='due_on',
            field=models.DateField(null=True, verbose_name='答复期限'),
        ),
        migrations.AlterField(
            model_name='assignment',
            name='role',
            field=models.CharField(choices=[('lead', '主办'), ('joint', '会办'), ('separate', '分办'), ('assisting', '协办')], max_length=20, verbose_name='方式'),
        ),
        migrations.AlterField(
            model_name='proposal',
            name='kind',
            field=models.CharField(choices=[('session', '会议期间建议'), ('intersession', '闭会期间建议'), ('campaign', '代表行动意见建议'), ('bill', '议案')], max_length=20, verbose_name='类别'),
        ),
        migrations.AlterField(
            model_name='proposal',
            name='state',
            field=models.CharField(choices=[('signing', '征集附议'), ('submitted', '待审查'), ('returned', '退回修改'), ('accepted', '待交办'), ('rehearsed', '预交办'), ('merged', '并案办理'), ('assigned', '办理中'), ('answered', '已答复'), ('published', '已公开'), ('refused', '不予受理'), ('letter', '转作来信'), ('withdrawn', '已撤回')], default='submitted', max_length=20, verbose_name='状态'),
        ),
        migrations.AlterField(
            model_name='proposal',
            name='submitted_on',
            field=models.DateField(null=True, verbose_name='提出日期'),
        ),
        migrations.CreateModel(
            name='Ask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='次序')),
                ('text', models.CharField(max_length=300, verbose_name='请求')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asks', to='proposals.proposal', verbose_name='建议')),
            ],
            options={
                'verbose_name': '逐条请求',
                'verbose_name_plural': '逐条请求',
                'ordering': ('proposal', 'position'),
                'constraints': [models.UniqueConstraint(fields=('proposal', 'position'), name='ask_position_once_per_proposal'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='ask_says_something')],
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(blank=True, choices=[('session', '会议期间建议'), ('intersession', '闭会期间建议'), ('campaign', '代表行动意见建议'), ('bill', '议案')], max_length=20, verbose_name='类别')),
                ('title', models.CharField(blank=True, max_length=60, verbose_name='标题')),
                ('facts', models.TextField(blank=True, max_length=4000, verbose_name='情况和问题')),
                ('request', models.TextField(blank=True, max_length=4000, verbose_name='具体建议')),
                ('confidentiality_asked', models.CharField(blank=True, max_length=120, verbose_name='请求不公开的理由')),
                ('token', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, unique=True, verbose_name='提交凭据')),
                ('saved_at', models.DateTimeField(default=congress.shared.clock.now, verbose_name='保存时间')),
                ('continues', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='proposals.proposal', verbose_name='接着哪一件')),
                ('deputy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='deputies.deputy', verbose_name='代表')),
                ('proposal', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='draft', to='proposals.proposal', verbose_name='修改哪一件')),
                ('suggested_unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shared.organisation', verbose_name='建议由谁办')),
            ],
            options={
                'verbose_name': '建议草稿',
                'verbose_name_plural': '建议草稿',
                'ordering': ('-saved_at',),
            },
        ),
        migrations.CreateModel(
            name='Extension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('asked', '待批准'), ('granted', '已批准'), ('refused', '不同意')], default='asked', max_length=20, verbose_name='状态')),
                ('months', models.PositiveSmallIntegerField(verbose_name='延长月数')),
                ('reason', models.CharField(max_length=300, verbose_name='理由')),
                ('asked_on', models.DateField(verbose_name='申请日期')),
                ('consented_at', models.DateTimeField(null=True, verbose_name='代表同意时间')),
                ('words', models.CharField(blank=True, max_length=200, verbose_name='批复')),
                ('decided_on', models.DateField(null=True, verbose_name='批复日期')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='申请人')),
                ('assignment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='proposals.assignment', verbose_name='交办')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='批复人')),
            ],
            options={
                'verbose_name': '延期',
                'verbose_name_plural': '延期',
                'ordering': ('-id',),
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'refused'), _negated=True), fields=('assignment',), name='extension_once_per_assignment', violation_error_message='一件建议只能延期一次。'), models.CheckConstraint(condition=models.Q(models.Q(('decided_by__isnull', True), ('decided_on__isnull', True), ('state', 'asked')), models.Q(models.Q(('state', 'asked'), _negated=True), ('decided_by__isnull', False), ('decided_on__isnull', False)), _connector='OR'), name='extension_decided_has_who_and_when'), models.CheckConstraint(condition=models.Q(('months__gt', 0)), name='extension_lengthens')],
            },
        ),
        migrations.CreateModel(
            name='Lineage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('told_at', models.DateTimeField(default=congress.shared.clock.now, verbose_name='认定时间')),
                ('earlier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='continued_by', to='proposals.proposal', verbose_name='以前那件')),
                ('proposal', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='continues', to='proposals.proposal', verbose_name='建议')),
                ('told_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='认定人')),
            ],
            options={
                'verbose_name': '来龙去脉',
                'verbose_name_plural': '来龙去脉',
                'ordering': ('id',),
                'constraints': [models.CheckConstraint(condition=models.Q(('proposal', models.F('earlier')), _negated=True), name='lineage_never_of_itself')],
            },
        ),
        migrations.CreateModel(
            name='Objection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('open', '待答复'), ('upheld', '已改交'), ('dismissed', '不予采纳')], default='open', max_length=20, verbose_name='状态')),
                ('back_to', models.CharField(choices=[('drafted', '拟交办'), ('planned', '预交办'), ('handed', '待签收'), ('received', '办理中'), ('objected', '有异议'), ('done', '已办结'), ('removed', '已退办')], max_length=20, verbose_name='提出前')),
                ('reason', models.CharField(max_length=300, verbose_name='理由')),
                ('raised_on', models.DateField(verbose_name='提出日期')),
                ('words', models.CharField(blank=True, max_length=300, verbose_name='答复')),
                ('decided_on', models.DateField(null=True, verbose_name='答复日期')),
                ('assignment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='proposals.assignment', verbose_name='交办')),
                ('better_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shared.organisation', verbose_name='应由谁办')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='答复人')),
                ('raised_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='提出人')),
            ],
            options={
                'verbose_name': '交办异议',
                'verbose_name_plural': '交办异议',
                'ordering': ('-id',),
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('assignment',), name='objection_one_open_per_assignment'), models.CheckConstraint(condition=models.Q(models.Q(('decided_by__isnull', True), ('decided_on__isnull', True), ('state', 'open'), ('words', '')), models.Q(models.Q(('state', 'open'), _negated=True), ('decided_by__isnull', False), ('decided_on__isnull', False), models.Q(('words', ''), _negated=True)), _connector='OR'), name='objection_decided_has_who_when_and_words')],
            },
        ),
        migrations.CreateModel(
            name='Opinion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField(default=1, verbose_name='版本')),
                ('text', models.TextField(max_length=4000, verbose_name='意见')),
                ('file_number', models.CharField(max_length=40, verbose_name='文号')),
                ('signer', models.CharField(max_length=40, verbose_name='签发人')),
                ('sent_on', models.DateField(verbose_name='报送日期')),
                ('assignment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='opinions', to='proposals.assignment', verbose_name='交办')),
                ('sent_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='报送人')),
            ],
            options={
                'verbose_name': '会办协办意见',
                'verbose_name_plural': '会办协办意见',
                'ordering': ('assignment', 'version'),
                'constraints': [models.UniqueConstraint(fields=('assignment', 'version'), name='opinion_version_once'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='opinion_says_something')],
            },
        ),
        migrations.CreateModel(
            name='Pause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_on', models.DateField(verbose_name='自')),
                ('until_on', models.DateField(null=True, verbose_name='至')),
                ('reason', models.CharField(max_length=200, verbose_name='原因')),
                ('agreed_with', models.CharField(max_length=60, verbose_name='经谁同意')),
                ('recorded_at', models.DateTimeField(default=congress.shared.clock.now, verbose_name='登记时间')),
                ('assignment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pauses', to='proposals.assignment', verbose_name='交办')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
            ],
            options={
                'verbose_name': '暂停',
                'verbose_name_plural': '暂停',
                'ordering': ('from_on', 'id'),
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gt', models.F('from_on')), _connector='OR'), name='pause_ends_after_it_begins'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('assignment', '='), (proposals.models.clocks.DateRange('from_on', 'until_on'), '&&')], name='pause_one_at_a_time', violation_error_message='这段时间已经暂停过。')],
            },
        ),
        migrations.CreateModel(
            name='RefusalGround',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(unique=True, verbose_name='代号')),
                ('name', models.CharField(max_length=40, verbose_name='情形')),
                ('position', models.PositiveSmallIntegerField(unique=True, verbose_name='次序')),
            ],
            options={
                'verbose_name': '不予受理的情形',
                'verbose_name_plural': '不予受理的情形',
                'ordering': ('position',),
            },
        ),
        migrations.CreateModel(
            name='ReplyDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('written', '起草中'), ('to_sign', '待签发'), ('issued', '已发出')], default='written', max_length=20, verbose_name='状态')),
                ('edition', models.PositiveIntegerField(default=1, verbose_name='稿次')),
                ('text', models.TextField(blank=True, max_length=8000, verbose_name='答复内容')),
                ('file_number', models.CharField(blank=True, max_length=40, verbose_name='文号')),
                ('return_words', models.CharField(blank=True, max_length=200, verbose_name='退改意见')),
                ('saved_at', models.DateTimeField(default=congress.shared.clock.now, verbose_name='保存时间')),
                ('assignment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='proposals.assignment', verbose_name='交办')),
                ('outcome', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='proposals.outcomeclass', verbose_name='结果类别')),
                ('saved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='保存人')),
            ],
            options={
                'verbose_name': '答复稿',
                'verbose_name_plural': '答复稿',
                'ordering': ('-id',),
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'issued'), _negated=True), fields=('assignment',), name='reply_draft_one_open_per_assignment'), models.CheckConstraint(condition=models.Q(('state', 'written'), models.Q(('outcome__isnull', False), models.Q(('text', ''), _negated=True), models.Q(('file_number', ''), _negated=True)), _connector='OR'), name='reply_draft_to_sign_is_whole')],
            },
        ),
        migrations.CreateModel(
            name='ReplyTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, verbose_name='名称')),
                ('text', models.TextField(max_length=4000, verbose_name='内容')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shared.organisation', verbose_name='单位')),
            ],
            options={
                'verbose_name': '答复常用语',
                'verbose_name_plural': '答复常用语',
                'ordering': ('name',),
                'constraints': [models.UniqueConstraint(fields=('unit', 'name'), name='reply_template_name_once')],
            },
        ),
        migrations.CreateModel(
            name='Sheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('drafted', '拟交办'), ('rehearsed', '征求单位意见'), ('settled', '已交办'), ('dropped', '已作废')], default='drafted', max_length=20, verbose_name='状态')),
                ('name', models.CharField(max_length=60, verbose_name='名称')),
                ('drawn_up_on', models.DateField(verbose_name='拟单日期')),
                ('object_until', models.DateField(null=True, verbose_name='异议截止')),
                ('settled_on', models.DateField(null=True, verbose_name='交办日期')),
                ('drawn_up_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='拟单人')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='shared.session', verbose_name='会次')),
            ],
            options={
                'verbose_name': '交办单',
                'verbose_name_plural': '交办单',
                'ordering': ('-id',),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'rehearsed'), _negated=True), ('object_until__isnull', False), _connector='OR'), name='sheet_rehearsed_has_its_window'), models.CheckConstraint(condition=models.Q(models.Q(('settled_on__isnull', False), ('state', 'settled')), models.Q(models.Q(('state', 'settled'), _negated=True), ('settled_on__isnull', True)), _connector='OR'), name='sheet_settled_has_its_day')],
            },
        ),
        migrations.CreateModel(
            name='Waiver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stage', models.CharField(choices=[('before', '办前见面'), ('during', '办中见面'), ('after', '办后见面')], max_length=10, verbose_name='阶段')),
                ('reason', models.CharField(max_length=200, verbose_name='原因')),
                ('waived_at', models.DateTimeField(default=congress.shared.clock.now, verbose_name='时间')),
                ('assignment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='waivers', to='proposals.assignment', verbose_name='交办')),
                ('waived_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='免见面人')),
            ],
            options={
                'verbose_name': '免见面',
                'verbose_name_plural': '免见面',
                'ordering': ('id',),
                'constraints': [models.UniqueConstraint(fields=('assignment', 'stage'), name='waiver_once_per_stage'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='waiver_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=1000, verbose_name='怎么办的')),
                ('evidence', models.CharField(blank=True, max_length=200, verbose_name='依据')),
                ('outcome', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='proposals.outcomeclass', verbose_name='结果类别')),
                ('reply', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='proposals.reply', verbose_name='答复')),
                ('ask', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='proposals.ask', verbose_name='请求')),
            ],
            options={
                'verbose_name': '逐条答复',
                'verbose_name_plural': '逐条答复',
                'ordering': ('reply', 'ask__position'),
                'constraints': [models.UniqueConstraint(fields=('reply', 'ask'), name='answer_once_per_ask'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='answer_says_something')],
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='名称')),
                ('file', models.FileField(upload_to='proposals/%Y/%m', verbose_name='文件')),
                ('digest', models.CharField(max_length=64, verbose_name='摘要')),
                ('added_at', models.DateTimeField(default=congress.shared.clock.now, verbose_name='添加时间')),
                ('proposal', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='proposals.proposal', verbose_name='建议')),
                ('draft', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='proposals.draft', verbose_name='草稿')),
            ],
            options={
                'verbose_name': '建议附件',
                'verbose_name_plural': '建议附件',
                'ordering': ('id',),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('draft__isnull', False), ('proposal__isnull', True)), models.Q(('draft__isnull', True), ('proposal__isnull', False)), _connector='OR'), name='attachment_of_a_draft_or_of_a_proposal'), models.UniqueConstraint(fields=('draft', 'digest'), name='attachment_once_per_draft'), models.UniqueConstraint(fields=('proposal', 'digest'), name='attachment_once_per_proposal')],
            },
        ),
        migrations.CreateModel(
            name='Countersignature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('edition', models.PositiveIntegerField(verbose_name='稿次')),
                ('signed_at', models.DateTimeField(default=congress.shared.clock.now, verbose_name='会签时间')),
                ('assignment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='countersignatures', to='proposals.assignment', verbose_name='会办单位')),
                ('signed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='会签人')),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='countersignatures', to='proposals.replydraft', verbose_name='答复稿')),
            ],
            options={
                'verbose_name': '会签',
                'verbose_name_plural': '会签',
                'ordering': ('id',),
                'constraints': [models.UniqueConstraint(fields=('draft', 'assignment', 'edition'), name='countersignature_once_per_edition')],
            },
        ),
        migrations.CreateModel(
            name='DraftAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(blank=True, max_length=1000, verbose_name='怎么办的')),
                ('evidence', models.CharField(blank=True, max_length=200, verbose_name='依据')),
                ('ask', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='proposals.ask', verbose_name='请求')),
                ('outcome', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='proposals.outcomeclass', verbose_name='结果类别')),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='proposals.replydraft', verbose_name='答复稿')),
            ],
            options={
                'verbose_name': '逐条答复的稿子',
                'verbose_name_plural': '逐条答复的稿子',
                'ordering': ('draft', 'ask__position'),
                'constraints': [models.UniqueConstraint(fields=('draft', 'ask'), name='draft_answer_once_per_ask')],
            },
        ),
        migrations.AddField(
            model_name='assignment',
            name='asks',
            field=models.ManyToManyField(related_name='assignments', to='proposals.ask', verbose_name='办哪几条'),
        ),
        migrations.AddField(
            model_name='proposal',
            name='ground',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='proposals.refusalground', verbose_name='不予受理的情形'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='sheet',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='proposals.sheet', verbose_name='交办单'),
        ),
    ]
