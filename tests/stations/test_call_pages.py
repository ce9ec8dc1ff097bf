"""活动的页面: organisers call, deputies tap, the roll begins with what is known; no page fails."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from congress.home.queries import activities, badges
from congress.home.queries.office_queues import queues
from congress.shared import clock
from congress.shared.models import Workday
from congress.shared.roles import Role
from stations.actions import answers, campaigns
from stations.actions.events import Mark
from stations.models import Activity, Campaign, Invitee, RotaFeed, Squad, Topic
from stations.permissions.calls import Circle
from stations.queries.calls import sheet
from stations.queries.campaigns import totals
from tests import make
from tests.deputies import walk as duties
from tests.stations.call_walk import DAY, TODAY, Place, at, called, campaign, invitee, sent, squad
from tests.stations.test_calls import held


def url(name, *args):
    return reverse(f"stations:{name}", args=args)


def as_(client, actor):
    client.force_login(actor.user)
    return client


def text(answer):
    return answer.content.decode()


def cost(client, page):
    client.get(page)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(page).status_code == 200
    return len(asked)


def test_from_the_call_to_the_report_on_the_screens(client, today):
    place = Place()
    squad(place)
    as_(client, place.clerk)
    page = url("call_activity")
    assert "水渠小分队" in text(client.get(page))
    page = f"{page}?group={place.group.pk}"
    wrong = client.post(page, sent(to_time="8:00", title=""))
    assert wrong.status_code == 422
    assert client.post(page, sent(to_time="8:00")).status_code == 409
    client.post(page, sent())
    activity = Activity.objects.get()
    shown = text(client.get(url("activity", activity.pk)))
    assert ("等答复" in shown, "改期、换地点" in shown) == (True, True)
    assert client.post(page, sent()).status_code == 409

    second, third = place.people[1:]
    as_(client, make.as_deputy(second))
    mine = url("my_activities")
    assert "我参加" in text(client.get(mine))
    client.post(url("sign_up", invitee(activity, second).pk))
    assert "已报名" in text(client.get(mine))
    strange = url("sign_up", invitee(activity, third).pk)
    assert client.post(strange).status_code == 404
    leave = url("ask_activity_leave", invitee(activity, second).pk)
    assert client.post(leave, {"reason": ""}).status_code == 422
    client.post(leave, {"reason": "住院"})
    assert client.get(url("activity", activity.pk)).status_code == 404

    as_(client, place.clerk)
    assert "住院" in text(client.get(url("activity", activity.pk)))
    client.post(url("grant_activity_leave", invitee(activity, second).pk))
    client.post(url("ask_activity_leave", invitee(activity, third).pk), {"reason": "出差"})
    refuse = url("refuse_activity_leave", invitee(activity, third).pk)
    assert client.post(refuse, {"words": ""}).status_code == 422
    client.post(refuse, {"words": "人少"})
    moved = {"held_on": DAY, "from_time": "15:00", "to_time": "17:00", "place": "村部"}
    page = url("move_activity", activity.pk)
    assert client.post(page, moved).status_code == 422
    client.post(page, {**moved, "why": "下雨"})
    assert set(Invitee.objects.values_list("state", flat=True)) == {"asked"}
    assert client.get(url("hold_activity", activity.pk)).status_code == 409

    page = url("invite_more", activity.pk)
    newcomer, namesake = make.deputy("陈新来"), make.deputy("王平")
    make.deputy("王平")
    type(namesake).objects.filter(pk=namesake.pk).update(job="村支书、主任（兼）")
    assert "陈新来" in text(client.get(page))
    assert client.post(page, {"others": "没这个人"}).status_code == 422
    assert "有 2 位" in text(client.post(page, {"others": "王平"}))
    named = "王平（村支书、主任（兼））"
    assert "“没这个人”" in text(client.post(page, {"others": f"{named}、没这个人"}))
    client.post(page, {"others": named, "of_circle": [newcomer.pk]})
    assert set(activity.invitees.values_list("deputy__name", flat=True)) >= {"陈新来", "王平"}
    place.people += [newcomer, namesake]

    with clock.at(at(DAY, 18)):
        assert "登记到场" in text(client.get(url("activity", activity.pk)))
        page = url("hold_activity", activity.pk)
        assert "还没选到没到" in text(client.post(page, {f"presence-{second.pk}": "present"}))
        client.post(page, {f"presence-{each.pk}": "present" for each in place.people})
        page = url("report_activity", activity.pk)
        assert client.post(page, {"report": "找王大婶 13912345678"}).status_code == 422
        client.post(page, {"report": "看了水渠。", "photos": [duties.upload(), duties.upload()]})
        activity.refresh_from_db()
        shown = text(client.get(url("activity", activity.pk)))
        photo = url("activity_photo", activity.photos.get().pk)
        assert (activity.state, photo in shown, "待核对" in shown) == ("held", True, True)
        assert client.get(photo).getvalue()[:3] == b"\xff\xd8\xff"
        as_(client, make.as_deputy(second))
        assert "到场" in text(client.get(mine))
        assert client.get(photo).getvalue()[:3] == b"\xff\xd8\xff", "who was there sees it"
        as_(client, make.as_deputy(make.deputy("别组人")))
        assert client.get(photo).status_code == 404


def test_campaigns_topics_and_squads_on_the_screens(client, today):
    place = Place()
    as_(client, place.office)
    said = {"assembly": make.assembly().pk, "year": 2026, "title": "共同缔造"}
    assert client.post(url("open_campaign"), {**said, "title": ""}).status_code == 422
    client.post(url("open_campaign"), said)
    row = Campaign.objects.get()
    client.post(url("set_topic", row.pk), {"title": "优化营商环境"})
    as_(client, place.clerk)
    client.post(url("set_topic", row.pk), {"title": "修水渠", "group": place.group.pk})
    ours = Topic.objects.get(group=place.group)
    shown = text(client.get(url("campaign", row.pk)))
    assert all(words in shown for words in ("统一定题", "优化营商环境", "修水渠", "撤题"))
    people = [each.pk for each in place.people[:2]]
    page = url("form_squad", place.group.pk)
    assert client.post(page, {"name": "护河队", "deputies": people}).status_code == 422
    client.post(page, {"name": "护河队", "deputies": people, "leader": people[0]})
    assert "护河队" in text(client.get(url("campaigns")))
    client.post(url("dissolve_squad", Squad.objects.get().pk), follow=True)
    assert "护河队" not in text(client.get(url("campaigns")))
    client.post(url("drop_topic", ours.pk), {"why": "重复"})
    assert "修水渠" not in text(client.get(url("campaign", row.pk)))
    as_(client, place.office)
    assert client.post(url("close_campaign", row.pk), {"outcome": ""}).status_code == 422
    client.post(url("close_campaign", row.pk), {"outcome": "办成三件实事"})
    assert "办成三件实事" in text(client.get(url("campaign", row.pk)))
    as_(client, make.as_deputy(place.people[2]))
    for name in ("campaigns", "occasions"):
        assert client.get(url(name)).status_code == 404


def test_lists_cost_the_same_with_more_and_lead_to_what_they_count(client, today):
    place = Place()
    topic_of = campaign(place.office)
    as_(client, place.office)
    client.post(url("set_topic", topic_of.pk), {"title": "优化营商环境"})
    topic = Topic.objects.get()
    one = called(place, topic=topic)
    squad(place)
    pages = [
        *(url("activities"), url("activity", one.pk), url("campaigns")),
        *(url("campaign", topic_of.pk), url("occasions")),
    ]
    as_(client, place.clerk)
    before = [cost(client, page) for page in pages]
    two = called(place, title="另一次", topic=topic)
    client.post(url("set_topic", topic_of.pk), {"title": "修水渠"})
    squad(place, "护河队")
    assert [cost(client, page) for page in pages] == before
    held(two, place)
    for state, titles in (
        ("called", {one.title}),
        ("held", {two.title}),
        ("", {one.title, two.title}),
    ):
        page = f"{url('activities')}?topic={topic.pk}&year=2026&state={state}"
        rows = client.get(page).context["rows"]
        assert {row.activity.title for row in rows} == titles
    by_name = f"{url('activities')}?deputy={place.people[1].pk}&year=2026"
    assert len(client.get(by_name).context["rows"]) == 2
    for name in ("activities_sheet", "occasions_sheet"):
        assert client.get(url(name))["Content-Type"].startswith("application/vnd")
    assert client.get(f"{url('activities')}?year=x").status_code == 400
    mine = make.as_deputy(place.people[1])
    as_(client, mine)
    first = cost(client, url("my_activities"))
    with clock.at(at(TODAY, 11)):
        called(place, title="第三次")
    assert cost(client, url("my_activities")) == first
    as_(client, make.actor(Role.LEADER))
    assert client.get(url("campaigns")).status_code == 200


def test_the_figures_of_a_campaign_are_the_lengths_of_their_lists(client, today):
    place = Place()
    theme = campaign(place.office)
    topic = campaigns.set_topic(theme, title="优化营商环境", by=place.office)
    squad(place, campaign=theme)
    marks = {each.pk: Mark() for each in place.people}
    held(called(place, topic=topic), place, {**marks, place.people[2].pk: Mark("absent")})
    held(called(place, title="另一次", topic=topic), place, marks)
    figures = totals(theme)
    assert (figures.deputies, figures.times, figures.groups, figures.squads) == (3, 5, 1, 1)
    as_(client, place.office)
    for of, lines, times in (("deputies", 3, 5), ("groups", 1, 2), ("squads", 1, 0)):
        page = url("campaign_behind", theme.pk, of)
        assert page in text(client.get(url("campaign", theme.pk)))
        shown = client.get(page).context
        assert (shown["count"], shown["times"]) == (lines, times)
        for row in shown["page"]:
            assert not row.url or len(client.get(row.url).context["rows"]) == row.times
    assert client.get(url("campaign_behind", theme.pk, "x")).status_code == 404
    page = f"{url('roll_call')}?group={place.group.pk}"
    typed = {"item": duties.item("A2").pk, "title": "补登的", "held_on": TODAY, "place": "村部"}
    typed |= {f"presence-{each.pk}": "present" for each in place.people} | {"topic": topic.pk}
    assert "优化营商环境" in text(client.get(page))
    campaigns.close_campaign(theme, outcome="办成三件实事", by=place.office)
    assert "这个选题已经撤了" in text(client.post(page, typed))
    other = campaigns.set_topic(campaign(place.office, "第二个"), title="护河", by=place.office)
    client.post(page, {**typed, "topic": other.pk})
    assert totals(other.campaign).held == 1
    page = url("campaign_behind", theme.pk, "squads")
    as_(client, place.clerk)
    assert client.get(page).status_code == 403
    assert page not in text(client.get(url("campaign", theme.pk)))


def test_how_often_one_was_called_leads_only_to_a_list_as_long(client, today):
    place = Place()
    called(place, by=place.office, circle=Circle(assembly=make.assembly()))
    one = f"deputy={place.people[1].pk}&amp;year=2026&amp;state=called"
    for by, leads in ((place.clerk, False), (place.office, True)):
        as_(client, by)
        assert (one in client.get(url("occasions")).content.decode()) == leads


def test_the_calendar_has_the_hours_and_says_what_is_called_off(client, today):
    place = Place()
    activity = called(place)
    own = make.as_deputy(place.people[1])
    as_(client, own)
    client.post(reverse("stations:renew_feed"))
    page = url("feed", RotaFeed.objects.get().token)
    assert "DTSTART:20260520T010000Z" in text(client.get(page))
    as_(client, place.clerk)
    client.post(url("call_off_activity", activity.pk), {"why": "下大雨"})
    event = Calendar.from_ical(client.get(page).content).walk("VEVENT")[-1]
    assert (event["status"], event["sequence"]) == ("CANCELLED", 1)


def test_the_office_is_led_to_leave_and_rolls_of_its_own_activities(client, today):
    place = Place()
    theirs, own = called(place), called(place, place.office, title="全县视察")
    for each in (theirs, own):
        row = invitee(each, place.people[1])
        answers.ask_activity_leave(
            row, reason="住院", by=make.as_deputy(place.people[1]), today=TODAY
        )
    as_(client, place.office)
    for day, title, words in (
        (TODAY, "活动有请假待批", "1 位代表"),
        (DAY, "活动待登记到场", ""),
        (DAY + timedelta(days=1), "活动待登记到场", ""),
    ):
        with clock.at(at(day, 7)):
            lines = {one.title: one for one in queues(place.office, day, Workday.objects.works())}
            assert (lines[title].count, words in lines[title].words) == (1, True)
            rows = client.get(lines[title].url).context["rows"]
            assert [row.activity.title for row in rows] == ["全县视察"]
            both = sum(lines[name].count for name in ("活动有请假待批", "活动待登记到场"))
            assert badges.waiting(place.office)["stations:activities"] == both
    as_(client, place.clerk)
    rows = client.get(f"{url('activities')}?waits=leave").context["rows"]
    assert {row.activity.title for row in rows} == {"全县视察", "察看桃园村水渠"}
    for day, asked in ((DAY, 2), (DAY + timedelta(days=1), 0)):
        tasks = [each.title for each in activities.to_run(place.clerk, day)]
        assert (tasks.count("请假待批"), tasks.count("登记活动到场")) == (asked, 2), (
            "as the list has"
        )


def test_the_sheet_of_activities_counts_each_answer_and_each_mark_once(today):
    place = Place()
    activity = called(place)
    for person in place.people[:2]:
        answers.sign_up(invitee(activity, person), by=make.as_deputy(person), today=TODAY)
    marks = dict.fromkeys([each.pk for each in place.people], Mark())
    held(activity, place, {**marks, place.people[2].pk: Mark("absent")})
    called(place, title="另一次")
    rows = list(sheet(Activity.objects.order_by("pk")))
    assert [row[-5:] for row in rows] == [[3, 2, 2, 0, 1], [3, 0, 0, 0, 0]]
