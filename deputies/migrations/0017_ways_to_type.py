"""找人: how each name may be typed, in one column. The two prefix indexes have no reader left."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from congress.shared import names

PIECE = 1000


def write_ways(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Every deputy has the ways of today's tables, computed in pieces of a thousand."""
    deputies = apps.get_model("deputies", "Deputy").objects
    numbers = list(deputies.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(numbers), PIECE):
        rows = list(deputies.filter(pk__in=numbers[start : start + PIECE]))
        for row in rows:
            row.ways = names.ways_to_type(row.name, row.reading)
        deputies.bulk_update(rows, ["ways"])


class Migration(migrations.Migration):
    dependencies = [("deputies", "0016_exactly_one_group_for_both")]
    operations = [
        migrations.AddField(
            "deputy",
            "ways",
            models.CharField("各种打法", default="", editable=False, max_length=400),
            preserve_default=False,
        ),
        migrations.RunPython(write_ways, migrations.RunPython.noop),
        migrations.RemoveIndex("deputy", "deputy_by_spelling"),
        migrations.RemoveIndex("deputy", "deputy_by_initials"),
    ]
