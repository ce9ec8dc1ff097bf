"""The desk of checking and verifying: tabs, filters, bulk, evidence side by side, what was done."""

from datetime import date

import pytest
from django.urls import reverse

from congress.shared.roles import Role
from deputies.actions import duties
from deputies.models import DutyRecord
from deputies.states import DutyState
from scoring.actions import posting
from scoring.models import Entry
from scoring.queries.queue import time_left
from stations.actions import events
from stations.actions.events import Mark
from tests import make
from tests.deputies import walk
from tests.scoring import facts

pytestmark = pytest.mark.django_db

CHECK, VERIFY = reverse("scoring:check_queue"), reverse("scoring:verify_queue")
POST, UNCHECK = reverse("scoring:verify_and_post"), reverse("scoring:uncheck")
CHECK_DONE, VERIFY_DONE = reverse("scoring:check_done"), reverse("scoring:verify_done")


@pytest.fixture(autouse=True)
def may(db):
    """Two days after the deeds, with a rule book."""
    facts.book()
    with facts.on(facts.DAY.replace(day=22)):
        yield


@pytest.fixture
def desk(client):
    client.force_login(make.director().user)
    return client


def page_of(client, url=VERIFY, /, **query):
    return client.get(url, query).content.decode()


def names(client, url=VERIFY, /, **query):
    return [row.name for row in client.get(url, query).context["queue"].rows]


def with_photo(deputy, colour, *, on=facts.DAY, code="C2"):
    """A deputy's own report with this picture, checked."""
    record = walk.report(
        deputy, item=walk.item(code), done_on=on, photos=[walk.photo(colour), walk.photo("gold")]
    )
    return duties.check(record, by=make.actor())


def test_what_was_sent_back_and_not_yet_mended_has_its_own_tab(desk):
    record = facts.checked(make.deputy("甘露"))
    facts.checked(make.deputy("陶然"))
    with facts.on(date(2026, 5, 21)):
        duties.send_back(record, reason="照片不是当天的。", by=make.actor())
    page = page_of(desk, only="returned")
    assert "已退回未改 <b>1</b>" in page
    assert names(desk, only="returned") == ["甘露"]
    assert "5 月 21 日退回" in page
    assert "照片不是当天的。" in page
    assert "data-one" not in page
    duties_left = desk.get(VERIFY, {"only": "returned", "records": [record.pk]})
    assert duties_left.context["queue"].effect.count == 0


def test_what_was_entered_is_as_old_as_its_deputy_s_word(desk):
    early, late = make.deputy("甘露"), make.deputy("石头")
    with facts.on(date(2026, 5, 6)):
        record = walk.entered(early, done_on=date(2026, 5, 6))
    with facts.on(date(2026, 5, 11)):
        walk.report(late, done_on=date(2026, 5, 11))
    walk.on_behalf.confirm(record, by=make.as_deputy(early))
    assert names(desk, CHECK) == ["石头", "甘露"]
    assert names(desk, CHECK, sort="doubt") == ["石头", "甘露"]
    assert names(desk, CHECK, age="late") == ["石头"]
    assert "最久 9 个工作日" in page_of(desk, CHECK)


@pytest.mark.parametrize(
    ("age", "words"), [(12, "2 个工作日"), (10, "今天到期"), (9, "剩 1 个工作日")]
)
def test_the_last_day_is_called_today(age, words):
    assert time_left(age, 10) == words


def test_filters_by_group_name_and_age_and_the_order_survive_in_the_address(desk):
    away = make.group("河口乡第一代表小组", make.township("河口乡"))
    old, doubted = make.deputy("甘露"), make.deputy("陶然")
    with facts.on(date(2026, 5, 6)):  # twelve working days: over the ten allowed
        facts.checked(old, on=date(2026, 5, 6))
    with facts.on(date(2026, 5, 11)):  # nine: near
        facts.checked(make.deputy("石头", of=away), on=date(2026, 5, 11))
    for _ in range(2):
        facts.checked(doubted)
    assert names(desk) == ["甘露", "石头", "陶然", "陶然"]
    assert names(desk, sort="doubt") == ["陶然", "陶然", "甘露", "石头"]
    assert names(desk, age="late") == ["甘露"]
    assert names(desk, age="soon") == ["石头"]
    assert names(desk, group=away.pk) == ["石头"]
    assert names(desk, q="露") == ["甘露"]
    page = page_of(desk, sort="doubt", q="然")
    assert f"{POST}?q=%E7%84%B6&amp;sort=doubt" in page
    assert names(desk, age="x", sort="x", group="x", q="x" * 99) == names(desk)


