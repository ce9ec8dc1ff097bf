"""A deputy may decline more months; an objection lapses with the proposal that it is about."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('proposals', '0017_digest_of_each_field'),
        ('shared', '0003_levels_and_working_calendar'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='objection',
            name='objection_decided_has_who_when_and_words',
        ),
        migrations.AddField(
            model_name='extension',
            name='declined_at',
            field=models.DateTimeField(null=True, verbose_name='代表不同意时间'),
        ),
        migrations.AlterField(
            model_name='objection',
            name='state',
            field=models.CharField(choices=[('open', '待答复'), ('upheld', '已改交'), ('dismissed', '不予采纳'), ('lapsed', '已终止')], default='open', max_length=20, verbose_name='状态'),
        ),
        migrations.AddConstraint(
            model_name='extension',
            constraint=models.CheckConstraint(condition=models.Q(('consented_at__isnull', True), ('declined_at__isnull', True), _connector='OR'), name='extension_consented_or_declined'),
        ),
        migrations.AddConstraint(
            model_name='objection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_by__isnull', True), ('decided_on__isnull', True), ('state', 'open'), ('words', '')), models.Q(('state__in', ('upheld', 'dismissed')), ('decided_by__isnull', False), ('decided_on__isnull', False), models.Q(('words', ''), _negated=True)), models.Q(('decided_by__isnull', True), ('state', 'lapsed'), ('decided_on__isnull', False), models.Q(('words', ''), _negated=True)), _connector='OR'), name='objection_decided_has_who_when_and_words'),
        ),
    ]
