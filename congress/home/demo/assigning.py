"""Chapter four of the loop: a sheet that units look at, one objection, a pause, an extension."""

from datetime import date, timedelta

from congress.home.demo import deliveries
from congress.home.demo.cast import Cast, moment, unit_named
from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.models import Session
from proposals.actions import clocks, objections, review, sheets, submission, volumes
from proposals.models import Assignment, Proposal
from proposals.permissions.clocks import most_months
from proposals.sharing import Share
from proposals.states import Kind, State, UnitRole

WANTED = (
    (
        "关于老旧小区加装充电车棚的建议",
        "小区没有集中充电的地方，飞线充电有火灾隐患。",
        ("县住房和城乡建设局", "县财政局"),
    ),
    (
        "关于补齐村级卫生室常用药品的建议",
        "三个村卫生室常缺降压药，老人要到镇上买。",
        ("县卫生健康局", "县财政局"),
    ),
    (
        "关于疏通柳林沟排水渠的建议",
        "柳林沟淤积 400 米，汛期漫到公路上。",
        ("县水利和湖泊局", "县农业农村局"),
    ),
    (
        "关于增加早晚客运班次的建议",
        "学生和赶集的群众早晚坐不上车。",
        ("县交通运输局", "县教育局"),
    ),
)
BETTER = "县自然资源和规划局"
"""Whose the first is, as the unit that leads it says."""
TOO_EARLY = "关于老旧小区加装充电车棚的建议要和城建规划一起安排，先收回，重新拟单。"
TRIED, TAKEN_BACK = 8, 6
RAISED, TAKEN_IN, DRAWN, HEARD, OBJECTED = (13, 9, 5, 3, 2)
"""Days before today; a weekend in between changes nothing of the story."""


def tell(cast: Cast) -> None:
    """Four proposals on a sheet whose window is open, and two clocks that need the office."""
    found = [_accepted(cast, number, *words) for number, (*words, _) in enumerate(WANTED)]
    _try_too_early(cast, found[:2])
    lines = [
        (
            row,
            [
                Share(unit_named(lead), UnitRole.LEAD),
                Share(unit_named(helper), UnitRole.ASSISTING),
            ],
        )
        for row, (*_, (lead, helper)) in zip(found, WANTED, strict=True)
    ]
    with clock.at(moment(day := _days_ago(cast, DRAWN), 9)):
        sheet = sheets.draw_up_sheet(
            session=found[0].session,
            name="十一月闭会期间建议交办单",
            lines=lines,
            by=cast.registrar,
            today=day,
        )
    with clock.at(moment(day := _days_ago(cast, HEARD), 9)):
        sheets.rehearse(sheet, by=cast.registrar, today=day)
    deliveries.rehearsal_seen(cast, sheet, day)
    _object(cast, sheet.lines.standing().filter(role=UnitRole.LEAD).first())
    _clocks(cast)
    deliveries.being_written(cast)
    with clock.at(moment(cast.today, 8)):
        session = Session.objects.filter(proposal__state=State.PUBLISHED).order_by("opens_on")[0]
        volumes.ask_volume(session, by=cast.registrar)


def _days_ago(cast: Cast, days: int) -> date:
    return cast.today - timedelta(days=days)


def _accepted(cast: Cast, number: int, title: str, facts: str) -> Proposal:
    lead = cast.deputies[(number * 41 + 7) % len(cast.deputies)]
    with clock.at(moment(day := _days_ago(cast, RAISED), 10)):
        row = submission.submit(
            lead=lead,
            kind=Kind.INTERSESSION,
            session=_session(cast, day),
            title=title,
            facts=facts,
            request=f"请有关单位到现场看一看，今年内解决：{facts}",
            by=cast.actors[lead.pk],
            today=day,
        )
    with clock.at(moment(day := _days_ago(cast, TAKEN_IN), 11)):
        return review.accept(row, by=cast.registrar, today=day)


def _try_too_early(cast: Cast, rows: list[Proposal]) -> None:
    """A sheet that units had seen is taken back, and they read why."""
    unit = unit_named(deliveries.WRITER)
    with clock.at(moment(day := _days_ago(cast, TRIED), 9)):
        sheet = sheets.draw_up_sheet(
            session=rows[0].session,
            name="十一月交办单（第一稿）",
            lines=[(row, [Share(unit, UnitRole.LEAD)]) for row in rows],
            by=cast.registrar,
            today=day,
        )
        sheets.rehearse(sheet, by=cast.registrar, today=day)
    with clock.at(moment(day := _days_ago(cast, TAKEN_BACK), 9)):
        sheets.drop_sheet(sheet, reason=TOO_EARLY, by=cast.registrar, today=day)


def _session(cast: Cast, day: date) -> Session:
    """The county's newest session that has opened."""
    rows = Session.objects.filter(term__assembly=cast.county, opens_on__lte=day)
    return rows.order_by("-opens_on")[0]


def _object(cast: Cast, part: Assignment | None) -> None:
    if part is None:
        return
    with clock.at(moment(day := _days_ago(cast, OBJECTED), 10)):
        objections.object_to(
            part,
            better_unit=unit_named(BETTER),
            reason="按“三定”方案这项工作归该局牵头，本局可以协办。",
            by=cast.units[part.unit.name],
            today=day,
        )


def _clocks(cast: Cast) -> None:
    """The first running part stands still by agreement, the last asks for a month."""
    rows = Assignment.objects.ticking().answering().filter(due_on__gt=cast.today)
    parts = list(rows.with_clock().order_by("assigned_on", "pk"))
    if len(parts) < 2:
        return
    by: Actor = cast.units[parts[-1].unit.name]
    with clock.at(moment(cast.today, 9)):
        clocks.pause(
            parts[0],
            from_on=max(parts[0].assigned_on or cast.today, _days_ago(cast, DRAWN)),
            reason="等市里批复规划。",
            agreed_with="领衔代表",
            by=cast.registrar,
            today=cast.today,
        )
        if most_months(parts[-1]) > 0:
            clocks.ask_extension(
                parts[-1], months=1, reason="设计方案要重新评审。", by=by, today=cast.today
            )
