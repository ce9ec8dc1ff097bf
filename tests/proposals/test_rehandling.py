"""重新办理: in batches, in the committee's words, with a clock of its own; then both convened."""

from datetime import date, timedelta
from itertools import count

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from congress.shared.errors import Refused
from congress.shared.models import Notice
from congress.shared.roles import Role
from proposals import tasks
from proposals.actions import convening, fostering, publication, rehandling, replies
from proposals.follow_states import LookBackState
from proposals.models import Convening, Proposal, RatingOrigin, Rehandling
from proposals.rating_states import ConveningState, RehandlingState, Satisfaction, Trace
from proposals.states import State
from tests import make
from tests.deputies.seats import reinstated, suspended
from tests.proposals import stages_of_following as stages
from tests.proposals import walk
from tests.proposals.verbs_rated import (
    AFTER,
    LATER,
    NEXT,
    ORDER,
    answered,
    convened,
    heard,
    ordered,
    out,
    rated,
)
from tests.race import at_once, meanwhile
from tests.scoring.facts import on

pytestmark = pytest.mark.django_db
DUE = date(2026, 6, 29)
"""A month from 27 May is a Saturday."""


def told(person):
    return list(Notice.objects.filter(person=person).values_list("key", flat=True))


def test_an_order_has_its_own_last_day_and_tells_clerk_and_head_alone():
    clerk, head = walk.unit_clerk().user, walk.unit_head().user
    row = rated()
    order = ordered(row)
    assert (order.state, order.round, order.due_on) == (RehandlingState.ORDERED, 1, DUE)
    key = f"proposal.rehandling:{order.pk}"
    assert [key in told(each) for each in (clerk, head, row.lead.user)] == [True, True, False]


def test_a_batch_is_of_three_answers_of_two_units_and_ordered_whole_or_not_at_all():
    rows = [rated(), walk.proposal(State.ANSWERED), walk.proposal(State.ANSWERED)]
    walk.released(rows[0])
    other = walk.proposal(State.ANSWERED, unit=make.unit("县水利局"))
    walk.released(other)
    late = walk.proposal(State.ANSWERED)
    by = {"by": make.actor(), "today": AFTER}
    for few in (rows[:1], rows[:2], rows, [rows[0], other]):
        with pytest.raises(Refused, match="一批至少 3 份答复、2 个单位"):
            rehandling.order_rehandling([(row.reply, ORDER) for row in few], **by)
    with pytest.raises(Refused, match=f"{late.number}：这份答复的满意度还没有公布"):
        rehandling.order_rehandling([(row.reply, ORDER) for row in (*rows, late)], **by)
    assert not Rehandling.objects.exists()
    batch = [rows[0], rows[1], other]
    made = rehandling.order_rehandling([(row.reply, ORDER) for row in batch], **by)
    assert [each.words for each in made] == [ORDER] * 3


def test_what_a_missed_step_has_handed_on_goes_alone_and_before_the_release():
    look = stages.settled(LookBackState.HANDED)
    by = {"by": make.actor(), "today": stages.LATER}
    (made,) = rehandling.order_rehandling([(look.reply, ORDER)], **by)
    assert made.state == RehandlingState.ORDERED


def test_no_order_before_the_last_day_to_rate_and_none_in_the_deputys_words():
    row = walk.proposal(State.ANSWERED)
    said = {"process": Satisfaction.FAIR, "result": Satisfaction.UNSATISFIED}
    own = f"{row.title[:8]}，灯一盏没装"
    by = make.as_deputy(row.lead)
    walk.rate(row.reply, words=own, by=by, today=walk.REPLIED_ON, **said)
    office = make.actor()
    with pytest.raises(Refused, match="评价 2026 年 5 月 26 日才截止"):
        rehandling.order_rehandling([(row.reply, ORDER)], by=office, today=walk.RATE_UNTIL)
    out(row)
    for quoted in ("请解决：“灯一 盏，没装”的问题", own):
        with pytest.raises(Refused, match="和代表写的一样"):
            rehandling.order_rehandling([(row.reply, quoted)], by=office, today=AFTER)
    with pytest.raises(Refused, match="用代工委自己的话"):
        rehandling.order_rehandling([(row.reply, "  ")], by=office, today=AFTER)
    with pytest.raises(Refused, match="要单位再办什么最多写 300 字，现在有 301 字"):
        rehandling.order_rehandling([(row.reply, "修" * 301)], by=office, today=AFTER)
    named = f"{row.title[:8]}：把没做完的做完。"
    assert rehandling.order_rehandling([(row.reply, named)], by=office, today=AFTER)


