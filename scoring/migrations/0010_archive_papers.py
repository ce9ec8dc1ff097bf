"""Amendments beside sealed files, the year's digest, bound volumes, the data of a file."""

import congress.shared.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from congress.shared import guards


class Migration(migrations.Migration):

    dependencies = [
        ('deputies', '0003_one_group_and_frozen_facts'),
        ('scoring', '0009_grades_vetoes_objections'),
        ('shared', '0006_organisations_by_who_reads_ratings'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AmendedEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'verbose_name': '补记的积分',
                'verbose_name_plural': '补记的积分',
            },
        ),
        migrations.CreateModel(
            name='ArchiveAmendment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='第几号')),
                ('kind', models.CharField(choices=[('points', '积分补记'), ('grade', '等次变更'), ('correction', '内容更正')], max_length=12, verbose_name='种类')),
                ('text', models.CharField(max_length=360, verbose_name='更正内容')),
                ('reason', models.CharField(max_length=300, verbose_name='理由')),
                ('minute', models.CharField(blank=True, max_length=60, verbose_name='会议纪要号')),
                ('made_at', models.DateTimeField(default=congress.shared.clock.now, verbose_name='更正时间')),
                ('sha256', models.CharField(max_length=64, unique=True, verbose_name='摘要')),
            ],
            options={
                'verbose_name': '档案更正',
                'verbose_name_plural': '档案更正',
                'ordering': ('archive', 'number'),
            },
        ),
        migrations.CreateModel(
            name='ArchiveVolume',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('asked', '正在生成'), ('made', '已生成'), ('failed', '没有生成成功')], default='asked', max_length=20, verbose_name='状态')),
                ('asked_at', models.DateTimeField(default=congress.shared.clock.now, verbose_name='什么时候要的')),
                ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='开始过几次')),
                ('holds', models.PositiveIntegerField(default=0, verbose_name='份数')),
                ('pages', models.PositiveIntegerField(default=0, verbose_name='页数')),
                ('file', models.CharField(blank=True, max_length=120, verbose_name='文件')),
                ('made_at', models.DateTimeField(null=True, verbose_name='生成时间')),
                ('why', models.CharField(blank=True, max_length=120, verbose_name='为什么没有成功')),
            ],
            options={
                'verbose_name': '档案卷册',
                'verbose_name_plural': '档案卷册',
                'ordering': ('-id',),
            },
        ),
        migrations.CreateModel(
            name='YearSeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('files', models.PositiveIntegerField(verbose_name='份数')),
                ('register', models.TextField(verbose_name='封存目录')),
                ('root', models.CharField(max_length=64, verbose_name='年度摘要')),
                ('sealed_at', models.DateTimeField(default=congress.shared.clock.now, verbose_name='封存时间')),
            ],
            options={
                'verbose_name': '年度封存',
                'verbose_name_plural': '年度封存',
                'ordering': ('-cycle__year', 'cycle'),
            },
        ),
        migrations.AddField(
            model_name='archive',
            name='data',
            field=models.CharField(blank=True, max_length=120, verbose_name='数据文件'),
        ),
        migrations.AddField(
            model_name='archive',
            name='data_sha256',
            field=models.CharField(blank=True, max_length=64, verbose_name='数据摘要'),
        ),
        migrations.AddConstraint(
            model_name='archive',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('data', ''), ('data_sha256', '')), models.Q(models.Q(('data', ''), _negated=True), models.Q(('data_sha256', ''), _negated=True)), _connector='OR'), name='archive_has_data_and_its_digest_or_neither'),
        ),
        migrations.AddField(
            model_name='amendedentry',
            name='entry',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='amended', to='scoring.entry', verbose_name='哪一笔积分'),
        ),
        migrations.AddField(
            model_name='archiveamendment',
            name='archive',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='scoring.archive', verbose_name='履职档案'),
        ),
        migrations.AddField(
            model_name='archiveamendment',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='经办人'),
        ),
        migrations.AddField(
            model_name='archiveamendment',
            name='regrading',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='in_archive', to='scoring.gradeamendment', verbose_name='哪一项等次更正'),
        ),
        migrations.AddField(
            model_name='amendedentry',
            name='amendment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='scoring.archiveamendment', verbose_name='档案更正'),
        ),
        migrations.AddField(
            model_name='archivevolume',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='谁要的'),
        ),
        migrations.AddField(
            model_name='archivevolume',
            name='asked_post',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shared.post', verbose_name='职务'),
        ),
        migrations.AddField(
            model_name='archivevolume',
            name='cycle',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='scoring.reviewcycle', verbose_name='年度评价'),
        ),
        migrations.AddField(
            model_name='archivevolume',
            name='deputy',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='deputies.deputy', verbose_name='代表'),
        ),
        migrations.AddField(
            model_name='archivevolume',
            name='group',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='deputies.deputygroup', verbose_name='代表小组'),
        ),
        migrations.AddField(
            model_name='archivevolume',
            name='term',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='shared.term', verbose_name='届'),
        ),
        migrations.AddField(
            model_name='yearseal',
            name='cycle',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='year_seal', to='scoring.reviewcycle', verbose_name='年度评价'),
        ),
        migrations.AddConstraint(
            model_name='archiveamendment',
            constraint=models.UniqueConstraint(fields=('archive', 'number'), name='archive_amendment_number_once', violation_error_message='这份档案已经有这个号的更正。'),
        ),
        migrations.AddConstraint(
            model_name='archiveamendment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'points'), ('made_by__isnull', True), ('minute', '')), models.Q(models.Q(('kind', 'points'), _negated=True), models.Q(('minute', ''), _negated=True), ('made_by__isnull', False)), _connector='OR'), name='archive_amendment_has_minute_and_who_or_is_points', violation_error_message='更正要有会议纪要号和经办人；积分补记由系统作出。'),
        ),
        migrations.AddConstraint(
            model_name='archiveamendment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'grade'), ('regrading__isnull', False)), models.Q(models.Q(('kind', 'grade'), _negated=True), ('regrading__isnull', True)), _connector='OR'), name='archive_amendment_of_a_grade_names_it', violation_error_message='等次变更要对应一项已确认的等次更正。'),
        ),
        migrations.AddConstraint(
            model_name='archiveamendment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), models.Q(('reason', ''), _negated=True)), name='archive_amendment_says_what_and_why', violation_error_message='请写明更正什么、为什么更正。'),
        ),
        migrations.AddConstraint(
            model_name='archivevolume',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cycle__isnull', True), ('deputy__isnull', False), ('group__isnull', True), ('term__isnull', False)), models.Q(('cycle__isnull', False), ('deputy__isnull', True), ('group__isnull', False), ('term__isnull', True)), _connector='OR'), name='archive_volume_is_of_a_term_or_of_a_groups_year', violation_error_message='卷册要么是一位代表的任期卷，要么是一个小组的年册。'),
        ),
        migrations.AddConstraint(
            model_name='archivevolume',
            constraint=models.UniqueConstraint(fields=('deputy', 'term'), name='archive_volume_once_per_deputy_and_term', violation_error_message='这位代表这一届的任期卷已经有了，可以重新生成。'),
        ),
        migrations.AddConstraint(
            model_name='archivevolume',
            constraint=models.UniqueConstraint(fields=('group', 'cycle'), name='archive_volume_once_per_group_and_year', violation_error_message='这个小组这一年的年册已经有了，可以重新生成。'),
        ),
        migrations.AddConstraint(
            model_name='archivevolume',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('file', ''), ('made_at__isnull', True)), models.Q(models.Q(('file', ''), _negated=True), ('made_at__isnull', False)), _connector='OR'), name='archive_volume_has_its_file_and_moment_or_neither'),
        ),
        migrations.AddConstraint(
            model_name='archivevolume',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'made'), _negated=True), models.Q(('file', ''), _negated=True), _connector='OR'), name='archive_volume_made_has_its_file'),
        ),
        guards.append_only("scoring_archiveamendment"),
        guards.append_only("scoring_amendedentry"),
        guards.append_only("scoring_yearseal"),
        guards.changes_only(
            "scoring_archivevolume",
            *("state", "asked_by_id", "asked_post_id", "asked_at", "tries"),
            *("holds", "pages", "file", "made_at", "why"),
        ),
    ]
