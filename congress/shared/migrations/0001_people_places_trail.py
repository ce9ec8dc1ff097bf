import congress.shared.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('username', models.CharField(max_length=40, unique=True, verbose_name='账号')),
                ('name', models.CharField(max_length=40, verbose_name='姓名')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='电子邮箱')),
            ],
            options={
                'verbose_name': '账号',
                'verbose_name_plural': '账号',
                'ordering': ('username',),
            },
        ),
        migrations.CreateModel(
            name='Level',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(unique=True, verbose_name='代码')),
                ('name', models.CharField(max_length=20, unique=True, verbose_name='名称')),
                ('rank', models.PositiveSmallIntegerField(help_text='数字越小层级越高', unique=True, verbose_name='次序')),
            ],
            options={
                'verbose_name': '层级',
                'verbose_name_plural': '层级',
                'ordering': ('rank',),
            },
        ),
        migrations.CreateModel(
            name='Workday',
            fields=[
                ('on', models.DateField(primary_key=True, serialize=False, verbose_name='日期')),
                ('works', models.BooleanField(verbose_name='上班')),
                ('reason', models.CharField(max_length=40, verbose_name='事由')),
            ],
            options={
                'verbose_name': '工作日历',
                'verbose_name_plural': '工作日历',
                'ordering': ('-on',),
            },
        ),
        migrations.CreateModel(
            name='Area',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, verbose_name='名称')),
                ('short_name', models.CharField(max_length=20, verbose_name='简称')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='次序')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='shared.area', verbose_name='上级区域')),
            ],
            options={
                'verbose_name': '区域',
                'verbose_name_plural': '区域',
                'ordering': ('position', 'name'),
                'constraints': [models.UniqueConstraint(fields=('parent', 'name'), name='area_name_once_under_its_parent', nulls_distinct=False, violation_error_message='同一上级下已有同名区域。')],
            },
        ),
        migrations.CreateModel(
            name='AuditEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=60, verbose_name='对象')),
                ('subject_id', models.BigIntegerField(verbose_name='编号')),
                ('was', models.CharField(blank=True, max_length=30, verbose_name='原状态')),
                ('now', models.CharField(max_length=30, verbose_name='现状态')),
                ('by_id', models.BigIntegerField(null=True, verbose_name='操作人编号')),
                ('by_name', models.CharField(max_length=40, verbose_name='操作人')),
                ('post', models.CharField(blank=True, max_length=60, verbose_name='任职')),
                ('at', models.DateTimeField(default=congress.shared.clock.now, verbose_name='时间')),
                ('note', models.TextField(blank=True, verbose_name='说明')),
            ],
            options={
                'verbose_name': '办理痕迹',
                'verbose_name_plural': '办理痕迹',
                'ordering': ('id',),
                'indexes': [models.Index(fields=['subject', 'subject_id'], name='audit_by_subject')],
            },
        ),
        migrations.CreateModel(
            name='Assembly',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, unique=True, verbose_name='名称')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='shared.area', verbose_name='区域')),
                ('level', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='shared.level', verbose_name='层级')),
            ],
            options={
                'verbose_name': '人民代表大会',
                'verbose_name_plural': '人民代表大会',
                'ordering': ('level__rank', 'area__position'),
                'constraints': [models.UniqueConstraint(fields=('area', 'level'), name='assembly_once_per_area_and_level')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, verbose_name='唯一键')),
                ('text', models.CharField(max_length=300, verbose_name='内容')),
                ('link', models.CharField(max_length=200, verbose_name='去处')),
                ('written_at', models.DateTimeField(default=congress.shared.clock.now, verbose_name='写下时间')),
                ('read_at', models.DateTimeField(blank=True, null=True, verbose_name='已读时间')),
                ('claimed_at', models.DateTimeField(blank=True, null=True, verbose_name='认领时间')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='发出时间')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to=settings.AUTH_USER_MODEL, verbose_name='收件人')),
            ],
            options={
                'verbose_name': '通知',
                'verbose_name_plural': '通知',
                'ordering': ('-id',),
                'indexes': [models.Index(condition=models.Q(('read_at__isnull', True)), fields=['person'], name='notice_unread')],
                'constraints': [models.UniqueConstraint(fields=('person', 'key'), name='notice_once_per_person_and_key')],
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('committee', '常委会工作机构'), ('special', '专门委员会'), ('township', '乡镇人大'), ('unit', '承办单位'), ('electing', '选举单位')], max_length=20, verbose_name='类别')),
                ('name', models.CharField(max_length=60, verbose_name='全称')),
                ('short_name', models.CharField(max_length=20, verbose_name='简称')),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='办公电话')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='次序')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='shared.area', verbose_name='区域')),
            ],
            options={
                'verbose_name': '机构',
                'verbose_name_plural': '机构',
                'ordering': ('kind', 'position', 'name'),
                'constraints': [models.UniqueConstraint(fields=('area', 'name'), name='organisation_name_once_per_area', violation_error_message='这个区域已有同名机构。')],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('staff_clerk', '代工委工作人员'), ('staff_director', '代工委主任'), ('leader', '常委会领导'), ('township_clerk', '乡镇人大工作人员'), ('convenor', '代表小组召集人'), ('keeper', '家站站长'), ('unit_clerk', '承办单位经办人'), ('unit_head', '承办单位负责人'), ('deputy', '人大代表'), ('sysadmin', '系统管理员'), ('auditor', '审计员')], max_length=20, verbose_name='角色')),
                ('from_on', models.DateField(verbose_name='开始日期')),
                ('to_on', models.DateField(blank=True, help_text='当天仍在任', null=True, verbose_name='结束日期')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='shared.organisation', verbose_name='机构')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to=settings.AUTH_USER_MODEL, verbose_name='账号')),
            ],
            options={
                'verbose_name': '任职',
                'verbose_name_plural': '任职',
                'ordering': ('user', 'from_on'),
                'constraints': [models.CheckConstraint(condition=models.Q(('to_on__isnull', True), ('to_on__gte', models.F('from_on')), _connector='OR'), name='post_ends_after_it_begins', violation_error_message='结束日期不能早于开始日期。'), models.UniqueConstraint(condition=models.Q(('to_on__isnull', True)), fields=('user', 'organisation', 'role'), name='post_once_per_user_role_and_organisation_while_open', violation_error_message='此人已有这项任职。')],
            },
        ),
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('trail', models.CharField(max_length=20, verbose_name='链')),
                ('number', models.BigIntegerField(verbose_name='序号')),
                ('row_id', models.BigIntegerField(verbose_name='行')),
                ('digest', models.CharField(max_length=64, verbose_name='摘要')),
            ],
            options={
                'verbose_name': '封签',
                'verbose_name_plural': '封签',
                'ordering': ('trail', 'number'),
                'constraints': [models.UniqueConstraint(fields=('trail', 'number'), name='seal_number_once_per_trail'), models.UniqueConstraint(fields=('trail', 'row_id'), name='seal_row_once_per_trail')],
            },
        ),
        migrations.CreateModel(
            name='Setting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=60, verbose_name='规则')),
                ('value', models.DecimalField(decimal_places=2, max_digits=9, verbose_name='数值')),
                ('from_on', models.DateField(verbose_name='起用日期')),
                ('basis', models.CharField(max_length=120, verbose_name='依据')),
            ],
            options={
                'verbose_name': '本地规则',
                'verbose_name_plural': '本地规则',
                'ordering': ('key', '-from_on'),
                'constraints': [models.UniqueConstraint(fields=('key', 'from_on'), name='setting_once_per_key_and_date', violation_error_message='这条规则在这一天已有数值。')],
            },
        ),
        migrations.CreateModel(
            name='Term',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='届数')),
                ('from_on', models.DateField(verbose_name='开始日期')),
                ('to_on', models.DateField(blank=True, null=True, verbose_name='结束日期')),
                ('seats', models.PositiveSmallIntegerField(blank=True, help_text='选举法第十二条确定的总数，公告里要用', null=True, verbose_name='代表名额')),
                ('assembly', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='shared.assembly', verbose_name='人民代表大会')),
            ],
            options={
                'verbose_name': '届',
                'verbose_name_plural': '届',
                'ordering': ('assembly', '-number'),
                'constraints': [models.UniqueConstraint(fields=('assembly', 'number'), name='term_number_once_per_assembly'), models.CheckConstraint(condition=models.Q(('to_on__isnull', True), ('to_on__gt', models.F('from_on')), _connector='OR'), name='term_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='次数')),
                ('opens_on', models.DateField(verbose_name='开幕日期')),
                ('closes_on', models.DateField(verbose_name='闭幕日期')),
                ('term', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='shared.term', verbose_name='届')),
            ],
            options={
                'verbose_name': '会次',
                'verbose_name_plural': '会次',
                'ordering': ('-opens_on',),
                'constraints': [models.UniqueConstraint(fields=('term', 'number'), name='session_number_once_per_term'), models.CheckConstraint(condition=models.Q(('closes_on__gte', models.F('opens_on'))), name='session_closes_after_it_opens')],
            },
        ),
    ]
