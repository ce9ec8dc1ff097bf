"""交: the verbs of who hands over, objects, receives, and of the clock."""

from collections.abc import Mapping

from congress.shared.models import User, Workday
from proposals.actions import (
    assignment,
    clocks,
    deliveries,
    objections,
    receiving,
    sheets,
    volumes,
)
from proposals.queries.due_changes import due_changes, seal_of
from tests import make
from tests.proposals import cast, stages, stages_of_parts, stages_of_replies, walk
from tests.proposals import sheets as facts
from tests.proposals.verbs import Again, Verb

LATER = walk.REPLIED_ON
IN_HAND = ("handed", "received", "paused", "met", "written")


def draws_up(row, by):
    lines = [(row, walk.shares())]
    return sheets.draw_up_sheet(
        session=row.session, name="五次会议交办单", lines=lines, by=by, today=facts.DRAWN_ON
    )


def holiday_found_late():
    """The last day is no working day any more, and nobody has set the clocks anew."""
    part = facts.handed()
    Workday.objects.update_or_create(
        on=walk.DUE_ON, defaults={"works": False, "reason": "县庆放假"}
    )
    return part


CALENDAR = {"a holiday came late": holiday_found_late, "nothing differs": facts.handed}


def colleague(part, by):
    """Somebody else of the unit."""
    people = User.objects.filter(posts__organisation=part.unit)
    return people.exclude(pk=by.user.pk).order_by("pk").first()


