"""到期删除: what imports keep of people goes when it is no longer needed."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from congress.shared import clock
from congress.shared.models import Area
from deputies import tasks
from deputies.actions import roster
from deputies.models import RosterFile, RosterImport, RosterRow
from deputies.queries.register import last_stations
from tests import make
from tests.deputies import sheet
from tests.scoring.year import as_, text

pytestmark = pytest.mark.django_db
KEPT = timedelta(days=31)


def everything() -> str:
    """All that the rows of imports say, and their layouts."""
    rows = RosterRow.objects.values_list("cells", "sent", "changes", "fault")
    layouts = RosterImport.objects.values_list("layout", flat=True)
    return json.dumps([*rows, *layouts], ensure_ascii=False)


def test_drop_leaves_no_row_and_no_sample(client):
    row = sheet.row()
    batch = sheet.upload([row])
    header = ["代表" if title == "姓名" else title for title in sheet.HEADER]
    other = sheet.upload([row | {"代表": row["姓名"]}], header=header)
    assert row["联系电话"] in everything()
    for one in (batch, other):
        roster.drop(one, by=make.actor())
    assert row["联系电话"] not in everything()
    assert not RosterRow.objects.exists()
    assert not RosterFile.objects.exists()
    as_(client, make.actor())
    page = client.get(reverse("deputies:preview", args=[batch.pk]))
    assert "表里的内容已经删除" in text(page)


def test_purge_rows_leaves_the_station_alone_and_twice_changes_nothing(client):
    row, faulty = sheet.row(), sheet.row(民族="土家")
    sheet.apply([row])
    batch = sheet.apply([row | {"联系电话": "13888889999", "学历": "本科"}, faulty])
    with clock.at(clock.now() + KEPT - timedelta(days=2)):
        assert tasks.purge_rows() == 0
    with clock.at(clock.now() + KEPT):
        assert (tasks.purge_rows(), tasks.purge_rows()) == (3, 0)
    cells = {"联络站": row["联络站"]}
    assert list(RosterRow.objects.values_list("cells", "sent", "changes")) == [(cells, {}, [])] * 2
    assert row["联系电话"] not in everything()
    assert list(last_stations(Area.objects.county()).values()) == [row["联络站"]]
    assert sheet.verdicts(batch) == ["changed"]
    again = row | {"联系电话": "13888889999", "学历": "本科"}
    assert sheet.verdicts(sheet.upload([again])) == ["same"]
    as_(client, make.actor())
    page = client.get(reverse("deputies:preview", args=[batch.pk]))
    assert "表里的内容已到期删除" in text(page)


def test_purge_rows_puts_aside_what_nobody_confirmed():
    batch, row = sheet.upload([sheet.row()]), sheet.row()
    with clock.at(clock.now() + KEPT - timedelta(days=2)):
        fresh = sheet.upload([row])
    with clock.at(clock.now() + KEPT):
        assert tasks.purge_rows() == 0
    batch.refresh_from_db()
    fresh.refresh_from_db()
    assert (batch.state, batch.rows.count()) == ("dropped", 0)
    assert (fresh.state, fresh.rows.count()) == ("previewed", 1)
