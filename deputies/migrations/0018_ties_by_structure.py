"""姓氏笔画: of characters with the same strokes, 左右 stands before 上下 before 整体."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from congress.shared import names

PIECE = 1000


def sort_anew(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Every deputy has today's keys, computed in pieces of a thousand."""
    deputies = apps.get_model("deputies", "Deputy").objects
    numbers = list(deputies.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(numbers), PIECE):
        rows = list(deputies.filter(pk__in=numbers[start : start + PIECE]))
        for row in rows:
            row.stroke_key = names.stroke_key(row.name, row.strokes)
            row.pinyin_key = names.pinyin_key(row.name, row.reading)
        deputies.bulk_update(rows, ["stroke_key", "pinyin_key"])


class Migration(migrations.Migration):
    dependencies = [("deputies", "0017_ways_to_type")]
    operations = [migrations.RunPython(sort_anew, migrations.RunPython.noop)]
