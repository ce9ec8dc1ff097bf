"""Of promises, look-backs, upgrades and challenges the app's role changes what a verb moves."""

from django.db import migrations

from congress.shared import guards

MOVED = {
    "promise": "state due_on done_on",
    "stepreport": "return_words decided_by_id decided_on",
    "lookback": "state report reported_by_id reported_on words next_on decided_by_id decided_on",
    "upgrade": "state words decided_by_id decided_on",
    "challenge": """state confirmed_by_id confirmed_on explain_by explanation explained_by_id
        explained_on words decided_by_id decided_on""",
}


class Migration(migrations.Migration):
    dependencies = [("proposals", "0050_what_may_be_said_otherwise")]
    operations = [
        guards.append_only("proposals_comparison"),
        guards.changes_only("proposals_draftpromise", may_go=True),
        *(
            guards.changes_only(f"proposals_{name}", *columns.split())
            for name, columns in MOVED.items()
        ),
    ]
