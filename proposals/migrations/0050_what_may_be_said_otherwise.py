"""反复提: what was said of two may be said otherwise, of the same two; what is computed goes."""

from django.db import migrations

from congress.shared import guards


class Migration(migrations.Migration):
    dependencies = [("proposals", "0049_rights_of_supervision")]
    operations = [
        guards.changes_only(
            "proposals_recurrence", "kind", "note", "confirmed_by_id", "confirmed_at"
        ),
        guards.changes_only("proposals_resemblance", may_go=True),
        guards.changes_only("proposals_likenessrun", "texts", "seal", "made_at"),
    ]
