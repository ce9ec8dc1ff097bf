"""主题活动、选题、小分队: who opens, sets, forms and ends them."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent
from congress.shared.roles import ORGANISERS, STAFF, Role
from stations.actions import calls, campaigns
from stations.actions.events import Mark
from stations.models import Campaign, Squad, Topic, TopicKind
from stations.permissions.calls import Circle
from stations.queries import campaigns as figures
from stations.queries.occasions import occasions
from stations.states import CampaignState
from tests import make
from tests.race import at_once
from tests.stations.call_walk import DAY, TODAY, Place, at, called, campaign, squad
from tests.stations.test_calls import held


def test_a_campaign_is_opened_and_closed_by_the_office_alone(today):
    place = Place()
    for role in sorted(set(Role) - STAFF):
        with pytest.raises(Refused, match="由代工委发起"):
            campaign(make.actor(role))
    row = campaign(place.office)
    with pytest.raises(Refused, match="已经有"):
        campaign(place.office)
    with pytest.raises(Refused, match="只能发起"):
        campaigns.open_campaign(
            make.assembly(), year=2024, title="旧主题", by=place.office, today=TODAY
        )
    topic = campaigns.set_topic(row, title="优化营商环境", by=place.office)
    activity = called(place, topic=topic)
    with pytest.raises(Refused, match="还有 1 次活动"):
        campaigns.close_campaign(row, outcome="做完了", by=place.office)
    held(activity, place)
    with pytest.raises(Refused, match="由代工委"):
        campaigns.close_campaign(row, outcome="做完了", by=place.clerk)
    with pytest.raises(Refused, match="请写总结"):
        campaigns.close_campaign(row, outcome=" ", by=place.office)
    row = campaigns.close_campaign(row, outcome="做完了", by=place.office)
    assert row.state == CampaignState.CLOSED
    with pytest.raises(Refused, match="已结束"):
        campaigns.close_campaign(row, outcome="做完了", by=place.office)
    steps = AuditEvent.objects.filter(subject="stations.Campaign").order_by("pk")
    assert list(steps.values_list("now", flat=True)) == ["open", "closed"]
    found = figures.totals(row)
    assert (found.held, found.called, found.topics, found.groups) == (1, 0, 1, 1)
    assert (found.deputies, found.times) == (3, 3)
    with pytest.raises(Refused, match="已经结束"):
        campaigns.set_topic(row, title="晚了", by=place.office)
    with pytest.raises(Refused, match="已经撤了"):
        called(place, topic=topic, title="晚了")


def test_topics_are_the_county_s_the_township_s_or_the_group_s(today):
    place = Place()
    row = campaign(place.office)
    for role in sorted(set(Role) - STAFF - {Role.TOWNSHIP_CLERK, Role.CONVENOR}):
        with pytest.raises(Refused, match="统一定题由代工委定"):
            campaigns.set_topic(row, title="选题", by=make.actor(role))
    with pytest.raises(Refused, match="请选小组"):
        campaigns.set_topic(row, title="选题", by=place.convenor)
    with pytest.raises(Refused, match="不归您选题"):
        campaigns.set_topic(row, title="选题", group=place.group, by=place.stranger)
    every = campaigns.set_topic(row, title="优化营商环境", by=place.office)
    ours = campaigns.set_topic(row, title="修水渠", by=place.clerk)
    own = campaigns.set_topic(row, title="护河", group=place.group, by=place.convenor)
    assert (every.kind, ours.kind, own.kind) == (
        TopicKind.UNIFIED,
        TopicKind.FREE,
        TopicKind.FREE,
    )
    with pytest.raises(Refused, match="已经有了"):
        campaigns.set_topic(row, title="修水渠", by=place.clerk)
    other = make.group("双台乡第一代表小组", make.township("双台乡"))
    assert set(Topic.objects.open_to(place.group)) == {every, ours, own}
    assert set(Topic.objects.open_to(other)) == {every}
    assert set(Topic.objects.open_to(None)) == {every}

    with pytest.raises(Refused, match="由定题的一方"):
        campaigns.drop_topic(every, why="重复", by=place.clerk)
    with pytest.raises(Refused, match="由定题的一方"):
        campaigns.drop_topic(own, why="重复", by=place.stranger)
    called(place, topic=own)
    with pytest.raises(Refused, match="已经有活动"):
        campaigns.drop_topic(own, why="重复", by=place.convenor)
    with pytest.raises(Refused, match="请写明撤题原因"):
        campaigns.drop_topic(ours, why="", by=place.clerk)
    campaigns.drop_topic(ours, why="重复", by=place.clerk)
    with pytest.raises(Refused, match="已经撤题"):
        campaigns.drop_topic(ours, why="重复", by=place.clerk)
    with pytest.raises(Refused, match="已经撤了"):
        called(place, topic=ours, title="另一次")


def test_a_squad_is_of_its_group_and_dissolved_when_nothing_waits_for_it(today):
    place = Place()
    for role in sorted(set(Role) - ORGANISERS):
        by = make.actor(role)
        with pytest.raises(Refused, match="小分队由召集人"):
            campaigns.form_squad(place.group, line_up=None, by=by, today=TODAY)
    stranger = make.deputy(of=make.group("柳河镇第二代表小组"))
    for said, words in (
        ({"deputies": place.people[:1]}, "至少 2 人"),
        ({"leader": place.people[2]}, "队长要在队员里"),
        ({"deputies": [*place.people[:2], stranger]}, "不在这个小组"),
    ):
        with pytest.raises(Refused, match=words):
            squad(place, **said)
    few = squad(place)
    with pytest.raises(Refused, match="已经有"):
        squad(place)
    circle = Circle(group=place.group, squad=few)
    activity = called(place, circle=circle)
    with pytest.raises(Refused, match="由召集人"):
        campaigns.dissolve_squad(few, by=place.stranger, today=TODAY)
    with pytest.raises(Refused, match="举行或取消以后再解散"):
        campaigns.dissolve_squad(few, by=place.clerk, today=TODAY)
    calls.call_off_activity(activity, why="下大雨", by=place.clerk)
    few = campaigns.dissolve_squad(few, by=place.clerk, today=TODAY)
    with pytest.raises(Refused, match="已经解散"):
        campaigns.dissolve_squad(few, by=place.clerk, today=TODAY)
    with pytest.raises(Refused, match="已经解散"):
        called(place, circle=Circle(group=place.group, squad=few), title="另一次")
    deeds = AuditEvent.objects.filter(subject="stations.Squad").values_list("now", flat=True)
    assert set(deeds) == {"squad_formed", "squad_dissolved"}


def test_whom_nobody_calls_is_the_organiser_s_gap(today):
    place = Place()
    circle = Circle(group=place.group, squad=squad(place))
    held(called(place, circle=circle), place, marks_of(place))
    with clock.at(at(DAY, 12)):
        rows = occasions(place.clerk, 2026, DAY)
        assert [(row.called, row.came, row.never) for row in rows if row.name != "沈定福"] == [
            (1, 1, False)
        ] * 2
        assert [row.name for row in occasions(place.clerk, 2026, DAY, never=True)] == ["沈定福"]
        ahead = called(place, today=DAY, starts_at=at(later(), 9), ends_at=at(later(), 11))
        assert occasions(place.clerk, 2026, DAY, never=True) == []
        calls.call_off_activity(ahead, why="下大雨", by=place.clerk)
        assert len(occasions(place.clerk, 2026, DAY, never=True)) == 1


def later():
    return DAY + timedelta(days=10)


def marks_of(place):

    return {each.pk: Mark() for each in place.people[:2]}


@pytest.mark.django_db(transaction=True)
def test_at_once_one_campaign_one_topic_one_squad():
    with clock.at(at(TODAY, 10)):
        place, one = Place(), ["done", "refused"]
        make.assembly()
        assert at_once(2, lambda: campaign(place.office)) == one
        row = Campaign.objects.get()
        assert at_once(2, lambda: campaigns.set_topic(row, title="护河", by=place.office)) == one
        topic = Topic.objects.get()
        drop = {"why": "重复", "by": place.office}
        assert at_once(2, lambda: campaigns.drop_topic(topic, **drop)) == one
        assert at_once(2, lambda: squad(place)) == one
        few = Squad.objects.get()
        gone = {"by": place.clerk, "today": TODAY}
        assert at_once(2, lambda: campaigns.dissolve_squad(few, **gone)) == one
        end = {"outcome": "做完了", "by": place.office}
        assert at_once(2, lambda: campaigns.close_campaign(row, **end)) == one


def test_the_database_keeps_campaigns_whole_when_code_forgets(today):
    row = campaign(make.actor())
    topic = campaigns.set_topic(row, title="护河", by=make.actor())
    for rows, facts, name in (
        (Campaign.objects.filter(pk=row.pk), {"state": "closed"}, "campaign_closed"),
        (Topic.objects.filter(pk=topic.pk), {"why": "重复"}, "topic_dropped"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            rows.update(**facts)
