"""答复: a draft of everybody in the unit, a signature of its head, and then for ever."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from congress.shared.roles import Role
from proposals.actions import assignment, opinions, replies
from proposals.events import DRAFT
from proposals.models import Answer, DraftExhibit, OutcomeClass, Proposal, Reply, ReplyDraft
from proposals.permissions.replies import asks_of
from proposals.queries import units
from proposals.queries.cases import others_draft
from proposals.queries.neighbours import neighbours
from proposals.queries.timeline import timeline
from proposals.sharing import Share
from proposals.states import DraftState, Part, Stage, State, UnitRole
from tests import make
from tests.proposals import walk
from tests.race import at_once

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
    asked = Notice.objects.get(key=f"proposal.to_sign:{draft.pk}.1")
    assert asked.person == head.user
    with pytest.raises(Refused, match="已经送签"):
        walk.drafted(part)


@pytest.mark.parametrize(
    ("lacking", "word"),
    [
        ({"outcome": None}, "结果类别"),
        ({"text": " "}, "答复内容"),
        ({"file_number": " "}, "文号"),
        ({"answers": {}}, "第 1 条请求还没有逐条答复"),
    ],
)
def test_submit_for_signing_says_what_the_draft_lacks(lacking, word):
    part = gated()
    outcome = OutcomeClass.objects.get(code="B")
    given = {"outcome": outcome, "text": "话", "file_number": "竹交函〔2026〕1 号"}
    answers = {ask.pk: replies.Words(outcome, "办") for ask in part.proposal.asks.all()}
    clerk = walk.unit_clerk()
    replies.save_reply(part, by=clerk, **(given | {"answers": answers} | lacking))
    with pytest.raises(Refused, match=word):
        replies.submit_for_signing(part, by=clerk, today=walk.REPLIED_ON)


@pytest.mark.parametrize(
    ("whole", "one", "number", "words", "place"),
    [
        ("C", ("A", "验收单"), "竹交函〔2026〕1 号", "整件按各条里最低的 A 类算", "outcome"),
        ("A", ("C", "批复"), "竹交函〔2026〕1 号", "整件按各条里最低的 C 类算", "outcome"),
        ("A", ("A", " "), "竹交函〔2026〕1 号", "第 1 条定为 A 类，要写依据或者加照片", "ask"),
        ("B", ("B", ""), "18", "文号要写成“竹交函〔2026〕18 号”这样", "file_number"),
    ],
)
def test_a_draft_that_is_at_odds_with_itself_is_not_sent_to_be_signed(
    client, whole, one, number, words, place
):
    part, (code, evidence) = gated(), one
    ask = part.proposal.asks.get()
    of = {each.code: each for each in OutcomeClass.objects.all()}
    answers = {ask.pk: replies.Words(of[code], "已经修好。", evidence)}
    walk.drafted(part, outcome=whole, file_number=number, answers=answers)
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


def test_return_draft_gives_it_back_with_the_heads_words():
    part = gated()
    draft = replies.return_draft(walk.to_sign(part), words="写清哪一段先修", by=walk.unit_head())
    assert (draft.state, draft.return_words) == (DraftState.WRITTEN, "写清哪一段先修")
    told = Notice.objects.get(key=f"proposal.draft_returned:{draft.pk}.1")
    assert (told.person, "写清哪一段先修" in told.text) == (draft.saved_by, True)
    with pytest.raises(Refused, match="还没有送签"):
        replies.return_draft(draft, words="再改", by=walk.unit_head())


def test_return_draft_is_refused_without_words():
    with pytest.raises(Refused, match="请写明要改什么"):
        replies.return_draft(walk.to_sign(gated()), words=" ", by=walk.unit_head())


def test_sign_answers_the_proposal_and_opens_the_rating_window():
    head = walk.unit_head()
    answer = walk.answered(gated(), head=head)
    proposal = Proposal.objects.get()
    assert (proposal.state, proposal.answered_on) == (State.ANSWERED, walk.REPLIED_ON)
    part = proposal.lead_assignment
    assert (part.state, part.done_on) == (Part.DONE, walk.REPLIED_ON)
    assert (answer.version, answer.signer, answer.signed_by) == (1, head.name, head.user)
    assert answer.rate_until == walk.RATE_UNTIL
    assert Answer.objects.get().text == "已列入今年第二批计划。"
    note = AuditEvent.objects.get(now="answered").note
    assert note == "县交通运输局答复，竹交函〔2026〕18 号，B 类（已列计划）。"
    assert "请在 5 月 26 日前评价" in Notice.objects.get(key=f"proposal.answered:{answer.pk}").text


@pytest.mark.django_db(transaction=True)
def test_four_clicks_sign_once():
    draft, head = walk.to_sign(gated()), walk.unit_head()
    outcomes = at_once(4, replies.sign, draft, by=head, today=walk.REPLIED_ON)
    assert outcomes == ["done", "refused", "refused", "refused"]
    assert Reply.objects.count() == 1


def test_a_further_version_comes_beside_the_first_until_it_is_published():
    part = gated()
    walk.answered(part)
    part = Proposal.objects.get().lead_assignment
    second = walk.answered(part, outcome="A")
    assert (second.version, Proposal.objects.get().reply.outcome.code) == (2, "A")
    assert AuditEvent.objects.filter(now="answered").count() == 1
    deeds = AuditEvent.objects.filter(now__startswith="replied").order_by("pk")
    assert list(deeds.values_list("now", flat=True)) == ["replied", "replied_again"]


def test_where_several_answer_it_is_answered_when_the_last_one_has():
    roads, water = make.unit(), make.unit("县水利和湖泊局")
    proposal = shared_by(Share(roads, UnitRole.SEPARATE), Share(water, UnitRole.SEPARATE))
    for part in proposal.parts:
        for stage in Stage:
            walk.met(part, stage)
            walk.borne_out(part)
    first, second = proposal.parts
    walk.answered(first)
    assert Proposal.objects.get().state == State.ASSIGNED
    walk.answered(second)
    assert Proposal.objects.get().state == State.ANSWERED


def test_countersign_comes_before_the_signature_and_binds_to_the_edition():
    roads, money = make.unit(), make.unit("县财政局")
    proposal = shared_by(Share(roads, UnitRole.LEAD), Share(money, UnitRole.JOINT))
    part, joint = proposal.parts
    for stage in Stage:
        walk.met(part, stage)
        walk.borne_out(part)
    draft, head = walk.to_sign(part), walk.unit_head(money)
    with pytest.raises(Refused, match="还等县财政局会签"):
        replies.sign(draft, by=walk.unit_head(roads), today=walk.REPLIED_ON)
    replies.countersign(draft, part=joint, by=head)
    with pytest.raises(Refused, match="已经会签过"):
        replies.countersign(draft, part=joint, by=head)
    draft = replies.return_draft(draft, words="改日期", by=walk.unit_head(roads))
    draft = walk.to_sign(part, text="已列入今年第二批计划，九月底前完工。")
    with pytest.raises(Refused, match="还等县财政局会签"):
        replies.sign(draft, by=walk.unit_head(roads), today=walk.REPLIED_ON)
    replies.countersign(draft, part=joint, by=head)
    replies.sign(draft, by=walk.unit_head(roads), today=walk.REPLIED_ON)
    assert Proposal.objects.get().state == State.ANSWERED


def jointly():
    """A draft that waits for a joint unit, and that unit's part."""
    roads, money = make.unit(), make.unit("县财政局")
    proposal = shared_by(Share(roads, UnitRole.LEAD), Share(money, UnitRole.JOINT))
    part, joint = proposal.parts
    for stage in Stage:
        walk.met(part, stage)
        walk.borne_out(part)
    return walk.to_sign(part), joint


