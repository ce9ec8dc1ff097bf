"""一框搜索: each way of asking finds whom it should, and nobody else."""

from datetime import date

import pytest

from congress.shared.names import ways_to_type
from congress.shared.roles import Role
from deputies.models import Deputy, SpecialistGroup, SpecialistMembership
from deputies.queries import public, search
from tests import make

pytestmark = pytest.mark.django_db
TODAY = make.TODAY


@pytest.fixture
def zou():
    """邹立秀 of 楼台乡: in the third group, elected in the eighth district, of one field."""
    person = make.deputy("邹立秀", of=make.group("楼台乡第三代表小组", make.township("楼台乡")))
    seat = person.mandates.get()
    seat.district.name = "楼台乡第8选区"
    seat.district.area = make.township("桃源村")
    seat.district.save()
    seat.certificate = "C190077"
    seat.save()
    person.job = "大庙村合作社理事长"
    person.phone = "13871650123"
    person.birth_month = date(1968, 7, 1)
    person.save()
    group = SpecialistGroup.objects.create(
        name="绿松石产业专业代表小组",
        field="绿松石文旅",
        committee=make.organisation(),
        formed_on=make.ELECTED_ON,
    )
    SpecialistMembership.objects.create(deputy=person, group=group, from_on=make.ELECTED_ON)
    return person


@pytest.fixture(autouse=True)
def others(zou):
    """People who are not asked for."""
    return [make.deputy("王伟"), make.deputy("石磊", of=make.group("柳河镇第十三代表小组"))]


def names(asked, *, inner=False, people=None):
    rows = search.found(people or Deputy.objects.all(), asked, TODAY, inner=inner)
    return [person.name for person in search.in_order(rows, asked)]


@pytest.mark.parametrize(
    "asked",
    [
        *("邹立秀", "立秀", "邹", "秀", "邹　立秀", " 邹立秀 ", "邹 秀", "\u200b邹立秀"),
        *(
            "zoulixiu",
            "zou",
            "zou lixiu",
            "zou li xiu",
            "lixiu",
            "ZouLiXiu",
            "ｚｏｕ",
            "zōu lì xiù",
        ),
        *("zlx", "zl", "z l x", "ZLX", "ｚｌｘ", "lx", "z"),
        *("zou立秀", "邹lixiu", "邹lx", "zou 立秀", "Zou立秀"),
        *(
            "楼台乡第三代表小组",
            "第三代表小组",
            "第三小组",
            "第3小组",
            "三组",
            "楼台3组",
            "第３小组",
        ),
        *("楼台", "楼台乡", "楼台乡第8选区", "第8选区", "第八选区", "桃源村", "桃源", "楼台代表团"),
        *("绿松石", "绿松石产业专业代表小组", "文旅"),
        *("合作社", "大庙村", "理事长"),
        *("楼台 邹", "合作社 zlx 楼台", "楼台、邹立秀", "第三小组，绿松石"),
    ],
)
def test_one_person_is_found_by(asked):
    assert names(asked) == ["邹立秀"]


@pytest.mark.parametrize(
    "asked",
    [
        *("邹立绣", "秀立", "lixiuzou", "oulixiu", "ixiu", "zlxx", "zoulixiux", "王立秀"),
        *("第四小组", "第8小组", "第80选区", "楼台乡第四代表小组", "邹 王", "楼台 王伟"),
        *(
            "%",
            "_",
            "%%",
            "邹%",
            "邹_秀",
            "\\",
            "'",
            '"',
            "--",
            "邹' OR '1'='1",
            "(",
            "*",
            "，",
            "、。",
        ),
        *("1968", "196807", "13871650123", "1650123", "C190077", "c190077", "190077"),
        *("邹秀", "魑魅" * 40),
    ],
)
def test_nobody_is_found_by(asked):
    assert names(asked) == []


def test_of_a_very_long_question_the_beginning_is_asked():
    assert names("zou lixiu " * 40) == ["邹立秀"]


@pytest.mark.parametrize("asked", ["", " ", "\u3000", "\t"])
def test_nothing_typed_keeps_everybody(asked):
    assert len(names(asked)) == 3


def test_the_third_group_is_not_the_thirteenth():
    assert names("第三小组") == ["邹立秀"]
    assert names("第13小组") == names("十三组") == ["石磊"]


@pytest.mark.parametrize("asked", ["C190077", "c190077", "C1900", "13871650123", "1650", "0123"])
def test_staff_find_by_certificate_and_by_a_part_of_a_telephone(asked):
    assert names(asked, inner=True) == ["邹立秀"]
    assert names(asked) == []


