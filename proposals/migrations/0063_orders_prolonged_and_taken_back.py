"""An order is prolonged once or taken back, with why; what was taken back may be ordered again."""

import django.db.models.deletion
from django.db import migrations, models

from congress.shared import guards


class Migration(migrations.Migration):

    dependencies = [
        ('proposals', '0062_convenings_moved_and_called_off'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='rehandling',
            name='rehandling_round_once_per_part',
        ),
        migrations.AddField(
            model_name='rehandling',
            name='prolonged_on',
            field=models.DateField(null=True, verbose_name='延长日期'),
        ),
        migrations.AddField(
            model_name='rehandling',
            name='prolonged_why',
            field=models.CharField(blank=True, max_length=200, verbose_name='延长的原因'),
        ),
        migrations.AddField(
            model_name='rehandling',
            name='taken_back_why',
            field=models.CharField(blank=True, max_length=200, verbose_name='撤回的原因'),
        ),
        migrations.AlterField(
            model_name='rehandling',
            name='reply',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rehandlings', to='proposals.reply', verbose_name='要重新办的答复'),
        ),
        migrations.AlterField(
            model_name='rehandling',
            name='state',
            field=models.CharField(choices=[('ordered', '重新办理中'), ('answered', '已再次答复'), ('taken_back', '已撤回')], default='ordered', max_length=20, verbose_name='状态'),
        ),
        migrations.AddConstraint(
            model_name='rehandling',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'taken_back'), _negated=True), fields=('assignment', 'round'), name='rehandling_round_once_per_part'),
        ),
        migrations.AddConstraint(
            model_name='rehandling',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'taken_back'), _negated=True), fields=('reply',), name='rehandling_once_per_reply'),
        ),
        migrations.AddConstraint(
            model_name='rehandling',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('prolonged_on__isnull', True), ('prolonged_why', '')), models.Q(('prolonged_on__isnull', False), models.Q(('prolonged_why', ''), _negated=True)), _connector='OR'), name='rehandling_prolonged_has_day_and_reason'),
        ),
        migrations.AddConstraint(
            model_name='rehandling',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'taken_back'), models.Q(('taken_back_why', ''), _negated=True)), models.Q(models.Q(('state', 'taken_back'), _negated=True), ('taken_back_why', '')), _connector='OR'), name='rehandling_taken_back_says_why'),
        ),
        guards.opened(
            "proposals_rehandling", "due_on", "prolonged_on", "prolonged_why", "taken_back_why"
        ),
    ]
