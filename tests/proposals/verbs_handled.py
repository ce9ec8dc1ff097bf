"""办: the verbs of who meets, answers, signs, publishes and rates."""

from collections.abc import Mapping

from proposals.actions import (
    exhibits,
    meetings,
    opinions,
    publication,
    replies,
    templates,
)
from proposals.rating_states import Satisfaction
from proposals.states import Stage
from tests import make
from tests.proposals import cast, stages, stages_of_parts, stages_of_replies, walk
from tests.proposals.verbs import Again, Verb

LATER = walk.REPLIED_ON
IN_HAND = ("handed", "received", "paused", "met", "written")


def template():
    return templates.save_template(name="结尾", text="感谢您的关心。", by=walk.unit_clerk())


def joint_part(draft):
    return draft.assignment.proposal.assignments.filter(unit=make.unit(cast.JOINT)).first()


HANDLED: Mapping[str, Verb] = {
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
        ("只有主办、分办单位可以登记见面。",),
        stages_of_parts.PARTS,
        ("handed", "received", "paused"),
    ),
    "meetings.confirm_meeting": Verb(
        lambda row, by: meetings.confirm_meeting(row, by=by),
        cast.LEAD,
        ("见面由领衔代表本人确认。",),
        stages_of_parts.MEETINGS,
        ("told by the unit",),
    ),
    "meetings.confirm_meeting of the deputy": Verb(
        lambda row, by: meetings.confirm_meeting(row, by=by),
        cast.UNIT,
        ("代表登记的见面，由承办单位确认。",),
        stages_of_parts.TOLD_BY_THE_DEPUTY,
        ("told by the deputy",),
    ),
    "meetings.deny_meeting": Verb(
        lambda row, by: meetings.deny_meeting(row, words="没有见面。", by=by, today=LATER),
        cast.LEAD,
        ("见面由领衔代表本人确认。",),
        stages_of_parts.MEETINGS,
        ("told by the unit",),
    ),
    "meetings.deny_meeting of the deputy": Verb(
        lambda row, by: meetings.deny_meeting(row, words="没有见面。", by=by, today=LATER),
        cast.UNIT,
        ("代表登记的见面，由承办单位确认。",),
        stages_of_parts.TOLD_BY_THE_DEPUTY,
        ("told by the deputy",),
    ),
    "meetings.take_back_meeting": Verb(
        lambda row, by: meetings.take_back_meeting(row, by=by, today=LATER),
        cast.UNIT,
        ("承办单位登记的见面，由它自己撤销登记。",),
        stages_of_parts.MEETINGS,
        ("told by the unit",),
    ),
    "meetings.take_back_meeting of the deputy": Verb(
        lambda row, by: meetings.take_back_meeting(row, by=by, today=LATER),
        cast.LEAD,
        ("代表登记的见面，由领衔代表本人撤销登记。",),
        stages_of_parts.TOLD_BY_THE_DEPUTY,
        ("told by the deputy",),
    ),
    "meetings.waive_meeting": Verb(
        lambda row, by: meetings.waive_meeting(
            row, stage=Stage.DURING, reason="电话里说清楚了。", by=by, today=LATER
        ),
        cast.LEAD,
        ("只有领衔代表本人可以免去见面。",),
        stages_of_parts.PARTS,
        ("handed", "received", "paused"),
    ),
    "meetings.excuse_meeting": Verb(
        lambda row, by: meetings.excuse_meeting(
            row, stage=Stage.BEFORE, reason="约了三次都没有答复。", by=by, today=LATER
        ),
        cast.OFFICE,
        ("只有代工委可以免去代表不认可的见面。",),
        stages_of_parts.DENIED_PARTS,
        ("denied",),
    ),
    "opinions.send_opinion": Verb(
        lambda row, by: opinions.send_opinion(
            row, **(stages_of_parts.opinion() | {"text": "经费今年就能安排。"}), by=by
        ),
        cast.HELPERS,
        ("只有承办单位自己可以报送意见。",),
        stages_of_parts.HELPING,
        ("handed", "opined"),
        Again.SAME,
    ),
    "replies.save_reply": Verb(
        lambda row, by: walk.drafted(row, by=by, text="已列入明年第一批计划，明年六月底前完工。"),
        cast.UNIT,
        ("只有主办、分办单位可以起草答复。",),
        stages_of_parts.PARTS,
        (*IN_HAND, "answered"),
        Again.SAME,
    ),
    "exhibits.add_exhibits": Verb(
        lambda row, by: walk.shown(row, by=by),
        cast.UNIT,
        ("只有主办、分办单位可以改依据材料。",),
        stages_of_replies.REPLY_DRAFTS,
        ("written",),
        Again.SAME,
    ),
    "exhibits.remove_exhibit": Verb(
        lambda row, by: exhibits.remove_exhibit(row, by=by),
        cast.UNIT,
        ("只有主办、分办单位可以改依据材料。",),
        stages_of_replies.DRAFT_EXHIBITS,
        ("written",),
    ),
    "replies.submit_for_signing": Verb(
        lambda row, by: replies.submit_for_signing(row, by=by, today=LATER),
        cast.UNIT,
        ("只有主办、分办单位可以起草答复。",),
        stages_of_parts.PARTS,
        ("written",),
    ),
    "replies.return_draft": Verb(
        lambda row, by: replies.return_draft(row, words="请写明哪一段。", by=by),
        cast.HEAD,
        ("答复由本单位负责人退改。",),
        stages_of_replies.REPLY_DRAFTS,
        ("to sign",),
    ),
    "replies.countersign": Verb(
        lambda row, by: replies.countersign(row, part=joint_part(row), by=by),
        cast.JOINT_HEAD,
        ("会签由会办单位负责人办理。",),
        stages_of_replies.JOINT_DRAFTS,
        ("to sign",),
    ),
    "replies.sign": Verb(
        lambda row, by: replies.sign(row, by=by, today=LATER),
        cast.HEAD,
        ("答复由本单位负责人签发。",),
        stages_of_replies.REPLY_DRAFTS,
        ("to sign",),
    ),
    "publication.publish": Verb(
        lambda row, by: publication.publish(row, by=by, today=LATER),
        cast.OFFICE,
        ("只有代工委可以公开答复。",),
        stages.PROPOSALS,
        ("answered",),
    ),
    "publication.withhold": Verb(
        lambda row, by: publication.withhold(row, reason="有商业秘密。", whole=True, by=by),
        cast.OFFICE,
        ("只有代工委可以定为不公开。",),
        stages.PROPOSALS,
        ("accepted", "rehearsed", "merged", "assigned", "answered"),
    ),
    "publication.lift_withholding": Verb(
        lambda row, by: publication.lift_withholding(row, reason="不涉及隐私。", by=by),
        cast.OFFICE,
        ("只有代工委可以改为公开。",),
        stages.WITHHELD,
        ("withheld", "kept back"),
    ),
    "evaluation.rate": Verb(
        lambda row, by: walk.rate(
            row,
            process=Satisfaction.SATISFIED,
            result=Satisfaction.FAIR,
            by=by,
            today=walk.RATE_UNTIL,
        ),
        cast.LEAD,
        ("答复由领衔代表本人评价。",),
        stages_of_replies.REPLIES,
        ("answered", "published"),
        Again.SAME,
    ),
    "templates.save_template": Verb(
        lambda _, by: templates.save_template(name="结尾", text="感谢您的关心。", by=by),
        cast.UNITS,
        ("只有承办单位有答复常用语。",),
        again=Again.SAME,
    ),
    "templates.delete_template": Verb(
        lambda row, by: templates.delete_template(row, by=by),
        cast.UNIT,
        ("只有本单位可以删除自己的常用语。",),
        {"kept": template},
        ("kept",),
    ),
}
