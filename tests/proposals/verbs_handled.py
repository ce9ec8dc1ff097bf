"""交、办: the verbs of who hands over, handles, answers and rates."""

from collections.abc import Mapping

from congress.shared.models import User, Workday
from proposals.actions import (
    assignment,
    clocks,
    evaluation,
    meetings,
    objections,
    opinions,
    publication,
    receiving,
    replies,
    sheets,
    templates,
)
from proposals.queries.due_changes import due_changes, seal_of
from proposals.states import Satisfaction, Stage
from tests import make
from tests.proposals import cast, stages, walk
from tests.proposals import sheets as facts
from tests.proposals.verbs import Again, Verb

LATER = stages.ASKED_ON
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


def template():
    return templates.save_template(name="结尾", text="感谢您的关心。", by=walk.unit_clerk())


def joint_part(draft):
    return draft.assignment.proposal.assignments.filter(unit=make.unit(cast.JOINT)).first()


HANDLED: Mapping[str, Verb] = {
    "assignment.assign": Verb(
        lambda row, by: assignment.assign(row, shares=walk.shares(), by=by, today=walk.ASSIGNED_ON),
        cast.OFFICE,
        stages.PROPOSALS,
        ("accepted",),
    ),
    "sheets.draw_up_sheet": Verb(draws_up, cast.OFFICE, stages.PROPOSALS, ("accepted",)),
    "sheets.change_share": Verb(
        lambda row, by: sheets.change_share(
            row,
            proposal=row.lines.first().proposal,
            shares=walk.shares(make.unit(cast.STRANGER)),
            by=by,
            today=facts.DRAWN_ON,
        ),
        cast.OFFICE,
        stages.SHEETS,
        ("drafted",),
        Again.MORE,
    ),
    "sheets.rehearse": Verb(
        lambda row, by: sheets.rehearse(row, by=by, today=facts.REHEARSED_ON),
        cast.OFFICE,
        stages.SHEETS,
        ("drafted",),
    ),
    "sheets.settle": Verb(
        lambda row, by: sheets.settle(row, by=by, today=facts.SETTLED_ON),
        cast.OFFICE,
        stages.SHEETS,
        ("rehearsed",),
    ),
    "sheets.drop_sheet": Verb(
        lambda row, by: sheets.drop_sheet(row, by=by, today=facts.REHEARSED_ON),
        cast.OFFICE,
        stages.SHEETS,
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
        stages.PARTS,
        ("planned", *IN_HAND),
    ),
    "objections.uphold_objection": Verb(
        lambda row, by: objections.uphold_objection(
            row, unit=row.better_unit, words="归水利。", by=by, today=facts.REHEARSED_ON
        ),
        cast.OFFICE,
        stages.OBJECTIONS,
        ("open",),
    ),
    "objections.dismiss_objection": Verb(
        lambda row, by: objections.dismiss_objection(
            row, words="归贵局。", by=by, today=facts.REHEARSED_ON
        ),
        cast.OFFICE,
        stages.OBJECTIONS,
        ("open",),
    ),
    "receiving.receive": Verb(
        lambda row, by: receiving.receive(row, by=by),
        cast.UNIT,
        stages.PARTS,
        ("handed", "paused", "met", "written"),
    ),
    "receiving.hand_on": Verb(
        lambda row, by: receiving.hand_on(row, to=colleague(row, by), by=by, today=LATER),
        cast.UNIT,
        stages.PARTS,
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
        stages.PARTS,
        ("handed", "received", "met", "written"),
    ),
    "clocks.resume": Verb(
        lambda row, by: clocks.resume(row, until_on=LATER, by=by, today=LATER),
        cast.OFFICE,
        stages.PARTS,
        ("paused",),
    ),
    "clocks.ask_extension": Verb(
        lambda row, by: clocks.ask_extension(
            row, months=2, reason="汛期不能施工。", by=by, today=LATER
        ),
        cast.UNIT,
        stages.PARTS,
        IN_HAND,
    ),
    "clocks.consent_extension": Verb(
        lambda row, by: clocks.consent_extension(row, by=by),
        cast.LEAD,
        stages.EXTENSIONS,
        ("asked",),
    ),
    "clocks.grant_extension": Verb(
        lambda row, by: clocks.grant_extension(row, by=by, today=LATER),
        cast.OFFICE,
        stages.EXTENSIONS,
        ("consented",),
    ),
    "clocks.refuse_extension": Verb(
        lambda row, by: clocks.refuse_extension(row, words="请按期。", by=by, today=LATER),
        cast.OFFICE,
        stages.EXTENSIONS,
        ("asked", "consented"),
    ),
    "clocks.recompute": Verb(
        lambda _, by: clocks.recompute(seal=seal_of(due_changes()), by=by, today=LATER),
        cast.OFFICE,
        CALENDAR,
        ("a holiday came late",),
    ),
    "meetings.record_meeting": Verb(
        lambda row, by: meetings.record_meeting(
            row,
            stage=Stage.BEFORE,
            met_on=walk.MET_ON[Stage.BEFORE],
            place="村委会",
            people="单位 2 人，代表",
            said="看了桥。",
            by=by,
            today=LATER,
        ),
        cast.UNIT | cast.LEAD,
        stages.PARTS,
        ("handed", "received", "paused"),
    ),
    "meetings.confirm_meeting": Verb(
        lambda row, by: meetings.confirm_meeting(row, by=by),
        cast.LEAD,
        stages.MEETINGS,
        ("told by the unit",),
    ),
    "meetings.confirm_meeting of the deputy": Verb(
        lambda row, by: meetings.confirm_meeting(row, by=by),
        cast.UNIT,
        stages.TOLD_BY_THE_DEPUTY,
        ("told by the deputy",),
    ),
    "meetings.deny_meeting": Verb(
        lambda row, by: meetings.deny_meeting(row, words="没有见面。", by=by, today=LATER),
        cast.LEAD,
        stages.MEETINGS,
        ("told by the unit",),
    ),
    "meetings.deny_meeting of the deputy": Verb(
        lambda row, by: meetings.deny_meeting(row, words="没有见面。", by=by, today=LATER),
        cast.UNIT,
        stages.TOLD_BY_THE_DEPUTY,
        ("told by the deputy",),
    ),
    "meetings.waive_meeting": Verb(
        lambda row, by: meetings.waive_meeting(
            row, stage=Stage.DURING, reason="电话里说清楚了。", by=by, today=LATER
        ),
        cast.LEAD,
        stages.PARTS,
        ("handed", "received", "paused"),
    ),
    "opinions.send_opinion": Verb(
        lambda row, by: opinions.send_opinion(row, **stages.opinion(), by=by),
        cast.HELPERS,
        stages.HELPING,
        ("handed", "opined"),
        Again.MORE,
    ),
    "replies.save_reply": Verb(
        lambda row, by: walk.drafted(row, by=by),
        cast.UNIT,
        stages.PARTS,
        (*IN_HAND, "answered"),
        Again.MORE,
    ),
    "replies.submit_for_signing": Verb(
        lambda row, by: replies.submit_for_signing(row, by=by, today=LATER),
        cast.UNIT,
        stages.PARTS,
        ("written",),
    ),
    "replies.return_draft": Verb(
        lambda row, by: replies.return_draft(row, words="请写明哪一段。", by=by),
        cast.HEAD,
        stages.REPLY_DRAFTS,
        ("to sign",),
    ),
    "replies.countersign": Verb(
        lambda row, by: replies.countersign(row, part=joint_part(row), by=by),
        cast.JOINT_HEAD,
        stages.JOINT_DRAFTS,
        ("to sign",),
    ),
    "replies.sign": Verb(
        lambda row, by: replies.sign(row, by=by, today=LATER),
        cast.HEAD,
        stages.REPLY_DRAFTS,
        ("to sign",),
    ),
    "publication.publish": Verb(
        lambda row, by: publication.publish(row, by=by, today=LATER),
        cast.OFFICE,
        stages.PROPOSALS,
        ("answered",),
    ),
    "evaluation.rate": Verb(
        lambda row, by: evaluation.rate(
            row,
            process=Satisfaction.SATISFIED,
            result=Satisfaction.FAIR,
            by=by,
            today=walk.RATE_UNTIL,
        ),
        cast.LEAD,
        stages.REPLIES,
        ("answered", "published"),
        Again.MORE,
    ),
    "templates.save_template": Verb(
        lambda _, by: templates.save_template(name="结尾", text="感谢您的关心。", by=by),
        cast.UNITS,
        again=Again.MORE,
    ),
    "templates.delete_template": Verb(
        lambda row, by: templates.delete_template(row, by=by),
        cast.UNIT,
        {"kept": template},
        ("kept",),
    ),
}
