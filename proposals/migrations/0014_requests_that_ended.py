"""A request for more months ends once its part is answered, given back or withdrawn."""

from django.conf import settings
from django.db import migrations, models

OVERTAKEN = """
UPDATE proposals_extension SET
    state = 'lapsed',
    decided_on = COALESCE(part.done_on, CURRENT_DATE),
    words = CASE part.state
        WHEN 'done' THEN '单位已经答复，不用再延期。' ELSE '这一部分不再由该单位办理。' END
FROM proposals_assignment part
WHERE part.id = proposals_extension.assignment_id
    AND proposals_extension.state = 'asked' AND part.state IN ('done', 'removed')
"""
BACK = """
UPDATE proposals_extension SET state = 'refused', decided_by_id = asked_by_id
WHERE state = 'lapsed'
"""


class Migration(migrations.Migration):

    dependencies = [
        ('proposals', '0013_rating_windows'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='extension',
            name='extension_once_per_assignment',
        ),
        migrations.RemoveConstraint(
            model_name='extension',
            name='extension_decided_has_who_and_when',
        ),
        migrations.AlterField(
            model_name='extension',
            name='state',
            field=models.CharField(choices=[('asked', '待批准'), ('granted', '已批准'), ('refused', '不同意'), ('lapsed', '已终止')], default='asked', max_length=20, verbose_name='状态'),
        ),
        migrations.RunSQL(OVERTAKEN, BACK),
        migrations.AddConstraint(
            model_name='extension',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('asked', 'granted'))), fields=('assignment',), name='extension_once_per_assignment', violation_error_message='一件建议只能延期一次。'),
        ),
        migrations.AddConstraint(
            model_name='extension',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_by__isnull', True), ('decided_on__isnull', True), ('state', 'asked')), models.Q(('decided_by__isnull', False), ('decided_on__isnull', False), ('state__in', ('granted', 'refused'))), models.Q(('decided_by__isnull', True), ('decided_on__isnull', False), ('state', 'lapsed')), _connector='OR'), name='extension_decided_has_who_and_when'),
        ),
        migrations.AddConstraint(
            model_name='extension',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'lapsed'), _negated=True), models.Q(('words', ''), _negated=True), _connector='OR'), name='extension_lapsed_says_why'),
        ),
    ]
