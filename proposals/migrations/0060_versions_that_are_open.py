"""A version is public once the office has opened it; what was published until now stays so."""

from django.db import migrations, models

from congress.shared import guards

PUBLISHED = """
UPDATE proposals_reply SET opened_on = proposal.published_on
FROM proposals_assignment part JOIN proposals_proposal proposal ON proposal.id = part.proposal_id
WHERE part.id = assignment_id AND proposal.published_on IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [("proposals", "0059_challenges_by_hand")]
    operations = [
        migrations.AddField(
            "reply", "opened_on", models.DateField(null=True, verbose_name="公开日期")
        ),
        migrations.AddField(
            "reply",
            "kept_back",
            models.CharField(blank=True, max_length=120, default="", verbose_name="这一版不公开的理由"),
            preserve_default=False,
        ),
        guards.opened("proposals_reply", "opened_on", "kept_back"),
        migrations.RunSQL(PUBLISHED, migrations.RunSQL.noop),
    ]
