"""What withdrawals left open before they ended it themselves ends, and each end has its trail row.

Requests that 0014 ended have theirs too. On the way back objections are open again, as nothing
knew before 0018 that they lapse; the trail keeps its rows.
"""

from django.db import migrations

OF_PART = """
    JOIN proposals_assignment part ON part.id = row.assignment_id
    JOIN proposals_proposal proposal ON proposal.id = part.proposal_id
    JOIN shared_organisation unit ON unit.id = part.unit_id
    LEFT JOIN LATERAL (
        SELECT (at AT TIME ZONE 'Asia/Shanghai')::date AS day FROM shared_auditevent
        WHERE subject = 'proposals.Assignment' AND subject_id = part.id AND now = 'removed'
        ORDER BY id DESC LIMIT 1
    ) gone ON true
"""
WHY = """
    CASE proposal.state WHEN 'withdrawn' THEN '领衔代表撤回了建议，不再办理。'
    ELSE '这一部分不再由该单位办理。' END
"""
TRAIL = """
    INSERT INTO shared_auditevent (subject, subject_id, was, now, by_name, post, at, note)
    SELECT '{subject}', id, '{was}', '{now}', '系统', '', CURRENT_TIMESTAMP, '补记：' || note
"""
OBJECTIONS = f"""
WITH left_open AS (
    SELECT row.id, unit.name, {WHY} AS why, COALESCE(gone.day, CURRENT_DATE) AS day
    FROM proposals_objection row {OF_PART} WHERE row.state = 'open' AND part.state = 'removed'
), ended AS (
    UPDATE proposals_objection SET state = 'lapsed', words = why, decided_on = day
    FROM left_open WHERE left_open.id = proposals_objection.id
    RETURNING left_open.id, name || '的异议终止：' || why AS note
) {TRAIL.format(subject="proposals.Objection", was="open", now="lapsed")} FROM ended ORDER BY id
"""
PAUSES = f"""
WITH left_open AS (
    SELECT row.id, unit.name, {WHY} AS why, COALESCE(gone.day, CURRENT_DATE) AS day
    FROM proposals_pause row {OF_PART} WHERE row.until_on IS NULL AND part.state = 'removed'
), ended AS (
    UPDATE proposals_pause SET until_on = GREATEST(day, from_on + 1)
    FROM left_open WHERE left_open.id = proposals_pause.id
    RETURNING left_open.id, name || '的暂停终止：' || why AS note
) {TRAIL.format(subject="proposals.Pause", was="", now="pause_ended")} FROM ended ORDER BY id
"""
REQUESTS = f"""
WITH untold AS (
    SELECT row.id, unit.name || '的延期申请终止：' || row.words AS note
    FROM proposals_extension row {OF_PART} WHERE row.state = 'lapsed' AND NOT EXISTS (
        SELECT 1 FROM shared_auditevent
        WHERE subject = 'proposals.Extension' AND subject_id = row.id AND now = 'lapsed'
    )
) {TRAIL.format(subject="proposals.Extension", was="asked", now="lapsed")} FROM untold ORDER BY id
"""
OPEN_AGAIN = """
UPDATE proposals_objection SET state = 'open', words = '', decided_on = NULL
WHERE state = 'lapsed'
"""


class Migration(migrations.Migration):

    dependencies = [
        ("proposals", "0019_withheld_replies"),
        ("shared", "0004_numbered_workdays"),
    ]

    operations = [
        migrations.RunSQL(OBJECTIONS, OPEN_AGAIN),
        migrations.RunSQL(PAUSES, migrations.RunSQL.noop),
        migrations.RunSQL(REQUESTS, migrations.RunSQL.noop),
    ]
