"""会办、协办 that replies had left open end as what they are; duties say no title that is withheld."""

from django.db import migrations, models

ENDED = """
WITH left_open AS (
    SELECT part.id, part.state, unit.name, EXISTS (
        SELECT 1 FROM proposals_countersignature WHERE assignment_id = part.id
    ) AS signed
    FROM proposals_assignment part
    JOIN proposals_proposal proposal ON proposal.id = part.proposal_id
    JOIN shared_organisation unit ON unit.id = part.unit_id
    WHERE part.role IN ('joint', 'assisting') AND part.assigned_on IS NOT NULL
    AND part.state IN ('handed', 'received', 'objected')
    AND proposal.state IN ('answered', 'published')
), ended AS (
    UPDATE proposals_assignment part
    SET state = CASE WHEN signed THEN 'signed_along' ELSE 'silent' END
    FROM left_open WHERE left_open.id = part.id
    RETURNING part.id, left_open.state AS was, part.state AS now, name || CASE WHEN signed
        THEN '会签了答复，没有另送意见。' ELSE '没有送意见，建议已经答复代表。' END AS note
)
INSERT INTO shared_auditevent (subject, subject_id, was, now, by_name, post, at, note)
SELECT 'proposals.Assignment', id, was, now, '系统', '', CURRENT_TIMESTAMP, '补记：' || note
FROM ended ORDER BY id
"""
OF_PART = """
    JOIN proposals_assignment part ON part.id = row.assignment_id
    JOIN proposals_proposal proposal ON proposal.id = part.proposal_id
    JOIN shared_organisation unit ON unit.id = part.unit_id
    WHERE part.state IN ('signed_along', 'silent')
"""
OBJECTIONS = f"""
WITH left_open AS (
    SELECT row.id, unit.name, GREATEST(proposal.answered_on, row.raised_on) AS day
    FROM proposals_objection row {OF_PART} AND row.state = 'open'
), ended AS (
    UPDATE proposals_objection
    SET state = 'lapsed', words = '建议已经答复代表。', decided_on = day
    FROM left_open WHERE left_open.id = proposals_objection.id
    RETURNING left_open.id, name || '的异议终止：建议已经答复代表。' AS note
)
INSERT INTO shared_auditevent (subject, subject_id, was, now, by_name, post, at, note)
SELECT 'proposals.Objection', id, 'open', 'lapsed', '系统', '', CURRENT_TIMESTAMP, '补记：' || note
FROM ended ORDER BY id
"""
PAUSES = f"""
WITH left_open AS (
    SELECT row.id, unit.name, GREATEST(proposal.answered_on, row.from_on + 1) AS day
    FROM proposals_pause row {OF_PART} AND row.until_on IS NULL
), ended AS (
    UPDATE proposals_pause SET until_on = day
    FROM left_open WHERE left_open.id = proposals_pause.id
    RETURNING left_open.id, name || '的暂停终止：建议已经答复代表。' AS note
)
INSERT INTO shared_auditevent (subject, subject_id, was, now, by_name, post, at, note)
SELECT 'proposals.Pause', id, '', 'pause_ended', '系统', '', CURRENT_TIMESTAMP, '补记：' || note
FROM ended ORDER BY id
"""
NOTES = """
WITH hidden AS (
    SELECT 'proposals.lead:' || id AS source, number FROM proposals_proposal
    WHERE withheld_reason <> '' AND number <> ''
    UNION ALL
    SELECT 'proposals.cosignature:' || row.id, number FROM proposals_cosignature row
    JOIN proposals_proposal proposal ON proposal.id = row.proposal_id
    WHERE withheld_reason <> '' AND number <> ''
    UNION ALL
    SELECT 'proposals.rating:' || row.id, number FROM proposals_reply row
    JOIN proposals_assignment part ON part.id = row.assignment_id
    JOIN proposals_proposal proposal ON proposal.id = part.proposal_id
    WHERE withheld_reason <> '' AND number <> ''
)
UPDATE deputies_dutyrecord record SET note = hidden.number
FROM hidden WHERE hidden.source = record.source
"""
RUNNING_AGAIN = """
UPDATE proposals_assignment
SET state = CASE WHEN received_at IS NULL THEN 'handed' ELSE 'received' END
WHERE state IN ('signed_along', 'silent')
"""


class Migration(migrations.Migration):

    dependencies = [
        ('proposals', '0021_left_open_by_withdrawals'),
        ('shared', '0004_numbered_workdays'),
        ('deputies', '0003_one_group_and_frozen_facts'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='assignment',
            name='assignment_in_hand_has_its_days',
        ),
        migrations.AlterField(
            model_name='assignment',
            name='state',
            field=models.CharField(choices=[('drafted', '拟交办'), ('planned', '预交办'), ('handed', '待签收'), ('received', '办理中'), ('objected', '有异议'), ('done', '已办结'), ('signed_along', '已会签'), ('silent', '未送意见'), ('removed', '不再承办')], default='drafted', max_length=20, verbose_name='状态'),
        ),
        migrations.AlterField(
            model_name='objection',
            name='back_to',
            field=models.CharField(choices=[('drafted', '拟交办'), ('planned', '预交办'), ('handed', '待签收'), ('received', '办理中'), ('objected', '有异议'), ('done', '已办结'), ('signed_along', '已会签'), ('silent', '未送意见'), ('removed', '不再承办')], max_length=20, verbose_name='提出前'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', frozenset(['done', 'handed', 'received', 'signed_along', 'silent'])), _negated=True), models.Q(('assigned_on__isnull', False), ('due_on__isnull', False)), _connector='OR'), name='assignment_in_hand_has_its_days'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', frozenset(['signed_along', 'silent'])), _negated=True), ('role__in', frozenset(['assisting', 'joint'])), _connector='OR'), name='assignment_only_helpers_end_along'),
        ),
        migrations.RunSQL(ENDED, RUNNING_AGAIN),
        migrations.RunSQL(OBJECTIONS, migrations.RunSQL.noop),
        migrations.RunSQL(PAUSES, migrations.RunSQL.noop),
        migrations.RunSQL(NOTES, migrations.RunSQL.noop),
    ]
