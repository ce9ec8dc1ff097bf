"""签发、会签: a draft waits only for who can sign it, on every page and in every refusal alike."""

import pytest
from django.urls import reverse

from congress.home.queries.badges import waiting
from congress.shared.errors import Refused
from congress.shared.models import Notice
from proposals import documents
from proposals.actions import assignment, opinions, publication, replies, submission
from proposals.models import Assignment, Countersignature, DraftExhibit, Proposal, ReplyDraft
from proposals.models.countersigning import waiting as that_wait
from proposals.permissions.replies import why_not_write
from proposals.queries import units
from proposals.queries.cases import others_draft
from proposals.queries.neighbours import neighbours
from proposals.sharing import Share
from proposals.states import Part, State, UnitRole
from tests import make
from tests.proposals import walk
from tests.tamper import as_owner

pytestmark = pytest.mark.django_db
DESK = "proposals:unit_desk"


def jointly(state=State.ANSWERED):
    """主办 and 会办, the opinion sent; answered, or the first draft waiting for both heads."""
    roads, money = make.unit(), make.unit("县财政局")
    row = walk.proposal(State.ACCEPTED)
    shares = [Share(roads, UnitRole.LEAD), Share(money, UnitRole.JOINT)]
    row = assignment.assign(row, shares=shares, by=make.actor(), today=walk.ASSIGNED_ON)
    part, joint = Proposal.objects.get(pk=row.pk).parts
    said = {"text": "可以安排。", "file_number": "竹财函〔2026〕1 号", "signer": "柯尊文"}
    opinions.send_opinion(joint, by=walk.unit_clerk(money), today=walk.REPLIED_ON, **said)
    walk.gated(part)
    draft = walk.to_sign(part)
    if state == State.ANSWERED:
        replies.countersign(draft, part=joint, by=walk.unit_head(money))
        replies.sign(draft, by=walk.unit_head(roads), today=walk.REPLIED_ON)
    return Proposal.objects.get(pk=row.pk).parts


def again(part):
    """A further version is sent for its signature."""
    return walk.to_sign(Assignment.objects.get(pk=part.pk), file_number="竹交函〔2026〕19 号")


def desk(by):
    cases = units.desk(by, walk.REPLIED_ON).cases
    assert waiting(by).get(DESK, 0) == len(cases)
    return [(case.act, case.last) for case in cases]


def test_the_export_of_the_desk_gives_the_day_that_the_page_gives(monkeypatch):
    _, joint = jointly(State.ASSIGNED)
    head = walk.unit_head(joint.unit)
    cases = units.desk(head, walk.REPLIED_ON).cases
    monkeypatch.setattr(documents, "workbook", lambda name, head, rows: rows)
    days = [row[documents.DESK.index("期限")] for row in documents.desk_sheet(cases)]
    assert days == [case.last for case in cases] == [walk.DUE_ON]
    assert Assignment.objects.get(pk=joint.pk).due_on != walk.DUE_ON


def test_what_is_withdrawn_waits_for_nobody():
    part, joint = jointly(State.ASSIGNED)
    draft, head = ReplyDraft.objects.get(), walk.unit_head(joint.unit)
    walk.shown(replies.return_draft(draft, words="加图", by=walk.unit_head(part.unit)))
    draft = replies.submit_for_signing(part, by=walk.unit_clerk(), today=walk.REPLIED_ON)
    assert desk(head) == [("countersign", walk.DUE_ON)]
    assert others_draft(joint) == draft
    assert DraftExhibit.objects.visible_to(head).exists()
    lead = make.as_deputy(part.proposal.lead)
    submission.withdraw(part.proposal, reason="已经修好。", by=lead, today=walk.REPLIED_ON)
    assert desk(head) == []
    assert others_draft(joint) is None
    assert not DraftExhibit.objects.visible_to(head).exists()
    assert not neighbours(joint, head).signing
    with pytest.raises(Refused, match="已撤回"):
        replies.countersign(ReplyDraft.objects.get(), part=joint, by=head)


def test_a_further_version_is_on_the_desks_of_all_who_sign_it_and_nothing_is_late(client):
    part, joint = jointly()
    roads, money = walk.unit_head(part.unit), walk.unit_head(joint.unit)
    assert desk(roads) == desk(money) == []
    draft = again(part)
    assert desk(roads) == [("sign", None)]
    assert desk(money) == [("countersign", None)]
    client.force_login(roads.user)
    assert (
        reverse("proposals:case", args=[part.proposal_id])
        in client.get(reverse(DESK)).content.decode()
    )
    replies.countersign(draft, part=joint, by=money)
    assert desk(money) == []
    replies.sign(draft, by=roads, today=walk.REPLIED_ON)
    assert desk(roads) == []


def test_a_further_version_given_back_stands_on_the_units_desk_with_what_to_do(client):
    part, joint = jointly()
    roads, money = walk.unit_head(part.unit), walk.unit_head(joint.unit)
    clerk = walk.unit_clerk(part.unit)
    replies.return_draft(again(part), words="写清数额", by=roads)
    assert desk(clerk) == desk(roads) == [("write", None)]
    assert desk(money) == []
    client.force_login(clerk.user)
    page = client.get(reverse(DESK)).content.decode()
    assert "负责人退改了答复稿，请改好再送签" in page
    again(part)
    assert desk(clerk) == desk(roads) == [("sign", None)]