def test_several_with_a_warning_among_them_are_refused_and_the_others_offered(desk):
    good, twin = [facts.checked(make.deputy()) for _ in range(3)], make.deputy("陶然")
    doubted = [facts.checked(twin) for _ in range(2)]
    answer = desk.post(POST, {"records": [record.pk for record in [*good, doubted[0]]]})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "没有办成，一条也没有改动" in page
    assert "陶然 5 月 20 日：这条有提示，请单独看过再定。" in page
    assert "其余 3 条照办" in page
    assert not Entry.objects.exists()
    assert desk.post(POST, {"record": doubted[0].pk}).status_code == 302


def test_a_row_that_changed_meanwhile_is_named_and_the_others_are_not_lost(desk):
    rows = [facts.checked(make.deputy(name)) for name in ("甘露", "陶然", "石头")]
    posting.verify_and_post(rows[1], by=make.director())
    answer = desk.post(POST, {"records": [row.pk for row in rows]})
    assert "陶然 5 月 20 日：目前是“已核实”" in answer.content.decode()
    effect = answer.context["queue"].effect
    assert (effect.count, answer.context["act_words"]) == (2, "其余 2 条照办")
    again = [row.pk for row in rows if row.pk != rows[1].pk]
    assert desk.post(POST, {"records": again}).status_code == 302
    assert Entry.objects.count() == 3


def test_what_was_just_done_is_one_click_away(desk):
    rows = [facts.checked(make.deputy(name)) for name in ("甘露", "陶然")]
    page = desk.post(POST, {"records": [row.pk for row in rows]}, follow=True).content.decode()
    assert "看这 2 条" in page
    assert "本周已核 2 条" in page
    shown = desk.get(VERIFY_DONE)
    assert [row.name for row in shown.context["rows"]] == ["甘露", "陶然"]
    assert "已核实的不能撤回" in shown.content.decode()
    assert shown.context["rows"][0].points == "+2.0"


def test_the_list_of_one_act_shows_that_act_alone(desk):
    records = [facts.checked(make.deputy()) for _ in range(2)]
    desk.post(POST, {"record": records[0].pk})
    with facts.on(facts.DAY.replace(day=23)):
        desk.post(POST, {"record": records[1].pk})
        at = DutyRecord.objects.get(pk=records[1].pk).verified_at.isoformat()
        assert [row.pk for row in desk.get(VERIFY_DONE, {"at": at}).context["rows"]] == [
            records[1].pk
        ]
        assert len(desk.get(VERIFY_DONE, {"at": "yesterday"}).context["rows"]) == 2


def test_a_check_is_taken_back_from_the_list_of_what_one_checked(client):
    clerk = make.actor(Role.TOWNSHIP_CLERK)
    client.force_login(clerk.user)
    rows = [facts.reported(make.deputy()) for _ in range(2)]
    client.post(CHECK, {"records": [row.pk for row in rows]})
    assert "撤回勾选的核对" in page_of(client, CHECK_DONE)
    assert client.post(UNCHECK, {"records": [rows[0].pk]}).url == CHECK_DONE
    states = DutyRecord.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [DutyState.REPORTED, DutyState.CHECKED]
    posting.verify_and_post(rows[1], by=make.director())
    assert client.post(UNCHECK, {"records": [rows[1].pk]}).status_code == 409


@pytest.mark.parametrize("role", sorted({Role.LEADER, Role.AUDITOR, Role.DEPUTY, Role.KEEPER}))
def test_the_lists_of_what_was_done_are_for_those_who_do_it(client, role):
    client.force_login(make.actor(role).user)
    assert [client.get(url).status_code for url in (CHECK_DONE, VERIFY_DONE)] == [404, 404]


def test_every_record_with_the_same_photo_and_every_twin_stands_beside(desk):
    first, second = make.deputy("甘露"), make.deputy("陶然")
    used = [with_photo(first, "navy", on=facts.DAY.replace(day=day)) for day in (4, 5)]
    record = with_photo(second, "navy")
    twin = with_photo(second, "olive")
    shown = desk.get(VERIFY, {"record": record.pk}).context["current"]["dossier"]
    assert [other.record for other in shown.elsewhere] == [*used, twin]
    assert {other.title for other in shown.elsewhere} == {"用过同一张照片"}  # all share the gold
    assert [photo.used for photo in shown.pictures] == [True, True]
    page = page_of(desk, record=record.pk)
    assert page.count("data-photo=") == 8
    assert "仍要核实" in page


