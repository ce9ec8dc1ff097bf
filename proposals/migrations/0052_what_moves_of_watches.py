"""Of who follows the app's role may change what letters move, and throw everything away."""

from django.db import migrations

from congress.shared import guards

MOVED = {
    "watcher": "told_on told_until claimed_at",
    "watch": "asked_at claimed_at letter_at confirmed_at",
    "watchask": "",
}


class Migration(migrations.Migration):
    dependencies = [("proposals", "0051_rights_of_what_became_of_an_answer")]
    operations = [
        guards.changes_only(f"proposals_{name}", *columns.split(), may_go=True)
        for name, columns in MOVED.items()
    ]
