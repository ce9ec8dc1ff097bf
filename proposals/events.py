"""办理经过: every event of a proposal's trail by its type, and who may read of it.

One table for page, feed, export, notice and log: what stands here for nobody is shown to nobody.
Words come from the records themselves, and of the trail's notes nothing but the day and the number
that `queries.noted` reads, so that nothing typed for one reader reaches another. A deed is written
at the record that it is about, so that a unit's part is known from it.
"""

from collections.abc import Mapping
from typing import NamedTuple

from proposals.follow_states import ChallengeState, LookBackState, PromiseState, UpgradeState
from proposals.rating_states import ConveningState, RehandlingState
from proposals.readers import (
    ASKING,
    BOTH_SIDES,
    DEPUTIES,
    DESK,
    EVERYBODY,
    HEARD,
    KNOWN,
    NOBODY,
    OUTSIDE,
    OWN,
    PARTIES,
    QUIET,
    SIGNING,
    UNITS,
    Reader,
)
from proposals.recurring import Likeness
from proposals.states import (
    DraftState,
    ExtensionState,
    InvitationState,
    ObjectionState,
    Part,
    SheetState,
    Signature,
    Stage,
    State,
    VolumeState,
)
from proposals.supervision_states import InspectionState, KeyState, QuestionState

PROPOSAL, SIGNATURE = "proposals.Proposal", "proposals.Cosignature"
INVITATION = "proposals.Invitation"
SHEET, PART, OBJECTION = "proposals.Sheet", "proposals.Assignment", "proposals.Objection"
PAUSE, EXTENSION = "proposals.Pause", "proposals.Extension"
MEETING, WAIVER = "proposals.Meeting", "proposals.Waiver"
DRAFT, REPLY, OPINION = "proposals.ReplyDraft", "proposals.Reply", "proposals.Opinion"
COUNTERSIGNATURE, RATING = "proposals.Countersignature", "proposals.Rating"
RELEASE, RATING_OPENING = "proposals.RatingRelease", "proposals.RatingOpening"
RATING_VOIDING = "proposals.RatingVoiding"
REHANDLING, CONVENING = "proposals.Rehandling", "proposals.Convening"
VOLUME, RECURRENCE = "proposals.Volume", "proposals.Recurrence"
KEY, QUESTION = "proposals.KeySupervision", "proposals.Question"
KEY_ANSWER, SITE_NOTE = "proposals.KeyAnswer", "proposals.SiteNote"
INSPECTION, FINDING = "proposals.Inspection", "proposals.InspectionNote"
PROMISE, LOOK_BACK = "proposals.Promise", "proposals.LookBack"
UPGRADE, CHALLENGE = "proposals.Upgrade", "proposals.Challenge"
FULFILMENT = "proposals.FulfilmentRating"
CARRY_OVER, CARRIED = "proposals.CarryOver", "proposals.CarriedProposal"
FOSTER = "proposals.Foster"


class Event(NamedTuple):
    """One type: its word, the character that seals it, whose colour it wears, who reads of it."""

    word: str
    seal: str
    colour: str
    readers: Reader


class Key(NamedTuple):
    """Where the trail has it: the row's model, the deed, and from which state if that matters."""

    subject: str
    now: str
    was: str = ""


def _stages(deed: str, subject: str, word: str, *look: str, to: Reader) -> dict[Key, Event]:
    """The same deed at each of the three meetings."""
    seal, colour = look
    return {
        Key(subject, f"{deed}_{stage.value}"): Event(f"{word}{stage.label}", seal, colour, to)
        for stage in Stage
    }