def test_what_an_organiser_registered_shows_the_roll(desk):
    people = [make.deputy() for _ in range(3)]
    marks = {person.pk: Mark() for person in people[:2]} | {people[2].pk: Mark("absent", "")}
    keeper = make.actor(Role.TOWNSHIP_CLERK)
    events.roll_call(
        item=walk.item("A2"),
        title="春耕视察",
        held_on=facts.DAY,
        place="桃园村",
        group=make.group(),
        marks=marks,
        by=keeper,
    )
    record = DutyRecord.objects.filter(deputy=people[0]).get()
    duties.check(record, by=make.actor())
    page = page_of(desk, record=record.pk)
    assert "春耕视察" in page
    assert "应到 3 人，到场 2 人" in page
    assert f"{keeper.organisation_id and keeper.post.organisation} {keeper.name}" in page
    assert "不附照片：组织方登记，以" in page


def test_htmx_gets_only_the_part_it_asks_for(desk):
    record = facts.checked(make.deputy())

    def part(target):
        headers = {"HX-Request": "true", "HX-Target": target}
        return desk.get(VERIFY, {"record": record.pk}, headers=headers).content.decode()

    assert part("dossier").lstrip().startswith('<div class="stack" id="dossier"')
    assert part("effect").lstrip().startswith('<form class="effect" id="effect"')
    assert part("desk").lstrip().startswith('<div class="stack" id="desk"')


def test_a_refusal_under_htmx_is_the_desk_and_leaves_the_address_alone(desk):
    record = facts.checked(make.deputy())
    posting.verify_and_post(record, by=make.director())
    headers = {"HX-Request": "true", "HX-Target": "desk"}
    answer = desk.post(POST, {"record": record.pk}, headers=headers)
    assert (answer.status_code, answer["HX-Replace-Url"]) == (409, "false")
    assert "目前是“已核实”" in answer.content.decode()


def test_what_is_ticked_stays_ticked_while_single_records_are_settled(desk):
    one, two, three = [facts.checked(make.deputy()) for _ in range(3)]
    sent = {"record": two.pk, "records": [one.pk, two.pk], "next": three.pk}
    assert desk.post(POST, sent).url == f"{VERIFY}?record={three.pk}&records={one.pk}"
    assert Entry.objects.get().record == two


def test_the_screen_says_word_for_word_what_a_return_will_tell(desk):
    facts.checked(make.deputy())
    assert "5 月 20 日“接待选民”退回：" in page_of(desk)


@pytest.mark.parametrize(
    "role", [Role.DEPUTY, Role.CONVENOR, Role.LEADER, Role.AUDITOR, Role.KEEPER, Role.SYSADMIN]
)
def test_to_whom_the_desk_is_closed_a_post_does_not_open_it(client, role):
    facts.checked(make.deputy("陶然"))
    own = facts.checked(make.deputy("甘露"))
    who = make.as_deputy(own.deputy) if role == Role.DEPUTY else make.actor(role)
    client.force_login(who.user)
    back = reverse("scoring:send_back", args=[own.pk])
    for url, sent in ((POST, {"records": [own.pk]}), (back, {"ready": "x"}), (back, {})):
        assert client.post(url, sent).status_code == 404


def test_a_township_that_sends_back_too_late_is_told_so_at_its_own_desk(client):
    record = facts.checked(make.deputy("甘露"))
    client.force_login(make.actor(Role.TOWNSHIP_CLERK).user)
    assert client.post(POST, {"records": [record.pk]}).status_code == 404
    back = reverse("scoring:send_back", args=[record.pk])
    answer = client.post(back, {"words": "照片不是当天的。"})
    assert answer.status_code == 409
    assert "只有代工委可以退回" in answer.content.decode()
    assert answer.context["step"].name == "check"


@pytest.mark.parametrize(
    "at", ["2026-01-01T00:00:00+99:99", "2026-13-40T00:00:00Z", "0001-01-01T00:00:00+23:59", "?"]
)
def test_a_moment_that_no_clock_shows_is_no_fault_of_the_page(desk, at):
    for url in (CHECK_DONE, VERIFY_DONE):
        assert desk.get(url, {"at": at}).status_code == 200
