"""How the story's year ends: a foster speaks for a lead who has left, and what is open goes on."""

from datetime import date

from proposals.actions import carrying, fostering
from proposals.states import State
from tests import make
from tests.proposals import walk
from tests.proposals.verbs_rolling import TODAY, WHY, YEAR

LEFT_ON = date(2026, 4, 30)


def rolled(told):
    """滚动办: a foster comes and goes and another comes, then the year is carried over."""
    row = walk.proposal(State.ASSIGNED)
    told.rows["orphan"] = row.pk
    make.leaves(row.lead, LEFT_ON)
    on = {"by": told.office, "today": TODAY}
    first, second = make.deputy("程接力"), make.deputy("方接力")
    make.as_deputy(first), make.as_deputy(second)
    one = told.does(fostering.appoint_foster, told.row("orphan"), deputy=first, reason=WHY, **on)
    told.does(fostering.end_foster, one, words="本人提出不再接续", **on)
    chosen = {row.pk: (second, WHY)}
    by = {"by": make.director(), "today": TODAY}
    assembly = row.session.term.assembly
    rows = told.does(carrying.carry_over, assembly, year=YEAR, fosters=chosen, **by)
    back = next(each for each in rows if each.proposal_id == row.pk)
    told.does(carrying.take_back_carried, back, reason="查明已经办结，误列", **by)
