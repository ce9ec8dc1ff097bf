"""The unit's explanation is public where the office, having read it, says so."""

from django.db import migrations, models

from congress.shared import guards


class Migration(migrations.Migration):

    dependencies = [
        ('proposals', '0060_versions_that_are_open'),
    ]

    operations = [
        migrations.AddField(
            model_name='challenge',
            name='explanation_shown',
            field=models.BooleanField(default=False, verbose_name='单位说明公开'),
        ),
        migrations.AddConstraint(
            model_name='challenge',
            constraint=models.CheckConstraint(condition=models.Q(('explanation_shown', False), models.Q(('state__in', ('stands', 'revoked')), models.Q(('explanation', ''), _negated=True)), _connector='OR'), name='challenge_explanation_is_shown_once_settled'),
        ),
        guards.opened("proposals_challenge", "explanation_shown"),
    ]
