"""已解决又被提出: found, confirmed by people, explained by the unit, settled, marked for all."""

import csv
import io
from datetime import date

import pytest
from django.urls import reverse
from lxml import html

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent
from proposals import tasks, titles
from proposals.actions import (
    challenges,
    publication,
    review,
    submission,
    upgrades,
)
from proposals.follow_states import ChallengeState
from proposals.models import (
    Challenge,
    Proposal,
    Reply,
)
from proposals.queries import follow, public_numbers, public_unit
from proposals.queries.clocks import Clock, day
from proposals.queries.matters import board
from proposals.states import Kind
from tests import make
from tests.proposals import stages_of_following as stages
from tests.proposals import walk
from tests.proposals.pages import sent, url
from tests.scoring.facts import on

pytestmark = pytest.mark.django_db


def test_what_was_solved_and_is_raised_again_is_found_once_and_not_before_it_was_answered():
    reply = stages.answered("A")
    again = stages.raised_again(reply)
    early = walk.submitted(continues=reply.assignment.proposal)
    review.accept(early, by=make.actor(), today=walk.ACCEPTED_ON)
    with on(stages.AGAIN_ON):
        assert (tasks.open_challenges(), tasks.open_challenges()) == (1, 0)
    found = Challenge.objects.get()
    assert (found.proposal_id, found.reply_id, found.ground) == (again.pk, reply.pk, "lineage")


def test_the_office_names_the_earlier_one_itself_and_is_told_why_where_it_cannot(client):
    reply = stages.answered("A")
    later, earlier = stages.raised_again(reply), reply.assignment.proposal
    office, on_that = make.actor(), {"by": make.actor(), "today": stages.AGAIN_ON}
    (found,) = challenges.open_challenge(later, earlier=earlier, **on_that)
    assert (found.state, found.ground, found.reply) == (ChallengeState.FOUND, "named", reply)
    assert AuditEvent.objects.get(now="challenge_found").subject_id == found.pk
    for proposal, other, word in (
        (later, earlier, "已经对照过"),
        (later, stages.answered("B").assignment.proposal, "没有“已经解决”的答复"),
        (later, later, "不是本件的"),
        (earlier, stages.answered("A").assignment.proposal, "答复以前提出的"),
    ):
        with pytest.raises(Refused, match=word):
            challenges.open_challenge(proposal, earlier=other, **on_that)
    assert Challenge.objects.count() == 1
    client.force_login(office.user)
    dossier = reverse("proposals:dossier", args=[later.pk])
    page = reverse("proposals:open_challenge", args=[later.pk])
    with on(stages.AGAIN_ON):
        assert page in client.get(dossier).content.decode()
        unknown = client.post(page, {"number": "9999999"})
        again = client.post(page, {"number": earlier.number})
    assert (unknown.status_code, again.status_code) == (422, 409)
    assert "没有找到编号 9999999" in unknown.content.decode()
    assert "已经对照过" in again.content.decode()


def test_the_unit_explains_once_people_have_confirmed_it_and_never_with_empty_words():
    found, on_that = stages.challenge(), {"today": stages.AGAIN_ON}
    unit = walk.unit_clerk()
    with pytest.raises(Refused, match="待认定"):
        challenges.explain_challenge(found, explanation="修过。", by=unit, **on_that)
    challenges.confirm_challenge(found, by=make.actor(), **on_that)
    with pytest.raises(Refused, match="客观写明"):
        challenges.explain_challenge(found, explanation=" ", by=unit, **on_that)
    told = challenges.explain_challenge(found, explanation="修过桥面。", by=unit, **on_that)
    assert (told.state, told.explain_by) == (ChallengeState.EXPLAINED, date(2026, 7, 15))


