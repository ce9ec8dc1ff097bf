"""名册的一行: cells checked one by one, and the verdict against rows above and the register."""

import pytest

from congress.shared.models import Area
from deputies import entries
from deputies.models import Deputy, Mandate
from tests import make
from tests.deputies import sheet

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("cells", "cell", "reason"),
    [
        ({"姓名": ""}, "B4", "没有填写"),
        ({"姓名": "Wang"}, "B4", "不像姓名"),
        ({"性别": "先生"}, "C4", "应为“男”或“女”"),
        ({"民族": "土家"}, "D4", "是不是“土家族”"),
        ({"民族": "火星族"}, "D4", "目录里没有"),
        ({"出生年月": "1968.13"}, "E4", "没有 13 月"),
        ({"出生年月": "不详"}, "E4", "看不出年月"),
        ({"出生年月": 1968.1}, "E4", "分不清是 1 月还是 10 月"),
        ({"出生年月": "2023.01"}, "E4", "晚于当选日期"),
        ({"出生年月": "2004.01"}, "E4", "不满十八周岁"),
        ({"出生年月": "1868.01"}, "E4", "太早"),
        ({"工作单位及职务": "长" * 81}, "H4", "最多 80 个字"),
        ({"选区（选举单位）": ""}, "I4", "没有填写"),
        ({"代表层级": "县、乡镇"}, "K4", "分两行写"),
        ({"代表层级": "村"}, "K4", "县、乡镇之一"),
        ({"代表层级": "乡镇", "选区（选举单位）": "第1选区"}, "I4", "看不出是哪个乡镇"),
        ({"代表证号": ""}, "L4", "没有填写"),
        ({"代表小组": "第一代表小组"}, "M4", "看不出是哪个乡镇"),
        ({"联系电话": "1390000"}, "O4", "现有 7 位"),
    ],
)
def test_a_wrong_cell_is_named_with_its_reason(cells, cell, reason):
    batch = sheet.upload([sheet.row(**cells)])

    [(found, fault)] = sheet.faults(batch)
    assert found == cell
    assert reason in fault


@pytest.mark.parametrize(
    "month", ["1968.05", "1968-5", "1968年5月", "196805", "1968/05/12", "１９６８．０５", 1968.05]
)
def test_a_month_is_understood_however_it_is_written(month):
    sheet.apply([sheet.row(出生年月=month)])

    assert Deputy.objects.get().birth_month == make.date(1968, 5, 1)


def test_spaces_and_wide_figures_are_cleaned_but_chinese_brackets_stay():
    sheet.apply(
        [
            sheet.row(
                姓名="王　伟", 联系电话="139 0000 1234", 工作单位及职务=" 柳河镇（桃园村）　村民 "
            )
        ]
    )

    deputy = Deputy.objects.get()
    assert (deputy.name, deputy.phone, deputy.job) == (
        "王伟",
        "13900001234",
        "柳河镇（桃园村） 村民",
    )


@pytest.mark.parametrize(
    ("name", "place", "township"),
    [
        ("柳河镇第十二代表小组", 12, "柳河镇"),
        ("柳河镇第二十代表联络站", 20, "柳河镇"),
        ("镇坪镇第3小组", 3, "镇坪镇"),
        ("柳林乡代表小组", 0, "柳林乡"),
        ("机关代表小组", 0, ""),
    ],
)
def test_a_name_says_its_township_and_its_place(name, place, township):
    assert (entries.position_of(name), entries.township_of(name)) == (place, township)


def test_there_are_fifty_six_nations_and_others():
    assert len(entries.NATIONS) == 57


def test_two_rows_of_one_person_are_one_deputy_with_two_seats():
    first = sheet.row()
    second = first | {
        "代表层级": "市",
        "代表证号": "SY001",
        "选区（选举单位）": "竹山县人民代表大会",
    }

    sheet.apply([first, second])

    assert Deputy.objects.count() == 1
    levels = Mandate.objects.values_list("term__assembly__level__code", flat=True)
    assert sorted(levels) == ["city", "county"]


def test_two_people_of_one_name_and_month_are_told_apart_by_their_telephones():
    sheet.apply([sheet.row(姓名="李秀英"), sheet.row(姓名="李秀英")])

    assert Deputy.objects.filter(name="李秀英").count() == 2


def test_of_two_rows_with_one_certificate_the_later_is_wrong():
    batch = sheet.upload([sheet.row(代表证号="190001"), sheet.row(代表证号="190001")])

    assert sheet.verdicts(batch) == ["new", "error"]
    assert sheet.faults(batch)[0][0] == "L5"


def test_the_same_certificate_at_two_levels_is_no_collision():
    second = sheet.row(代表证号="001", 代表层级="乡镇")

    assert sheet.verdicts(sheet.upload([sheet.row(代表证号="001"), second])) == ["new", "new"]


def test_one_person_twice_at_one_level_is_wrong():
    one = sheet.row()
    batch = sheet.upload([one, one | {"代表证号": "19999"}])

    assert "写了两次" in sheet.faults(batch)[0][1]


def test_two_rows_of_one_person_that_contradict_each_other_are_refused():
    one = sheet.row()
    two = one | {"代表层级": "市", "代表证号": "SY001", "学历": "大学"}
    batch = sheet.upload([one, two])

    assert sheet.faults(batch) == [("G5", "与第 4 行是同一个人，那里写的是“大专”。")]


def test_a_second_seat_with_another_telephone_than_the_register_is_seen_as_a_contradiction():
    one = sheet.row()
    two = one | {"代表层级": "市", "代表证号": "SY001", "选区（选举单位）": "竹山县人民代表大会"}
    sheet.apply([one, two])

    batch = sheet.upload([one | {"联系电话": "13877776666"}, two])

    assert sheet.verdicts(batch) == ["changed", "error"]


def test_a_change_shows_old_and_new():
    one = sheet.row()
    sheet.apply([one])

    batch = sheet.upload(
        [one | {"工作单位及职务": "柳河镇桃园村党支部书记", "出生年月": "1968.06"}]
    )

    assert batch.rows.get().verdict == "changed"
    assert batch.rows.get().changes == [
        ["出生年月", "1968.05", "1968.06"],
        ["工作单位及职务", "柳河镇桃园村村民", "柳河镇桃园村党支部书记"],
    ]


def test_a_column_the_sheet_lacks_changes_nothing():
    one = sheet.row()
    sheet.apply([one])
    header = [
        title for title in sheet.HEADER if title not in {"联系电话", "党派", "联络站", "代表团"}
    ]

    assert sheet.verdicts(sheet.upload([one], header=header)) == ["same"]


def test_a_certificate_of_somebody_quite_different_is_refused():
    one = sheet.row()
    sheet.apply([one])

    batch = sheet.upload([one | {"姓名": "解先平", "出生年月": "1971.01"}])

    assert "姓名和出生年月都对不上" in sheet.faults(batch)[0][1]


def test_once_the_townships_are_known_a_misspelt_one_is_an_error():
    sheet.apply([sheet.row()])

    batch = sheet.upload([sheet.row(代表小组="柳何镇第一代表小组")])

    assert sheet.faults(batch) == [("M4", "县里没有“柳何镇”，请核对乡镇名称。")]
    assert list(Area.objects.townships(batch.county).values_list("name", flat=True)) == ["柳河镇"]


def test_an_ended_seat_is_not_filled_again_by_a_sheet():
    one = sheet.row()
    sheet.apply([one])
    make.leaves(Deputy.objects.get(), sheet.TODAY)

    assert "已于 2026-05-11 结束" in sheet.faults(sheet.upload([one]))[0][1]
