"""The app's role may change what the verbs of 督 move; what was answered and seen stands."""

from django.db import migrations

from congress.shared import guards

MOVED = {
    "keysupervision": "state ended_on ending_words",
    "question": "state unit_id asked_on due_on",
    "keyanswer": "comment commented_by_id commented_at",
    "inspection": "state drop_reason published_by_id published_at",
    "inspectionnote": "answer answered_by_id answered_at",
}


class Migration(migrations.Migration):
    dependencies = [("proposals", "0048_only_what_verbs_move")]
    operations = [
        guards.append_only("proposals_sitenote"),
        *(
            guards.changes_only(f"proposals_{name}", *columns.split())
            for name, columns in MOVED.items()
        ),
    ]
