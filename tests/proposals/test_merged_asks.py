"""并案: the unit answers the asks of every merged proposal too, each under its own number."""

import pytest
from django.test import Client
from django.urls import reverse

from congress.shared.errors import Refused
from congress.shared.models import Notice
from proposals import documents
from proposals.actions import (
    assignment,
    exhibits,
    objections,
    publication,
    replies,
    review,
    submission,
)
from proposals.models import DraftAnswer, DraftExhibit, OutcomeClass, Proposal, Reply, ReplyDraft
from proposals.permissions.replies import asks_of
from proposals.queries import bundles, cases, pages, papers, units
from proposals.sharing import Share
from proposals.states import DraftState, State, UnitRole
from tests import make
from tests.deputies.walk import photo
from tests.proposals import walk
from tests.race import at_once, meanwhile
from tests.scoring.facts import on

pytestmark = pytest.mark.django_db
OTHERS = "县水利局"
TOO = "桥头装一盏路灯。"


def together(*, withheld="", shares=None):
    """Handed over with another merged into it; its asks and the other's."""
    into = walk.proposal(State.ACCEPTED, title="关于修复桃园村过水桥的建议")
    again = walk.submitted(title="关于改造桃园村过水桥的建议", request=TOO)
    review.accept(again, withheld_reason=withheld, by=make.actor(), today=walk.ACCEPTED_ON)
    review.merge(again, into=into, by=make.actor())
    given = shares(into) if shares else walk.shares()
    assignment.assign(into, shares=given, by=make.actor(), today=walk.ASSIGNED_ON)
    return fresh(into), fresh(again)


def fresh(row):
    return Proposal.objects.with_progress().get(pk=row.pk)


def answered(**kept):
    into, again = together(**kept)
    walk.gated(into.lead_assignment)
    reply = walk.answered(fresh(into).lead_assignment)
    return reply, again


def read(path, by):
    client = Client()
    client.force_login(by.user)
    with on(walk.REPLIED_ON):
        answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_reply_lacks_what_the_merged_one_asks_until_it_is_answered():
    into, again = together()
    part = into.lead_assignment
    walk.gated(part)
    said = replies.Words(OutcomeClass.objects.get(code="B"), "装护栏。", "", walk.PLAN)
    own = {into.asks.get().pk: said}
    draft = walk.drafted(part, answers=own)
    name = f"{again.number} 号第 1 条"
    with pytest.raises(Refused, match=f"{name}请求还没有逐条答复"):
        replies.submit_for_signing(part, by=walk.unit_clerk(), today=walk.REPLIED_ON)
    (lack,) = cases.lacks(fresh(into).lead_assignment, draft, units.Days.on(walk.REPLIED_ON))
    assert lack == (f"{name}没有答复", f"ask-{again.asks.get().pk}")
    page = read(reverse("proposals:case", args=[into.pk]), walk.unit_clerk())
    assert f"<legend>{name}：{TOO}</legend>" in page
    (line,) = units.desk(walk.unit_clerk(), walk.REPLIED_ON).cases
    assert line.answered == "1/2"


def test_both_are_answered_in_one_letter_each_under_its_own_number():
    reply, again = answered()
    assert [each.label for each in reply.in_order] == ["第 1 条", f"{again.number} 号第 1 条"]
    letter = papers.letter(reply, make.actor())
    assert [(each.of, each.ask) for each in letter.sections] == [
        ("", "加固护栏"),
        (f"第{again.number}号建议的", "桥头装一盏路灯"),
    ]
    assert f"和并案办理的《{again.title}》（第{again.number}号）收悉" in letter.opening
    form = papers.feedback(reply, make.actor())
    assert form.along == f"{again.number} {again.title}"
    assert [each.ask.text for each in form.answers] == ["加固护栏。", TOO]
    assert (
        documents.letter_pdf(reply, make.actor())[:4]
        == documents.feedback_pdf(reply, make.actor())[:4]
        == b"%PDF"
    )


def test_both_deputies_read_the_answers_and_the_lead_has_them_before_rating():
    reply, again = answered()
    name = f"<b>{again.number} 号第 1 条</b> {TOO}"
    mine = read(reverse("proposals:detail", args=[again.pk]), make.as_deputy(again.lead))
    lead = make.as_deputy(reply.assignment.proposal.lead)
    assert name in mine
    assert name in read(reverse("proposals:rate", args=[reply.pk]), lead)
    assert [
        len(each.answers)
        for each in pages.replies(fresh(again).handled_as, make.as_deputy(again.lead))
    ] == [2]


def test_the_bundle_of_each_has_what_both_asked_and_were_answered():
    reply, again = answered()
    into = fresh(reply.assignment.proposal)
    name = f"{again.number} 号第 1 条"
    whole = bundles.bundles([into], make.actor(), walk.REPLIED_ON)[0]
    assert whole.asks == [("第 1 条", "加固护栏。"), (name, TOO)]
    assert whole.along == f"并入本件、一并答复的：{again.number}“{again.title}”。"
    merged = bundles.bundles([fresh(again)], make.actor(), walk.REPLIED_ON)[0]
    assert (merged.asks, merged.replies) == ([(name, TOO)], [reply])
    assert merged.along.startswith(f"与 {into.number}“{into.title}”并案办理")
    own = bundles.bundles([into], walk.unit_clerk(), walk.REPLIED_ON)[0]
    assert own.replies == [reply]
    assert documents.bundle_pdf(merged)[:4] == b"%PDF"