def test_one_given_back_and_not_needed_leaves_the_desk_once_all_is_public():
    part, _ = jointly()
    clerk = walk.unit_clerk(part.unit)
    replies.return_draft(again(part), words="不用再答", by=walk.unit_head(part.unit))
    assert desk(clerk) == [("write", None)]
    publication.publish(part.proposal, by=make.actor(), today=walk.REPLIED_ON)
    assert desk(clerk) == []


def test_publish_waits_until_a_further_version_is_signed_or_given_back():
    part, _ = jointly()
    draft = again(part)
    with pytest.raises(Refused, match="县交通运输局又作的一版答复正在等签发"):
        publication.publish(part.proposal, by=make.actor(), today=walk.REPLIED_ON)
    replies.return_draft(draft, words="不用再答", by=walk.unit_head(part.unit))
    publication.publish(part.proposal, by=make.actor(), today=walk.REPLIED_ON)
    assert Proposal.objects.get().state == State.PUBLISHED


@pytest.mark.parametrize("state", [State.ASSIGNED, State.ANSWERED, State.PUBLISHED])
@pytest.mark.parametrize("of_part", [Part.RECEIVED, Part.OBJECTED, Part.DONE])
def test_a_draft_waits_while_it_may_be_written_and_no_longer(state, of_part):
    part, _ = jointly(State.ASSIGNED)
    done_on = walk.REPLIED_ON if of_part == Part.DONE else None
    Assignment.objects.filter(pk=part.pk).update(state=of_part, done_on=done_on)
    days = dict.fromkeys(("answered_on", "published_on"), walk.REPLIED_ON)
    facts = {State.ASSIGNED: {}, State.ANSWERED: {"answered_on": walk.REPLIED_ON}}
    publication = days | {"published_by": make.actor().user}
    Proposal.objects.update(state=state, **facts.get(state, publication))
    waits = that_wait(ReplyDraft.objects.all()).exists()
    assert waits == (why_not_write(Assignment.objects.get(pk=part.pk)) is None)


def test_nobody_signs_an_edition_that_the_page_has_not_shown(client):
    part, joint = jointly(State.ASSIGNED)
    draft = ReplyDraft.objects.get()
    replies.return_draft(draft, words="写清数额", by=walk.unit_head(part.unit))
    draft = walk.to_sign(part, text="另作安排。")
    for name, unit in (("countersign", joint.unit), ("sign", part.unit)):
        client.force_login(walk.unit_head(unit).user)
        page = client.get(reverse("proposals:case", args=[part.proposal_id])).content.decode()
        assert f'name="edition" value="{draft.edition}"' in page
        to = reverse(f"proposals:{name}", args=[draft.pk])
        for old in ({"edition": draft.edition - 1}, {}):
            answer = client.post(to, old)
            assert answer.status_code == 409
            assert f"现在是第 {draft.edition} 稿，请看完这一稿再" in answer.content.decode()
        assert client.post(to, {"edition": draft.edition}).status_code == 302
    assert Proposal.objects.get().state == State.ANSWERED


def test_each_sending_of_the_same_edition_is_told_to_the_heads_and_each_return_to_its_writer():
    part, joint = jointly(State.ASSIGNED)
    draft, head = ReplyDraft.objects.get(), walk.unit_head(part.unit)
    helper, clerk = walk.unit_head(joint.unit), walk.unit_clerk(part.unit)
    first = draft.edition
    for _ in range(2):
        draft = replies.return_draft(draft, words="盖章页请换", by=head)
        draft = replies.submit_for_signing(part, by=clerk, today=walk.REPLIED_ON)
    assert draft.edition == first
    asked = Notice.objects.filter(key__startswith=f"proposal.to_sign:{draft.pk}.")
    for each in (head, helper):
        assert asked.filter(person=each.user).count() == 2, (
            "both came to their posts after the first"
        )
    told = Notice.objects.filter(key__startswith=f"proposal.draft_returned:{draft.pk}.")
    assert sorted(told.values_list("key", flat=True)) == [
        f"proposal.draft_returned:{draft.pk}.{first}.{time}" for time in (1, 2)
    ]


def test_of_what_is_kept_back_a_joint_unit_reads_the_letters_that_it_has_signed(client):
    part, joint = jointly()
    Proposal.objects.filter(pk=part.proposal_id).update(reply_withheld_reason="涉及商业秘密")
    first = part.replies.get()
    head = walk.unit_head(joint.unit)
    client.force_login(head.user)
    letter, case = "proposals:letter", reverse("proposals:case", args=[part.proposal_id])
    page = client.get(case).content.decode()
    assert "会签的答复原文" in page
    assert reverse(letter, args=[first.pk]) in page
    answer = client.get(reverse(letter, args=[first.pk]))
    assert (answer.status_code, answer.content[:4]) == (200, b"%PDF")
    assert client.get(reverse("proposals:feedback", args=[first.pk])).status_code == 404
    draft = again(part)
    Countersignature.objects.create(
        draft=draft, assignment=joint, edition=draft.edition - 1, signed_by=head.user
    )
    replies.countersign(draft, part=joint, by=head)
    second = replies.sign(draft, by=walk.unit_head(part.unit), today=walk.REPLIED_ON)
    assert client.get(reverse(letter, args=[second.pk])).status_code == 200
    with as_owner():
        Countersignature.objects.filter(draft=draft, edition=draft.edition).delete()
    assert client.get(reverse(letter, args=[second.pk])).status_code == 404
    assert reverse(letter, args=[second.pk]) not in client.get(case).content.decode()
    assert client.get(reverse(letter, args=[first.pk])).status_code == 200
