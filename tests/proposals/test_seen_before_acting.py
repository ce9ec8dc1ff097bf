"""An act on what others may change meanwhile says what its page showed, or it is refused."""

import pytest

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from proposals.actions import opinions, publication, replies, review, sheets, submission
from proposals.models import Opinion, Proposal, Rating, ReplyDraft, ReplyTemplate, Sheet
from proposals.rating_states import Satisfaction
from proposals.states import DraftState, SheetState, State
from tests import make
from tests.proposals import sheets as facts
from tests.proposals import stages_of_parts, walk
from tests.proposals.pages import hidden, url
from tests.proposals.verbs_handled import HANDLED

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day_of_the_reply")]


def words(answer, status=409):
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


def answered_again(row, **changes):
    """The unit's second version."""
    part = Proposal.objects.get(pk=row.pk).lead_assignment
    return walk.answered(part, text="改为明年办。", file_number="竹交函〔2026〕19号", **changes)


def test_a_reply_that_came_after_the_page_was_opened_is_read_before_it_is_public(office):
    row = walk.proposal(State.ANSWERED)
    seen = hidden(office.get(url("publish", row.pk)), "seen")
    answered_again(row)
    for sent in ({"seen": seen}, {}, {"seen": ""}):
        said = words(office.post(url("publish", row.pk), sent))
        assert "单位刚刚又作了一版" in said or "没有写明" in said
    row.refresh_from_db()
    assert row.state == State.ANSWERED
    seen = hidden(office.get(url("publish", row.pk)), "seen")
    assert office.post(url("publish", row.pk), {"seen": seen}).status_code == 302
    row.refresh_from_db()
    assert row.state == State.PUBLISHED


def test_a_draft_is_returned_in_the_edition_that_the_head_has_read(client):
    part = walk.proposal(State.ASSIGNED).lead_assignment
    walk.gated(part)
    draft, head = walk.to_sign(part), walk.unit_head()
    client.force_login(head.user)
    edition = hidden(client.get(url("return_draft", draft.pk)), "edition")
    replies.return_draft(draft, words="请写明工期。", by=walk.unit_head())
    walk.to_sign(part, text="十月底前完工，工期三个月。")
    for sent in ({"edition": edition}, {}):
        said = client.post(url("return_draft", draft.pk), {"words": "请写明金额。", **sent})
        assert "现在是第 2 稿" in words(said)
        assert "请写明金额。" in words(said)
    draft.refresh_from_db()
    assert draft.state == DraftState.TO_SIGN
    said = {"words": "请写明金额。", "edition": "2"}
    assert client.post(url("return_draft", draft.pk), said).status_code == 302


def test_an_opinion_sent_again_word_for_word_is_the_one_that_was_sent(client):
    part = stages_of_parts.helping()
    by, said = walk.unit_clerk(part.unit), stages_of_parts.opinion()
    said["file_number"] = "竹财函〔2026〕9号"  # as its form writes every number
    first = opinions.send_opinion(part, **said, by=by)
    rows = AuditEvent.objects.count(), Notice.objects.count()
    assert opinions.send_opinion(part, **said, by=by) == first
    assert (AuditEvent.objects.count(), Notice.objects.count()) == rows
    client.force_login(by.user)
    sent = {name: said[name] for name in ("text", "file_number", "signer")}
    page = client.post(url("send_opinion", part.proposal_id), sent, follow=True)
    assert "已经报送" in words(page, 200)
    assert Opinion.objects.count() == 1


def test_an_opinion_follows_the_version_that_its_writer_has_seen(client):
    part = stages_of_parts.helping()
    by, said = walk.unit_clerk(part.unit), stages_of_parts.opinion()
    client.force_login(by.user)
    follows = hidden(client.get(url("case", part.proposal_id)), "follows")
    assert follows == "0"
    opinions.send_opinion(part, **said, by=walk.unit_clerk(part.unit))
    sent = {"text": "经费今年就能安排。", "file_number": "竹财函〔2026〕10号", "signer": "柯尊文"}
    for wrong in ({"follows": follows}, {}):
        page = client.post(url("send_opinion", part.proposal_id), sent | wrong)
        assert "经费今年就能安排。" in words(page)
        assert "第 1 版意见" in words(page)
        assert hidden(page, "follows") == "1"
    assert Opinion.objects.count() == 1
    done = client.post(url("send_opinion", part.proposal_id), sent | {"follows": "1"})
    assert done.status_code == 302
    assert Opinion.objects.count() == 2


