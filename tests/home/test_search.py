"""搜索: what each post finds in one box, and where it leads."""

import pytest
from django.urls import reverse

from congress.shared.roles import DESK, UNIT, Role
from deputies.models import SpecialistGroup
from proposals.states import State
from tests import make
from tests.proposals import walk
from tests.scoring.facts import on

pytestmark = pytest.mark.django_db
SEARCH = reverse("home:search")
BOX = {"HX-Request": "true", "HX-Target": "box-found"}


@pytest.fixture(autouse=True)
def _today():
    with on(make.TODAY):
        yield


@pytest.fixture
def county():
    """A deputy, a proposal that everybody may see and one that is withheld, a field's group."""
    lead = make.deputy("邹立秀", of=make.group("柳河镇第三代表小组"))
    lead.phone = "13871650123"
    lead.save()
    SpecialistGroup.objects.create(
        name="绿松石产业专业代表小组",
        field="绿松石文旅",
        committee=make.organisation(),
        formed_on=make.ELECTED_ON,
    )
    shown = walk.proposal(State.ASSIGNED, lead=lead, title="关于修桃园路的建议")
    hidden = walk.proposal(State.ASSIGNED, lead=lead, title="关于某户家事的建议", withheld="隐私")
    return lead, shown, hidden


def found(client, asked):
    """What was found: the kinds, each with its lines' titles and addresses."""
    answer = client.get(SEARCH, {"q": asked})
    assert answer.status_code == 200
    kinds = answer.context["kinds"]
    return {kind.name: [(line.title, line.url) for line in kind.lines] for kind in kinds}


def titles(client, asked):
    return {name: [title for title, _ in lines] for name, lines in found(client, asked).items()}


# At the desk.


@pytest.mark.parametrize("role", sorted(DESK))
def test_the_desk_finds_people_groups_proposals_and_functions(client, county, role):
    lead, shown, hidden = county
    client.force_login(make.actor(role).user)
    page = reverse("deputies:person", args=[lead.pk])
    assert found(client, "zlx") == {"代表": [("邹立秀", page)]}
    dossiers = [reverse("proposals:dossier", args=[row.pk]) for row in (hidden, shown)]
    assert [url for _, url in found(client, "邹立秀")["建议"]] == dossiers
    assert titles(client, "第三小组") == {"代表": ["邹立秀"], "小组": ["柳河镇第三代表小组"]}
    assert titles(client, "文旅") == {"小组": ["绿松石产业专业代表小组"]}
    assert titles(client, shown.number) == {"建议": [shown.title]}
    assert titles(client, "桃园路") == {"建议": [shown.title]}
    assert titles(client, "jfpm") == titles(client, "积分排名") == {"功能": ["积分排名"]}
    for lines in found(client, "柳河").values():
        assert [client.get(url).status_code for _, url in lines] == [200] * len(lines)


def test_a_function_meant_by_its_name_stands_first(client, county):
    client.force_login(make.actor().user)
    assert list(titles(client, "建议")) == ["功能", "建议"]
    assert list(titles(client, "代表")) == ["功能", "代表", "小组"]
    assert "履职核对" in titles(client, "履职核")["功能"]


def test_a_place_that_is_closed_to_a_post_is_not_found_either(client):
    client.force_login(make.actor(Role.LEADER).user)
    assert "功能" not in titles(client, "履职核对")


def test_only_staff_find_by_telephone_and_certificate(client, county):
    lead, *_ = county
    numbers = ("13871650123", "1650123", lead.mandates.get().certificate)
    for role in Role:
        client.force_login(make.actor(role, user=make.user()).user)
        staff = role in {Role.STAFF_CLERK, Role.STAFF_DIRECTOR}
        expected = {"代表": ["邹立秀"]} if staff else {}
        assert [titles(client, number) for number in numbers] == [expected] * 3, role


def test_who_left_is_still_found_at_the_desk_and_nowhere_else(client, county):
    lead, *_ = county
    make.leaves(lead, make.TODAY)
    client.force_login(make.actor().user)
    with on(make.TODAY.replace(day=13)):
        assert "现在没有代表资格" in client.get(SEARCH, {"q": "zlx"}).content.decode()
        client.force_login(make.actor(Role.CONVENOR).user)
        assert titles(client, "zlx") == {}


# Everybody else.


@pytest.mark.parametrize("role", sorted(set(Role) - DESK))
def test_away_from_the_desk_one_finds_what_is_public(client, county, role):
    lead, shown, hidden = county
    client.force_login(make.actor(role, user=make.user()).user)
    public = reverse("home:deputy", args=[lead.code])
    assert found(client, "zlx") == {"代表": [("邹立秀", public)]}
    answer = client.get(SEARCH, {"q": "邹立秀"}).content.decode()
    assert shown.title in answer
    withheld = [] if role in UNIT else [hidden.title]  # a unit handles it, publicly or not
    assert not [word for word in (*withheld, lead.phone, "1970") if word in answer]
    assert titles(client, "第三小组") == {"代表": ["邹立秀"]}
    assert client.get(public).status_code == 200


