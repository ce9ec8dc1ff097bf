"""答复: a draft of everybody in the unit, a signature of its head, and then for ever."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from congress.shared.roles import Role
from proposals.actions import assignment, replies
from proposals.models import OutcomeClass, Proposal, ReplyDraft
from proposals.permissions.replies import asks_of, open_draft
from proposals.states import DraftState, Stage, State
from tests import make
from tests.proposals import walk
from tests.race import at_once
from tests.tamper import as_owner

pytestmark = pytest.mark.django_db


def in_hand(**kept):
    return walk.proposal(State.ASSIGNED, **kept).lead_assignment


def gated(**kept):
    """In hand, the three meetings held and borne out."""
    part = in_hand(**kept)
    for stage in Stage:
        walk.met(part, stage)
        walk.borne_out(part)
    return part


def test_the_class_of_the_whole_follows_from_its_asks_and_nobody_is_asked_for_it(client):
    row = walk.proposal(State.ASSIGNED, request="修桥。\n装护栏。\n立警示牌。")
    part, clerk = Proposal.objects.get(pk=row.pk).lead_assignment, walk.unit_clerk()
    of = {each.code: each for each in OutcomeClass.objects.all()}
    asks = list(row.asks.all())
    client.force_login(clerk.user)
    page, save = (reverse(f"proposals:{name}", args=[row.pk]) for name in ("case", "save_reply"))
    assert 'name="outcome"' not in client.get(page).content.decode()
    sent = {"text": "都答了。", "file_number": "竹交函〔2026〕18 号"}
    for codes, whole in (("A", "A"), ("AC", "C"), ("ACB", "C"), ("AAB", "B")):
        classes = {f"outcome_{ask.pk}": of[code].pk for ask, code in zip(asks, codes, strict=False)}
        edition = {"edition": open_draft(part).edition if open_draft(part) else 0}
        assert client.post(save, sent | classes | edition).status_code == 302
        assert open_draft(part).outcome.code == whole
    assert "按各条里最低的一类算" in client.get(page).content.decode()
    with as_owner():
        ReplyDraft.objects.all().delete()
    row.asks.all().delete()
    assert 'name="outcome"' in client.get(page).content.decode()


def shared_by(*shares):
    """One proposal handed over to these units."""
    row = walk.proposal(State.ACCEPTED)
    assignment.assign(row, shares=shares, by=make.actor(), today=walk.ASSIGNED_ON)
    return Proposal.objects.get(pk=row.pk)


def test_save_reply_keeps_half_a_draft_with_its_edition():
    part = in_hand()
    draft = walk.drafted(part, outcome="B", text="先写一半", file_number="", answers={})
    assert (draft.state, draft.edition, draft.text) == (DraftState.WRITTEN, 1, "先写一半")
    assert walk.drafted(part).edition == 2
    assert ReplyDraft.objects.get().answers.count() == 1


def test_save_reply_of_the_same_words_is_no_new_edition_and_leaves_no_trail():
    part = in_hand()
    first = walk.drafted(part)
    again = walk.drafted(part, edition=first.edition)
    assert (again.pk, again.edition, again.saved_at) == (first.pk, 1, first.saved_at)
    assert AuditEvent.objects.filter(now="draft_saved").count() == 1
    answers = {ask.pk: replies.Words(None, "只写了一半") for ask in asks_of(part)}
    assert walk.drafted(part, answers=answers).edition == 2
    assert walk.drafted(part, answers=answers, file_number="竹交函〔2026〕19 号").edition == 3


def test_save_reply_on_an_older_edition_names_who_saved_in_between():
    part = in_hand()
    first = walk.drafted(part)
    other = make.actor(Role.UNIT_CLERK, at=part.unit)
    with clock.at(datetime(2026, 4, 23, 17, 5, tzinfo=UTC)):  # five past one in the county
        walk.drafted(part, by=other, text="改过的答复。", edition=first.edition)
    with pytest.raises(Refused, match=f"{other.name}在 01:05 保存过第 2 稿"):
        walk.drafted(part, edition=first.edition)


def test_save_reply_is_refused_to_another_unit_to_helpers_and_after_publication():
    helper = make.unit("县财政局")
    part = in_hand(assisting=[helper])
    with pytest.raises(Refused, match="只有主办、分办单位"):
        walk.drafted(part, by=walk.unit_clerk(helper))
    with pytest.raises(Refused, match="本单位是协办"):
        walk.drafted(part.proposal.assignments.get(unit=helper), by=walk.unit_clerk(helper))
    with pytest.raises(Refused, match="已公开"):
        walk.drafted(walk.proposal(State.PUBLISHED).lead_assignment)


@pytest.mark.django_db(transaction=True)
def test_four_at_once_save_the_same_words_as_one_edition_of_one_draft():
    part = in_hand()
    outcomes = at_once(4, walk.drafted, part, by=walk.unit_clerk())
    assert outcomes == ["done"] * 4
    assert ReplyDraft.objects.get().edition == 1


@pytest.mark.django_db(transaction=True)
def test_of_four_writers_of_one_edition_one_is_kept():
    part = in_hand()
    walk.drafted(part)
    words = {"text": "改过的答复。", "edition": 1}
    outcomes = at_once(4, walk.drafted, part, by=walk.unit_clerk(), **words)
    assert outcomes == ["done", "refused", "refused", "refused"]


def test_the_database_keeps_one_open_draft_and_one_answer_for_each_ask():
    draft = walk.drafted(in_hand())
    with pytest.raises(IntegrityError, match="one_open_per_assignment"), transaction.atomic():
        ReplyDraft.objects.bulk_create(
            [ReplyDraft(assignment=draft.assignment, saved_by=draft.saved_by)]
        )
    with pytest.raises(IntegrityError, match="to_sign_is_whole"), transaction.atomic():
        ReplyDraft.objects.update(state=DraftState.TO_SIGN, text="")


def test_submit_for_signing_asks_the_head():
    part, head = gated(), walk.unit_head()
    draft = walk.to_sign(part)
    assert draft.state == DraftState.TO_SIGN
    asked = Notice.objects.get(key=f"proposal.to_sign:{draft.pk}.1.1")
    assert asked.person == head.user
    with pytest.raises(Refused, match="已经送签"):
        walk.drafted(part)


def test_submit_for_signing_sends_no_edition_that_its_sender_has_not_read():
    part, clerk = gated(), walk.unit_clerk()
    walk.drafted(part)
    colleague = walk.unit_clerk(part.unit)
    walk.drafted(part, by=colleague, text="改到明年完工。", edition=1)
    with pytest.raises(Refused, match="现在是第 2 稿，请看完这一稿再送签"):
        replies.submit_for_signing(part, by=clerk, today=walk.REPLIED_ON, edition=1)
    sent = replies.submit_for_signing(part, by=clerk, today=walk.REPLIED_ON, edition=2)
    assert sent.state == DraftState.TO_SIGN


@pytest.mark.parametrize(
    ("lacking", "word"),
    [
        ({"text": " "}, "答复内容"),
        ({"file_number": " "}, "文号"),
        ({"answers": {}}, "第 1 条请求还没有逐条答复"),
    ],
)
def test_submit_for_signing_says_what_the_draft_lacks(lacking, word):
    part = gated()
    outcome = OutcomeClass.objects.get(code="B")
    given = {"outcome": outcome, "text": "答复。", "file_number": "竹交函〔2026〕1 号"}
    answers = {
        ask.pk: replies.Words(outcome, "办", "", walk.PLAN) for ask in part.proposal.asks.all()
    }
    clerk = walk.unit_clerk()
    replies.save_reply(part, by=clerk, **(given | {"answers": answers} | lacking))
    with pytest.raises(Refused, match=word):
        replies.submit_for_signing(part, by=clerk, today=walk.REPLIED_ON)


@pytest.mark.parametrize(
    ("whole", "one", "number", "words", "place"),
    [
        ("C", ("A", "验收单"), "竹交函〔2026〕1 号", "应按各条里最低的 A 类算", "outcome"),
        ("A", ("C", "批复"), "竹交函〔2026〕1 号", "应按各条里最低的 C 类算", "outcome"),
        ("A", ("A", " "), "竹交函〔2026〕1 号", "第 1 条定为 A 类，要写依据或者加照片", "ask"),
        ("B", ("B", ""), "18", "文号要写全代字、年份和序号", "file_number"),
    ],
)
def test_a_draft_that_is_at_odds_with_itself_is_not_sent_to_be_signed(
    client, whole, one, number, words, place
):
    part, (code, evidence) = gated(), one
    ask = part.proposal.asks.get()
    of = {each.code: each for each in OutcomeClass.objects.all()}
    answers = {ask.pk: replies.Words(of[code], "已经修好。", evidence)}
    draft = walk.drafted(part, file_number=number, answers=answers)
    ReplyDraft.objects.filter(pk=draft.pk).update(outcome=of[whole])
    clerk = walk.unit_clerk()
    with pytest.raises(Refused, match=words):
        replies.submit_for_signing(part, by=clerk, today=walk.REPLIED_ON)
    client.force_login(clerk.user)
    page = client.get(reverse("proposals:case", args=[part.proposal_id])).content.decode()
    spot = f"ask-{ask.pk}" if place == "ask" else f"id_{place}"
    assert f'<a href="#{spot}">' in page
    assert words in page
    if place == "ask":
        walk.shown(ReplyDraft.objects.get())
        assert replies.submit_for_signing(part, by=clerk, today=walk.REPLIED_ON)


def test_the_head_sees_the_class_of_the_whole_and_what_shows_it_before_signing(client):
    walk.to_sign(part := gated())
    client.force_login(walk.unit_head().user)
    page = client.get(reverse("proposals:case", args=[part.proposal_id])).content.decode()
    before = page[page.index('id="write-reply"') : page.index("签发答复")]
    assert "整件" in before
    assert before.count("已列计划") == 2
    assert "依据：县交通运输局年度计划" in before


def test_submit_for_signing_without_a_draft_is_refused():
    with pytest.raises(Refused, match="还没有答复稿"):
        replies.submit_for_signing(gated(), by=walk.unit_clerk(), today=walk.REPLIED_ON)


@pytest.mark.parametrize(
    ("held", "missing"),
    [
        ([], "办前见面、办中见面、办后见面还没有登记"),
        ([Stage.BEFORE], "办中见面、办后见面还没有登记"),
        ([Stage.BEFORE, Stage.DURING], "：办后见面还没有登记"),
    ],
)
def test_the_reply_is_refused_until_all_three_meetings_are_on_record(held, missing):
    part = in_hand()
    for stage in held:
        walk.met(part, stage)
        walk.borne_out(part)
    with pytest.raises(Refused, match=missing):
        walk.to_sign(part)


def test_a_meeting_that_nobody_bore_out_holds_the_reply_until_the_days_are_over():
    part = in_hand()
    with clock.at(datetime(2026, 4, 24, 1, tzinfo=UTC)):
        walk.met(part)
    with pytest.raises(Refused, match="等对方确认；满 5 个工作日不回应，按单方登记继续"):
        walk.to_sign(part)
    clerk = walk.unit_clerk()
    later = datetime(2026, 5, 8, 1, tzinfo=UTC).date()
    assert replies.submit_for_signing(part, by=clerk, today=later).state == DraftState.TO_SIGN