def test_a_short_comment_is_nobodys_to_hand_on_either():
    row = walk.proposal(State.ANSWERED)
    said = {"process": Satisfaction.FAIR, "result": Satisfaction.UNSATISFIED}
    by = make.as_deputy(row.lead)
    walk.rate(row.reply, words="糊弄。", by=by, today=walk.REPLIED_ON, **said)
    with pytest.raises(Refused, match="“糊弄”和代表写的一样"):
        ordered(row, words="不要再糊弄。")


def test_the_public_reads_nothing_of_it_before_the_answer_is_published(client):
    row = Proposal.objects.get(pk=ordered().assignment.proposal_id)
    pages = [
        reverse(f"proposals:{name}", args=[row.number])
        for name in ("public_detail", "proposal_feed")
    ]
    assert not ["重新办理" for page in pages if "重新办理" in client.get(page).content.decode()]
    publication.publish(row, by=make.actor(), today=AFTER)
    assert ["重新办理" in client.get(page).content.decode() for page in pages] == [True, True]


@pytest.mark.parametrize("state", [State.ANSWERED, State.PUBLISHED])
def test_the_unit_answers_by_its_ordinary_verbs_though_all_is_public_already(state):
    order = answered(ordered(rated(state)))
    assert (order.state, order.answer.version) == (RehandlingState.ANSWERED, 2)
    assert order.ended_on == AFTER
    row = Proposal.objects.get(pk=order.assignment.proposal_id)
    assert (row.state, row.reply) == (state, order.answer)
    by, fair = make.as_deputy(row.lead), Satisfaction.FAIR
    again = walk.rate(row.reply, process=fair, result=fair, by=by, today=AFTER)
    assert again.number == 1


def test_what_is_public_and_not_ordered_is_answered_no_more():
    row = walk.proposal(State.PUBLISHED)
    with pytest.raises(Refused):
        walk.answered(Proposal.objects.get(pk=row.pk).lead_assignment, today=AFTER)


def test_reminders_go_to_the_head_from_the_first_on_and_to_leaders_once_late():
    head, leader = walk.unit_head().user, make.actor(Role.LEADER).user
    ordered()
    for day, more in ((DUE - timedelta(days=9), 0), (DUE + timedelta(days=1), 1)):
        with on(day):
            assert (tasks.remind_rehandlings(), tasks.remind_rehandlings()) == (1, 1)
        found = [sum("rehandling_due" in key for key in told(each)) for each in (head, leader)]
        assert found == [1 + more, more]
    with on(date(2027, 1, 5)):
        tasks.remind_rehandlings()
    assert "2026 年 6 月 29 日前再答复" in heard_last(head), "a day of another year names it"


