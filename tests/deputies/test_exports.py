"""导出: what a list shows leaves in the form that the import takes, and nothing computes."""

import io
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent
from congress.shared.roles import DESK, STAFF, Role
from deputies.actions import groups, roster, tables
from deputies.models import Deputy, DeputyGroup, Liaison, Mandate
from deputies.queries import exports as sheets
from deputies.states import LiaisonKind, SheetKind
from stations.actions import exports
from tests import make
from tests.deputies import contact, sheet
from tests.scoring.facts import on
from tests.scoring.year import as_

pytestmark = pytest.mark.django_db
TODAY = make.TODAY


@pytest.fixture(autouse=True)
def _today(db, settings):
    settings.COUNTY = make.county().name
    make.organisation("township")
    with on(TODAY):
        yield


def rows_of(content: bytes) -> list[list[str]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [[str(cell) for cell in row] for row in book.get_sheet_by_index(0).to_python()]


def names_of(content: bytes, column: str = "姓名") -> list[str]:
    head, *rows = rows_of(content)
    return [row[head.index(column)] for row in rows]


def export(seats=None, *, by=None):
    return exports.export_roster(
        Mandate.objects.running(TODAY) if seats is None else seats,
        by=by or make.actor(),
        today=TODAY,
    )


def again(content: bytes, kind: SheetKind):
    """The exported sheet uploaded as it is."""
    facts = {"file_name": "导出.xlsx", "kind": kind, "by": make.actor()}
    day = sheet.ELECTED_ON if kind == SheetKind.ROSTER else TODAY
    return sheet.verdicts(roster.upload(content, elected_on=day, **facts))


def test_export_roster_comes_back_as_the_same_and_leaves_a_trail():
    rows = [sheet.row() for _ in range(3)]
    township = {"代表层级": "乡镇", "代表证号": "T1", "选区（选举单位）": "柳河镇第2选区"}
    sheet.apply([*rows, rows[0] | township])
    by = make.actor()
    content = export(by=by)
    assert len(rows_of(content)) == 5
    assert again(content, SheetKind.ROSTER) == ["same"] * 4
    deed = AuditEvent.objects.get(now="roster_exported")
    assert (deed.subject_id, deed.note) == (by.user.pk, "4 个代表资格，含联系电话")


def test_the_station_is_exported_after_other_tables_and_rosters_without_that_column():
    row = sheet.row()
    sheet.apply([row])
    Deputy.objects.update(user=make.user())
    by = make.actor()
    table = [{"代表小组": row["代表小组"], "召集人": row["姓名"]}]
    content = sheet.book(table, header=["代表小组", "召集人"])
    facts = {"file_name": "小组表.xlsx", "kind": SheetKind.GROUPS, "elected_on": TODAY}
    tables.apply_table(roster.upload(content, **facts, by=by), by=by, today=TODAY)
    assert names_of(export(), "联络站") == ["柳河镇第一代表联络站"]
    header = [title for title in sheet.HEADER if title != "联络站"]
    batch = sheet.upload([row | {"学历": "本科"}], header=header)
    roster.apply(batch, by=by, today=TODAY)
    sheet.apply([row | {"学历": "高中", "联络站": ""}])
    assert names_of(export(), "联络站") == ["柳河镇第一代表联络站"]
    assert again(export(), SheetKind.ROSTER) == ["same"]


@pytest.mark.parametrize("role", sorted(set(Role) - STAFF))
def test_only_the_office_takes_the_roster_out(role, client):
    with pytest.raises(Refused, match="只有代工委可以导出"):
        export(by=make.actor(role))
    as_(client, make.actor(role))
    answer = client.post(reverse("stations:export_roster", args=["people"]))
    assert answer.status_code == (409 if role in DESK else 403)


def test_a_cell_that_looks_like_a_formula_stays_text():
    make.deputy("罗明贵")
    Deputy.objects.update(job="=HYPERLINK(1)", education="+1+1", party="@x")
    content = export()
    with zipfile.ZipFile(io.BytesIO(content)) as box:
        assert not [name for name in box.namelist() if b"<f>" in box.read(name)]
    assert "=HYPERLINK(1)" in rows_of(content)[1]


def test_the_list_of_people_is_exported_under_its_filters_on_all_its_pages(client, monkeypatch):
    other = make.group("山后镇第一代表小组", make.township("山后镇"))
    for number in range(3):
        make.deputy(f"罗明{'甲乙丙'[number]}")
    make.deputy("吴秀兰", of=other)
    as_(client, make.actor())
    url = reverse("stations:export_roster", args=["people"])
    assert sorted(names_of(client.post(url).content)) == ["吴秀兰", "罗明丙", "罗明乙", "罗明甲"]
    area = other.area_id
    assert names_of(client.post(f"{url}?township={area}").content) == ["吴秀兰"]
    assert len(names_of(client.post(f"{url}?q=罗明").content)) == 3
    page = client.get(reverse("admin:deputies_deputy_changelist") + f"?township={area}")
    assert f"{url}?township={area}" in page.content.decode()
    assert client.get(url).status_code == 405


def test_seats_that_have_ended_are_not_exported(client):
    stays, left = make.deputy("罗明贵"), make.deputy("吴秀兰")
    make.leaves(left, TODAY)
    as_(client, make.actor())
    url = reverse("stations:export_roster", args=["seats"])
    assert names_of(client.post(url).content) == [stays.name]
    assert client.post(f"{url}?nothing=1").status_code == 400


def test_groups_sheet_comes_back_as_the_same(client):
    deputy = make.deputy("罗明贵")
    groups.name_convenor(make.group(), deputy=deputy, by=make.actor(), today=TODAY)
    gone = make.group("柳河镇旧代表小组")
    groups.dissolve_group(gone, by=make.actor(), today=TODAY)
    as_(client, make.actor(Role.LEADER))
    content = client.get(reverse("deputies:groups_sheet")).content
    head, row = rows_of(content)
    assert head == ["序号", "乡镇", "代表小组", "召集人", "召集人代表证号", "人数", "备注"]
    number = deputy.mandates.get().certificate
    assert row == ["1", "柳河镇", "柳河镇第一代表小组", "罗明贵", number, "1", ""]
    assert again(content, SheetKind.GROUPS) == ["same"]


@pytest.mark.parametrize("kind", LiaisonKind.values)
def test_liaisons_sheet_comes_back_as_the_same(client, kind):
    make.assembly()
    contact.assigned(LiaisonKind(kind))
    as_(client, make.actor())
    url = reverse("deputies:liaisons_sheet", args=[kind])
    content = client.get(url).content
    assert again(content, SheetKind.LIAISONS) == ["same"]
    assert len(rows_of(client.get(f"{url}?only=remarked").content)) == 2
    assert client.get(reverse("deputies:liaisons_sheet", args=["nothing"])).status_code == 404


def test_of_two_posts_the_one_that_holds_this_contact_is_exported(client):
    make.assembly()
    one = contact.holder(LiaisonKind.MEMBER)
    contact.post(one, contact.POST[LiaisonKind.OFFICE])
    contact.assigned(LiaisonKind.MEMBER, who=one)
    contact.assigned(LiaisonKind.OFFICE, who=one)
    as_(client, make.actor())
    for kind in (LiaisonKind.MEMBER, LiaisonKind.OFFICE):
        content = client.get(reverse("deputies:liaisons_sheet", args=[kind])).content
        assert names_of(content, "职务") == [contact.POST[kind].label]
        assert again(content, SheetKind.LIAISONS) == ["same"]


@pytest.mark.parametrize("name", ["groups_sheet", "liaisons_sheet"])
def test_sheets_of_groups_and_contacts_are_for_the_desk(client, name):
    args = ["member"] if name == "liaisons_sheet" else []
    for role in sorted(set(Role) - DESK):
        as_(client, make.actor(role))
        assert client.get(reverse(f"deputies:{name}", args=args)).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_exports_take_the_same_queries_for_any_number_of_rows(count):
    make.assembly()
    make.county()
    for number in range(count):
        place = make.group(f"柳河镇第{number}代表小组")
        contact.assigned(LiaisonKind.MEMBER, who=contact.holder(of=place))
    for expected, ask in (
        (4, lambda: sheets.roster(Mandate.objects.running(TODAY), TODAY, {})),
        (2, lambda: sheets.groups(DeputyGroup.objects.all(), TODAY)),
        (3, lambda: sheets.liaisons(Liaison.objects.running(TODAY), TODAY)),
    ):
        with CaptureQueriesContext(connection) as queries:
            assert len(list(ask())) >= count
        assert len(queries) == expected