def test_in_public_nobody_learns_what_a_withheld_merged_one_asks(client):
    reply, again = answered(withheld="涉及个人隐私")
    into = fresh(reply.assignment.proposal)
    publication.publish(into, by=make.actor(), today=walk.REPLIED_ON)
    letter = papers.letter(Reply.objects.get(pk=reply.pk))
    assert [each.ask for each in letter.sections] == ["加固护栏"]
    assert again.number not in letter.opening
    assert again.title not in letter.opening
    for name, args in (("public_detail", [into.number]), ("public_export", [])):
        page = client.get(reverse(f"proposals:{name}", args=args)).content.decode()
        assert TOO not in page
        assert again.number not in page
    assert [len(each.sections) for each in [papers.letter(reply, make.actor())]] == [2]


def test_of_several_units_the_first_answers_what_is_merged():
    def apart(row):
        row.asks.all().delete()
        review._write_asks(row, ["修护栏。", "清淤。"])
        first, second = row.asks.all()
        return [
            Share(make.unit(), UnitRole.LEAD, [first.pk]),
            Share(make.unit(OTHERS), UnitRole.SEPARATE, [second.pk]),
        ]

    into, _ = together(shares=apart)
    first, second = into.parts
    assert [each.text for each in asks_of(first)] == ["修护栏。", TOO]
    assert [each.text for each in asks_of(second)] == ["清淤。"]


def test_units_that_answer_all_answer_what_is_merged_each():
    units_of = [make.unit(), make.unit(OTHERS)]
    into, _ = together(shares=lambda row: [Share(each, UnitRole.SEPARATE) for each in units_of])
    assert [len(asks_of(each)) for each in into.parts] == [2, 2]


def being_signed():
    into, again = together()
    walk.gated(into.lead_assignment)
    part = fresh(into).lead_assignment
    draft = walk.drafted(part)
    ask = again.asks.get()
    exhibits.add_exhibits(
        draft, pictures={ask.pk: [("灯.jpg", photo("teal"))]}, by=walk.unit_clerk()
    )
    return replies.submit_for_signing(part, by=walk.unit_clerk(), today=walk.REPLIED_ON), again


@pytest.mark.parametrize("verb", ["unmerge", "withdraw"])
def test_what_was_written_of_it_goes_with_the_one_that_parts(
    verb, django_capture_on_commit_callbacks
):
    draft, again = being_signed()
    shown = DraftExhibit.objects.get()
    storage, name = shown.file.storage, shown.file.name
    with django_capture_on_commit_callbacks(execute=True):
        if verb == "unmerge":
            review.unmerge(again, by=make.actor())
        else:
            by = make.as_deputy(again.lead)
            submission.withdraw(again, reason="已经装了", by=by, today=walk.REPLIED_ON)
    left = ReplyDraft.objects.get()
    assert DraftAnswer.objects.get().ask == draft.assignment.proposal.asks.get()
    assert (left.state, left.edition) == (DraftState.WRITTEN, draft.edition + 1)
    assert f"{again.number} 不再并案" in left.return_words
    assert (DraftExhibit.objects.exists(), storage.exists(name)) == (False, False)
    notice = Notice.objects.get(key__startswith="proposal.draft_cleared")
    assert notice.person == draft.saved_by
    assert walk.answered(fresh(draft.assignment.proposal).lead_assignment).answers.count() == 1


def test_nothing_written_of_it_leaves_the_draft_as_it_is():
    into, again = together()
    draft = walk.drafted(into.lead_assignment, answers={})
    review.unmerge(again, by=make.actor())
    draft.refresh_from_db()
    assert draft.edition == 1
    assert not Notice.objects.filter(key__startswith="proposal.draft_cleared").exists()


def test_what_a_unit_that_gave_its_part_back_wrote_of_it_goes_too_and_asks_can_be_split():
    into, again = together()
    part = into.lead_assignment
    draft = walk.drafted(part)
    walk.shown(draft, ask=again.asks.get())
    other, by = make.unit(OTHERS), walk.unit_clerk(part.unit)
    on_day = {"today": walk.ASSIGNED_ON}
    objection = objections.object_to(part, better_unit=other, reason="归水利。", by=by, **on_day)
    objections.uphold_objection(
        objection, unit=other, words="改交水利局。", by=make.actor(), **on_day
    )
    review.unmerge(again, by=make.actor())
    assert not Notice.objects.filter(key__startswith="proposal.draft_cleared").exists()
    row = review.split(fresh(again), asks=["装路灯。", "接上电。"], by=make.actor())
    assert [each.text for each in row.asks.all()] == ["装路灯。", "接上电。"]


def one_has_answered():
    apart = [make.unit(), make.unit(OTHERS)]
    into, again = together(shares=lambda row: [Share(each, UnitRole.SEPARATE) for each in apart])
    walk.gated(into.lead_assignment)
    walk.answered(fresh(into).lead_assignment)
    return again


def test_after_a_signed_reply_nothing_parts_and_the_office_reads_what_to_do_instead():
    again = one_has_answered()
    assert again.state == State.MERGED
    with pytest.raises(
        Refused, match="县交通运输局已经一并答复，不能再分开；要补充的请单位再作一版"
    ):
        review.unmerge(again, by=make.actor())
    by = make.as_deputy(again.lead)
    with pytest.raises(Refused, match="已经一并答复，不能再撤回"):
        submission.withdraw(again, reason="不要了", by=by, today=walk.REPLIED_ON)
    page = read(reverse("proposals:dossier", args=[again.pk]), make.actor())
    assert "已经一并答复，不能再分开" in page


@pytest.mark.django_db(transaction=True)
def test_whoever_parts_waits_for_whoever_signs():
    draft, again = being_signed()
    sign = {"by": walk.unit_head(), "today": walk.REPLIED_ON}

    def part():
        return at_once(1, review.unmerge, again, by=make.actor())

    assert meanwhile(lambda: replies.sign(draft, **sign), part) == ["refused"]
    assert fresh(again).state == State.ANSWERED
