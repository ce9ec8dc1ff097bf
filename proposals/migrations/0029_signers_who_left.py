"""Who had left the congress before 提出 has not signed it: so far such signatures counted.

Of those that still wait for review; what has its number stands as it was decided.
"""

from django.db import migrations, models

LEFT = """
WITH gone AS (
    SELECT row.id, deputy.name || '代表提出时不在任，附议不算数。' AS note
    FROM proposals_cosignature row
    JOIN proposals_proposal proposal ON proposal.id = row.proposal_id
    JOIN shared_session session ON session.id = proposal.session_id
    JOIN deputies_deputy deputy ON deputy.id = row.deputy_id
    WHERE row.state = 'standing' AND proposal.state IN ('submitted', 'returned')
    AND (row.signed_at AT TIME ZONE 'Asia/Shanghai')::date <= proposal.submitted_on
    AND NOT EXISTS (
        SELECT 1 FROM deputies_mandate seat
        WHERE seat.deputy_id = row.deputy_id AND seat.term_id = session.term_id
        AND seat.from_on <= proposal.submitted_on
        AND (seat.to_on IS NULL OR seat.to_on >= proposal.submitted_on)
    )
), ended AS (
    UPDATE proposals_cosignature SET state = 'left'
    FROM gone WHERE gone.id = proposals_cosignature.id
    RETURNING gone.id, gone.note
)
INSERT INTO shared_auditevent (subject, subject_id, was, now, by_name, post, at, note)
SELECT 'proposals.Cosignature', id, 'standing', 'left', '系统', '', CURRENT_TIMESTAMP, '补记：' || note
FROM ended ORDER BY id
"""
STANDING_AGAIN = "UPDATE proposals_cosignature SET state = 'standing' WHERE state = 'left'"


class Migration(migrations.Migration):

    dependencies = [
        ('proposals', '0028_wishes_in_mending_drafts'),
        ('shared', '0004_numbered_workdays'),
        ('deputies', '0003_one_group_and_frozen_facts'),
    ]

    operations = [
        migrations.AlterField(
            model_name='cosignature',
            name='state',
            field=models.CharField(choices=[('standing', '有效'), ('withdrawn', '已撤回'), ('outdated', '正文改过，待重新附议'), ('expired', '已过期'), ('left', '提出时不在任')], default='standing', max_length=20, verbose_name='状态'),
        ),
        migrations.RunSQL(LEFT, STANDING_AGAIN),
    ]
