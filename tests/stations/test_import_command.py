"""`./manage.py import_roster`: the office's import for whoever runs the machine."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from congress.shared.models import AuditEvent
from deputies.models import Deputy, RosterImport
from stations.models import Posting, Station
from tests.deputies import sheet

pytestmark = pytest.mark.django_db
KEYS = ["rows", "new", "changed", "same", "error", "seconds"]


def run(path, *options):
    out = StringIO()
    call_command("import_roster", str(path), *options, stdout=out)
    *lines, last = out.getvalue().splitlines()
    return lines, json.loads(last)


def counted(path, *options):
    """Rows, new, changed, same, error."""
    found = run(path, *options)[1]
    return [found[key] for key in KEYS[:-1]]


@pytest.fixture
def file(tmp_path):
    def written(*rows, name="名册.xlsx"):
        path = tmp_path / name
        path.write_bytes(sheet.book(rows))
        return path

    return written


def test_without_apply_it_tells_and_leaves_nothing(file):
    lines, counts = run(file(sheet.row(), sheet.row(民族="土家")))
    assert list(counts) == KEYS
    assert [counts[key] for key in KEYS[:-1]] == [2, 1, 0, 0, 1]
    assert counts["seconds"] >= 0
    assert len(lines) == 1
    assert lines[0].startswith("第 5 行 D5 一零")
    assert "是不是“土家族”" in lines[0]
    assert (Deputy.objects.count(), RosterImport.objects.count()) == (0, 0)
    assert AuditEvent.objects.count() == 0


def test_with_apply_people_groups_and_stations_stand_and_again_is_all_same(file):
    path = file(sheet.row(), sheet.row())
    assert counted(path, "--apply") == [2, 2, 0, 0, 0]
    assert (Deputy.objects.count(), Posting.objects.count()) == (2, 2)
    assert Station.objects.count() == 2
    batch = RosterImport.objects.get()
    assert (batch.uploaded_by, batch.applied_by, batch.state) == (None, None, "applied")
    assert counted(path, "--apply") == [2, 0, 0, 2, 0]
    assert Deputy.objects.count() == 2


def test_a_changed_row_is_counted_as_changed(file):
    row = sheet.row()
    run(file(row), "--apply")
    assert run(file(row | {"学历": "本科"}))[1]["changed"] == 1
    assert Deputy.objects.get().education == "大专"


def test_the_day_of_the_election_can_be_said(file):
    run(file(sheet.row()), "--apply", "--elected-on", "2021-12-01")
    assert str(Deputy.objects.get().mandates.get().from_on) == "2021-12-01"


def test_no_telephone_is_printed(file):
    one = sheet.row()
    twin = one | {"代表证号": "199999", "代表层级": "乡镇", "学历": "本科"}
    other = sheet.row(联系电话="1390000")
    lines, _ = run(file(one, twin, other))
    assert len(lines) == 2
    assert str(one["联系电话"]) not in "".join(lines)


def test_what_is_no_roster_is_a_sentence_and_no_traceback(tmp_path):
    with pytest.raises(CommandError, match="打不开文件"):
        run(tmp_path / "没有.xlsx")
    wrong = tmp_path / "通知.docx"
    wrong.write_bytes(b"x")
    with pytest.raises(CommandError, match="请选择 Excel 表格"):
        run(wrong)
