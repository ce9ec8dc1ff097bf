from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('deputies', '0026_confirmed_on_paper'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='dutyrecord',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('paper_by__isnull', True), ('paper_note', ''), ('paper_on__isnull', True)), models.Q(('confirmed_at__isnull', False), ('source__startswith', 'deputies.enter:'), ('paper_by__isnull', False), ('paper_on__isnull', False), models.Q(('paper_note', ''), _negated=True)), _connector='OR'), name='duty_paper_has_who_when_and_what', violation_error_message='纸面确认要有收的人、日期和说明。'),
        ),
        migrations.AddConstraint(
            model_name='dutyrecord',
            constraint=models.CheckConstraint(condition=models.Q(('paper_by__isnull', True), models.Q(('paper_by', models.F('reported_by')), _negated=True), _connector='OR'), name='duty_paper_is_not_received_by_who_entered_it', violation_error_message='登记和收纸面确认必须是两个人。'),
        ),
    ]
