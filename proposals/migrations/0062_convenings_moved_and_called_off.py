"""A convening is moved to another day or called off, with why; then both may be convened again."""

import django.db.models.deletion
from django.db import migrations, models

from congress.shared import guards


class Migration(migrations.Migration):

    dependencies = [
        ('proposals', '0061_explanations_shown'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='convening',
            name='convening_held_has_who_and_what',
        ),
        migrations.AddField(
            model_name='convening',
            name='why',
            field=models.CharField(blank=True, max_length=200, verbose_name='改期、取消的原因'),
        ),
        migrations.AlterField(
            model_name='convening',
            name='rehandling',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='convenings', to='proposals.rehandling', verbose_name='重新办理'),
        ),
        migrations.AlterField(
            model_name='convening',
            name='state',
            field=models.CharField(choices=[('called', '已通知'), ('held', '已协商'), ('called_off', '已取消')], default='called', max_length=20, verbose_name='状态'),
        ),
        migrations.AddConstraint(
            model_name='convening',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('state', 'held'), _negated=True), ('agreed', ''), ('people', ''), ('recorded_by', None)), models.Q(('recorded_by__isnull', False), ('state', 'held'), models.Q(('people', ''), _negated=True), models.Q(('agreed', ''), _negated=True)), _connector='OR'), name='convening_held_has_who_and_what'),
        ),
        migrations.AddConstraint(
            model_name='convening',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'called_off'), _negated=True), models.Q(('why', ''), _negated=True), _connector='OR'), name='convening_called_off_says_why'),
        ),
        migrations.AddConstraint(
            model_name='convening',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'called_off'), _negated=True), fields=('rehandling',), name='convening_one_stands_per_order'),
        ),
        guards.opened("proposals_convening", "meets_on", "place", "why"),
    ]