def test_a_deputy_finds_their_own_proposals_on_their_own_pages(client, county):
    lead, shown, hidden = county
    client.force_login(make.as_deputy(lead).user)
    urls = [url for _, url in found(client, "建议")["建议"]]
    assert urls == [reverse("proposals:detail", args=[row.pk]) for row in (hidden, shown)]
    assert [client.get(url).status_code for url in urls] == [200, 200]


@pytest.mark.parametrize("role", sorted(UNIT))
def test_a_unit_finds_its_own_cases_on_its_own_pages(client, county, role):
    _, shown, hidden = county
    client.force_login(make.actor(role).user)
    urls = [url for _, url in found(client, "建议")["建议"]]
    assert urls == [reverse("proposals:case", args=[row.pk]) for row in (hidden, shown)]
    assert [client.get(url).status_code for url in urls] == [200, 200]


def test_a_post_finds_the_places_of_its_navigation(client):
    client.force_login(make.actor(Role.CONVENOR).user)
    assert found(client, "登记")["功能"] == [("登记到场", reverse("stations:roll_call"))]
    assert found(client, "djdc")["功能"] == [("登记到场", reverse("stations:roll_call"))]


def test_without_a_post_one_finds_what_is_public(client, county):
    client.force_login(make.user())
    assert titles(client, "zlx") == {"代表": ["邹立秀"]}


def test_strangers_are_sent_to_the_login_page(client):
    assert reverse("shared:login") in client.get(SEARCH, {"q": "zlx"})["Location"]
    assert client.post(SEARCH).status_code in (302, 401)


# The answer as one types.


@pytest.mark.parametrize("role", [Role.STAFF_CLERK, Role.DEPUTY])
def test_htmx_gets_the_part_and_a_browser_the_page(client, county, role):
    client.force_login(make.actor(role, user=make.user()).user)
    page = client.get(SEARCH, {"q": "zlx"}).content.decode()
    part = client.get(SEARCH, {"q": "zlx"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" in page
    assert "<html" not in part
    assert part.strip().startswith('<div class="stack" id="found" data-asked="zlx"')
    assert "邹立秀" in page
    assert "邹立秀" in part


def test_the_box_shows_five_of_each_and_where_the_rest_is(client):
    for _ in range(7):
        make.deputy()
    client.force_login(make.actor().user)
    assert len(found(client, "桃园村")["代表"]) == 7
    text = client.get(SEARCH, {"q": "桃园村"}, headers=BOX).content.decode()
    assert text.count('class="hit"') == 5
    assert 'id="box-found"' in text
    more = f"{reverse('admin:deputies_deputy_changelist')}?q=%E6%A1%83%E5%9B%AD%E6%9D%91"
    assert more in text
    assert client.get(more).context["cl"].result_count == 7


def test_every_page_of_the_workbench_has_the_box(client):
    client.force_login(make.actor().user)
    for page in (reverse("admin:index"), reverse("deputies:groups"), SEARCH):
        assert "data-box" in client.get(page).content.decode()


@pytest.mark.parametrize("asked", ["", "  ", "，"])
def test_nothing_asked_finds_nothing_and_says_what_may_be_asked(client, county, asked):
    client.force_login(make.actor().user)
    assert found(client, asked) == {}
    assert "词与词之间空一格" in client.get(SEARCH, {"q": asked}).content.decode()


@pytest.mark.parametrize("asked", ["魑魅", "%", "_", "\\", "' OR 1=1", "长" * 300, "<b>", "🦄"])
@pytest.mark.parametrize("role", [Role.STAFF_CLERK, Role.DEPUTY])
def test_rubbish_finds_nothing_and_says_what_to_try(client, county, role, asked):
    client.force_login(make.actor(role, user=make.user()).user)
    assert found(client, asked) == {}
    text = client.get(SEARCH, {"q": asked}).content.decode()
    assert "没有找到" in text
    assert "少写几个字试试" in text
    assert "<b>" + "</b>" not in text


@pytest.mark.parametrize(
    ("role", "queries"), [(Role.STAFF_CLERK, 9), (Role.DEPUTY, 9), (Role.CONVENOR, 9)]
)
def test_an_answer_costs_the_same_at_one_row_and_at_three(
    client, django_assert_num_queries, role, queries
):
    client.force_login(make.actor(role, user=make.user()).user)
    for count in (1, 2):
        for _ in range(count):
            number = make.serial()
            lead = make.deputy("邹立秀", of=make.group(f"柳河镇第{number}代表小组"))
            walk.proposal(State.ASSIGNED, lead=lead, title="关于柳河修路的建议")
            SpecialistGroup.objects.create(
                name=f"柳河{number}专业代表小组",
                field="柳河",
                committee=make.organisation(),
                formed_on=make.ELECTED_ON,
            )
        assert {len(lines) for lines in found(client, "柳河").values()}
        with django_assert_num_queries(queries):
            client.get(SEARCH, {"q": "柳河"}, headers=BOX)