def test_the_unit_reads_what_it_answered_and_what_is_raised_again_where_it_explains(client):
    found = stages.challenge_confirmed()
    client.force_login(walk.unit_clerk().user)
    page = client.get(reverse("proposals:explain_challenge", args=[found.pk])).text
    later, earlier = found.proposal, found.earlier
    case = reverse("proposals:case", args=[earlier.pk])
    for words in (
        *(earlier.number, later.number, later.facts, found.reply.text),
        *("7 月 15 日前说明", f'href="{case}"', "A 类（已解决）", "了结时由人大定"),
    ):
        assert words in page, words
    publication.withhold(later, reason="涉及秘密。", whole=True, by=make.actor())
    page = client.get(reverse("proposals:explain_challenge", args=[found.pk])).text
    assert (later.number in page, later.facts in page) == (False, False)
    assert "另一件不公开的建议" in page


def test_likeness_only_proposes_and_what_people_told_apart_comes_no_more(client):
    reply = stages.answered("A")
    title = reply.assignment.proposal.title
    said = walk.words(title) | {"kind": Kind.INTERSESSION, "today": stages.AGAIN_ON}
    review.accept(walk.submitted(**said), by=make.actor(), today=stages.AGAIN_ON)
    assert challenges.open_challenges(stages.AGAIN_ON) == 1
    found = Challenge.objects.get()
    assert (found.ground, found.state) == ("alike", ChallengeState.FOUND)
    assert not Challenge.objects.visible_to(walk.unit_clerk()).exists()
    by = make.actor()
    with pytest.raises(Refused, match="哪里不一样"):
        challenges.dismiss_challenge(found, words=" ", by=by, today=stages.AGAIN_ON)
    challenges.dismiss_challenge(found, words="不是一座桥。", by=by, today=stages.AGAIN_ON)
    assert challenges.open_challenges(stages.AGAIN_ON) == 0
    client.force_login(by.user)
    assert client.get(reverse("proposals:challenge_list")).status_code == 200
    assert "不是同一件" in client.get(reverse("proposals:challenge_list") + "?only=settled").text


def test_settling_waits_for_the_unit_until_its_day_is_past(client):
    found = stages.challenge_confirmed()
    ends = {"stands": False, "words": "又断了。", "by": make.actor()}
    with pytest.raises(Refused, match="可以说明到 2026 年 7 月 15 日，说明了或者过了这一天再了结"):
        challenges.settle_challenge(found, today=found.explain_by, **ends)
    challenges.settle_challenge(found, today=date(2026, 7, 16), explanation_shown=True, **ends)
    found.refresh_from_db()
    assert not found.explanation_shown
    client.force_login(make.actor().user)
    page = client.get(reverse("proposals:challenge", args=[found.pk])).text
    assert ("前说明" in page, "没有说明。" in page) == (False, True)


def test_the_office_reads_the_explanation_before_it_says_whether_it_is_public(client):
    found = stages.challenge_explained()
    client.force_login(make.actor().user)
    page = reverse("proposals:settle_challenge", args=[found.pk])
    with on(stages.AGAIN_ON):
        assert "当时修的是桥面。" in client.get(page).text
        sent = {"stands": "no", "words": "又断了。"}
        assert client.post(page, sent).status_code == 422
        assert client.post(page, sent | {"explanation_shown": "yes"}).status_code == 302
    found.refresh_from_db()
    assert found.explanation_shown


def test_both_sides_read_one_matter_on_the_board_once_the_office_has_said_so():
    reply, by = stages.answered("A"), make.actor()
    later = walk.submitted(kind=Kind.INTERSESSION, today=stages.AGAIN_ON)
    review.accept(later, by=by, today=stages.AGAIN_ON)
    found = Challenge.objects.create(proposal=later, reply=reply, ground="alike")
    assert not [each for each in board(by).matters if each.sure]
    challenges.confirm_challenge(found, by=by, today=stages.AGAIN_ON)
    (matter,) = board(by).matters
    assert (matter.sure, [each.pk for each in matter.rows]) == (
        True,
        [found.earlier.pk, found.proposal_id],
    )