def test_a_draft_waits_on_the_desk_of_the_joint_units_head_whatever_became_of_the_opinion():
    draft, joint = jointly()
    head, clerk, today = walk.unit_head(joint.unit), walk.unit_clerk(joint.unit), walk.REPLIED_ON

    def acts(by):
        return [(case.act, case.last) for case in units.desk(by, today).cases]

    assert acts(head) == [("countersign", joint.due_on)]
    assert acts(clerk) == [("opine", joint.due_on)]
    said = {"text": "可以安排。", "file_number": "竹财函 1 号", "signer": "柯尊文"}
    opinions.send_opinion(joint, by=clerk, today=today, **said)
    assert acts(head) == [("countersign", draft.assignment.due_on)]
    assert acts(clerk) == []
    assert neighbours(draft.assignment, head).signing
    client = Client()
    client.force_login(head.user)
    assert "会签…" in client.get(reverse("proposals:unit_desk")).content.decode()
    replies.countersign(draft, part=joint, by=head)
    assert acts(head) == []


def test_countersign_is_refused_to_the_lead_unit_and_before_it_waits():
    draft, joint = jointly()
    with pytest.raises(Refused, match="只有会办单位"):
        replies.countersign(draft, part=draft.assignment, by=walk.unit_head())
    replies.return_draft(draft, words="改", by=walk.unit_head())
    with pytest.raises(Refused, match="不需要会签"):
        replies.countersign(
            ReplyDraft.objects.get(), part=joint, by=walk.unit_head(make.unit("县财政局"))
        )


def test_a_separate_unit_answers_for_its_own_part_and_no_joint_unit_signs_with_it():
    roads, water, money = make.unit(), make.unit("县水利和湖泊局"), make.unit("县财政局")
    shares = zip((roads, water, money), (*SEPARATELY, UnitRole.JOINT), strict=True)
    _, beside, joint = shared_by(*(Share(*each) for each in shares)).parts
    for stage in Stage:
        walk.met(beside, stage)
        walk.borne_out(beside)
    head, today = walk.unit_head(money), walk.REPLIED_ON
    draft = walk.shown(walk.drafted(beside), "teal")[0].draft
    draft = replies.submit_for_signing(beside, by=walk.unit_clerk(water), today=today)
    assert not Notice.objects.filter(key__startswith="proposal.to_sign", person=head.user).exists()
    assert "countersign" not in [case.act for case in units.desk(head, today).cases]
    assert not DraftExhibit.objects.visible_to(head).exists()
    assert others_draft(joint) is None
    assert DRAFT not in [line.key.subject for line in timeline(joint.proposal, head, today)]
    with pytest.raises(Refused, match="只有主办单位的答复稿需要会签"):
        replies.countersign(draft, part=joint, by=head)
    client = Client()
    client.force_login(head.user)
    assert client.post(reverse("proposals:countersign", args=[draft.pk])).status_code == 404
    assert replies.sign(draft, by=walk.unit_head(water), today=today).assignment == beside


SEPARATELY = (UnitRole.LEAD, UnitRole.SEPARATE)


def test_the_database_keeps_one_reply_per_version():
    answer = walk.proposal(State.ANSWERED).reply
    with pytest.raises(IntegrityError, match="reply_version_once"), transaction.atomic():
        Reply.objects.bulk_create([Reply(**{f: getattr(answer, f) for f in COPIED})])


COPIED = (
    *("assignment", "outcome", "text", "file_number"),
    *("signer", "replied_by", "replied_on", "first_rate_until"),
)
