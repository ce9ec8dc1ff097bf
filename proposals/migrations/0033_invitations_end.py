"""邀请 that nobody had answered when its proposal was decided or taken back ends; notices too."""

from django.db import migrations, models

ENDED = """
WITH left_open AS (
    SELECT row.id, '请' || deputy.name || '代表附议的邀请终止：建议已经审查或者撤回。' AS note
    FROM proposals_invitation row
    JOIN proposals_proposal proposal ON proposal.id = row.proposal_id
    JOIN deputies_deputy deputy ON deputy.id = row.deputy_id
    WHERE row.state = 'asked' AND proposal.state NOT IN ('signing', 'submitted', 'returned')
), ended AS (
    UPDATE proposals_invitation SET state = 'lapsed'
    FROM left_open WHERE left_open.id = proposals_invitation.id
    RETURNING left_open.id, left_open.note
)
INSERT INTO shared_auditevent (subject, subject_id, was, now, by_name, post, at, note)
SELECT 'proposals.Invitation', id, 'asked', 'lapsed', '系统', '', CURRENT_TIMESTAMP, '补记：' || note
FROM ended ORDER BY id
"""
SETTLED = """
UPDATE shared_notice SET read_at = CURRENT_TIMESTAMP
FROM proposals_invitation row
WHERE row.state <> 'asked' AND shared_notice.read_at IS NULL
AND shared_notice.key = 'proposal.invited:' || row.id
"""
ASKED_AGAIN = "UPDATE proposals_invitation SET state = 'asked' WHERE state = 'lapsed'"


class Migration(migrations.Migration):

    dependencies = [
        ('proposals', '0030_pauses_of_what_is_done'),
        ('shared', '0004_numbered_workdays'),
        ('deputies', '0003_one_group_and_frozen_facts'),
    ]

    operations = [
        migrations.AlterField(
            model_name='invitation',
            name='state',
            field=models.CharField(choices=[('asked', '等对方答复'), ('signed', '已附议'), ('declined', '不附议'), ('withdrawn', '已取消'), ('lapsed', '已终止')], default='asked', max_length=20, verbose_name='状态'),
        ),
        migrations.RunSQL(ENDED, ASKED_AGAIN),
        migrations.RunSQL(SETTLED, migrations.RunSQL.noop),
    ]
