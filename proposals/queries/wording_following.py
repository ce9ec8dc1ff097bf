"""承诺、回头看、转类、又被提出 of 办理经过, in words made from the records."""

from collections.abc import Mapping

from proposals.follow_states import ChallengeState, LookBackState, PromiseState, UpgradeState
from proposals.models import Challenge, LookBack, Promise, Upgrade
from proposals.models.proposal import KEPT_BACK
from proposals.queries.clocks import day
from proposals.queries.steps import Told, TrailStep


def of_promise(row: Promise, step: TrailStep) -> Told:
    named = f"{row.assignment.unit.name}第 {row.position} 步“{row.words}”"
    moved = f"{named}改到 {day(step.day or row.due_on, step.on)}前"
    words: Mapping[tuple[str, str], str] = {
        (PromiseState.REPORTED, ""): f"{named}报告已经兑现，等核实",
        (PromiseState.CONFIRMED, ""): f"{named}，已核实",
        (PromiseState.DUE, PromiseState.REPORTED): f"{named}的报告退回",
        (PromiseState.MISSED, PromiseState.REPORTED): f"{named}的报告退回，仍是逾期没有兑现",
        (PromiseState.DUE, ""): moved,
        (PromiseState.MISSED, ""): f"{named}到期没有兑现",
        (PromiseState.REPLACED, ""): f"{named}由新的答复代替",
    }
    kept = row.done_on if step.key.now == PromiseState.CONFIRMED else None
    return Told(kept or step.on, words[step.key.now, step.key.was])


def of_look_back(row: LookBack, step: TrailStep) -> Told:
    unit = row.assignment.unit.name
    why = f"第 {row.promise.position} 步" if row.promise else row.get_cause_display()
    until = day(row.report_by, step.on)
    if step.key.was == LookBackState.HANDED:
        return Told(step.on, f"没有要求{unit}重新办理，回头看重新打开")
    handed = f"：{row.words}" if row.state == LookBackState.HANDED else ""
    words = {
        "look_back_opened": f"{unit}，{why}，{until}前报告",
        LookBackState.REPORTED: f"{unit}报告：{row.report}",
        LookBackState.KEPT: f"{unit}继续落实，新的日期 {day(row.next_on, step.on)}：{row.words}",
        LookBackState.HANDED: f"{unit}转重新办理{handed}",
        LookBackState.FULFILLED: f"{unit}已经兑现",
        LookBackState.UPGRADED: f"{unit}已经转类",
        LookBackState.REPLACED: f"{unit}由新的答复代替",
    }
    return Told(step.on, words[step.key.now])


def of_upgrade(row: Upgrade, step: TrailStep) -> Told:
    which = f"第 {row.ask.position} 条" if row.ask else ""
    change = f"{row.assignment.unit.name}的答复{which} {row.was.code} → {row.becomes.code}"
    words = {
        "upgrade_asked": f"{change}，等核实",
        UpgradeState.CONFIRMED: f"{change}，已核实",
        UpgradeState.REFUSED: f"{change}，没有同意：{row.words}",
        UpgradeState.REPLACED: f"{change}，由新的答复代替",
    }
    return Told(step.on, words[step.key.now])


def of_challenge(row: Challenge, step: TrailStep) -> Told:
    """The later one by its number, unless it is kept from the reader."""
    name = KEPT_BACK if row.proposal_id in step.kept else row.proposal.number
    words = {
        "challenge_found": f"{name} 可能是同一件，等人认定",
        ChallengeState.DISMISSED: f"{name} 不是同一件：{row.words}",
        ChallengeState.CONFIRMED: f"{name} 又提出同一件事，请{row.assignment.unit.name}说明",
        ChallengeState.EXPLAINED: f"{row.assignment.unit.name}：{row.explanation}",
        ChallengeState.STANDS: f"{name} 又提出，已解决仍然成立：{row.words}",
        ChallengeState.REVOKED: f"{name} 又提出，已解决撤销：{row.words}",
    }
    return Told(step.on, words[step.key.now])
