"""签发、会签、退改: what the heads do with a draft, and what then stands for ever."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from proposals.actions import opinions, replies
from proposals.events import DRAFT
from proposals.models import Answer, DraftExhibit, Proposal, Reply, ReplyDraft
from proposals.queries import units
from proposals.queries.cases import others_draft
from proposals.queries.neighbours import neighbours
from proposals.queries.timeline import timeline
from proposals.sharing import Share
from proposals.states import DraftState, Part, Stage, State, UnitRole
from tests import make
from tests.proposals import walk
from tests.proposals.test_replies import gated, shared_by
from tests.race import at_once

pytestmark = pytest.mark.django_db


def test_return_draft_gives_it_back_with_the_heads_words():
    part = gated()
    draft = replies.return_draft(walk.to_sign(part), words="写清哪一段先修", by=walk.unit_head())
    assert (draft.state, draft.return_words) == (DraftState.WRITTEN, "写清哪一段先修")
    told = Notice.objects.get(key=f"proposal.draft_returned:{draft.pk}.1.1")
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
    said = {"text": "可以安排。", "file_number": "竹财函〔2026〕1 号", "signer": "柯尊文"}
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
    replies.return_draft(draft, words="改日期", by=walk.unit_head())
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