@pytest.mark.parametrize(("stands", "said"), [(True, "办结成立"), (False, "撤销已解决")])
def test_the_class_is_marked_for_everybody_whatever_comes_of_it(client, stands, said):
    found = stages.challenge_explained()
    earlier, later = found.earlier, found.proposal
    publication.publish(Proposal.objects.get(pk=earlier.pk), by=make.actor(), today=stages.TODAY)
    ends = {"words": "护栏又断了。", "by": make.actor(), "today": stages.AGAIN_ON}
    challenges.settle_challenge(found, stands=stands, explanation_shown=stands, **ends)
    at = [reverse("proposals:public_detail", args=[each.number]) for each in (earlier, later)]
    with on(stages.AGAIN_ON):
        old, new = (client.get(each).content.decode() for each in at)
        items = client.get(reverse("proposals:public_json")).json()["items"]
        listed = client.get(reverse("proposals:public_list")).text
        sheet = client.get(reverse("proposals:public_export")).content.decode("utf-8-sig")
    (item,) = (each for each in items if each["number"] == earlier.number)
    assert {each["number"]: each["raised_again"] for each in items} == {
        earlier.number: True,
        later.number: False,
    }
    marks = html.fromstring(listed).xpath("//*[contains(@class, 'badge')][.='又被提出']")
    assert len(marks) == 1
    cells = {line["编号"]: line["又被提出"] for line in csv.DictReader(io.StringIO(sheet))}
    assert cells == {earlier.number: "是", later.number: ""}
    ends_so = "又被提出" if stands else "撤销已解决"
    assert item["last"] == f"{day(stages.AGAIN_ON)}{ends_so}", "not the day of its first answer"
    assert "又被提出" in old
    assert at[1] in old
    assert said in old
    signed = html.fromstring(old).xpath("boolean(//*[contains(@class, 'class-solved')])")
    assert signed is stands
    assert ("答复时为 A 类（已解决），后来撤销" in old, "已解决已撤销" in old) == (not stands,) * 2
    assert ("当时修的是桥面。" in old) is stands
    assert "再次提出" in new
    assert ("A 类：已解决" in new, "已解决已撤销" in new) == (stands, not stands), "来龙去脉, too"
    assert at[0] in new
    client.force_login(make.actor().user)
    page = client.get(reverse("proposals:challenge", args=[found.pk])).content.decode()
    assert earlier.title in page
    assert "当时修的是桥面。" in page


def test_the_office_the_deputy_and_the_unit_read_the_mark_at_the_head_once_people_confirmed_it():
    found = stages.challenge()
    assert marked(found.earlier) == [0, 0, 0]
    on_that = {"by": make.actor(), "today": stages.AGAIN_ON}
    challenges.confirm_challenge(found, **on_that)
    assert marked(found.earlier) == [1, 1, 1]


def marked(row):
    """又被提出, as a badge, on the three pages of those who work on it."""
    at = (
        (make.actor(), "dossier"),
        (make.as_deputy(row.lead), "detail"),
        (walk.unit_clerk(), "case"),
    )
    with on(stages.AGAIN_ON):
        shown = [sent(reader).get(url(page, row.pk)).text for reader, page in at]
    badge = "//*[contains(@class, 'badge')][.='又被提出']"
    return [len(html.fromstring(each).xpath(badge)) for each in shown]


def test_nothing_of_it_is_public_where_the_answer_is_withheld(client):
    found = stages.challenge_confirmed()
    publication.publish(
        Proposal.objects.get(pk=found.earlier.pk), by=make.actor(), today=stages.TODAY
    )
    later = Proposal.objects.get(pk=found.proposal_id)
    publication.withhold(later, reason="涉及秘密。", whole=True, by=make.actor())
    page = client.get(reverse("proposals:public_detail", args=[found.earlier.number]))
    assert later.number not in page.content.decode()
    assert "另一件不公开的建议" in page.content.decode()


def _publicly(client, *, of):
    """The public page of a proposal, its feed and the feed of all."""
    at = [
        reverse(f"proposals:{name}", args=[of.number])
        for name in ("public_detail", "proposal_feed")
    ]
    return [client.get(each).text for each in (*at, reverse("proposals:public_feed"))]


