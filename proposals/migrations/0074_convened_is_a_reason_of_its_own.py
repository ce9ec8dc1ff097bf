"""What both sides meet about is a reason of its own: where nothing else is open, only they know."""

from django.conf import settings
from django.db import migrations, models

APART = """
UPDATE proposals_carriedproposal AS carried SET reason = 'convened'
FROM proposals_proposal AS proposal
WHERE carried.reason = 'rehandled' AND carried.taken_back_on IS NULL
  AND proposal.id = carried.proposal_id AND NOT EXISTS (
    SELECT FROM proposals_rehandling AS ordered
    JOIN proposals_assignment AS part ON part.id = ordered.assignment_id
    WHERE part.proposal_id = coalesce(proposal.merged_into_id, proposal.id)
      AND ordered.ordered_on <= carried.carried_on
      AND (ordered.ended_on IS NULL OR ordered.ended_on > carried.carried_on)
  );
"""
TOGETHER = """
UPDATE proposals_carriedproposal SET reason = 'rehandled'
WHERE reason = 'convened' AND taken_back_on IS NULL;
"""
"""What was taken back is frozen as it was said."""


class Migration(migrations.Migration):

    dependencies = [
        ('proposals', '0073_voidings_are_frozen'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='carriedproposal',
            name='carried_for_a_known_reason',
        ),
        migrations.AlterField(
            model_name='carriedproposal',
            name='reason',
            field=models.CharField(choices=[('in_hand', '还没有答复'), ('rehandled', '重新办理没有完'), ('challenged', '又被提出，没有了结'), ('promised', '承诺没有兑现'), ('looked_at', '回头看没有了结'), ('planned', 'B 类，列入计划'), ('later', 'C 类，条件所限'), ('convened', '当面协商没有了结')], max_length=20, verbose_name='原因'),
        ),
        migrations.RunSQL(APART, TOGETHER),
        migrations.AddConstraint(
            model_name='carriedproposal',
            constraint=models.CheckConstraint(condition=models.Q(('reason__in', ['in_hand', 'rehandled', 'challenged', 'promised', 'looked_at', 'planned', 'later', 'convened'])), name='carried_for_a_known_reason'),
        ),
    ]