def test_an_order_is_prolonged_once_and_reminded_of_by_its_new_day(client):
    order, head = ordered(), walk.unit_head().user
    before = DUE - timedelta(days=1)
    with on(before):
        tasks.remind_rehandlings()
    by = {"by": make.actor(), "today": before}
    for months, reason, why in ((2, "等雨季过去。", "最多延长 1 个月"), (1, " ", "为什么延长")):
        with pytest.raises(Refused, match=why):
            rehandling.prolong_rehandling(order, months=months, reason=reason, **by)
    late = DUE + timedelta(days=1)
    with pytest.raises(Refused, match="已经超期"):
        rehandling.prolong_rehandling(order, months=1, reason="晚了", by=by["by"], today=late)
    client.force_login(by["by"].user)
    with on(before):
        page = reverse("proposals:prolong_rehandling", args=[order.pk])
        client.post(page, {"months": 1, "reason": "等雨季过去。"})
        assert (
            "2026 年 6 月 28 日延长过一次：等雨季过去"
            in client.get(reverse("proposals:rehandlings")).content.decode()
        )
        assert client.post(page, {"months": 1, "reason": "再等等。"}).status_code == 409
    order.refresh_from_db()
    assert (order.due_on, order.prolonged_on) == (date(2026, 7, 27), before)
    key = f"proposal.rehandling_prolonged:{order.pk}"
    lead = order.assignment.proposal.lead.user
    assert (key in told(head), "重新办理的期限延长到 7 月 27 日" in heard_last(lead)) == (
        True,
        True,
    )
    due = {"key__startswith": f"proposal.rehandling_due:{order.pk}."}
    asked = Notice.objects.filter(person=head, **due)
    assert (asked.count(), asked.filter(read_at=None).count()) == (1, 0)
    with on(order.due_on - timedelta(days=1)):
        assert (tasks.remind_rehandlings(), asked.filter(read_at=None).count()) == (1, 1)


def heard_last(person):
    return Notice.objects.filter(person=person).latest("pk").text


def test_an_order_is_taken_back_until_it_is_answered_and_may_be_given_again(client):
    order, head, leader = ordered(), walk.unit_head().user, make.actor(Role.LEADER).user
    late = DUE + timedelta(days=1)
    with on(late):
        tasks.remind_rehandlings()
    client.force_login(make.actor().user)
    with on(late):
        client.post(
            reverse("proposals:take_back_rehandling", args=[order.pk]), {"reason": "已经办成。"}
        )
        assert (
            "2026 年 6 月 30 日撤回：已经办成"
            in client.get(reverse("proposals:rehandlings")).content.decode()
        )
    order.refresh_from_db()
    assert (order.state, order.ended_on) == (RehandlingState.TAKEN_BACK, late)
    key = f"proposal.rehandling_taken_back:{order.pk}"
    lead = order.assignment.proposal.lead.user
    assert [key in told(each) for each in (head, leader)] == [True, True]
    assert "不用再答复：已经办成" in heard_last(lead)
    client.force_login(head)
    with on(late):
        assert ORDER not in client.get(reverse("proposals:unit_desk")).content.decode()
    again = rehandling.order_rehandling([(order.reply, ORDER)], by=make.actor(), today=late)
    assert again[0].round == 1
    done = answered(again[0], late)
    with pytest.raises(Refused, match="已再次答复，不能再撤回"):
        rehandling.take_back_rehandling(done, reason="晚了。", by=make.actor(), today=late)


def test_the_units_desk_and_case_say_what_is_to_be_done_by_when(client):
    order = ordered()
    client.force_login(walk.unit_clerk().user)
    with on(AFTER):
        for page in ("unit_desk", "case"):
            args = [order.assignment.proposal_id] if page == "case" else []
            seen = client.get(reverse(f"proposals:{page}", args=args)).content.decode()
            assert (ORDER in seen, "6 月 29 日前再答复" in seen) == (True, True)


def test_the_head_is_asked_to_sign_the_further_version_that_waits_and_not_to_write_one(client):
    order = ordered()
    walk.to_sign(order.assignment)
    link = f"{reverse('proposals:case', args=[order.assignment.proposal_id])}#write-reply"
    for who, words in ((walk.unit_head(), "签发…"), (walk.unit_clerk(), "再写一版…")):
        client.force_login(who.user)
        with on(AFTER):
            assert f'href="{link}">{words}</a>' in client.get(reverse("proposals:unit_desk")).text