def test_what_changes_nothing_leaves_no_trail_and_no_second_row():
    sheet = facts.sheet(count=1)
    part = sheet.lines.get()
    by, said = make.actor(), {"shares": walk.shares(), "today": facts.DRAWN_ON}
    accepted = walk.proposal(State.ACCEPTED)
    asks = list(accepted.asks.values_list("pk", "text"))
    reply = walk.proposal(State.ANSWERED).reply
    rated = HANDLED["evaluation.rate"].do
    lead, clerk = make.as_deputy(reply.assignment.proposal.lead), walk.unit_clerk()
    rated(reply, lead)
    HANDLED["templates.save_template"].do(None, clerk)
    rows = AuditEvent.objects.count()
    sheets.change_share(sheet, proposal=part.proposal, **said, by=by)
    review.split(accepted, asks=[text for _, text in asks], by=by)
    rated(reply, lead)
    HANDLED["templates.save_template"].do(None, clerk)
    assert AuditEvent.objects.count() == rows
    assert sheet.lines.standing().get() == part
    assert list(accepted.asks.values_list("pk", "text")) == asks
    assert (Rating.objects.count(), ReplyTemplate.objects.count()) == (1, 1)
    walk.rate(
        reply,
        process=Satisfaction.UNSATISFIED,
        result=Satisfaction.FAIR,
        by=lead,
        today=walk.RATE_UNTIL,
    )
    assert Rating.objects.count() == 2


def two_asks():
    row = walk.proposal(State.ACCEPTED)
    return review.split(row, asks=["加固护栏。", "装上路灯。"], by=make.actor())


def test_a_page_of_asks_that_a_colleague_has_split_meanwhile_hands_nothing_over(office):
    row, unit, other = two_asks(), make.unit(), make.unit("县财政局")
    asks = hidden(office.get(url("assign", row.pk)), "seen")
    second = row.asks.get(position=2)
    sent = {"unit": unit.pk, f"ask_{second.pk}": other.pk}
    review.split(row, asks=["加固护栏。", "装上路灯。", "立限重牌。"], by=make.actor())
    for wrong in ({"seen": asks}, {}):
        page = office.post(url("assign", row.pk), sent | wrong)
        said = words(page)
        assert "同事刚刚拆分过" in said or "没有写明" in said
        assert "立限重牌。" in said
        assert "您刚才选的：县财政局" in said
    row.refresh_from_db()
    assert row.state == State.ACCEPTED
    now = hidden(page, "seen")
    unknown = words(office.post(url("assign", row.pk), sent | {"seen": now}), 422)
    assert "没有这一条" in unknown
    third = row.asks.get(position=3)
    sent = {"unit": unit.pk, "seen": now, f"ask_{third.pk}": other.pk}
    assert office.post(url("assign", row.pk), sent).status_code == 302
    assert {each.unit for each in Proposal.objects.get(pk=row.pk).parts} == {unit, other}


def test_a_sheet_goes_to_the_units_as_the_presser_has_seen_it(office):
    sheet = facts.sheet(count=2)
    seen = hidden(office.get(url("sheet", sheet.pk)), "seen")
    line = sheet.lines.first()
    shares = walk.shares(make.unit(facts.OTHER))
    said = {"proposal": line.proposal, "shares": shares, "today": facts.DRAWN_ON}
    sheets.change_share(sheet, **said, by=make.actor())
    for wrong in ({"seen": seen}, {}):
        assert "请看过现在的" in words(office.post(url("rehearse", sheet.pk), wrong))
    assert Sheet.objects.get().state == SheetState.DRAFTED
    seen = hidden(office.get(url("sheet", sheet.pk)), "seen")
    assert office.post(url("rehearse", sheet.pk), {"seen": seen}).status_code == 302


