"""改交 of what is in hand: whoever raised, signed or helps with it learns who does it now."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from congress.shared.models import AuditEvent, Notice
from proposals.actions import objections, review, sheets
from proposals.models import Proposal
from proposals.queries.timeline import timeline
from proposals.sharing import Share
from proposals.states import State, UnitRole
from tests import make
from tests.proposals import sheets as facts
from tests.proposals import walk
from tests.scoring.facts import on

pytestmark = pytest.mark.django_db
ROADS, SCHOOLS, MONEY, LAWS = "县交通运输局", "县教育局", "县财政局", "县司法局"
MOVED_ON = date(2026, 3, 10)
SAID = "改由县教育局主办，2026 年 6 月 10 日前答复。"
WORDS = "改由县教育局主办，6 月 10 日前答复"


@pytest.fixture(autouse=True)
def _today():
    with on(make.TODAY):
        yield


def of(user):
    rows = Notice.objects.filter(person=user, key__startswith="proposal.reassigned")
    return list(rows.values_list("text", flat=True))


def handed(*assisting):
    """Signed by one deputy, led together with another's, in hand with those who help."""
    row, other = walk.submitted(title="关于修桥的建议"), walk.submitted(title="关于修路的建议")
    signer = walk.signed(row).deputy
    for each in (row, other):
        review.accept(each, by=make.actor(), today=walk.ACCEPTED_ON)
    other = review.merge(other, into=Proposal.objects.get(pk=row.pk), by=make.actor())
    shares = [Share(make.unit(ROADS), UnitRole.LEAD)]
    shares += [Share(make.unit(unit), UnitRole.ASSISTING) for unit in assisting]
    row = Proposal.objects.get(pk=row.pk)
    walk.assignment.assign(row, shares=shares, by=make.actor(), today=walk.ASSIGNED_ON)
    return Proposal.objects.get(pk=row.pk), other, signer


def upheld(part, to=SCHOOLS):
    found = facts.objected(part, today=walk.ASSIGNED_ON, to=to)
    how = {"unit": make.unit(to), "words": "归教育。", "by": make.actor(), "today": MOVED_ON}
    return objections.uphold_objection(found, **how)


def test_lead_signer_merged_and_helpers_are_told_who_answers_now_and_by_when():
    row, other, signer = handed(MONEY)
    helper, lost = walk.unit_clerk(make.unit(MONEY)), walk.unit_clerk(make.unit(ROADS))
    takes = walk.unit_clerk(make.unit(SCHOOLS))
    upheld(row.lead_assignment)
    assert of(row.lead.user) == [f"您领衔的“关于修桥的建议”（{row.number}）{SAID}"]
    assert of(signer.user) == [f"您附议的“关于修桥的建议”（{row.number}）{SAID}"]
    along = f"您领衔的“关于修路的建议”（{other.number}）并案办理，{SAID}"
    assert of(other.lead.user) == [along]
    assert of(helper.user) == [f"{row.number}“关于修桥的建议”：{SAID}"]
    assert (of(lost.user), of(takes.user)) == ([], [])
    case = reverse("proposals:case", args=[row.pk])
    assert Notice.objects.get(person=helper.user, text__endswith=SAID).link == case


def test_the_course_says_it_to_deputies_public_and_helpers_and_names_no_objection(client):
    row, other, signer = handed(MONEY)
    helper = walk.unit_clerk(make.unit(MONEY))
    upheld(row.lead_assignment)
    row = Proposal.objects.get(pk=row.pk)
    for reader in (make.as_deputy(row.lead), make.as_deputy(signer), helper, None):
        told = [line for line in timeline(row, reader, make.TODAY) if line.title == "改交"]
        assert [line.words for line in told] == [WORDS]
    told = timeline(other, make.as_deputy(other.lead), make.TODAY)
    assert f"并案办理，{WORDS}" in [line.words for line in told]
    page = client.get(reverse("proposals:public_detail", args=[row.number])).content.decode()
    assert WORDS in page
    assert "异议" not in page
    feed = client.get(reverse("proposals:proposal_feed", args=[row.number])).content.decode()
    assert WORDS in feed


def test_what_moves_twice_is_told_twice_and_the_first_line_stays_as_it_was():
    row, _, _ = handed()
    new = upheld(row.lead_assignment)
    found = facts.objected(new, today=MOVED_ON, to=LAWS)
    later = MOVED_ON + timedelta(days=1)
    how = {"unit": make.unit(LAWS), "words": "归司法。", "by": make.actor(), "today": later}
    objections.uphold_objection(found, **how)
    lead = make.as_deputy(row.lead)
    told = [each.words for each in timeline(row, lead, make.TODAY) if each.title == "改交"]
    assert sorted(told) == ["改由县司法局主办，6 月 11 日前答复", WORDS]
    assert len(of(row.lead.user)) == 2


def test_who_helped_and_now_leads_helps_no_more_and_a_helper_is_changed_as_well():
    row, _, _ = handed(SCHOOLS, MONEY)
    upheld(row.lead_assignment)
    helper = next(each for each in Proposal.objects.get(pk=row.pk).parts if not each.answers)
    upheld(helper, to=LAWS)
    lead = make.as_deputy(row.lead)
    told = {each.words for each in timeline(row, lead, make.TODAY) if each.title == "改交"}
    assert "改由县教育局主办，不再协办，6 月 10 日前答复" in told
    assert any(
        words.startswith("改由县司法局协办，") and words.endswith("前送意见") for words in told
    )


def test_of_what_is_only_on_a_sheet_nobody_outside_is_told():
    part = facts.planned()
    found = facts.objected(part, to=SCHOOLS)
    how = {"unit": make.unit(SCHOOLS), "words": "归教育。", "by": make.actor()}
    objections.uphold_objection(found, today=facts.REHEARSED_ON, **how)
    assert not AuditEvent.objects.filter(now="reassigned").exists()
    assert of(part.proposal.lead.user) == []
    sheets.settle(part.sheet, by=make.actor(), today=facts.SETTLED_ON)
    assert Proposal.objects.get(pk=part.proposal_id).state == State.ASSIGNED
    assert of(part.proposal.lead.user) == []