def test_the_office_orders_what_is_ticked_and_gets_back_what_was_refused(client):
    row = out()
    client.force_login(make.actor().user)
    page = reverse("proposals:rehandlings")
    sent = {"reply": [row.reply.pk], f"words_{row.reply.pk}": ""}
    with on(AFTER):
        shown = client.get(page).content.decode()
        assert "结果不满意" in shown
        (box,) = html.fromstring(shown).xpath("//input[@name='reply']")
        assert box.attrib["aria-label"] == f"选“{row.reply.assignment.proposal.title}”的答复"
        refused = client.post(reverse("proposals:order_rehandling"), sent)
        assert (refused.status_code, "checked" in refused.content.decode()) == (409, True)
        sent[f"words_{row.reply.pk}"] = ORDER
        seen = client.post(reverse("proposals:order_rehandling"), sent, follow=True)
    assert ORDER in seen.content.decode()
    client.force_login(make.actor(Role.LEADER).user)
    with on(AFTER):
        assert "不满意</" not in client.get(page).content.decode()


def test_both_sides_are_convened_and_what_they_agree_is_written_down(client):
    row = convened()
    lead = row.assignment.proposal.lead.user
    assert f"proposal.convening:{row.pk}" in told(lead)
    office = {"by": make.actor(), "today": LATER}
    with pytest.raises(Refused, match="谁到了场"):
        convening.record_convening(row, people="", agreed="装完。", **office)
    client.force_login(make.actor().user)
    sent = {"people": "代表、局长", "agreed": "12 月 20 日前装完。"}
    with on(LATER):
        client.post(reverse("proposals:record_convening", args=[row.pk]), sent)
    row.refresh_from_db()
    assert (row.state, row.agreed) == (ConveningState.HELD, "12 月 20 日前装完。")


def test_a_convening_is_moved_and_called_off_and_both_sides_read_where_and_why(client):
    row = convened()
    sides = [row.assignment.proposal.lead.user, walk.unit_clerk().user, walk.unit_head().user]
    by = {"by": make.actor(), "today": LATER}
    to = {"meets_on": NEXT, "place": "镇政府", "reason": "代表住院。"}
    for wrong, why in (
        ({"reason": "　"}, "请写明为什么改期"),
        ({"place": " "}, "请写在哪里"),
        ({"meets_on": LATER - timedelta(days=1)}, "不能早于今天"),
        ({"meets_on": LATER, "place": row.place}, "没有要改的"),
    ):
        with pytest.raises(Refused, match=why):
            convening.move_convening(row, **to | wrong, **by)
    client.force_login(by["by"].user)
    with on(LATER):
        client.post(reverse("proposals:move_convening", args=[row.pk]), to)
        assert (
            "改期的原因：代表住院" in client.get(reverse("proposals:rehandlings")).content.decode()
        )
    row.refresh_from_db()
    assert (row.state, row.meets_on, row.place) == (ConveningState.CALLED, NEXT, "镇政府")
    assert [sum("convening_moved" in key for key in told(each)) for each in sides] == [1, 1, 1]
    about = [row.assignment.proposal_id]
    case, detail = (reverse(f"proposals:{page}", args=about) for page in ("case", "detail"))
    for person, page in zip(sides, (detail, case, case), strict=True):
        client.force_login(person)
        with on(LATER):
            shown = client.get(page).content.decode()
            ahead = client.get(reverse("home:front")).content.decode()
        assert (f"当面协商：{row.assignment.proposal.title}" in ahead) == (page == detail)
        assert ("11 月 6 日在镇政府" in shown, "改到 11 月 6 日" in shown) == (True, True)
        assert f"请领衔代表和{row.assignment.unit.name} " in shown
    client.force_login(by["by"].user)
    with on(LATER):
        page = reverse("proposals:call_off_convening", args=[row.pk])
        assert client.post(page, {"reason": ""}).status_code == 422
        client.post(page, {"reason": "已经办成。"})
    with pytest.raises(Refused, match="已取消，不能再取消"):
        convening.call_off_convening(row, reason="再取消。", **by)
    row.refresh_from_db()
    assert (row.state, row.why) == (ConveningState.CALLED_OFF, "已经办成。")
    key = f"proposal.convening_called_off:{row.pk}"
    assert [key in told(each) for each in sides] == [True] * 3
    client.force_login(sides[0])
    shown = client.get(detail).content.decode()
    assert (f"convening-{row.pk}" in shown, "取消：已经办成" in shown) == (False, True)
    again = convening.convene(row.rehandling, meets_on=NEXT, place="镇政府", **by)
    assert again.pk != row.pk


