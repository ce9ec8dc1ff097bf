import congress.shared.clock
import django.db.models.deletion
import django.db.models.expressions
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('deputies', '0001_people_groups_duties'),
        ('shared', '0001_people_places_trail'),
    ]

    operations = [
        migrations.CreateModel(
            name='Star',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(unique=True, verbose_name='代码')),
                ('name', models.CharField(max_length=10, unique=True, verbose_name='星名')),
                ('aspect', models.CharField(max_length=40, verbose_name='看什么')),
                ('condition', models.CharField(max_length=80, verbose_name='点亮条件')),
                ('position', models.PositiveSmallIntegerField(unique=True, verbose_name='次序')),
            ],
            options={
                'verbose_name': '十星',
                'verbose_name_plural': '十星',
                'ordering': ('position',),
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('points', models.DecimalField(decimal_places=1, max_digits=6, verbose_name='分')),
                ('posted_at', models.DateTimeField(default=congress.shared.clock.now, verbose_name='记账时间')),
                ('assembly', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='shared.assembly', verbose_name='人民代表大会')),
                ('corrects', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='correction', to='scoring.entry', verbose_name='改正哪一笔')),
                ('deputy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='deputies.deputy', verbose_name='代表')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='deputies.dutyrecord', verbose_name='履职记录')),
                ('reverses', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, to='scoring.entry', verbose_name='冲销哪一笔')),
            ],
            options={
                'verbose_name': '积分账',
                'verbose_name_plural': '积分账',
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('open', '处理中'), ('upheld', '成立'), ('dismissed', '不成立'), ('withdrawn', '已撤回')], default='open', max_length=20, verbose_name='状态')),
                ('words', models.CharField(max_length=300, verbose_name='理由')),
                ('opened_at', models.DateTimeField(verbose_name='提出时间')),
                ('due_on', models.DateField(verbose_name='答复期限')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='答复时间')),
                ('answer', models.CharField(blank=True, max_length=300, verbose_name='答复')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='答复人')),
                ('checked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='核对人')),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='提出人')),
                ('verified_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='核实人')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appeals', to='scoring.entry', verbose_name='哪一笔')),
            ],
            options={
                'verbose_name': '积分异议',
                'verbose_name_plural': '积分异议',
                'ordering': ('due_on', 'id'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'withdrawn'), _negated=True), fields=('entry',), name='appeal_once_per_line_unless_withdrawn', violation_error_message='这一笔已经提过异议。'), models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='appeal_says_why', violation_error_message='请写明哪里不对。'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), ('state__in', ('upheld', 'dismissed')), models.Q(('answer', ''), _negated=True)), models.Q(models.Q(('state__in', ('upheld', 'dismissed')), _negated=True), ('answer', ''), ('answered_at__isnull', True), ('answered_by__isnull', True)), _connector='OR'), name='appeal_answered_has_who_and_when_and_words', violation_error_message='答复必须有答复人、时间和说明。'), models.CheckConstraint(condition=models.Q(('answered_by__isnull', True), models.Q(models.Q(('answered_by', models.F('opened_by')), _negated=True), models.Q(('answered_by', models.F('checked_by')), _negated=True), models.Q(('answered_by', models.F('verified_by')), _negated=True)), _connector='OR'), name='appeal_is_answered_by_another', violation_error_message='异议须由没有经手过这一笔的人答复。')],
            },
        ),
        migrations.CreateModel(
            name='Grade',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=10, unique=True, verbose_name='等次')),
                ('stars_from', models.PositiveSmallIntegerField(verbose_name='星数从')),
                ('stars_to', models.PositiveSmallIntegerField(verbose_name='星数到')),
                ('position', models.PositiveSmallIntegerField(unique=True, verbose_name='次序')),
            ],
            options={
                'verbose_name': '等次',
                'verbose_name_plural': '等次',
                'ordering': ('position',),
                'constraints': [models.CheckConstraint(condition=models.Q(('stars_to__gte', models.F('stars_from')), ('stars_to__lte', 10)), name='grade_stars_are_a_range')],
            },
        ),
        migrations.CreateModel(
            name='Grading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('suggestion', models.DecimalField(decimal_places=1, max_digits=4, null=True, verbose_name='建议分')),
                ('withheld_stars', models.CharField(blank=True, max_length=120, verbose_name='政治星、守法星不亮的理由')),
                ('deputy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='gradings', to='deputies.deputy', verbose_name='代表')),
                ('grade', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='scoring.grade', verbose_name='等次')),
            ],
            options={
                'verbose_name': '评定',
                'verbose_name_plural': '评定',
                'ordering': ('cycle', 'deputy__stroke_key'),
            },
        ),
        migrations.CreateModel(
            name='Archive',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=30, unique=True, verbose_name='档号')),
                ('code', models.CharField(max_length=20, unique=True, verbose_name='验证码')),
                ('file', models.CharField(max_length=120, verbose_name='文件')),
                ('sha256', models.CharField(max_length=64, verbose_name='摘要')),
                ('pages', models.PositiveSmallIntegerField(verbose_name='页数')),
                ('sealed_at', models.DateTimeField(verbose_name='归档时间')),
                ('grading', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to='scoring.grading', verbose_name='评定')),
            ],
            options={
                'verbose_name': '履职档案',
                'verbose_name_plural': '履职档案',
                'ordering': ('number',),
            },
        ),
        migrations.CreateModel(
            name='LedgerAudit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=congress.shared.clock.now, verbose_name='查账时间')),
                ('entries', models.PositiveBigIntegerField(verbose_name='笔数')),
                ('drift', models.DecimalField(decimal_places=1, max_digits=10, verbose_name='相差分数')),
                ('chain', models.CharField(blank=True, max_length=300, verbose_name='链上不符')),
                ('faults', models.PositiveIntegerField(verbose_name='不符几处')),
                ('seconds', models.DecimalField(decimal_places=2, max_digits=8, verbose_name='用时（秒）')),
                ('head_number', models.PositiveBigIntegerField(verbose_name='链首封签号')),
                ('head_digest', models.CharField(max_length=64, verbose_name='链首摘要')),
            ],
            options={
                'verbose_name': '查账记录',
                'verbose_name_plural': '查账记录',
                'ordering': ('-at', '-id'),
                'constraints': [models.CheckConstraint(condition=models.Q(('faults__gt', 0), models.Q(('chain', ''), ('drift', 0)), _connector='OR'), name='ledger_audit_with_drift_or_broken_chain_has_faults')],
            },
        ),
        migrations.CreateModel(
            name='LedgerAnchor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(verbose_name='月份')),
                ('head_number', models.PositiveBigIntegerField(verbose_name='链首封签号')),
                ('head_digest', models.CharField(max_length=64, verbose_name='链首摘要')),
                ('seated', models.PositiveIntegerField(verbose_name='月末在任代表')),
                ('without', models.PositiveIntegerField(verbose_name='当月没有记分的代表')),
                ('made_at', models.DateTimeField(verbose_name='制作时间')),
                ('assembly', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='shared.assembly', verbose_name='人民代表大会')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='制作人')),
                ('audit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='scoring.ledgeraudit', verbose_name='查账记录')),
            ],
            options={
                'verbose_name': '积分月报',
                'verbose_name_plural': '积分月报',
                'ordering': ('-month', 'assembly'),
                'constraints': [models.UniqueConstraint(fields=('assembly', 'month'), name='ledger_anchor_once_per_assembly_and_month'), models.CheckConstraint(condition=models.Q(('month__day', 1)), name='ledger_anchor_month_is_a_first'), models.CheckConstraint(condition=models.Q(('without__lte', models.F('seated'))), name='ledger_anchor_counts_within_seated')],
            },
        ),
        migrations.CreateModel(
            name='LedgerFault',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='次序')),
                ('sentence', models.CharField(max_length=300, verbose_name='不符之处')),
                ('audit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sentences', to='scoring.ledgeraudit', verbose_name='查账记录')),
            ],
            options={
                'verbose_name': '查账不符',
                'verbose_name_plural': '查账不符',
                'ordering': ('audit', 'position'),
                'constraints': [models.UniqueConstraint(fields=('audit', 'position'), name='ledger_fault_position_once')],
            },
        ),
        migrations.CreateModel(
            name='ReviewCycle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('open', '征集意见'), ('decided', '正在归档'), ('sealed', '已归档')], default='open', max_length=20, verbose_name='阶段')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('seed', models.CharField(editable=False, max_length=64, verbose_name='验证码种子')),
                ('opened_at', models.DateTimeField(verbose_name='启动时间')),
                ('minute', models.CharField(blank=True, max_length=60, verbose_name='会议纪要号')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='评定时间')),
                ('assembly', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='shared.assembly', verbose_name='人民代表大会')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='评定人')),
            ],
            options={
                'verbose_name': '年度评价',
                'verbose_name_plural': '年度评价',
                'ordering': ('-year', 'assembly'),
                'constraints': [models.UniqueConstraint(fields=('assembly', 'year'), name='review_once_per_assembly_and_year', violation_error_message='这一年的评价已经启动。'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('minute', ''), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), models.Q(('minute', ''), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='review_decided_has_minute_and_who_and_when', violation_error_message='评定必须有会议纪要号、评定人和时间。')],
            },
        ),
        migrations.AddField(
            model_name='grading',
            name='cycle',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='gradings', to='scoring.reviewcycle', verbose_name='年度评价'),
        ),
        migrations.CreateModel(
            name='Appraisal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(choices=[('self', '本人自评'), ('group', '小组核校'), ('township', '乡镇参评'), ('committee', '常委会评定')], max_length=10, verbose_name='哪一方')),
                ('score', models.DecimalField(decimal_places=1, max_digits=4, verbose_name='评分')),
                ('words', models.CharField(blank=True, max_length=300, verbose_name='意见')),
                ('given_at', models.DateTimeField(verbose_name='评价时间')),
                ('deputy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='deputies.deputy', verbose_name='代表')),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='评价人')),
                ('cycle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='scoring.reviewcycle', verbose_name='年度评价')),
            ],
            options={
                'verbose_name': '评价意见',
                'verbose_name_plural': '评价意见',
                'constraints': [models.UniqueConstraint(fields=('cycle', 'deputy', 'step'), name='appraisal_once_per_step', violation_error_message='这一方的意见已经提交。'), models.CheckConstraint(condition=models.Q(('score__gte', 0), ('score__lte', 100)), name='appraisal_score_is_0_to_100')],
            },
        ),
        migrations.CreateModel(
            name='Rule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('points', models.DecimalField(decimal_places=1, max_digits=5, verbose_name='分值')),
                ('per_year', models.DecimalField(blank=True, decimal_places=1, max_digits=5, null=True, verbose_name='年度上限')),
                ('bonus', models.BooleanField(verbose_name='附加分')),
                ('highest_only', models.BooleanField(default=False, verbose_name='同一事项取最高级')),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='deputies.dutycategory', verbose_name='类别')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='deputies.dutyitem', verbose_name='条目')),
            ],
            options={
                'verbose_name': '积分规则',
                'verbose_name_plural': '积分规则',
                'ordering': ('book', 'item__position'),
            },
        ),
        migrations.AddField(
            model_name='entry',
            name='rule',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='scoring.rule', verbose_name='规则'),
        ),
        migrations.CreateModel(
            name='RuleBook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('draft', '草案'), ('adopted', '已启用'), ('dropped', '已放弃')], default='draft', max_length=20, verbose_name='状态')),
                ('basis', models.CharField(max_length=120, verbose_name='依据')),
                ('drafted_at', models.DateTimeField(default=congress.shared.clock.now, verbose_name='起草时间')),
                ('version', models.PositiveSmallIntegerField(null=True, verbose_name='版本')),
                ('from_on', models.DateField(null=True, verbose_name='起用日期')),
                ('minute', models.CharField(blank=True, max_length=120, verbose_name='决定文号')),
                ('adopted_at', models.DateTimeField(null=True, verbose_name='启用时间')),
                ('adopted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='启用人')),
                ('assembly', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='shared.assembly', verbose_name='人民代表大会')),
            ],
            options={
                'verbose_name': '积分规则书',
                'verbose_name_plural': '积分规则书',
                'ordering': ('assembly', '-version'),
                'constraints': [models.UniqueConstraint(fields=('assembly', 'version'), name='rule_book_version_once_per_assembly'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'adopted'), ('from_on__isnull', False), ('version__isnull', False), ('adopted_at__isnull', False), ('adopted_by__isnull', False), models.Q(('minute', ''), _negated=True)), models.Q(models.Q(('state', 'adopted'), _negated=True), ('from_on__isnull', True), ('version__isnull', True), ('adopted_at__isnull', True), ('adopted_by__isnull', True), ('minute', '')), _connector='OR'), name='rule_book_adopted_has_version_day_decision_who_and_when', violation_error_message='启用的规则书必须有版本、起用日期、决定文号、启用人和时间。')],
            },
        ),
        migrations.AddField(
            model_name='rule',
            name='book',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rules', to='scoring.rulebook', verbose_name='规则书'),
        ),
        migrations.CreateModel(
            name='Ceiling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('points', models.DecimalField(decimal_places=1, max_digits=5, verbose_name='封顶分')),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='deputies.dutycategory', verbose_name='类别')),
                ('book', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ceilings', to='scoring.rulebook', verbose_name='规则书')),
            ],
            options={
                'verbose_name': '类别封顶',
                'verbose_name_plural': '类别封顶',
                'ordering': ('book', 'category__position'),
                'constraints': [models.UniqueConstraint(fields=('book', 'category'), name='ceiling_once_per_book_and_category'), models.CheckConstraint(condition=models.Q(('points__gt', 0)), name='ceiling_is_positive')],
            },
        ),
        migrations.CreateModel(
            name='StarLight',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lit', models.BooleanField(verbose_name='点亮')),
                ('reason', models.CharField(max_length=120, verbose_name='依据')),
                ('grading', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lights', to='scoring.grading', verbose_name='评定')),
                ('star', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='scoring.star', verbose_name='星')),
            ],
            options={
                'verbose_name': '点亮的星',
                'verbose_name_plural': '点亮的星',
                'ordering': ('grading', 'star__position'),
                'constraints': [models.UniqueConstraint(fields=('grading', 'star'), name='star_once_per_grading')],
            },
        ),
        migrations.CreateModel(
            name='YearTotal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('base', models.DecimalField(decimal_places=1, default=Decimal('0'), max_digits=6, verbose_name='基础分')),
                ('bonus', models.DecimalField(decimal_places=1, default=Decimal('0'), max_digits=6, verbose_name='附加分')),
                ('total', models.DecimalField(decimal_places=1, default=Decimal('0'), max_digits=6, verbose_name='总分')),
                ('assembly', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='shared.assembly', verbose_name='人民代表大会')),
                ('deputy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='year_totals', to='deputies.deputy', verbose_name='代表')),
            ],
            options={
                'verbose_name': '年度积分',
                'verbose_name_plural': '年度积分',
                'indexes': [models.Index(fields=['assembly', 'year', '-total'], name='total_board')],
                'constraints': [models.UniqueConstraint(fields=('deputy', 'assembly', 'year'), name='total_once_per_deputy_assembly_and_year'), models.CheckConstraint(condition=models.Q(('base__gte', 0), ('bonus__gte', 0), ('total', django.db.models.expressions.CombinedExpression(models.F('base'), '+', models.F('bonus')))), name='total_is_base_and_bonus')],
            },
        ),
        migrations.CreateModel(
            name='AppealPhoto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(max_length=120, upload_to='appeals/%Y', verbose_name='文件')),
                ('width', models.PositiveIntegerField(verbose_name='宽')),
                ('height', models.PositiveIntegerField(verbose_name='高')),
                ('sha256', models.CharField(max_length=64, verbose_name='摘要')),
                ('appeal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='scoring.appeal', verbose_name='异议')),
            ],
            options={
                'verbose_name': '异议凭据',
                'verbose_name_plural': '异议凭据',
                'ordering': ('id',),
                'constraints': [models.UniqueConstraint(fields=('appeal', 'sha256'), name='appeal_photo_once_per_appeal_and_content')],
            },
        ),
        migrations.CreateModel(
            name='AppealWords',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(max_length=300, verbose_name='补充')),
                ('said_at', models.DateTimeField(verbose_name='时间')),
                ('appeal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='further', to='scoring.appeal', verbose_name='异议')),
            ],
            options={
                'verbose_name': '异议补充',
                'verbose_name_plural': '异议补充',
                'ordering': ('id',),
                'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='appeal_words_say_something')],
            },
        ),
        migrations.AddConstraint(
            model_name='grading',
            constraint=models.UniqueConstraint(fields=('cycle', 'deputy'), name='grading_once_per_year'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['assembly', 'year', 'deputy'], include=('points',), name='entry_by_year'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.UniqueConstraint(condition=models.Q(('corrects__isnull', True), ('reverses__isnull', True)), fields=('record', 'assembly'), name='entry_once_per_record_and_assembly'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('points__gt', 0), ('reverses__isnull', True)), models.Q(('corrects__isnull', True), ('points__lt', 0), ('reverses__isnull', False)), _connector='OR'), name='entry_is_positive_or_reverses'),
        ),
        migrations.AddConstraint(
            model_name='rule',
            constraint=models.UniqueConstraint(fields=('book', 'item'), name='rule_once_per_book_and_item'),
        ),
        migrations.AddConstraint(
            model_name='rule',
            constraint=models.CheckConstraint(condition=models.Q(('points__gt', 0)), name='rule_points_are_positive'),
        ),
        migrations.AddConstraint(
            model_name='rule',
            constraint=models.CheckConstraint(condition=models.Q(('bonus', False), ('per_year__isnull', True), _connector='OR'), name='rule_bonus_has_no_ceiling'),
        ),
        migrations.AddConstraint(
            model_name='rule',
            constraint=models.CheckConstraint(condition=models.Q(('highest_only', False), ('bonus', True), _connector='OR'), name='rule_highest_only_is_a_bonus'),
        ),
    ]