def test_a_later_one_that_is_taken_back_is_named_to_the_public_nowhere(client):
    reply = stages.answered("A")
    earlier = Proposal.objects.get(pk=reply.assignment.proposal_id)
    publication.publish(earlier, by=make.actor(), today=stages.TODAY)
    later = walk.submitted(
        continues=earlier, title="护栏又断了", kind=Kind.INTERSESSION, today=stages.AGAIN_ON
    )
    later = review.accept(later, by=make.actor(), today=stages.AGAIN_ON)
    on_that = {"by": make.actor(), "today": stages.AGAIN_ON}
    challenges.open_challenges(stages.AGAIN_ON)
    found = challenges.confirm_challenge(Challenge.objects.get(), **on_that)
    assert all(later.number in each for each in _publicly(client, of=earlier))
    by = make.as_deputy(later.lead)
    submission.withdraw(later, reason="不再提。", by=by, today=stages.AGAIN_ON)
    for page in _publicly(client, of=earlier):
        assert "又被提出" in page
        assert "另一件不公开的建议" in page
        assert later.number not in page
        assert later.title not in page
    told = follow.follow([found.reply], make.actor(), Clock.on(stages.AGAIN_ON))
    assert told[0].challenges[0].number == later.number


def test_what_was_raised_while_it_was_only_promised_does_not_raise_it_again():
    reply = stages.kept_whole()
    stages.raised_again(reply)
    asked = stages.ask(Reply.objects.get(pk=reply.pk))
    upgrades.confirm_upgrade(asked, by=make.actor(), today=date(2026, 9, 1))
    assert challenges.open_challenges(date(2026, 9, 2)) == 0
    stages.raised_again(Reply.objects.get(pk=reply.pk), today=date(2026, 10, 9))
    assert challenges.open_challenges(date(2026, 10, 9)) == 1


def test_the_class_that_counts_is_one_wherever_the_public_reads_it(client):
    """转类以后算，撤销以后不算：乡镇页、单位页、列表、开放数据。"""
    revoked, upgraded = stages.challenge_settled().reply, stages.upgraded().reply
    rows = [Proposal.objects.get(pk=each.assignment.proposal_id) for each in (upgraded, revoked)]
    for row in rows:
        publication.publish(row, by=make.actor(), today=stages.TODAY)
    area, unit = rows[0].delegation.area_id, upgraded.assignment.unit_id
    assert rows[1].delegation.area_id == area
    with on(stages.AGAIN_ON):
        solved = public_numbers.solved(area, stages.AGAIN_ON)
        assert [each.title for each in solved] == [titles.short(rows[0].title)]
        items = client.get(reverse("proposals:public_json")).json()["items"]
        told = {each["number"]: (each["outcome"], each["outcome_name"]) for each in items}
        assert told[rows[0].number] == ("A", "已解决")
        assert told[rows[1].number] == ("", "已解决已撤销")
        assert "已解决已撤销" in client.get(reverse("proposals:public_list")).text
        page = client.get(reverse("proposals:unit_page", args=[unit])).text
        assert "已解决已撤销" in page
        for answer, number in (("solved", rows[0].number), ("planned", None)):
            listed = client.get(reverse("proposals:public_list"), {"answer": answer}).text
            assert [each.number for each in rows if each.number in listed] == [number][
                : bool(number)
            ]
        classes = public_unit.unit_page(upgraded.assignment.unit, Clock.on(stages.AGAIN_ON)).classes
    assert [(each.code, each.replies) for each in classes] == [("A", 1), ("", 1)]


@pytest.mark.parametrize("withheld", [False, True])
def test_that_an_answer_was_solved_is_public_through_no_other_before_it_is_published(
    client, withheld
):
    found = stages.challenge_confirmed()
    earlier, later = Proposal.objects.get(pk=found.earlier.pk), found.proposal
    if withheld:
        by = make.actor()
        publication.withhold(earlier, reason="涉及秘密。", whole=False, by=by)
    told = _publicly(client, of=later)
    assert later.number in told[0]
    assert not any("是同一件事" in each or "答复 A 类" in each for each in told)
    if not withheld:
        publication.publish(earlier, by=make.actor(), today=stages.TODAY)
        assert all("是同一件事" in each for each in _publicly(client, of=later))