def test_nobody_is_convened_before_the_further_answer_has_been_rated():
    order = answered()
    said = {"meets_on": LATER, "place": "会议室", "by": make.actor()}
    with pytest.raises(Refused, match="再次答复的评价截止"):
        convening.convene(order, today=order.answer.rate_until, **said)
    with pytest.raises(Refused, match="再次答复的满意度公布以后"):
        convening.convene(order, today=LATER, **said)


def test_both_are_convened_only_where_the_deputy_is_still_not_satisfied(client):
    order = heard(Satisfaction.FAIR)
    said = {"meets_on": LATER, "place": "会议室", "by": make.actor(), "today": LATER}
    with pytest.raises(Refused, match="再次答复没有被评为不满意"):
        convening.convene(order, **said)
    client.force_login(said["by"].user)
    with on(LATER):
        page = client.get(reverse("proposals:rehandlings")).content.decode()
    assert reverse("proposals:convene", args=[order.pk]) not in page


def test_nobody_is_convened_while_a_further_order_is_out():
    first = heard()
    by = {"by": make.actor(), "today": LATER}
    rehandling.order_rehandling([(first.answer, "再把南边的做完。")], **by)
    with pytest.raises(Refused, match="后来又要求过重新办理"):
        convening.convene(first, meets_on=LATER, place="会议室", **by)


@pytest.mark.django_db(transaction=True)
def test_an_order_and_the_signature_of_a_further_version_wait_for_each_other():
    """Four at once: whichever comes first, no order stands open on a version that was replaced."""
    row = out()
    draft = walk.to_sign(
        Proposal.objects.get(pk=row.pk).lead_assignment, file_number="竹交函〔2026〕91 号"
    )
    by, head, reply = make.actor(), walk.unit_head(), row.reply
    verbs = (
        lambda: rehandling.order_rehandling([(reply, ORDER)], by=by, today=AFTER),
        lambda: replies.sign(draft, by=head, today=AFTER),
    )
    turns = count()
    at_once(4, lambda: verbs[next(turns) % 2]())
    newest = Proposal.objects.get(pk=row.pk).reply
    assert newest.version == 2
    assert not Rehandling.objects.open().exclude(reply=newest).exists()


@pytest.mark.django_db(transaction=True)
def test_a_version_signed_before_an_order_is_through_answers_it():
    row = out()
    draft = walk.to_sign(
        Proposal.objects.get(pk=row.pk).lead_assignment, file_number="竹交函〔2026〕91 号"
    )
    by, head, reply = make.actor(), walk.unit_head(), row.reply
    meanwhile(
        lambda: rehandling.order_rehandling([(reply, ORDER)], by=by, today=AFTER),
        lambda: replies.sign(draft, by=head, today=AFTER),
    )
    assert Rehandling.objects.get().state == RehandlingState.ANSWERED


def price(client, name):
    page = reverse(f"proposals:{name}")
    client.get(page)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(page).status_code == 200
    return len(seen)


def test_the_pages_after_rating_cost_the_same_at_1_row_and_at_3(client):
    """重新办理 with orders answered, out and to be given; 满意度公布; 代评线索."""
    names = ("rehandlings", "releases", "rating_origins")

    def one_more():
        place = str(make.serial())
        batch = [rated(), rated(), rated()]
        walk.released(batch[0], LATER)
        for row in batch[:2]:
            seen = {"trace": Trace.DEVICE, "digest": place, "seen_on": walk.REPLIED_ON}
            RatingOrigin.objects.create(rating=row.reply.ratings.get(), **seen)
        answered(ordered(batch[0]))
        ordered(batch[1])
        rated()

    with on(LATER):
        client.force_login(make.director().user)
        one_more()
        before = [price(client, name) for name in names]
        one_more()
        one_more()
        assert [price(client, name) for name in names] == before


