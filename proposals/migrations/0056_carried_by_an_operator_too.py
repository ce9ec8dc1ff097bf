"""An operator may carry a year over at the server, in nobody's name."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('deputies', '0003_one_group_and_frozen_facts'),
        ('proposals', '0055_carried_and_fostered'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='foster',
            name='foster_ended_has_who_and_words',
        ),
        migrations.AlterField(
            model_name='carryover',
            name='carried_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='结转人'),
        ),
        migrations.AlterField(
            model_name='foster',
            name='appointed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='确定人'),
        ),
        migrations.AddConstraint(
            model_name='foster',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_by__isnull', True), ('ending_words', ''), ('until_on__isnull', True)), models.Q(('until_on__isnull', False), models.Q(('ending_words', ''), _negated=True)), _connector='OR'), name='foster_ended_has_words'),
        ),
    ]
