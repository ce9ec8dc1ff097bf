"""又作的一版: of what is published it is everybody's once the office has read and opened it."""

import re

import pytest
from django.urls import reverse
from lxml import html

from congress.home.queries import office_queues
from congress.shared.errors import Refused
from congress.shared.models import Notice, Workday
from proposals.actions import lookback, publication
from proposals.models import Proposal
from proposals.permissions.publication import replies_seen
from proposals.queries.clocks import day
from proposals.queries.origins import answers_told
from proposals.queries.progress import situation, stops
from proposals.queries.timeline import timeline
from proposals.states import State
from tests import make
from tests.proposals import stages_of_following as stages
from tests.proposals import verbs_rated as facts
from tests.proposals import walk
from tests.scoring.facts import on

pytestmark = pytest.mark.django_db
LIGHTS = "//span[starts-with(@class, 'light ')][contains(., '答复')]"
SECRET = "内部情况：王五家的地没有征下来。"


def further():
    return facts.further(text=SECRET)


def seen_by_all(client, row):
    pages = ("public_detail", "proposal_feed")
    found = [client.get(reverse(f"proposals:{each}", args=[row.number])) for each in pages]
    lists = [client.get(reverse(f"proposals:{each}")) for each in ("public_list", "public_json")]
    seen = "".join(each.content.decode() for each in (*found, *lists))
    return re.sub('"[A-Za-z0-9]{64}"', "", seen)


def test_it_waits_for_the_office_while_the_one_before_stays_public(client):
    row = further()
    first = row.lead_assignment.replies.get(version=1)
    shown = seen_by_all(client, row)
    assert (SECRET in shown, first.file_number in shown) == (False, True)
    by = {"by": make.actor(), "today": facts.AFTER}
    with pytest.raises(Refused, match="单位刚刚又作了一版"):
        publication.publish(row, seen=str(first.pk), **by)
    client.force_login(by["by"].user)
    assert "看过再公开" in client.get(reverse("proposals:rehandlings")).content.decode()
    page = reverse("proposals:publish", args=[row.pk])
    assert SECRET in client.get(page).content.decode()
    client.post(page, {"seen": replies_seen(row)})
    client.logout()
    assert SECRET in seen_by_all(client, row)
    row = Proposal.objects.get(pk=row.pk)
    with pytest.raises(Refused, match="已经公开"):
        publication.publish(row, **by)


def test_the_track_is_of_the_version_that_is_public_and_what_waits_is_said(client):
    row, by = further(), make.actor()
    when = {stop.label: (stop.state, stop.when) for stop in stops(row, facts.AFTER)}
    replied, opened = row.public_replies[0].replied_on, row.published_on
    assert when["答复"] == ("done", day(replied))
    assert when["公开"] == ("done", day(opened))
    assert replied <= opened < facts.AFTER
    assert situation(row).endswith("，先前的答复已公开，再次答复的这一版还没有公开。")
    assert situation(facts.kept_back(row)).endswith("先前的答复已公开，再次答复的这一版暂缓公开。")
    told = [[each.version for each in answers_told(row, office=each)] for each in (True, False)]
    assert told == [[2], [1]], "来龙去脉 tells of the one that its reader may read"
    with on(facts.AFTER):
        (item,) = client.get(reverse("proposals:public_json")).json()["items"]
    assert (item["stage"], item["step"]) == (9, "重新办理")
    publication.lift_withholding(row, reason="已经隐去姓名。", by=by)
    row = publication.publish(Proposal.objects.get(pk=row.pk), by=by, today=facts.NEXT)
    when = {stop.label: stop.when for stop in stops(row, facts.NEXT)}
    assert (when["答复"], when["公开"]) == (day(facts.AFTER), day(facts.NEXT))


