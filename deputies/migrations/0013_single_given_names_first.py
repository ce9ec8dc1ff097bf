"""姓氏笔画: of one surname, given names of one character stand first."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from congress.shared import names

PIECE = 1000


def sort_anew(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Every deputy has today's key, computed in pieces of a thousand."""
    deputies = apps.get_model("deputies", "Deputy").objects
    numbers = list(deputies.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(numbers), PIECE):
        rows = list(deputies.filter(pk__in=numbers[start : start + PIECE]))
        for row in rows:
            row.stroke_key = names.stroke_key(row.name, row.strokes)
        deputies.bulk_update(rows, ["stroke_key"])


class Migration(migrations.Migration):
    dependencies = [("deputies", "0012_code_and_message")]
    operations = [migrations.RunPython(sort_anew, migrations.RunPython.noop)]
