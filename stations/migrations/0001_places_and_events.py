import django.db.models.deletion
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
            name='Activity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=60, verbose_name='活动名称')),
                ('held_on', models.DateField(verbose_name='活动日期')),
                ('place', models.CharField(max_length=60, verbose_name='地点')),
                ('registered_at', models.DateTimeField(verbose_name='登记时间')),
                ('assembly', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='shared.assembly', verbose_name='全体代表')),
                ('group', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='deputies.deputygroup', verbose_name='代表小组')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='deputies.dutyitem', verbose_name='履职条目')),
                ('organiser', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='shared.organisation', verbose_name='组织方')),
                ('registered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
            ],
            options={
                'verbose_name': '活动',
                'verbose_name_plural': '活动',
                'ordering': ('-held_on', '-id'),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('assembly__isnull', True), ('group__isnull', False)), models.Q(('assembly__isnull', False), ('group__isnull', True)), _connector='OR'), name='activity_is_for_a_group_or_an_assembly', violation_error_message='活动要么面向一个小组，要么面向全体代表。'), models.UniqueConstraint(fields=('item', 'title', 'held_on', 'group', 'assembly'), name='activity_registered_once', nulls_distinct=False, violation_error_message='这次活动已经登记过。')],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('presence', models.CharField(choices=[('present', '到场'), ('leave', '请假'), ('absent', '缺席')], max_length=10, verbose_name='到场情况')),
                ('approver', models.CharField(blank=True, max_length=40, verbose_name='请假批准人')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='stations.activity', verbose_name='活动')),
                ('deputy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='deputies.deputy', verbose_name='代表')),
            ],
            options={
                'verbose_name': '签到',
                'verbose_name_plural': '签到',
                'constraints': [models.UniqueConstraint(fields=('activity', 'deputy'), name='attendance_once_per_deputy'), models.CheckConstraint(condition=models.Q(models.Q(('presence', 'leave'), _negated=True), models.Q(('approver', ''), _negated=True), _connector='OR'), name='attendance_leave_has_approver', violation_error_message='请假必须写明批准人。')],
            },
        ),
        migrations.CreateModel(
            name='Station',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('home', '代表之家'), ('station', '代表联络站')], max_length=10, verbose_name='类别')),
                ('name', models.CharField(max_length=40, unique=True, verbose_name='名称')),
                ('address', models.CharField(blank=True, max_length=80, verbose_name='地址')),
                ('opening', models.CharField(blank=True, max_length=60, verbose_name='开放时间')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='次序')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='shared.area', verbose_name='乡镇')),
                ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='deputies.deputygroup', verbose_name='进驻小组')),
                ('keeper', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL, verbose_name='站长')),
            ],
            options={
                'verbose_name': '家站',
                'verbose_name_plural': '家站',
                'ordering': ('area__position', 'kind', 'position'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('kind', 'home')), fields=('area',), name='station_one_home_per_area', violation_error_message='一个乡镇只有一个代表之家。')],
            },
        ),
        migrations.CreateModel(
            name='Posting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_on', models.DateField(verbose_name='进驻日期')),
                ('to_on', models.DateField(blank=True, null=True, verbose_name='离开日期')),
                ('deputy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='deputies.deputy', verbose_name='代表')),
                ('station', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='stations.station', verbose_name='家站')),
            ],
            options={
                'verbose_name': '进驻',
                'verbose_name_plural': '进驻',
                'constraints': [models.UniqueConstraint(condition=models.Q(('to_on__isnull', True)), fields=('deputy',), name='posting_one_station_at_a_time', violation_error_message='一名代表同一时间只进驻一个联络站。')],
            },
        ),
        migrations.CreateModel(
            name='Issue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('open', '办理中'), ('settled', '已办结')], default='open', max_length=20, verbose_name='状态')),
                ('title', models.CharField(max_length=60, verbose_name='事项')),
                ('raised_at', models.DateTimeField(verbose_name='转交时间')),
                ('result', models.TextField(blank=True, max_length=600, verbose_name='办理结果')),
                ('settled_at', models.DateTimeField(null=True, verbose_name='办结时间')),
                ('message', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to='deputies.message', verbose_name='群众留言')),
                ('raised_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='转交人')),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='办结人')),
                ('station', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='stations.station', verbose_name='家站')),
            ],
            options={
                'verbose_name': '民情事项',
                'verbose_name_plural': '民情事项',
                'ordering': ('-raised_at', '-id'),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', False), ('settled_by__isnull', False), ('state', 'settled'), models.Q(('result', ''), _negated=True)), models.Q(('result', ''), ('settled_at__isnull', True), ('settled_by__isnull', True), ('state', 'open')), _connector='OR'), name='issue_settled_has_result_who_and_when')],
            },
        ),
    ]
