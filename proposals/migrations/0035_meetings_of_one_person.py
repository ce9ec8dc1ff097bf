"""What one person wrote down and bore out is one side's word; from now on two people are wanted.

On the way back the confirmations stay away; the trail keeps its rows.
"""

from django.db import migrations, models
from django.db.models import F, Q

ONE_SIDED = """
WITH alone AS (
    UPDATE proposals_meeting SET confirmed_by_id = NULL, confirmed_at = NULL
    WHERE confirmed_by_id = recorded_by_id
    RETURNING id, stage,
    CASE stage WHEN 'before' THEN '办前' WHEN 'during' THEN '办中' ELSE '办后' END AS name
)
INSERT INTO shared_auditevent (subject, subject_id, was, now, by_name, post, at, note)
SELECT 'proposals.Meeting', id, '', 'met_' || stage, '系统', '', CURRENT_TIMESTAMP,
'补记：' || name || '见面的登记和确认是同一个人，按一方登记算。'
FROM alone ORDER BY id
"""


class Migration(migrations.Migration):
    dependencies = [("proposals", "0031_classes_as_signed")]
    operations = [
        migrations.RunSQL(ONE_SIDED, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                name="meeting_confirmed_by_somebody_else",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("recorded_by")),
                violation_error_message="登记见面的人不能再确认这次见面。",
            ),
        ),
    ]