def test_who_left_is_not_asked_to_come_but_the_office_or_else_the_foster_hears_of_it():
    order, office, foster = heard(), make.actor(), make.deputy("接续的")
    row, by = order.assignment.proposal, {"by": office, "today": LATER}
    calls = Notice.objects.filter(key__startswith="proposal.convening")
    with on(LATER):
        make.leaves(row.lead, LATER - timedelta(days=1))
        order = Rehandling.objects.get(pk=order.pk)
        made = convening.convene(order, meets_on=NEXT, place="会议室", **by)
        asked = calls.get(person=office.user)
        assert "没有接续代表" in asked.text
        assert asked.link == reverse("proposals:dossier", args=[row.pk])
        said = {"deputy": foster, "reason": "同一个代表小组"}
        fostering.appoint_foster(Proposal.objects.get(pk=row.pk), **said, **by)
        made = Convening.objects.get(pk=made.pk)
        moved = {"meets_on": NEXT, "place": "镇政府", "reason": "会议室占用。"}
        convening.move_convening(made, **moved, **by)
    assert calls.filter(person=office.user).count() == 1
    told = calls.filter(person=foster.user).order_by("pk").values_list("text", flat=True)
    assert [place in each for place, each in zip(("会议室", "镇政府"), told, strict=True)] == [
        True
    ] * 2
    assert not calls.filter(person=row.lead.user).exists()


def test_who_was_asked_to_come_is_told_from_the_record_and_not_from_what_lies_in_the_post():
    with on(LATER):
        row = convened()
        proposal, by = row.assignment.proposal, {"by": make.actor(), "today": LATER}
    make.leaves(proposal.lead, LATER + timedelta(days=1))
    with on(NEXT):
        foster, never = make.deputy("接续的"), make.deputy("没有接续的")
        said = {"deputy": foster, "reason": "附议过这件建议", "by": make.actor()}
        named = fostering.appoint_foster(
            Proposal.objects.get(pk=proposal.pk), **said, today=LATER + timedelta(days=2)
        )
        fostering.end_foster(named, words="换一位", by=make.actor(), today=NEXT)
        Notice.objects.all().delete()
        Notice.objects.create(
            person=never.user,
            key=f"proposal.convening:{row.pk}",
            text="同一个键",
            link=reverse("proposals:detail", args=[proposal.pk]),
        )
        row = Convening.objects.get(pk=row.pk)
        convening.call_off_convening(row, reason="代表已离任。", **by | {"today": NEXT})
    people = (proposal.lead, foster, never)
    key = f"proposal.convening_called_off:{row.pk}"
    assert [key in told(each.user) for each in people] == [True, True, False]


def test_who_fostered_while_the_lead_was_suspended_hears_that_it_is_off_though_the_lead_is_back():
    with on(LATER):
        row = convened()
        proposal = row.assignment.proposal
    next_day = LATER + timedelta(days=1)
    with on(next_day):
        suspended(proposal.lead, on=next_day, today=next_day)
        foster = make.deputy("接续的")
        fostering.appoint_foster(
            Proposal.objects.get(pk=proposal.pk),
            deputy=foster,
            reason="附议过这件建议",
            by=make.actor(),
            today=next_day,
        )
    with on(NEXT):
        reinstated(proposal.lead, on=NEXT, today=NEXT)
        row = Convening.objects.get(pk=row.pk)
        convening.call_off_convening(row, reason="双方已经谈妥。", by=make.actor(), today=NEXT)
    key = f"proposal.convening_called_off:{row.pk}"
    assert [key in told(each.user) for each in (proposal.lead, foster)] == [True, True]


def test_a_foster_named_after_both_sides_were_convened_is_asked_to_come():
    row = convened()
    proposal = row.assignment.proposal
    make.leaves(proposal.lead, LATER - timedelta(days=1))
    deputy = make.deputy()
    named = {"deputy": deputy, "reason": "附议过这件建议", "by": make.actor()}
    fostering.appoint_foster(Proposal.objects.get(pk=proposal.pk), **named, today=LATER)
    said = Notice.objects.get(person=deputy.user, key=f"proposal.convening:{row.pk}")
    day = f"{row.meets_on.month} 月 {row.meets_on.day} 日"
    assert said.text == f"“{proposal.title}”{day}在{row.place}当面协商，请到场。"
