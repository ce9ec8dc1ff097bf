"""A convening is about one unit's part, as everything else that its people read of."""

from django.db import migrations, models


def part(*, null):
    return models.ForeignKey(
        "proposals.assignment",
        models.PROTECT,
        null=null,
        related_name="convenings",
        verbose_name="交办",
    )


OF_ITS_ORDER = """
UPDATE proposals_convening SET assignment_id = proposals_rehandling.assignment_id
FROM proposals_rehandling WHERE proposals_rehandling.id = rehandling_id
"""


class Migration(migrations.Migration):
    dependencies = [("proposals", "0052_what_moves_of_watches")]
    operations = [
        migrations.AddField("convening", "assignment", part(null=True)),
        migrations.RunSQL(OF_ITS_ORDER, migrations.RunSQL.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AlterField("convening", "assignment", part(null=False)),
    ]
