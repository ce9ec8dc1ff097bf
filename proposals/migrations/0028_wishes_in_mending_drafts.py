"""A draft in which a text is being changed has its proposal's wishes, as its page now sends them.

Without them a draft begun before would take the wishes back when it is sent on.
"""

from django.db import migrations

WISHES = """
    UPDATE proposals_draft SET suggested_unit_id = proposal.suggested_unit_id,
        confidentiality_asked = proposal.confidentiality_asked
    FROM proposals_proposal proposal WHERE proposal.id = proposals_draft.proposal_id
"""


class Migration(migrations.Migration):
    dependencies = [("proposals", "0024_answer_to_the_wish")]
    operations = [migrations.RunSQL(WISHES, migrations.RunSQL.noop)]
