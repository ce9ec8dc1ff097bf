"""并案到单位已经看到的一件: who has to answer more, or less again, is told so."""

import pytest

from congress.shared.models import AuditEvent, Notice
from proposals.actions import review, sheets, submission
from proposals.models import Proposal
from proposals.sharing import Share
from proposals.states import Part, State, UnitRole
from tests import make
from tests.proposals import walk
from tests.proposals.sheets import DRAWN_ON

pytestmark = pytest.mark.django_db
HELPER = "县财政局"


def rehearsed():
    """On a sheet that its units have before them; and another, accepted."""
    into, other = walk.accepted(2)
    shares = [Share(make.unit(), UnitRole.LEAD), Share(make.unit(HELPER), UnitRole.ASSISTING)]
    clerk, helper = walk.unit_clerk(), walk.unit_clerk(make.unit(HELPER))
    what = {"session": into.session, "name": "第一批", "lines": [(into, shares)]}
    sheet = sheets.draw_up_sheet(by=make.actor(), today=DRAWN_ON, **what)
    sheets.rehearse(sheet, by=make.actor(), today=DRAWN_ON)
    return Proposal.objects.get(pk=into.pk), other, clerk, helper


def told(person, step):
    rows = Notice.objects.filter(person=person.user, key__startswith=f"proposal.{step}.")
    return list(rows.values_list("text", flat=True))


def test_merge_tells_the_answering_units_that_there_is_more_to_answer():
    into, other, clerk, helper = rehearsed()
    review.merge(other, into=into, by=make.actor())
    (said,) = told(clerk, "took_in")
    assert said == (
        f"{into.number}“{into.title}”：{other.number}“{other.title}”并入本件，"
        f"请一并逐条答复，多了 1 条。"
    )
    (said,) = told(helper, "took_in")
    assert said.endswith(f"{other.number}“{other.title}”并入本件，由主办、分办单位一并答复。")


def test_merge_into_what_no_unit_has_seen_tells_none():
    into, other = walk.accepted(2)
    walk.unit_clerk()
    review.merge(other, into=into, by=make.actor())
    assert not Notice.objects.filter(key__startswith="proposal.took_in.").exists()


def test_unmerge_tells_them_and_leaves_a_line_each_time():
    into, other, clerk, helper = rehearsed()
    for _ in range(2):
        other = review.merge(Proposal.objects.get(pk=other.pk), into=into, by=make.actor())
        other = review.unmerge(other, by=make.actor())
    assert len(told(clerk, "took_in")) == 2
    said = told(clerk, "let_go")
    assert len(said) == 2
    assert said[0].endswith(f"{other.number}“{other.title}”不再并案，不用再答复它的请求。")
    assert AuditEvent.objects.filter(subject_id=into.pk, now="let_go").count() == 2
    assert len(told(helper, "took_in")) == 2
    said = told(helper, "let_go")
    assert [each.endswith("不再并入本件。") for each in said] == [True, True]


def test_a_helper_in_hand_reads_of_it_at_its_case_and_one_that_is_gone_does_not():
    into, other, _, helper = rehearsed()
    part = into.assignments.get(unit__name=HELPER)
    type(part).objects.filter(pk=part.pk).update(state=Part.REMOVED)
    review.merge(other, into=into, by=make.actor())
    assert told(helper, "took_in") == []


def test_withdraw_of_what_was_merged_tells_them_too():
    into, other, clerk, _ = rehearsed()
    other = review.merge(other, into=into, by=make.actor())
    by = make.as_deputy(other.lead)
    submission.withdraw(other, reason="已经修好。", by=by, today=DRAWN_ON)
    assert len(told(clerk, "let_go")) == 1
    into.refresh_from_db()
    assert into.state == State.REHEARSED