def test_a_sheet_is_settled_as_the_presser_has_seen_it(office):
    sheet = facts.sheet(SheetState.REHEARSED, count=2)
    seen = hidden(office.get(url("sheet", sheet.pk)), "seen")
    row = sheet.lines.first().proposal
    by = make.as_deputy(row.lead)
    submission.withdraw(row, reason="已经解决。", by=by, today=facts.REHEARSED_ON)
    for wrong in ({"seen": seen}, {}):
        assert "请看过现在的" in words(office.post(url("settle", sheet.pk), wrong))
    assert Sheet.objects.get().state == SheetState.REHEARSED
    seen = hidden(office.get(url("sheet", sheet.pk)), "seen")
    assert office.post(url("settle", sheet.pk), {"seen": seen}).status_code == 302


def test_a_draft_saved_without_saying_what_it_follows_writes_over_nobody(client):
    row = walk.proposal(State.ASSIGNED)
    walk.drafted(row.lead_assignment, text="同事先写的一段话")
    client.force_login(walk.unit_clerk().user)
    for sent in ({"text": "我的话"}, {"text": "我的话", "edition": ""}):
        page = words(client.post(url("save_reply", row.pk), sent))
        assert ("同事先写的一段话" in page, "我的话" in page) == (True, True)
    assert ReplyDraft.objects.get().text == "同事先写的一段话"


def test_a_rating_of_a_reply_that_is_no_more_the_newest_keeps_its_words(client):
    row = walk.proposal(State.ANSWERED)
    old, new = row.reply, answered_again(row)
    client.force_login(make.as_deputy(row.lead).user)
    sent = {"process": "satisfied", "result": "fair", "words": "护栏还没有装。"}
    sent |= {f"ask_{each.pk}": "half" for each in row.asks.all()}
    page = client.post(url("rate", old.pk), sent)
    said = words(page)
    assert ("第 2 版" in said, "护栏还没有装。" in said) == (True, True)
    assert "您写的话还在" in said
    assert not Rating.objects.exists()
    assert f'action="{url("rate", new.pk)}"' in said
    assert client.post(url("rate", new.pk), sent).status_code == 302
    assert Rating.objects.get().reply == new


@pytest.mark.parametrize(
    "spelling",
    ["竹交函[2026]18号", "竹交函（2026）18号", "竹交函〔２０２６〕第18号", "竹交函【2026】018号"],
)
def test_a_number_is_known_again_however_it_is_spelt(client, spelling):
    walk.proposal(State.ANSWERED)
    other = walk.proposal(State.ASSIGNED)
    walk.drafted(other.lead_assignment, file_number=spelling)
    client.force_login(walk.unit_head().user)
    assert "已经用在" in words(client.get(url("case", other.pk)), 200)


def test_a_number_that_two_drafts_share_is_said_before_and_when_the_second_is_signed(client):
    first, second = walk.proposal(State.ASSIGNED), walk.proposal(State.ASSIGNED)
    drafts = []
    for row in (first, second):
        walk.gated(row.lead_assignment)
        drafts.append(walk.to_sign(row.lead_assignment))
    client.force_login(walk.unit_head().user)
    page = client.get(url("case", first.pk))
    assert f"也写在{second.number}的答复稿上" in words(page, 200)
    sent = {"edition": "1", "told": hidden(page, "told")}
    assert client.post(url("sign", drafts[0].pk), sent).status_code == 302
    page = client.post(url("sign", drafts[1].pk), {"edition": "1"})
    assert "已经用在" in words(page)
    assert first.number in words(page)


def test_publish_is_refused_for_what_was_not_seen():
    row = walk.proposal(State.ANSWERED)
    with pytest.raises(Refused, match="又作了一版"):
        publication.publish(row, by=make.actor(), today=walk.REPLIED_ON, seen="1-2")
