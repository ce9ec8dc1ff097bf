"""办理经过 in words: what a line says, and says once."""

from datetime import date

import pytest
from django.db import connection

from congress.shared.models import Notice
from proposals.actions import assignment, objections, review, submission
from proposals.models import Proposal
from proposals.queries.progress import situation
from proposals.queries.public_now import public_situation
from proposals.queries.timeline import timeline
from proposals.sharing import Share
from proposals.states import State, UnitRole
from tests import make, tamper
from tests.proposals import sheets as facts
from tests.proposals import walk

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 10)


def lines(row, actor):
    found = timeline(Proposal.objects.get(pk=row.pk), actor, TODAY)
    return [(line.title, line.words) for line in found]


def titled(row, actor, title):
    return [words for name, words in lines(row, actor) if name == title]


@pytest.mark.parametrize(
    ("unit", "role", "does"),
    [("县交通运输局", "主办", "前答复"), ("县财政局", "协办", "前送意见")],
)
def test_a_unit_reads_once_that_it_was_given_its_part(unit, role, does):
    row = walk.proposal(State.ASSIGNED, assisting=[make.unit("县财政局")])
    (words,) = titled(row, walk.unit_clerk(make.unit(unit)), "交办")
    assert words.startswith(f"交{unit}{role}")
    assert words.endswith(does)
    (words,) = titled(row, make.actor(), "交办")
    assert "县财政局" in words


def test_proposals_handled_together_name_each_other_but_for_one_that_is_not_public():
    row, into = walk.merged()
    assert titled(row, make.as_deputy(row.lead), "并案办理") == [
        f"与 {into.number}“{into.title}”一并办理，答复同样送领衔代表"
    ]
    assert titled(into, make.actor(), "并入另一件") == [
        f"{row.number}“{row.title}”并入本件，一并办理"
    ]
    Proposal.objects.filter(pk=into.pk).update(withheld_reason="涉及个人隐私")
    assert titled(row, None, "并案办理") == ["与另一件建议一并办理，答复同样送领衔代表"]


def test_the_line_of_a_merge_names_the_one_of_that_day_whatever_came_after():
    first, into = walk.merged()
    second = walk.proposal(State.ACCEPTED, lead=make.deputy("后并的"))
    review.merge(second, into=into, by=make.actor())
    said = [f"{each.number}“{each.title}”并入本件，一并办理" for each in (second, first)]
    assert titled(into, make.actor(), "并入另一件") == said
    review.unmerge(Proposal.objects.get(pk=first.pk), by=make.actor())
    assert titled(into, make.actor(), "并入另一件") == said
    (line,) = titled(first, make.actor(), "并案办理")
    assert line.startswith(f"与 {into.number}“{into.title}”一并办理")


def test_one_that_is_not_public_is_named_in_no_line_after_it_was_parted_from_the_other():
    first, into = walk.merged()
    review.unmerge(Proposal.objects.get(pk=first.pk), by=make.actor())
    shares = [Share(make.unit(), UnitRole.LEAD)]
    for each in (first, into):
        Proposal.objects.filter(pk=each.pk).update(withheld_reason="涉及个人隐私")
    assignment.assign(
        Proposal.objects.get(pk=into.pk), shares=shares, by=make.actor(), today=walk.ASSIGNED_ON
    )
    for reader in (walk.unit_clerk(), make.as_deputy(into.lead)):
        (line,) = titled(into, reader, "并入另一件")
        assert first.number not in line
        assert first.title not in line
    assert first.number in titled(into, make.actor(), "并入另一件")[0]
    Proposal.objects.filter(pk=first.pk).update(withheld_reason="")
    assert titled(first, None, "并案办理") == ["与另一件建议一并办理，答复同样送领衔代表"]
    Proposal.objects.filter(pk=into.pk).update(withheld_reason="")
    assert into.number in titled(first, None, "并案办理")[0]


def test_the_line_of_the_handing_over_gives_the_day_that_was_given_then():
    row = walk.proposal(State.ASSIGNED)
    (before,) = titled(row, walk.unit_clerk(), "交办")
    assert "6 月 8 日前答复" in before
    row.assignments.update(due_on=date(2026, 9, 7))
    assert titled(row, walk.unit_clerk(), "交办") == [before]


def test_why_a_proposal_was_last_returned_stays_in_its_line_when_it_is_mended():
    row = walk.proposal(State.RETURNED)
    lead = make.as_deputy(row.lead)
    (line,) = titled(row, lead, "退回修改")
    assert line.endswith("修改后再提：请写清是哪一座桥。")
    submission.resubmit(row, by=lead, today=walk.SUBMITTED_ON, **walk.words("关于修桥的建议"))
    assert titled(row, lead, "退回修改") == [line]
    review.send_back(Proposal.objects.get(pk=row.pk), reason="还要写明长度。", by=make.actor())
    newest, first = titled(row, lead, "退回修改")
    assert newest.endswith("：还要写明长度。")
    assert first.endswith("修改后再提")


