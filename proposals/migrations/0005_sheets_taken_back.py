from django.db import migrations, models

NOT_WRITTEN = """
UPDATE proposals_sheet SET drop_reason = '当时没有写原因'
WHERE state = 'dropped' AND object_until IS NOT NULL
"""


class Migration(migrations.Migration):

    dependencies = [
        ('proposals', '0004_pages_of_attachments'),
    ]

    operations = [
        migrations.AddField(
            model_name='sheet',
            name='drop_reason',
            field=models.CharField(blank=True, max_length=200, verbose_name='收回原因'),
        ),
        migrations.RunSQL(NOT_WRITTEN, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name='sheet',
            name='state',
            field=models.CharField(choices=[('drafted', '拟交办'), ('rehearsed', '征求单位意见'), ('settled', '已交办'), ('dropped', '已收回')], default='drafted', max_length=20, verbose_name='状态'),
        ),
        migrations.AddConstraint(
            model_name='sheet',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'dropped'), models.Q(('object_until__isnull', True), models.Q(('drop_reason', ''), _negated=True), _connector='OR')), models.Q(models.Q(('state', 'dropped'), _negated=True), ('drop_reason', '')), _connector='OR'), name='sheet_dropped_after_units_saw_it_says_why'),
        ),
    ]
