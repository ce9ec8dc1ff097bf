"""A window for objections to a sheet has its first day and its last, or neither."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('proposals', '0014_requests_that_ended'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='sheet',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('heard_from__isnull', True), ('object_until__isnull', True)), models.Q(('heard_from__isnull', False), ('object_until__isnull', False)), _connector='OR'), name='sheet_window_begins_and_ends'),
        ),
    ]