def test_the_units_learn_why_a_proposal_was_withdrawn_and_others_do_not():
    row = walk.proposal(State.ASSIGNED, assisting=[make.unit("县财政局")])
    units = [walk.unit_clerk(), walk.unit_clerk(make.unit("县财政局"))]
    foreign = walk.unit_clerk(make.unit("县教育局"))
    withdrawn(row)
    for clerk in units:
        notice = Notice.objects.get(person=clerk.user, key=f"proposal.withdrawn:{row.pk}")
        assert notice.text.endswith("由领衔代表撤回：路已经修好了。")
        assert len(titled(row, clerk, "撤回")) == 1
    assert not Notice.objects.filter(person=foreign.user).exists()
    assert lines(row, foreign) == []


def test_a_unit_that_has_not_seen_the_draft_of_a_sheet_learns_nothing_of_a_withdrawal():
    part = facts.sheet(count=1).lines.get()
    clerk = walk.unit_clerk(part.unit)
    withdrawn(part.proposal)
    assert not Notice.objects.filter(person=clerk.user).exists()
    assert lines(part.proposal, clerk) == []


def withdrawn(row):
    row = Proposal.objects.get(pk=row.pk)
    by = make.as_deputy(row.lead)
    submission.withdraw(row, reason="路已经修好了。", by=by, today=TODAY)


def fresh(row):
    return Proposal.objects.with_progress().get(pk=row.pk)


def test_where_it_stands_names_every_unit_that_still_owes_an_answer():
    names = ("县交通运输局", "县水利和湖泊局", "县教育局")
    row = walk.proposal(State.ACCEPTED)
    shares = [Share(make.unit(name), UnitRole.SEPARATE) for name in names]
    assignment.assign(row, shares=shares, by=make.actor(), today=walk.ASSIGNED_ON)
    row = fresh(row)
    assert situation(row) == f"{'、'.join(names)}正在办理，下一步是办前见面。"
    public = public_situation(row, TODAY)
    assert public.startswith(f"{'、'.join(names)}正在办理，接着和代表办前见面，")
    walk.gated(row.parts[1])
    assert situation(fresh(row)) == (
        "县交通运输局、县教育局正在办理，下一步是办前见面；三次见面都已登记，等县水利和湖泊局答复。"
    )


def test_the_line_of_the_handing_over_names_the_units_of_that_day_whatever_came_after():
    into = walk.proposal(State.ACCEPTED)
    row = walk.proposal(State.ACCEPTED, lead=make.deputy("后并的"))
    review.merge(row, into=into, by=make.actor())
    into.refresh_from_db()
    assignment.assign(into, shares=walk.shares(), by=make.actor(), today=walk.ASSIGNED_ON)
    (line,) = titled(into, make.actor(), "交办")
    assert line == f"交{make.unit().name}主办"
    later = date(2026, 3, 13)
    objection = facts.objected(Proposal.objects.get(pk=into.pk).lead_assignment, today=later)
    objections.uphold_objection(
        objection, unit=objection.better_unit, words="归水利。", by=make.actor(), today=later
    )
    for reader in (make.actor(), make.as_deputy(into.lead), None):
        assert titled(into, reader, "交办") == [line]
    assert titled(row, make.as_deputy(row.lead), "交办") == [f"并案办理，{line}"]
    (day,) = [
        each.on
        for each in timeline(Proposal.objects.get(pk=into.pk), None, later)
        if each.title == "交办"
    ]
    assert day == walk.ASSIGNED_ON


def test_a_handing_over_whose_row_names_no_units_is_told_from_the_records():
    row = walk.proposal(State.ASSIGNED)
    with tamper.as_owner(), connection.cursor() as cursor:
        cursor.execute("UPDATE shared_auditevent SET note = '' WHERE now = 'assigned'")
    assert titled(row, make.actor(), "交办") == [f"交{make.unit().name}主办"]


def test_a_text_changed_before_anybody_signed_asks_nobody_to_read_it_anew():
    row = walk.signing()
    lead = make.as_deputy(row.lead)
    submission.reword(row, **walk.words("换一个题目"), by=lead, today=walk.SUBMITTED_ON)
    (words,) = titled(row, lead, "修改正文")
    assert words.endswith("改过正文")
    walk.signed(Proposal.objects.get(pk=row.pk))
    assert titled(row, lead, "修改正文") == [words]
    submission.reword(row, **walk.words("再换一个题目"), by=lead, today=walk.SUBMITTED_ON)
    told = [each for each in titled(row, lead, "修改正文") if "附议过的代表要重新看" in each]
    assert len(told) == 1