ASSIGNED: Mapping[str, Verb] = {
    "assignment.assign": Verb(
        lambda row, by: assignment.assign(row, shares=walk.shares(), by=by, today=walk.ASSIGNED_ON),
        cast.OFFICE,
        ("只有代工委可以交办建议。",),
        stages.PROPOSALS,
        ("accepted",),
    ),
    "sheets.draw_up_sheet": Verb(
        draws_up, cast.OFFICE, ("只有代工委可以拟交办单。",), stages.PROPOSALS, ("accepted",)
    ),
    "sheets.change_share": Verb(
        lambda row, by: sheets.change_share(
            row,
            proposal=row.lines.first().proposal,
            shares=walk.shares(make.unit(cast.STRANGER)),
            by=by,
            today=facts.DRAWN_ON,
        ),
        cast.OFFICE,
        ("只有代工委可以改分工。",),
        stages_of_parts.SHEETS,
        ("drafted",),
        Again.SAME,
    ),
    "sheets.rehearse": Verb(
        lambda row, by: sheets.rehearse(row, by=by, today=facts.REHEARSED_ON),
        cast.OFFICE,
        ("只有代工委可以请单位看交办单。",),
        stages_of_parts.SHEETS,
        ("drafted",),
    ),
    "sheets.settle": Verb(
        lambda row, by: sheets.settle(row, by=by, today=facts.SETTLED_ON),
        cast.OFFICE,
        ("只有代工委可以定稿交办。",),
        stages_of_parts.SHEETS,
        ("rehearsed",),
    ),
    "sheets.drop_sheet": Verb(
        lambda row, by: sheets.drop_sheet(row, reason="另拟。", by=by, today=facts.REHEARSED_ON),
        cast.OFFICE,
        ("只有代工委可以收回交办单。",),
        stages_of_parts.SHEETS,
        ("drafted", "rehearsed", "contested"),
    ),
    "objections.object_to": Verb(
        lambda row, by: objections.object_to(
            row,
            better_unit=make.unit(facts.OTHER),
            reason="按“三定”方案归水利。",
            by=by,
            today=facts.REHEARSED_ON,
        ),
        cast.UNIT,
        ("异议由承办单位自己提。",),
        stages_of_parts.PARTS,
        ("planned", *IN_HAND),
    ),
    "objections.uphold_objection": Verb(
        lambda row, by: objections.uphold_objection(
            row, unit=row.better_unit, words="归水利。", by=by, today=facts.REHEARSED_ON
        ),
        cast.OFFICE,
        ("异议由代工委答复。",),
        stages_of_parts.OBJECTIONS,
        ("open",),
    ),
    "objections.dismiss_objection": Verb(
        lambda row, by: objections.dismiss_objection(
            row, words="归贵局。", by=by, today=facts.REHEARSED_ON
        ),
        cast.OFFICE,
        ("异议由代工委答复。",),
        stages_of_parts.OBJECTIONS,
        ("open",),
    ),
    "deliveries.remind": Verb(
        lambda row, by: deliveries.remind([row], by=by, today=LATER),
        cast.OFFICE,
        ("只有代工委可以催单位打开。",),
        stages_of_parts.PARTS,
        ("planned", "handed", "paused", "met", "written"),
    ),
    "volumes.ask_volume": Verb(
        lambda row, by: volumes.ask_volume(row, by=by),
        cast.OFFICE,
        ("只有代工委可以生成案卷。",),
        stages_of_replies.BOUND,
        ("never", "made", "failed"),
    ),
    "receiving.receive": Verb(
        lambda row, by: receiving.receive(row, by=by),
        cast.UNIT,
        ("只有承办单位自己可以签收。",),
        stages_of_parts.PARTS,
        ("handed", "paused", "met", "written"),
    ),
    "receiving.hand_on": Verb(
        lambda row, by: receiving.hand_on(row, to=colleague(row, by), by=by, today=LATER),
        cast.UNIT,
        ("只有承办单位自己可以转给同事。",),
        stages_of_parts.PARTS,
        IN_HAND,
    ),
    "clocks.pause": Verb(
        lambda row, by: clocks.pause(
            row,
            from_on=walk.ASSIGNED_ON,
            reason="等批复。",
            agreed_with="领衔代表",
            by=by,
            today=LATER,
        ),
        cast.OFFICE,
        ("只有代工委可以登记暂停。",),
        stages_of_parts.PARTS,
        ("handed", "received", "met", "written"),
    ),
    "clocks.resume": Verb(
        lambda row, by: clocks.resume(row, until_on=LATER, by=by, today=LATER),
        cast.OFFICE,
        ("只有代工委可以恢复计时。",),
        stages_of_parts.PARTS,
        ("paused",),
    ),
    "clocks.ask_extension": Verb(
        lambda row, by: clocks.ask_extension(
            row, months=2, reason="汛期不能施工。", by=by, today=LATER
        ),
        cast.UNIT,
        ("延期由承办单位自己申请。",),
        stages_of_parts.PARTS,
        IN_HAND,
    ),
    "clocks.consent_extension": Verb(
        lambda row, by: clocks.consent_extension(row, by=by),
        cast.LEAD,
        ("同不同意延期，由领衔代表本人答复。",),
        stages_of_parts.EXTENSIONS,
        ("asked",),
    ),
    "clocks.decline_extension": Verb(
        lambda row, by: clocks.decline_extension(row, by=by),
        cast.LEAD,
        ("同不同意延期，由领衔代表本人答复。",),
        stages_of_parts.EXTENSIONS,
        ("asked",),
    ),
    "clocks.grant_extension": Verb(
        lambda row, by: clocks.grant_extension(row, by=by, today=LATER),
        cast.OFFICE,
        ("延期由代工委批复。",),
        stages_of_parts.EXTENSIONS,
        ("consented",),
    ),
    "clocks.refuse_extension": Verb(
        lambda row, by: clocks.refuse_extension(row, words="请按期。", by=by, today=LATER),
        cast.OFFICE,
        ("延期由代工委批复。",),
        stages_of_parts.EXTENSIONS,
        ("asked", "consented", "declined"),
    ),
    "clocks.recompute": Verb(
        lambda _, by: clocks.recompute(seal=seal_of(due_changes(LATER)), by=by, today=LATER),
        cast.OFFICE,
        ("只有代工委可以调整期限。",),
        CALENDAR,
        ("a holiday came late",),
    ),
}
