"""The decision keeps what it rested on; vetoes are data; amendments and objections beside a grade.

A decision from before keeps its year's points and its lit stars; what was suggested is not known.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from congress.shared import guards

FILL = """
UPDATE scoring_reviewcycle
  SET met_on = (decided_at AT TIME ZONE 'Asia/Shanghai')::date WHERE decided_at IS NOT NULL;
UPDATE scoring_grading SET
  stars = (SELECT count(*) FROM scoring_starlight
    WHERE grading_id = scoring_grading.id AND lit),
  points = coalesce((SELECT total FROM scoring_yeartotal JOIN scoring_reviewcycle AS cycle
    ON cycle.assembly_id = scoring_yeartotal.assembly_id AND cycle.year = scoring_yeartotal.year
    WHERE cycle.id = scoring_grading.cycle_id
    AND scoring_yeartotal.deputy_id = scoring_grading.deputy_id), 0);
SET CONSTRAINTS ALL IMMEDIATE;
"""
# code, name, the best grade that stays possible, how it is known: our own proposal, editable
KINDS = [
    ("suspended", "暂停执行职务", "基本称职", "records"),
    ("penalty", "受党纪政务处分", "称职", "typed"),
    ("absent", "未经批准缺席人代会", "良好", "records"),
    ("refused_report", "拒绝述职", "良好", "typed"),
]


def fill(apps, schema_editor):
    grades = apps.get_model("scoring", "Grade").objects
    kind = apps.get_model("scoring", "VetoKind")
    # A county that has other grades gets the same places, as far as it has them.
    best_first = list(grades.order_by("position"))
    places = {"良好": 1, "称职": 2, "基本称职": 3}
    if best_first:
        kind.objects.bulk_create(
            kind(
                code=code,
                name=name,
                best=next(
                    (grade for grade in best_first if grade.name == best),
                    best_first[min(places[best], len(best_first) - 1)],
                ),
                source=source,
                position=position,
            )
            for position, (code, name, best, source) in enumerate(KINDS, start=1)
        )


def empty(apps, schema_editor):
    apps.get_model("scoring", "VetoKind").objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('deputies', '0003_one_group_and_frozen_facts'),
        ('scoring', '0008_what_follows_a_review'),
        ('shared', '0006_organisations_by_who_reads_ratings'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='GradeAmendment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('proposed', '待另一人确认'), ('confirmed', '已更正'), ('dropped', '没有确认')], default='proposed', max_length=20, verbose_name='状态')),
                ('reason', models.CharField(max_length=300, verbose_name='理由')),
                ('minute', models.CharField(max_length=60, verbose_name='会议纪要号')),
                ('proposed_at', models.DateTimeField(verbose_name='提出时间')),
                ('second_at', models.DateTimeField(null=True, verbose_name='确认时间')),
                ('drop_reason', models.CharField(blank=True, max_length=120, verbose_name='没有确认的理由')),
            ],
            options={
                'verbose_name': '等次更正',
                'verbose_name_plural': '等次更正',
                'ordering': ('grading', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='GradeObjection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('open', '待答复'), ('upheld', '成立'), ('dismissed', '不成立'), ('withdrawn', '已撤回')], default='open', max_length=20, verbose_name='状态')),
                ('kind', models.CharField(choices=[('own', '本人异议'), ('letter', '来信')], max_length=10, verbose_name='谁提出')),
                ('words', models.CharField(max_length=600, verbose_name='异议')),
                ('sender', models.CharField(blank=True, max_length=60, verbose_name='来信人')),
                ('raised_at', models.DateTimeField(verbose_name='提出时间')),
                ('answer', models.CharField(blank=True, max_length=300, verbose_name='答复')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='答复时间')),
            ],
            options={
                'verbose_name': '公示异议',
                'verbose_name_plural': '公示异议',
                'ordering': ('-raised_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='Veto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=120, verbose_name='依据')),
            ],
            options={
                'verbose_name': '否决',
                'verbose_name_plural': '否决',
                'ordering': ('grading', 'kind__position'),
            },
        ),
        migrations.CreateModel(
            name='VetoKind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(unique=True, verbose_name='代码')),
                ('name', models.CharField(max_length=20, unique=True, verbose_name='否决情形')),
                ('source', models.CharField(choices=[('records', '系统核对'), ('typed', '评定时录入')], default='typed', max_length=10, verbose_name='从哪里知道')),
                ('position', models.PositiveSmallIntegerField(unique=True, verbose_name='次序')),
            ],
            options={
                'verbose_name': '否决情形',
                'verbose_name_plural': '否决情形',
                'ordering': ('position',),
            },
        ),
        migrations.AddField(
            model_name='grading',
            name='bands_moved',
            field=models.SmallIntegerField(default=0, help_text='比建议高几等为负，低几等为正', verbose_name='与建议等次相差'),
        ),
        migrations.AddField(
            model_name='grading',
            name='points',
            field=models.DecimalField(decimal_places=1, default=0, max_digits=6, verbose_name='评定时的积分'),
        ),
        migrations.AddField(
            model_name='grading',
            name='reason',
            field=models.CharField(blank=True, max_length=300, verbose_name='评定理由'),
        ),
        migrations.AddField(
            model_name='grading',
            name='stars',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='评定时的星数'),
        ),
        migrations.AddField(
            model_name='grading',
            name='suggested',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='scoring.grade', verbose_name='建议等次'),
        ),
        migrations.AddField(
            model_name='reviewcycle',
            name='met_on',
            field=models.DateField(null=True, verbose_name='会议日期'),
        ),
        migrations.AlterField(
            model_name='grading',
            name='suggestion',
            field=models.DecimalField(decimal_places=1, max_digits=4, null=True, verbose_name='参考分'),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='grading',
            constraint=models.CheckConstraint(condition=models.Q(('bands_moved__range', (-1, 1)), models.Q(('reason', ''), _negated=True), _connector='OR'), name='grading_far_from_suggested_has_reason', violation_error_message='与建议等次相差一等以上，必须写明理由。'),
        ),
        migrations.AddConstraint(
            model_name='grading',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('bands_moved', 0), _negated=True), ('suggested__isnull', True), ('grade', models.F('suggested')), _connector='OR'), name='grading_not_moved_is_as_suggested', violation_error_message='与建议等次不同，就不是没有变动。'),
        ),
        migrations.AddConstraint(
            model_name='grading',
            constraint=models.CheckConstraint(condition=models.Q(('stars__lte', 10)), name='grading_stars_are_up_to_ten'),
        ),
        migrations.AddConstraint(
            model_name='reviewcycle',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('met_on__isnull', True), ('state__in', ('open', 'gathered'))), models.Q(models.Q(('state__in', ('open', 'gathered')), _negated=True), ('met_on__isnull', False)), _connector='OR'), name='review_decided_has_its_meeting_day', violation_error_message='评定必须有常委会会议的日期。'),
        ),
        migrations.AddField(
            model_name='gradeamendment',
            name='grade',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='scoring.grade', verbose_name='更正为'),
        ),
        migrations.AddField(
            model_name='gradeamendment',
            name='grading',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='scoring.grading', verbose_name='评定'),
        ),
        migrations.AddField(
            model_name='gradeamendment',
            name='proposed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='提出的人'),
        ),
        migrations.AddField(
            model_name='gradeamendment',
            name='second_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='第二个人'),
        ),
        migrations.AddField(
            model_name='gradeamendment',
            name='was',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='scoring.grade', verbose_name='原等次'),
        ),
        migrations.AddField(
            model_name='gradeobjection',
            name='answered_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='答复人'),
        ),
        migrations.AddField(
            model_name='gradeobjection',
            name='grading',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='scoring.grading', verbose_name='评定'),
        ),
        migrations.AddField(
            model_name='gradeobjection',
            name='raised_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='提出或登记的人'),
        ),
        migrations.AddField(
            model_name='gradeamendment',
            name='objection',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='scoring.gradeobjection', verbose_name='由哪一条异议'),
        ),
        migrations.AddField(
            model_name='veto',
            name='grading',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='vetoes', to='scoring.grading', verbose_name='评定'),
        ),
        migrations.AddField(
            model_name='vetokind',
            name='best',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='scoring.grade', verbose_name='最好只能评为'),
        ),
        migrations.AddField(
            model_name='veto',
            name='kind',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='scoring.vetokind', verbose_name='否决情形'),
        ),
        migrations.AddConstraint(
            model_name='gradeobjection',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'own'), ('state', 'open')), fields=('grading',), name='grade_objection_one_open_of_the_deputy', violation_error_message='您的异议正在处理。'),
        ),
        migrations.AddConstraint(
            model_name='gradeobjection',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='grade_objection_says_why', violation_error_message='异议必须写明理由。'),
        ),
        migrations.AddConstraint(
            model_name='gradeobjection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'own'), ('sender', '')), models.Q(('kind', 'letter'), models.Q(('sender', ''), _negated=True)), _connector='OR'), name='grade_objection_letter_has_a_sender', violation_error_message='来信要登记来信人，本人异议不用写。'),
        ),
        migrations.AddConstraint(
            model_name='gradeobjection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True), ('answered_by__isnull', True), ('state__in', ('open', 'withdrawn'))), models.Q(('state__in', ('upheld', 'dismissed')), models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='grade_objection_answered_has_who_and_when_and_words', violation_error_message='答复必须有答复人、时间和理由。'),
        ),
        migrations.AddConstraint(
            model_name='gradeobjection',
            constraint=models.CheckConstraint(condition=models.Q(('answered_by__isnull', True), models.Q(('answered_by', models.F('raised_by')), _negated=True), _connector='OR'), name='grade_objection_is_answered_by_another', violation_error_message='异议不能由提出或登记的人答复。'),
        ),
        migrations.AddConstraint(
            model_name='gradeamendment',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'proposed')), fields=('grading',), name='grade_amendment_one_waiting_per_grading', violation_error_message='已有一项更正等待确认。'),
        ),
        migrations.AddConstraint(
            model_name='gradeamendment',
            constraint=models.CheckConstraint(condition=models.Q(('was', models.F('grade')), _negated=True), name='grade_amendment_changes_the_grade', violation_error_message='更正后的等次和原来一样。'),
        ),
        migrations.AddConstraint(
            model_name='gradeamendment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), _negated=True), models.Q(('minute', ''), _negated=True)), name='grade_amendment_has_reason_and_minute', violation_error_message='更正必须有理由和会议纪要号。'),
        ),
        migrations.AddConstraint(
            model_name='gradeamendment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('drop_reason', ''), ('second_at__isnull', True), ('second_by__isnull', True), ('state', 'proposed')), models.Q(('drop_reason', ''), ('second_at__isnull', False), ('second_by__isnull', False), ('state', 'confirmed')), models.Q(('second_at__isnull', False), ('second_by__isnull', False), ('state', 'dropped'), models.Q(('drop_reason', ''), _negated=True)), _connector='OR'), name='grade_amendment_closed_has_who_and_when', violation_error_message='更正的结果必须有确认人和时间，没有确认的要写理由。'),
        ),
        migrations.AddConstraint(
            model_name='gradeamendment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'confirmed'), _negated=True), models.Q(('second_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='grade_amendment_is_confirmed_by_another', violation_error_message='提出更正的人不能自己确认。'),
        ),
        migrations.AddConstraint(
            model_name='veto',
            constraint=models.UniqueConstraint(fields=('grading', 'kind'), name='veto_once_per_grading_and_kind', violation_error_message='这一种否决情形已经记下。'),
        ),
        migrations.AddConstraint(
            model_name='veto',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='veto_has_its_ground', violation_error_message='否决必须写明依据。'),
        ),
        migrations.RunPython(fill, empty),
        guards.opened("scoring_reviewcycle", "met_on"),
        guards.append_only("scoring_veto"),
        guards.changes_only(
            "scoring_gradeobjection", "state", "answer", "answered_by_id", "answered_at"
        ),
        guards.kept_from_reader("scoring_gradeobjection"),
        guards.changes_only(
            "scoring_gradeamendment", "state", "second_by_id", "second_at", "drop_reason"
        ),
    ]
