"""A sheet knows from which day its units are heard, so that a late holiday moves their last one."""

from django.db import migrations, models

AS_THE_TRAIL_SAYS = """
UPDATE proposals_sheet SET heard_from = (
    SELECT min((trail.at AT TIME ZONE 'Asia/Shanghai')::date) FROM shared_auditevent trail
    WHERE trail.subject = 'proposals.Sheet' AND trail.subject_id = proposals_sheet.id
    AND trail.now = 'rehearsed'
)
"""


class Migration(migrations.Migration):

    dependencies = [
        ('proposals', '0010_number_with_its_place'),
    ]

    operations = [
        migrations.AddField(
            model_name='sheet',
            name='heard_from',
            field=models.DateField(null=True, verbose_name='征求意见起'),
        ),
        migrations.RunSQL(AS_THE_TRAIL_SAYS, migrations.RunSQL.noop),
    ]
