import django.db.models.expressions
import django.db.models.functions.datetime
import django.db.models.lookups
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('deputies', '0023_told_for_others'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='dutyrecord',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('source__startswith', 'deputies.enter:'), _negated=True), ('state__in', ('entered', 'withdrawn')), ('confirmed_at__isnull', False), _connector='OR'), name='duty_entered_is_confirmed_before_it_goes_on', violation_error_message='代登记的履职须本人确认以后才往下走。'),
        ),
        migrations.AddConstraint(
            model_name='dutyrecord',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('source__startswith', 'deputies.enter:'), _negated=True), models.Q(('late_reason', ''), _negated=True), django.db.models.lookups.LessThanOrEqual(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.functions.datetime.ExtractYear('reported_at'), '*', models.Value(12)), '+', django.db.models.functions.datetime.ExtractMonth('reported_at')), django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.functions.datetime.ExtractYear('done_on'), '*', models.Value(12)), '+', models.Value(13))), _connector='OR'), name='duty_entered_late_says_why', violation_error_message='逾期补登必须写明原因。'),
        ),
        migrations.AddConstraint(
            model_name='dutyrecord',
            constraint=models.CheckConstraint(condition=models.Q(('verified_by__isnull', True), ('reported_by__isnull', True), models.Q(('verified_by', models.F('reported_by')), _negated=True), _connector='OR'), name='duty_is_not_verified_by_who_told_it', violation_error_message='登记和核实必须是两个人。'),
        ),
        migrations.AddConstraint(
            model_name='dutyrecord',
            constraint=models.CheckConstraint(condition=models.Q(('duplicate_of__isnull', True), models.Q(('state', 'withdrawn'), models.Q(('duplicate_of', models.F('id')), _negated=True)), _connector='OR'), name='duty_duplicate_is_withdrawn', violation_error_message='认定重复的记录不再算数。'),
        ),
    ]
