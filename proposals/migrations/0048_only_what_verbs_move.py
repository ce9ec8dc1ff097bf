"""The app's role may change what a verb moves, and nothing else of what somebody has said."""

from django.db import migrations

from congress.shared import guards

SAID = ("opinion", "waiver", "lineage", "countersignature", "reminder")
"""Rows that are written once: another version is another row."""
MOVED = {
    "proposal": """state number title facts request suggested_unit_id confidentiality_asked
        sign_until submitted_on return_reason ground_id closing_words wish_words withheld_reason
        reply_withheld_reason merged_into_id accepted_on due_on answered_on published_on
        published_by_id raised_from""",
    "cosignature": "state",
    "invitation": "state",
    "sheet": "state heard_from object_until settled_on drop_reason",
    "assignment": """state months assigned_on due_on received_at received_by_id handler_id
        reminded_on done_on""",
    "meeting": """confirmed_by_id confirmed_at denied_by_id denied_at denial taken_back_by_id
        taken_back_at""",
    "pause": "until_on",
    "extension": "state consented_at declined_at words decided_by_id decided_on",
    "objection": "state words decided_by_id decided_on",
    "replydraft": """state edition outcome_id text file_number return_words saved_by_id
        saved_at""",
    "numberseries": "last",
    "volume": "state asked_by_id asked_post_id asked_at tries cases pdf book made_at",
}
MAY_GO = {
    "draft": """continues_id assembly_id kind title facts request suggested_unit_id
        confidentiality_asked saved_at""",
    "attachment": "draft_id proposal_id",
    "draftanswer": "",
    "draftexhibit": "id",
    "replytemplate": "text",
    "ask": "",
    "assignment_asks": "",
}
"""What is being written, and how a text is split: thrown away or made anew by their verbs."""


class Migration(migrations.Migration):
    dependencies = [("proposals", "0047_sealed_ratings")]
    operations = [
        *(guards.append_only(f"proposals_{name}") for name in SAID),
        *(
            guards.changes_only(f"proposals_{name}", *columns.split())
            for name, columns in MOVED.items()
        ),
        *(
            guards.changes_only(f"proposals_{name}", *columns.split(), may_go=True)
            for name, columns in MAY_GO.items()
        ),
    ]
