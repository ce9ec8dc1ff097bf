"""A small county of which every number was counted by hand; the numbers stand in test_figures."""

from datetime import date, timedelta

from proposals.actions import assignment, clocks, recurring, review, submission
from proposals.models import Proposal, RefusalGround
from proposals.recurring import Likeness
from proposals.sharing import Share
from proposals.states import Kind, State, UnitRole
from tests import make
from tests.proposals import walk
from tests.scoring.facts import on

LATE_ON = walk.DUE_ON + timedelta(days=9)
TODAY = date(2026, 6, 20)
FINANCE, WATER = "县财政局", "县水利和湖泊局"
TITLES = {
    "in_time": "关于修复桃园村过水桥的建议",
    "along": "关于加固桃园村过水桥护栏的建议",
    "late": "关于柳河水库除险加固的建议",
    "open_late": "关于增设乡镇敬老院床位的建议",
    "paused": "关于新建村卫生室的建议",
    "two_units": "关于整治河道和修复堤防的建议",
    "waiting": "关于增加公交班次的建议",
    "withheld": "关于某事不宜公开的建议",
    "refused": "关于邻里纠纷的建议",
    "letter": "关于表彰先进的建议",
    "withdrawn": "关于安装路灯的建议",
    "reviewing": "关于建设农村公厕的建议",
    "earlier": "关于上一年桃园村修桥的建议",
    "township": "关于镇内排水沟的建议",
}


def _fresh(row):
    return Proposal.objects.get(pk=row.pk)


def _handed(row, *given):
    shares = [Share(make.unit(name), role) for name, role in given]
    row = Proposal.objects.select_related(*walk.WITH_LEVEL).get(pk=row.pk)
    assignment.assign(row, shares=shares, by=make.actor(), today=walk.ASSIGNED_ON)
    return _fresh(row)


def _answered(part, today=walk.REPLIED_ON, outcome="B"):
    walk.gated(part)
    part = type(part).objects.get(pk=part.pk)
    with on(today):
        return walk.answered(part, today=today, outcome=outcome)


def county():
    """Each of `TITLES` once; the day is `TODAY`."""
    title = TITLES
    rows = {}
    rows["in_time"] = walk.proposal(State.ACCEPTED, title=title["in_time"])
    rows["along"] = walk.proposal(State.ACCEPTED, title=title["along"])
    review.merge(_fresh(rows["along"]), into=_fresh(rows["in_time"]), by=make.actor())
    lead, helper = ("县交通运输局", UnitRole.LEAD), (FINANCE, UnitRole.ASSISTING)
    in_time = _handed(rows["in_time"], lead, helper)
    _answered(in_time.lead_assignment, outcome="A")
    late = _handed(walk.proposal(State.ACCEPTED, title=title["late"]), (WATER, UnitRole.LEAD))
    _answered(late.lead_assignment, LATE_ON)
    rows["open_late"] = walk.proposal(State.ASSIGNED, title=title["open_late"])
    still = walk.proposal(State.ASSIGNED, title=title["paused"]).lead_assignment
    clocks.pause(
        still,
        from_on=walk.ASSIGNED_ON,
        reason="等批复。",
        agreed_with="领衔代表",
        by=make.actor(),
        today=walk.ASSIGNED_ON,
    )
    both = (("县交通运输局", UnitRole.SEPARATE), (WATER, UnitRole.SEPARATE))
    two = _handed(walk.proposal(State.ACCEPTED, title=title["two_units"]), *both)
    _answered(two.lead_assignment)
    walk.proposal(State.ACCEPTED, title=title["waiting"], kind=Kind.INTERSESSION)
    walk.proposal(State.ASSIGNED, title=title["withheld"], withheld="涉及个人隐私")
    _closed(title)
    rows["earlier"] = walk.submitted(title=title["earlier"], today=date(2025, 12, 30))
    review.accept(_fresh(rows["earlier"]), by=make.actor(), today=date(2025, 12, 31))
    recurring.confirm_likeness(
        _fresh(rows["in_time"]),
        other=_fresh(rows["earlier"]),
        kind=Likeness.REPEAT,
        note="同一座桥",
        by=make.actor(),
    )
    walk.of_township(State.ASSIGNED, title=title["township"])
    return rows


def _closed(title):
    """What was never handed over, each in its own way."""
    office = make.actor()
    ground = RefusalGround.objects.order_by("position").first()
    review.refuse(walk.submitted(title=title["refused"]), ground=ground, words="属个案", by=office)
    review.treat_as_letter(walk.submitted(title=title["letter"]), words="转信访办理", by=office)
    gone = walk.proposal(State.ACCEPTED, title=title["withdrawn"])
    by = make.as_deputy(gone.lead)
    submission.withdraw(gone, reason="已经装好。", by=by, today=walk.ASSIGNED_ON)
    walk.submitted(title=title["reviewing"])