def test_once_it_is_opened_lists_and_course_tell_its_own_days(client):
    row, told = further(), "县交通运输局再次答复"
    first, due = row.public_replies[0].replied_on, row.lead_assignment.rehandlings.get().due_on
    with on(facts.NEXT):
        (item,) = client.get(reverse("proposals:public_json")).json()["items"]
        assert item["due_on"] == str(row.due_on)
        assert (item["answered_on"], told in seen_by_all(client, row)) == (str(first), False)
        publication.publish(row, by=make.actor(), today=facts.NEXT)
        (item,) = client.get(reverse("proposals:public_json")).json()["items"]
        page = client.get(reverse("proposals:public_detail", args=[row.number])).text
    days = [item[f"{each}_on"] for each in ("due", "answered", "published")]
    assert days == [str(due), str(facts.AFTER), str(facts.NEXT)]
    lights = {each.text_content() for each in html.fromstring(page).xpath(LIGHTS)}
    assert lights == {f"按期 · 重新办理，{day(facts.AFTER)}已答复"}
    for words in (f"为什么是 {day(due)}", f"{day(due)}前，{day(facts.AFTER)}再答复"):
        assert words in page
    assert (item["last"], item["step"]) == (f"{day(facts.NEXT)}公开答复", "已公开")
    (line,) = html.fromstring(page).xpath(f"//li[contains(., '{told}')]")
    assert day(facts.AFTER) in line.text_content()


def test_a_version_that_nobody_ordered_leaves_the_days_of_the_first_answer_together(client):
    with on(stages.TODAY):
        first = stages.answered()
        part = Proposal.objects.get(pk=first.assignment.proposal_id).lead_assignment
        walk.answered(part, text="改到明年三月。", today=facts.AFTER)
    row = Proposal.objects.get(pk=part.proposal_id)
    publication.publish(row, by=make.actor(), today=facts.AFTER)
    with on(facts.NEXT):
        (item,) = client.get(reverse("proposals:public_json")).json()["items"]
        page = client.get(reverse("proposals:public_detail", args=[row.number])).text
    days = (item["due_on"], item["answered_on"], item["published_on"])
    assert days == (str(row.due_on), str(first.replied_on), str(facts.AFTER))
    lights = {each.text_content() for each in html.fromstring(page).xpath(LIGHTS)}
    assert lights == {f"按期 · {day(first.replied_on)}首次答复"}


def test_it_may_be_kept_back_alone_with_a_reason(client):
    row, by = further(), make.actor()
    with pytest.raises(Refused, match="不能定为不公开"):
        publication.withhold(row, reason="涉及隐私。", whole=True, by=by)
    client.force_login(by.user)
    sent = {"whole": "reply", "reason": "涉及隐私。"}
    client.post(reverse("proposals:withhold", args=[row.pk]), sent)
    client.logout()
    row = Proposal.objects.get(pk=row.pk)
    assert (row.state, row.reply.kept_back) == (State.PUBLISHED, "涉及隐私。")
    first = row.lead_assignment.replies.get(version=1)
    shown = seen_by_all(client, row)
    assert (SECRET in shown, first.file_number in shown) == (False, True)
    with pytest.raises(Refused, match="已经公开"):
        publication.publish(row, by=by, today=facts.AFTER)


def the_queue(client):
    """待公开 on the desk, and how many the first page says."""
    desk = client.get(reverse("proposals:review")).content.decode()
    (card,) = html.fromstring(desk).xpath("//section[@id='publish']")
    (count,) = (each.count for each in queues(make.actor()) if each.title == "答复待公开")
    return " ".join(card.text_content().split()), count


def queues(by):
    return office_queues.queues(by, facts.AFTER, Workday.objects.works())