@pytest.mark.parametrize("asked", ["190", "650", "196807", "1968-07"])
def test_three_figures_are_no_telephone_and_nobody_is_found_by_birth(asked):
    assert names(asked, inner=True) == []


@pytest.mark.parametrize("asked", ["lv", "lvna", "lü", "lǚ nà", "LÜNA", "lu", "luna", "吕"])
def test_the_vowel_that_no_keyboard_has_is_typed_as_v_or_as_u(asked):
    make.deputy("吕娜")
    assert names(asked) == ["吕娜"]


def test_typed_as_v_it_is_not_taken_for_u():
    for name in ("吕娜", "卢娜"):
        make.deputy(name)
    assert names("lvna") == ["吕娜"]
    assert names("luna") == ["卢娜", "吕娜"]


def test_a_name_with_a_dot_is_found_without_it():
    make.deputy("阿依古丽·买买提")
    for asked in ("阿依古丽买买提", "阿依古丽·买买提", "古丽•买", "买买提", "aygl", "maimaiti"):
        assert names(asked) == ["阿依古丽·买买提"], asked


def test_a_surname_is_found_as_its_family_says_it():
    Deputy.objects.filter(name="石磊").update(name="单伟")
    person = Deputy.objects.get(name="单伟")
    person.reading = "shan wei"
    person.save()
    assert names("shanwei") == names("sw") == ["单伟"]
    assert names("dan") == []


def test_the_very_name_comes_first_then_who_begins_so_then_strokes():
    for name in ("王方圆", "王方", "丁王方", "卜王方圆"):
        make.deputy(name)
    assert names("王方") == ["王方", "王方圆", "丁王方", "卜王方圆"]
    assert names("wangfang") == ["王方", "王方圆", "丁王方", "卜王方圆"]
    assert names("柳河 王方")[:2] == ["王方", "王方圆"]


def test_whole_syllables_go_before_a_name_that_only_begins_with_the_letters():
    for name in ("万光明", "王方圆"):
        make.deputy(name)
    assert names("wang") == ["王伟", "王方圆", "万光明"]
    assert names("wangu") == ["万光明"]


def test_whoever_moved_on_is_not_found_where_they_were(zou):
    SpecialistMembership.objects.update(to_on=TODAY)
    assert names("绿松石") == []
    make.leaves(zou, TODAY)
    later = date(2026, 5, 13)
    assert not search.found(Deputy.objects.all(), "楼台", later).exists()


def test_a_long_name_keeps_within_its_column():
    name = "阿卜杜热合曼" * 6
    assert len(ways_to_type(name)) == 400
    assert make.deputy(name[:40]).name in names("阿卜杜")


@pytest.mark.parametrize("asked", ["1968", "13871650123", "1650123", "C190077", "190077"])
def test_the_public_finds_nobody_by_what_is_not_public(client, asked):
    assert not public.matching(public.Filters(q=asked), TODAY).exists()
    assert "邹立秀" not in client.get("/deputies/", {"q": asked}).content.decode()


def test_an_answer_takes_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        names("楼台 邹 合作社")


ROSTER = "/admin/deputies/deputy/"


def listed(client, **asked):
    """Whom the workbench's register shows, in its order."""
    rows = client.get(ROSTER, asked).context["cl"].result_list
    return [person.name for person in rows]


@pytest.mark.parametrize("asked", ["zlx", "第三小组", "桃源村", "绿松石", "1650123", "C190077"])
def test_the_register_at_the_workbench_knows_the_same_words(client, asked):
    client.force_login(make.actor().user)
    assert listed(client, q=asked) == ["邹立秀"]


@pytest.mark.parametrize("asked", ["1650123", "C190077"])
def test_who_sees_no_telephone_finds_nobody_by_it(client, asked):
    client.force_login(make.actor(Role.LEADER).user)
    assert listed(client, q=asked) == []
    assert listed(client, q="邹立秀") == ["邹立秀"]


def test_the_register_puts_the_nearest_first_unless_a_column_is_chosen(client):
    for name in ("卜王方圆", "王方圆", "王方"):
        make.deputy(name)
    client.force_login(make.actor().user)
    assert listed(client, q="王方") == ["王方", "王方圆", "卜王方圆"]
    assert listed(client, q="王方", o="1") == ["卜王方圆", "王方", "王方圆"]
