"""Whoever changes seats or groups of one person waits for the other before the look at them.

The check of 0006 and 0016 reads what is committed. Of two transactions that each end one of two
seats neither would see the other; with the person locked first the second one does.
"""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("deputies.migrations.0016_exactly_one_group_for_both").AFTER
LOOK = "    SELECT COALESCE(range_agg(daterange(from_on, to_on, '[]')), '{}') INTO seats"
TURN = "    PERFORM 1 FROM deputies_deputy WHERE id = who FOR NO KEY UPDATE;\n"
AFTER = BEFORE.replace(LOOK, TURN + LOOK)


class Migration(migrations.Migration):
    dependencies = [("deputies", "0019_wrong_receipts")]

    operations = [migrations.RunSQL(AFTER, BEFORE)]