def test_it_waits_in_the_queue_and_what_is_kept_back_stands_behind_until_it_is_lifted(client):
    row, by = further(), make.actor()
    client.force_login(by.user)
    with on(facts.AFTER):
        shown, count = the_queue(client)
        assert (count, "待公开 1 件" in shown, "又作的一版" in shown) == (1, True, True)
        assert "今天" in shown, "since the further version, not since the first answer"
        facts.kept_back(row)
        shown, count = the_queue(client)
        assert (count, "待公开 0 件" in shown, "暂缓公开" in shown) == (0, True, True)
        page = reverse("proposals:lift_withholding", args=[row.pk])
        assert page in client.get(reverse("proposals:review")).content.decode()
        for where in (
            reverse("proposals:rehandlings"),
            reverse("proposals:dossier", args=[row.pk]),
        ):
            said = client.get(where).text
            assert (page in said, "暂缓公开" in said, "涉及隐私。" in said) == (True, True, True)
        assert "涉及隐私。" in client.get(page).content.decode()
        assert client.post(page, {"reason": ""}).status_code == 422
        client.post(page, {"reason": "已经隐去姓名。"})
        assert "暂缓公开" not in client.get(reverse("proposals:rehandlings")).text
        shown, count = the_queue(client)
    assert (count, "又作的一版" in shown, "暂缓公开" in shown) == (1, True, False)
    heard = Notice.objects.filter(person=row.lead.user, key__contains="version_lifted")
    assert "已经隐去姓名" in heard.get().text
    row = Proposal.objects.get(pk=row.pk)
    with pytest.raises(Refused, match="不用改"):
        publication.lift_withholding(row, reason="再改。", by=by)
    publication.publish(row, by=by, today=facts.AFTER)
    client.logout()
    assert SECRET in seen_by_all(client, row)


def test_the_form_that_keeps_it_back_asks_nothing_else_and_says_what_stays_public(client):
    row = further()
    client.force_login(make.actor().user)
    page = reverse("proposals:withhold", args=[row.pk])
    shown = client.get(page).text
    assert ("整件" in shown, "不公开什么" in shown, "答复不公开" in shown) == (False,) * 3
    assert "公开页上仍是前一版" in shown
    whole = client.post(page, {"reason": "涉及隐私。", "whole": "whole"})
    assert (whole.status_code, Proposal.objects.get(pk=row.pk).kept_back) == (409, [])
    told = client.post(page, {"reason": "涉及隐私。"}, follow=True).text
    assert "暂缓公开，公开页上仍是前一版" in told
    assert [each.kept_back for each in Proposal.objects.get(pk=row.pk).kept_back] == ["涉及隐私。"]
    lift = client.get(reverse("proposals:lift_withholding", args=[row.pk])).text
    assert "暂缓公开：涉及隐私。改了以后，这一版看过再公开" in lift


def test_what_becomes_of_a_version_that_is_not_open_is_told_to_nobody_outside(client):
    row = facts.further(outcome="B")
    missed = "承诺逾期"
    with on(stages.LATER):
        lookback.open_due(stages.LATER)
        assert missed in events(row, make.actor())
        assert missed not in seen_by_all(client, row)
        assert missed not in seen_by_all(client, facts.kept_back(row))
        publication.lift_withholding(row, reason="已经隐去姓名。", by=make.actor())
        publication.publish(Proposal.objects.get(pk=row.pk), by=make.actor(), today=stages.LATER)
        assert missed in seen_by_all(client, row)


def test_an_order_about_a_version_that_is_not_open_is_told_to_nobody_outside(client):
    order = facts.rated_again(facts.answered(facts.ordered_openly()))
    row = order.assignment.proposal
    facts.walk.released(row, facts.LATER)
    with on(facts.LATER):
        before = seen_by_all(client, row)
        facts.ordered(Proposal.objects.get(pk=row.pk), words="请写明完工日子。", today=facts.LATER)
        assert seen_by_all(client, row) == before
        by = {"by": make.actor(), "today": facts.LATER}
        publication.publish(Proposal.objects.get(pk=row.pk), **by)
        assert seen_by_all(client, row) != before


def events(row, actor):
    return "".join(each.title for each in timeline(row, actor, stages.LATER))
