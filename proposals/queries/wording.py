"""办理经过 in words, made from the records: the day it happened and one sentence, or nothing.

`public` stands for readers without an account: they read no class before it is published, no
reason, and of no meeting that the other side denies or its writer has taken back.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from proposals.models import (
    Assignment,
    CarriedProposal,
    Challenge,
    Convening,
    Cosignature,
    Countersignature,
    Extension,
    Foster,
    InspectionNote,
    Invitation,
    KeyAnswer,
    KeySupervision,
    LookBack,
    Meeting,
    Objection,
    Opinion,
    Pause,
    Promise,
    Proposal,
    Question,
    RatingOpening,
    RatingVoiding,
    Recurrence,
    Rehandling,
    Reply,
    ReplyDraft,
    Sheet,
    SiteNote,
    Upgrade,
    Waiver,
)
from proposals.queries.clocks import day
from proposals.queries.progress import named
from proposals.queries.steps import Told, TrailStep
from proposals.queries.wording_following import of_challenge, of_look_back, of_promise, of_upgrade
from proposals.queries.wording_meeting import of_meeting, of_waiver
from proposals.queries.wording_recurring import of_recurrence
from proposals.queries.wording_rehandling import (
    of_convening,
    of_rating_opening,
    of_rating_voiding,
    of_rehandling,
)
from proposals.queries.wording_rolling import of_carried, of_foster
from proposals.queries.wording_signing import of_invitation, of_signature
from proposals.queries.wording_supervision import (
    of_answer,
    of_finding,
    of_question,
    of_site_note,
    of_supervision,
)
from proposals.sharing import Share, in_words
from proposals.states import (
    DraftState,
    ExtensionState,
    ObjectionState,
    Part,
    SheetState,
    State,
    UnitRole,
)


def told(record: object, step: TrailStep) -> Told | None:
    """None when there is nothing that this reader may be told."""
    return WORDS[type(record)](record, step)


def _proposal(row: Proposal, step: TrailStep) -> Told | None:
    key, lead = step.key, f"{row.lead.name}代表"
    if key.now == State.SUBMITTED and not key.was:
        signed = len(row.signatures)
        joined = f"，{signed} 名代表附议" if signed else ""
        return Told(row.submitted_on or step.on, f"{lead}领衔{joined}")
    if key.now == State.ACCEPTED and not key.was:
        return Told(row.accepted_on or step.on, f"予以受理，编号 {row.number}")
    if key.now == State.ASSIGNED:
        days = [each.assigned_on for each in row.assignments.all() if each.assigned_on]
        return Told(min(days, default=step.on), step.units or _units(row.parts))
    if key.now == "assigned_along":
        parts = row.handled_as.parts if row.merged_into else []
        return Told(step.on, f"并案办理，{step.units or _units(parts)}")
    if key.now == "reassigned_along":
        return Told(step.on, f"并案办理，{step.units}")
    if key.now in (State.ANSWERED, "replied_along"):
        return _answered_along(row.merged_into, step) if row.merged_into else None
    if key.now == State.PUBLISHED:
        return Told(row.published_on or step.on, "答复全文公开")
    return Told(step.on, _plain(row, step, lead))


def _asked_anew(row: Proposal, step: TrailStep) -> str:
    """Nobody is asked of a text that nobody had signed then."""
    signed = any(step.at and each.signed_at < step.at for each in row.cosignatures.all())
    return "，附议过的代表要重新看" if signed else ""


def _units(parts: Iterable[Assignment]) -> str:
    """As they stand now."""
    shares = [Share(each.unit, UnitRole(each.role)) for each in parts]
    return in_words(shares) if shares else "交承办单位办理"


def _other(step: TrailStep) -> str:
    """Another proposal by its number and title; the public is not told that it is withheld."""
    if step.other is None or (step.public and step.other.pk in step.kept):
        return "另一件建议"
    return named(step.other, step.kept)


def _plain(row: Proposal, step: TrailStep, lead: str) -> str:
    key, why = step.key, f"：{row.return_reason}" if step.newest and row.return_reason else ""
    words: Mapping[tuple[str, str], str] = {
        (State.SIGNING, ""): f"{lead}征集附议",
        (State.SUBMITTED, State.RETURNED): f"{lead}改好后重新提出",
        ("reworded", ""): f"{lead}改过正文{_asked_anew(row, step)}",
        ("attached", ""): f"{lead}修改时加上一个附件",
        ("detached", ""): f"{lead}修改时删去一个附件",
        (State.RETURNED, ""): f"请{lead}修改后再提{why}",
        (State.ACCEPTED, State.MERGED): "不再并案，单独办理",
        (State.ACCEPTED, State.REHEARSED): "原来的交办单收回，重新交办",
        ("reassigned", ""): step.units,
        ("split", ""): "请求拆成几条，逐条答复",
        (State.REFUSED, ""): f"{row.ground.name if row.ground else ''}：{row.closing_words}",
        (State.LETTER, ""): row.closing_words,
        (State.MERGED, ""): f"与{_other(step)}一并办理，答复同样送领衔代表",
        ("raises_again", ""): "经认定，和以前答复已解决的是同一件事",
        ("took_in", ""): f"{_other(step).strip()}并入本件，一并办理",
        ("let_go", ""): f"{_other(step).strip()}不再并入本件",
        (State.REHEARSED, ""): "列入交办单，先请单位看",
        ("share_changed", ""): "交办单上改了分工",
        ("withheld", ""): _withheld(row, step),
        ("withholding_lifted", ""): "改为公开",
        ("version_opened", ""): "又作的一版答复全文公开",
        ("version_kept_back", ""): "又作的一版答复不公开，公开页上仍是前一版",
        ("version_lifted", ""): "又作的一版答复不再暂缓，看过再公开",
        (State.WITHDRAWN, ""): row.closing_words,
    }
    return words[key.now, key.was]


def _withheld(row: Proposal, step: TrailStep) -> str:
    """What is kept back now, and why; of an earlier time only that it was."""
    if not step.newest or not row.why_withheld:
        return "曾定为不公开，后来改为公开"
    return f"{'整件' if row.withheld_reason else '答复'}不公开：{row.why_withheld}"


def _sheet(row: Sheet, step: TrailStep) -> Told:
    if step.key.now == SheetState.DROPPED:
        return Told(step.on, f"“{row.name}”收回，里面的建议重新交办：{row.drop_reason}")
    until = day(step.day or row.object_until, step.on)
    if step.key.now == "recomputed":
        return Told(step.on, f"“{row.name}”的异议截止随工作日历或者本地规则调整为 {until}")
    return Told(step.on, f"“{row.name}”请单位看，{until}前可以提异议")


def _part(row: Assignment, step: TrailStep) -> Told:
    unit, by = row.unit.name, "答复" if row.answers else "送意见"
    due = day(step.day or row.due_on, step.on)
    words = {
        Part.PLANNED: f"预交{unit}{row.get_role_display()}，不是本单位的事可以提异议",
        Part.HANDED: f"交{unit}{row.get_role_display()}，{due}前{by}",
        Part.RECEIVED: f"{unit}签收",
        Part.SILENT: f"主办单位已经答复代表，{unit}没有送意见",
        "unit_reminded": f"代工委提醒{unit}打开看",
        "handed_on": f"{unit}转给另一位同事经办",
        "recomputed": f"{unit}的期限随工作日历或者本地规则调整为 {due}",
        "opinion_moved": f"{unit}送意见的期限随主办单位的答复期限调整为 {due}",
    }
    on = row.assigned_on if step.key.now == Part.HANDED else None
    return Told(on or step.on, words[step.key.now])


def _objection(row: Objection, step: TrailStep) -> Told:
    unit = row.assignment.unit.name
    words = {
        "objected": f"{unit}提出异议，认为应由{row.better_unit.name}办理：{row.reason}",
        ObjectionState.UPHELD: f"采纳{unit}的异议，改交别的单位：{row.words}",
        ObjectionState.DISMISSED: f"不采纳{unit}的异议：{row.words}",
        ObjectionState.LAPSED: f"{unit}的异议终止：{row.words}",
    }
    return Told(row.raised_on if step.key.now == "objected" else step.on, words[step.key.now])


def _pause(row: Pause, step: TrailStep) -> Told:
    unit = row.assignment.unit.name
    if step.key.now == "pause_ended":
        days = f"，停了 {row.stood} 天" if row.assignment.state == Part.DONE else ""
        said = f"{row.why_ended}，从 {day(row.from_on, step.on)}起的暂停终止"
        return Told(step.on, f"{unit}{said}{days}")
    if step.key.now == "paused" or row.until_on is None:
        return Told(row.from_on, f"{unit}的期限从 {day(row.from_on, step.on)}起暂停")
    if not row.stood:
        return Told(step.on, f"{unit}从 {day(row.from_on, step.on)}起的暂停撤销，一天也没有停")
    return Told(row.until_on, f"{unit}的期限恢复计时，停了 {row.stood} 天")


def _extension(row: Extension, step: TrailStep) -> Told:
    unit = row.assignment.unit.name
    words = {
        "extension_asked": f"{unit}申请延期 {row.months} 个月：{row.reason}",
        "extension_consented": f"领衔代表同意{unit}延期 {row.months} 个月",
        "extension_declined": f"领衔代表不同意{unit}延期 {row.months} 个月",
        ExtensionState.GRANTED: f"{unit}的期限延长 {row.months} 个月",
        ExtensionState.REFUSED: f"不同意{unit}延期：{row.words}",
        ExtensionState.LAPSED: f"{unit}的延期申请终止：{row.words}",
    }
    return Told(step.on, words[step.key.now])


def _draft(row: ReplyDraft, step: TrailStep) -> Told:
    done = {"draft_saved": "保存", DraftState.TO_SIGN: "送签", DraftState.WRITTEN: "退改"}
    if step.key.now == "draft_saved":
        return Told(step.on, f"保存第 {step.edition} 稿")
    return Told(step.on, f"第 {step.edition} 稿{done.get(step.key.now, '签发')}")


def _countersignature(row: Countersignature, step: TrailStep) -> Told:
    return Told(step.on, f"{row.assignment.unit.name}会签第 {row.edition} 稿")


def _opinion(row: Opinion, step: TrailStep) -> Told:
    return Told(step.on, f"{row.assignment.unit.name}报送第 {row.version} 版意见")


def _reply(row: Reply, step: TrailStep) -> Told:
    if step.key.now == "recomputed":
        until, unit = day(step.day or row.rate_until, step.on), row.assignment.unit.name
        return Told(step.on, f"评价{unit}答复的截止随工作日历或者本地规则调整为 {until}")
    return _answered(row, step, "再次" if row.version > 1 else "")


def _answered_along(into: Proposal, step: TrailStep) -> Told | None:
    """并案办理: the units that answered on that day, but for the public when it is withheld."""
    if step.public and into.withheld_reason:
        return Told(step.on, "并案办理，已答复")
    of_the_day = [each for each in into.replies if each.replied_on == step.on]
    found = [_answered(each, step, "") for each in of_the_day or into.replies]
    words = "；".join(each.words for each in found)
    return Told(found[0].on, f"并案办理，{words}") if found else None


def _answered(reply: Reply, step: TrailStep, how: str) -> Told:
    """The class of a reply is the public's only once the reply is published."""
    known = not step.public or reply.assignment.proposal.state == State.PUBLISHED
    result = f"，{reply.result.code} 类（{reply.result.name}）" if known else ""
    return Told(reply.replied_on, f"{reply.assignment.unit.name}{how}答复{result}")


WORDS: Mapping[type, Callable[[Any, TrailStep], Told | None]] = {
    Proposal: _proposal,
    Cosignature: of_signature,
    Invitation: of_invitation,
    Recurrence: of_recurrence,
    Sheet: _sheet,
    Assignment: _part,
    Objection: _objection,
    Pause: _pause,
    Extension: _extension,
    Meeting: of_meeting,
    Waiver: of_waiver,
    ReplyDraft: _draft,
    Countersignature: _countersignature,
    Opinion: _opinion,
    Reply: _reply,
    KeySupervision: of_supervision,
    Question: of_question,
    KeyAnswer: of_answer,
    SiteNote: of_site_note,
    InspectionNote: of_finding,
    Promise: of_promise,
    LookBack: of_look_back,
    Upgrade: of_upgrade,
    Challenge: of_challenge,
    Rehandling: of_rehandling,
    Convening: of_convening,
    CarriedProposal: of_carried,
    Foster: of_foster,
    RatingOpening: of_rating_opening,
    RatingVoiding: of_rating_voiding,
}
