"""不再承办: a unit reads what became of the part that it had, and nothing of what it never had."""

import pytest
from django.urls import reverse

from proposals.actions import assignment, objections, sheets, submission
from proposals.models import Proposal
from proposals.sharing import Share
from proposals.states import SheetState, State, UnitRole
from tests import make
from tests.proposals import sheets as facts
from tests.proposals import walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_12_may")]
WATER = "县水利和湖泊局"


def read(client, by, row):
    client.force_login(by.user)
    return client.get(reverse("proposals:case", args=[row.pk]))


def withdrawn(row, reason="已经自己修好了。"):
    by = make.as_deputy(row.lead)
    return submission.withdraw(
        Proposal.objects.get(pk=row.pk), reason=reason, by=by, today=walk.REPLIED_ON
    )


def test_after_a_withdrawal_every_unit_that_had_a_part_reads_that_it_is_over(client):
    row = walk.proposal(State.ACCEPTED)
    shares = [Share(make.unit(), UnitRole.LEAD), Share(make.unit(WATER), UnitRole.ASSISTING)]
    assignment.assign(row, shares=shares, by=make.actor(), today=walk.ASSIGNED_ON)
    withdrawn(row)
    for unit in (make.unit(), make.unit(WATER)):
        page = read(client, walk.unit_clerk(unit), row)
        assert page.status_code == 200
        said = page.content.decode()
        assert "领衔代表已经撤回这件建议，不用再办。撤回的原因：已经自己修好了。" in said
        assert row.title in said
        assert "护栏断了 4 米" not in said
        assert reverse("proposals:events_export", args=[row.pk]) not in said
    for by in (walk.unit_clerk(make.unit("县财政局")), make.actor(), make.as_deputy(make.deputy())):
        assert read(client, by, row).status_code == 404


def test_a_unit_whose_objection_was_upheld_reads_that_and_nothing_of_what_came_after(client):
    part = facts.handed()
    objection = facts.objected(part, today=walk.ASSIGNED_ON)
    on = {"by": make.actor(), "today": walk.ASSIGNED_ON}
    objections.uphold_objection(objection, unit=objection.better_unit, words="归水利。", **on)
    withdrawn(part.proposal, "另有安排。")
    said = read(client, walk.unit_clerk(), part.proposal).content.decode()
    assert "代工委采纳了本单位的异议，改交别的单位，本单位不用再办。代工委：归水利。" in said
    assert "另有安排" not in said


def test_a_unit_reads_that_the_sheet_it_had_seen_was_taken_back_and_of_no_other(client):
    seen, unseen = facts.sheet(SheetState.REHEARSED, count=1), facts.sheet(count=1)
    for each in (seen, unseen):
        sheets.drop_sheet(each, reason="重新分工。", by=make.actor(), today=facts.REHEARSED_ON)
    said = read(client, walk.unit_clerk(), seen.lines.get().proposal).content.decode()
    assert "代工委收回了交办单，里面预交给本单位的先不办。原因：重新分工。" in said
    assert read(client, walk.unit_clerk(), unseen.lines.get().proposal).status_code == 404