EVENTS: Mapping[Key, Event] = {
    Key(PROPOSAL, State.SIGNING): Event("征集附议", "征", "gold", SIGNING),
    Key(PROPOSAL, State.SUBMITTED): Event("提出", "提", "gold", EVERYBODY),
    Key(PROPOSAL, State.SUBMITTED, State.RETURNED): Event("改好再提", "改", "gold", SIGNING),
    Key(PROPOSAL, "reworded"): Event("修改正文", "改", "gold", SIGNING),
    Key(PROPOSAL, "attached"): Event("加上附件", "加", "gold", DEPUTIES),
    Key(PROPOSAL, "detached"): Event("删去附件", "删", "gold", DEPUTIES),
    Key(PROPOSAL, State.RETURNED): Event("退回修改", "退", "red", DEPUTIES),
    Key(PROPOSAL, State.ACCEPTED): Event("审查", "审", "red", EVERYBODY),
    Key(PROPOSAL, State.ACCEPTED, State.MERGED): Event("分开办理", "分", "red", EVERYBODY),
    Key(PROPOSAL, State.ACCEPTED, State.REHEARSED): Event("退出交办单", "退", "red", DESK),
    Key(PROPOSAL, "split"): Event("拆分请求", "拆", "red", Reader.LEAD | DESK),
    Key(PROPOSAL, State.REFUSED): Event("不予受理", "止", "red", DEPUTIES),
    Key(PROPOSAL, State.LETTER): Event("转作来信", "转", "red", DEPUTIES),
    Key(PROPOSAL, State.MERGED): Event("并案办理", "并", "red", EVERYBODY),
    Key(PROPOSAL, "took_in"): Event("并入另一件", "并", "red", PARTIES),
    Key(PROPOSAL, "let_go"): Event("分出一件", "分", "red", PARTIES),
    Key(PROPOSAL, State.REHEARSED): Event("列入交办单", "列", "red", DESK),
    Key(PROPOSAL, "share_changed"): Event("改分工", "改", "red", DESK),
    Key(PROPOSAL, State.ASSIGNED): Event("交办", "交", "red", OUTSIDE),
    Key(PROPOSAL, "assigned_along"): Event("交办", "交", "red", DEPUTIES),
    Key(PROPOSAL, "reassigned"): Event("改交", "改", "red", PARTIES | Reader.PUBLIC),
    Key(PROPOSAL, "reassigned_along"): Event("改交", "改", "red", DEPUTIES),
    Key(PROPOSAL, State.ANSWERED): Event("答复", "答", "blue", QUIET),
    Key(PROPOSAL, State.ANSWERED, State.MERGED): Event("答复", "答", "blue", EVERYBODY),
    Key(PROPOSAL, "replied_along"): Event("又一份答复", "答", "blue", PARTIES),
    Key(PROPOSAL, "withheld"): Event("定为不公开", "密", "red", PARTIES | Reader.PUBLIC),
    Key(PROPOSAL, "withholding_lifted"): Event("改为公开", "开", "red", PARTIES | Reader.PUBLIC),
    Key(PROPOSAL, State.PUBLISHED): Event("公开", "公", "red", EVERYBODY),
    Key(PROPOSAL, "version_opened"): Event("公开", "公", "red", EVERYBODY),
    Key(PROPOSAL, "version_kept_back"): Event("定为不公开", "密", "red", PARTIES),
    Key(PROPOSAL, "version_lifted"): Event("改为公开", "开", "red", PARTIES),
    Key(PROPOSAL, State.WITHDRAWN): Event("撤回", "撤", "gold", PARTIES | Reader.FORMER),
    Key(SIGNATURE, "cosigned"): Event("附议", "附", "gold", SIGNING),
    Key(SIGNATURE, Signature.WITHDRAWN): Event("撤回附议", "撤", "gold", DEPUTIES),
    Key(SIGNATURE, Signature.OUTDATED): Event("附议待确认", "附", "gold", Reader.LEAD | DESK),
    Key(SIGNATURE, Signature.EXPIRED): Event("附议过期", "附", "gold", Reader.LEAD | DESK),
    Key(SIGNATURE, Signature.LEFT): Event("附议不算数", "附", "gold", Reader.LEAD | DESK),
    Key(INVITATION, "invited"): Event("邀请附议", "邀", "gold", ASKING),
    Key(INVITATION, InvitationState.SIGNED): Event("应邀附议", "附", "gold", QUIET),
    Key(INVITATION, InvitationState.DECLINED): Event("答复不附议", "否", "gold", ASKING),
    Key(INVITATION, InvitationState.WITHDRAWN): Event("取消邀请", "取", "gold", ASKING),
    Key(INVITATION, InvitationState.LAPSED): Event("邀请终止", "止", "gold", ASKING),
    Key(SHEET, SheetState.DRAFTED): Event("拟交办单", "拟", "red", QUIET),
    Key(SHEET, SheetState.REHEARSED): Event("征求单位意见", "征", "red", DESK),
    Key(SHEET, "recomputed"): Event("异议期限调整", "期", "red", OWN),
    Key(SHEET, SheetState.SETTLED): Event("定稿交办", "定", "red", QUIET),
    Key(SHEET, SheetState.DROPPED): Event("收回", "收", "red", QUIET),
    Key(SHEET, SheetState.DROPPED, SheetState.REHEARSED): Event(
        "收回交办单", "收", "red", Reader.FORMER | DESK
    ),
    Key(PART, Part.PLANNED): Event("预交办", "预", "red", OWN),
    Key(PART, Part.PLANNED, Part.OBJECTED): Event("维持预交办", "预", "red", QUIET),
    Key(PART, Part.HANDED): Event("交办", "交", "red", UNITS | Reader.LOG),
    Key(PART, Part.HANDED, Part.OBJECTED): Event("维持交办", "交", "red", QUIET),
    Key(PART, Part.RECEIVED): Event("签收", "收", "blue", BOTH_SIDES),
    Key(PART, Part.RECEIVED, Part.OBJECTED): Event("维持交办", "交", "red", QUIET),
    Key(PART, Part.OBJECTED): Event("有异议", "异", "blue", QUIET),
    Key(PART, Part.DONE): Event("办结", "结", "blue", QUIET),
    Key(PART, Part.SIGNED_ALONG): Event("随会签了结", "结", "blue", QUIET),
    Key(PART, Part.SILENT): Event(
        "未送意见", "止", "blue", Reader.ASSISTING | Reader.HELPED | DESK
    ),
    Key(PART, Part.REMOVED): Event("不再承办", "止", "red", QUIET),
    Key(PART, "unit_reminded"): Event("催单位打开", "催", "red", OWN),
    Key(PART, "handed_on"): Event("转给同事", "转", "blue", UNITS | Reader.LOG),
    Key(PART, "recomputed"): Event("期限调整", "期", "red", BOTH_SIDES),
    Key(PART, "opinion_moved"): Event(
        "意见期限调整", "期", "red", Reader.ASSISTING | Reader.HELPED | DESK
    ),
    Key(OBJECTION, "objected"): Event("提异议", "异", "blue", HEARD),
    Key(OBJECTION, ObjectionState.UPHELD): Event("采纳异议", "采", "red", HEARD),
    Key(OBJECTION, ObjectionState.DISMISSED): Event("不采纳异议", "驳", "red", HEARD),
    Key(OBJECTION, ObjectionState.LAPSED): Event("异议终止", "止", "red", HEARD),
    Key(PAUSE, "pause_ended"): Event("暂停终止", "止", "red", PARTIES | Reader.PUBLIC),
    Key(PAUSE, "paused"): Event("暂停计时", "停", "red", PARTIES | Reader.PUBLIC),
    Key(PAUSE, "resumed"): Event("恢复计时", "续", "red", PARTIES | Reader.PUBLIC),
    Key(EXTENSION, "extension_asked"): Event("申请延期", "延", "blue", BOTH_SIDES),
    Key(EXTENSION, "extension_consented"): Event("代表同意延期", "同", "gold", BOTH_SIDES),
    Key(EXTENSION, "extension_declined"): Event("代表不同意延期", "否", "gold", BOTH_SIDES),
    Key(EXTENSION, ExtensionState.GRANTED): Event("延期", "延", "red", PARTIES | Reader.PUBLIC),
    Key(EXTENSION, ExtensionState.REFUSED): Event("不同意延期", "止", "red", BOTH_SIDES),
    Key(EXTENSION, ExtensionState.LAPSED): Event(
        "延期申请终止", "止", "red", BOTH_SIDES | Reader.OBJECTOR
    ),
    **_stages("met", MEETING, "", "见", "ink", to=PARTIES | Reader.PUBLIC),
    **_stages("confirmed", MEETING, "确认", "认", "ink", to=BOTH_SIDES),
    **_stages("denied", MEETING, "不认可", "否", "ink", to=BOTH_SIDES),
    **_stages("taken_back", MEETING, "撤销登记", "撤", "ink", to=BOTH_SIDES),
    **_stages("waived", WAIVER, "免去", "免", "gold", to=PARTIES | Reader.PUBLIC),
    **_stages("excused", WAIVER, "免去", "免", "red", to=PARTIES | Reader.PUBLIC),
    Key(DRAFT, "draft_saved"): Event("保存答复稿", "稿", "blue", Reader.ANSWERING | Reader.LOG),
    Key(DRAFT, DraftState.TO_SIGN): Event(
        "答复稿送签", "签", "blue", Reader.ANSWERING | Reader.JOINT | Reader.LOG
    ),
    Key(DRAFT, DraftState.WRITTEN): Event(
        "答复稿退改", "退", "blue", Reader.ANSWERING | Reader.LOG
    ),
    Key(DRAFT, DraftState.ISSUED): Event("签发答复稿", "签", "blue", Reader.ANSWERING | Reader.LOG),
    Key(COUNTERSIGNATURE, "countersigned"): Event(
        "会签", "签", "blue", Reader.ASSISTING | Reader.HELPED | Reader.LOG
    ),
    Key(OPINION, "opined"): Event(
        "报送意见", "意", "blue", Reader.ASSISTING | Reader.HELPED | DESK
    ),
    Key(REPLY, "recomputed"): Event("评价期限调整", "期", "red", BOTH_SIDES),
    Key(REPLY, "replied"): Event("答复", "答", "blue", PARTIES | Reader.PUBLIC | Reader.COPIED),
    Key(REPLY, "replied_again"): Event(
        "又一次答复", "答", "blue", PARTIES | Reader.PUBLIC | Reader.COPIED
    ),
    Key(VOLUME, VolumeState.ASKED): Event("生成案卷", "卷", "red", QUIET),
    Key(VOLUME, VolumeState.MADE): Event("案卷已生成", "卷", "red", QUIET),
    Key(VOLUME, VolumeState.FAILED): Event("案卷没有生成", "卷", "red", QUIET),
    **{
        Key(RECURRENCE, f"alike_{kind.value}"): Event(f"认定{kind.label}", "比", "red", DESK)
        for kind in Likeness
    },
    Key(KEY, KeyState.STANDING): Event("列为重点督办", "督", "red", EVERYBODY),
    Key(KEY, KeyState.ENDED): Event("督办结束", "督", "red", EVERYBODY),
    Key(KEY, KeyState.TAKEN_BACK): Event("撤销督办", "撤", "red", PARTIES),
    Key(QUESTION, QuestionState.ASKED): Event("督办提问", "问", "red", EVERYBODY),
    Key(QUESTION, QuestionState.ANSWERED): Event("单位回答", "答", "blue", EVERYBODY),
    Key(QUESTION, QuestionState.SENT_BACK): Event("答得不实", "退", "red", OWN),
    Key(QUESTION, QuestionState.LAPSED): Event("不再提问", "止", "red", QUIET),
    Key(KEY_ANSWER, "key_commented"): Event("督办批注", "批", "red", OWN),
    Key(SITE_NOTE, "site_noted"): Event("现场督办", "督", "red", EVERYBODY),
    Key(INSPECTION, InspectionState.PLANNED): Event("登记检查", "查", "red", QUIET),
    Key(INSPECTION, InspectionState.MADE): Event("已检查", "查", "red", QUIET),
    Key(INSPECTION, InspectionState.DROPPED): Event("取消检查", "消", "red", QUIET),
    Key(INSPECTION, "inspection_published"): Event("公开检查情况", "公", "red", QUIET),
    Key(FINDING, "seen_on_visit"): Event("监督检查", "查", "red", BOTH_SIDES | Reader.PUBLIC),
    Key(FINDING, "finding_answered"): Event("检查说明", "说", "blue", BOTH_SIDES),
    Key(RATING, "rated"): Event("评价", "评", "gold", NOBODY),
    Key(RATING_OPENING, "opening_asked"): Event("申请拆看评价", "拆", "red", DESK),
    Key(RATING_OPENING, "opening_refused"): Event("不予拆看评价", "拒", "red", DESK),
    Key(RATING_OPENING, "opening_approved"): Event("拆看评价", "拆", "red", Reader.LEAD | DESK),
    Key(RATING_VOIDING, "voiding_asked"): Event("申请作废评价单", "作", "red", Reader.RATINGS),
    Key(RATING_VOIDING, "voiding_refused"): Event("不予作废评价单", "拒", "red", Reader.RATINGS),
    Key(RATING_VOIDING, "voiding_approved"): Event(
        "作废评价单", "作", "red", Reader.LEAD | Reader.RATINGS
    ),
    Key(FULFILMENT, "fulfilment_rated"): Event("评兑现", "评", "gold", NOBODY),
    Key(PROMISE, PromiseState.REPORTED): Event("报告兑现", "报", "blue", BOTH_SIDES),
    Key(PROMISE, PromiseState.CONFIRMED): Event("兑现承诺", "诺", "blue", KNOWN),
    Key(PROMISE, PromiseState.DUE, PromiseState.REPORTED): Event(
        "退回兑现报告", "退", "red", BOTH_SIDES
    ),
    Key(PROMISE, PromiseState.MISSED, PromiseState.REPORTED): Event(
        "退回兑现报告", "退", "red", BOTH_SIDES
    ),
    Key(PROMISE, PromiseState.DUE): Event("承诺改期", "期", "red", KNOWN),
    Key(PROMISE, PromiseState.MISSED): Event("承诺逾期", "逾", "red", KNOWN),
    Key(PROMISE, PromiseState.REPLACED): Event("承诺由新的答复代替", "换", "blue", QUIET),
    Key(LOOK_BACK, "look_back_opened"): Event("回头看", "看", "red", BOTH_SIDES),
    Key(LOOK_BACK, LookBackState.REPORTED): Event("报告落实情况", "报", "blue", BOTH_SIDES),
    Key(LOOK_BACK, LookBackState.REPORTED, LookBackState.HANDED): Event(
        "回头看重新打开", "看", "red", BOTH_SIDES
    ),
    Key(LOOK_BACK, LookBackState.KEPT): Event("回头看了结", "看", "red", BOTH_SIDES),
    Key(LOOK_BACK, LookBackState.HANDED): Event("回头看了结", "看", "red", BOTH_SIDES),
    Key(LOOK_BACK, LookBackState.FULFILLED): Event("回头看了结", "看", "red", QUIET),
    Key(LOOK_BACK, LookBackState.UPGRADED): Event("回头看了结", "看", "red", QUIET),
    Key(LOOK_BACK, LookBackState.REPLACED): Event("回头看了结", "看", "red", QUIET),
    Key(UPGRADE, "upgrade_asked"): Event("申请转类", "申", "blue", BOTH_SIDES),
    Key(UPGRADE, UpgradeState.CONFIRMED): Event("转类", "转", "red", KNOWN),
    Key(UPGRADE, UpgradeState.REFUSED): Event("不同意转类", "止", "red", BOTH_SIDES),
    Key(UPGRADE, UpgradeState.REPLACED): Event("转类申请终止", "止", "red", QUIET),
    Key(CHALLENGE, "challenge_found"): Event("可能又被提出", "疑", "red", DESK),
    Key(CHALLENGE, ChallengeState.DISMISSED): Event("不是同一件", "否", "red", DESK),
    Key(CHALLENGE, ChallengeState.CONFIRMED): Event("又被提出", "又", "red", KNOWN),
    Key(CHALLENGE, ChallengeState.EXPLAINED): Event("单位说明", "说", "blue", BOTH_SIDES),
    Key(CHALLENGE, ChallengeState.STANDS): Event("又被提出了结", "结", "red", KNOWN),
    Key(CHALLENGE, ChallengeState.REVOKED): Event("撤销已解决", "撤", "red", KNOWN),
    Key(PROPOSAL, "raises_again"): Event("再次提出", "又", "red", OUTSIDE),
    Key(REHANDLING, "rehandling_ordered"): Event("要求重新办理", "重", "red", KNOWN),
    Key(REHANDLING, "rehandling_prolonged"): Event("延长重新办理", "延", "red", KNOWN),
    Key(REHANDLING, RehandlingState.TAKEN_BACK): Event("撤回重新办理", "撤", "red", KNOWN),
    Key(REHANDLING, RehandlingState.ANSWERED): Event("再次答复", "答", "blue", QUIET),
    Key(CONVENING, "convened"): Event("召集双方协商", "协", "red", BOTH_SIDES),
    Key(CONVENING, "convening_moved"): Event("协商改期", "期", "red", BOTH_SIDES),
    Key(CONVENING, ConveningState.CALLED_OFF): Event("取消协商", "消", "red", BOTH_SIDES),
    Key(CONVENING, ConveningState.HELD): Event("当面协商", "协", "red", BOTH_SIDES),
    Key(CARRY_OVER, "carried_over"): Event("结转", "滚", "red", QUIET),
    Key(CARRIED, "carried"): Event("滚动办理", "滚", "red", EVERYBODY),
    Key(CARRIED, "carried_taken_back"): Event("撤回结转", "撤", "red", PARTIES),
    Key(FOSTER, "fostered"): Event("确定接续代表", "接", "red", PARTIES),
    Key(FOSTER, "foster_ended"): Event("接续结束", "止", "red", PARTIES),
    Key(RELEASE, "ratings_released"): Event("公布满意度", "评", "red", QUIET),
}
"""A rating is nobody's news, not even the log's: 背靠背, nothing may move with it. That one is void
tells that it was given, so within its window too only those read of it who read ratings.

Opinions go to the lead unit and never to the deputy; what a sheet rehearses and who objects to it
is between the units and the office.
"""


def key_of(subject: str, was: str, now: str) -> Key | None:
    """The type of a step in the trail; None when it is no proposal's."""
    for key in (Key(subject, now, was), Key(subject, now)):
        if key in EVENTS:
            return key
    return None


def read_by(reader: Reader) -> frozenset[Key]:
    """The types of which somebody in this part reads."""
    return frozenset(key for key, event in EVENTS.items() if event.readers & reader)
