"""An order ends with its answer alone; the app's role may change what its verbs move."""

from django.db import migrations, models

from congress.shared import guards


class Migration(migrations.Migration):

    dependencies = [
        ('proposals', '0053_convenings_of_parts'),
    ]

    operations = [
        migrations.AlterField(
            model_name='rehandling',
            name='state',
            field=models.CharField(choices=[('ordered', '重新办理中'), ('answered', '已再次答复')], default='ordered', max_length=20, verbose_name='状态'),
        ),
        guards.changes_only("proposals_rehandling", "state", "answer_id", "ended_on"),
        guards.changes_only(
            "proposals_convening", "state", "people", "agreed", "recorded_by_id"
        ),
        guards.changes_only("proposals_ratingorigin", may_go=True),
    ]
