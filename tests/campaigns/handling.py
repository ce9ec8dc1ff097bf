"""办 in the machine: meet, write, sign, help."""

from congress.shared.calendar import add_working_days
from proposals.actions import meetings, opinions, replies
from proposals.models import Assignment, Meeting, ReplyDraft
from proposals.models.reference import Meaning
from proposals.states import Stage
from tests.campaigns.cases import RATE_DAYS, STAGES, Case, Met, Part
from tests.campaigns.rounds import Rounds
from tests.proposals import walk


def row(rounds: Rounds, part: Part) -> Assignment:
    return rounds.page(Assignment, part.pk)


def meets(rounds: Rounds, _: Case) -> None:
    found = rounds.part(lambda case, part: case.runs(part) and part.answers and part.missing())
    if found is None:
        return
    case, part = found
    stages = part.missing() or list(STAGES)
    stage = stages[0] if rounds.dice.random() < 0.8 else rounds.dice.choice(stages[:2])
    right = rounds.clerks[part.unit] if rounds.dice.random() < 0.8 else rounds.as_deputy[case.lead]
    by = rounds.somebody(right)
    leads = rounds.leads(by, case)
    party = leads or (rounds.works_at(by, part.unit) and part.answers)
    latest = max((met.on for met in part.met.values()), default=rounds.today)
    allowed = party and case.runs(part) and part.missing()[:1] == [stage] and latest <= rounds.today
    if leads and not part.answers:
        return  # whether a deputy may note a meeting with a helper is not what is tried here
    done = rounds.play(
        "meetings.record_meeting",
        allowed,
        lambda: meetings.record_meeting(
            row(rounds, part),
            stage=Stage(stage),
            met_on=rounds.today,
            place="村委会",
            people="三人",
            said="看了桥。",
            by=by,
            today=rounds.today,
        ),
    )
    if done:
        part.met[stage] = Met(done.pk, rounds.today, rounds.today, by_unit=not leads)


def _some_meeting(rounds: Rounds, *, running: bool) -> tuple[Case, Part, str, Met] | None:
    """Any that one side wrote down, leaning to those that the other has not answered."""
    found = [
        (case, part, stage, met)
        for case in rounds.cases
        for part in case.parts
        for stage, met in part.met.items()
    ]
    return rounds.lean(
        found, lambda each: not each[3].confirmed and (not running or each[0].runs(each[1]))
    )


def bears_out(rounds: Rounds, _: Case) -> None:
    found = _some_meeting(rounds, running=False)
    if found is None:
        return
    case, part, _, met = found
    by = rounds.somebody(rounds.as_deputy[case.lead] if met.by_unit else rounds.clerks[part.unit])
    other = rounds.leads(by, case) if met.by_unit else rounds.works_at(by, part.unit)
    allowed = other and not met.confirmed
    meeting = rounds.page(Meeting, met.pk)
    if rounds.play(
        "meetings.confirm_meeting", allowed, lambda: meetings.confirm_meeting(meeting, by=by)
    ):
        met.confirmed = True


def contradicts(rounds: Rounds, _: Case) -> None:
    found = _some_meeting(rounds, running=True)
    if found is None:
        return
    case, part, stage, met = found
    by = rounds.somebody(rounds.as_deputy[case.lead] if met.by_unit else rounds.clerks[part.unit])
    other = rounds.leads(by, case) if met.by_unit else rounds.works_at(by, part.unit)
    allowed = other and not met.confirmed and case.runs(part)
    meeting = rounds.page(Meeting, met.pk)
    if rounds.play(
        "meetings.deny_meeting",
        allowed,
        lambda: meetings.deny_meeting(meeting, words="没有见面", by=by, today=rounds.today),
    ):
        del part.met[stage]
        if met.by_unit:
            part.denied.add(stage)


def takes_back(rounds: Rounds, _: Case) -> None:
    found = _some_meeting(rounds, running=True)
    if found is None:
        return
    case, part, stage, met = found
    by = rounds.somebody(rounds.clerks[part.unit] if met.by_unit else rounds.as_deputy[case.lead])
    own = rounds.works_at(by, part.unit) if met.by_unit else rounds.leads(by, case)
    allowed = own and not met.confirmed and case.runs(part)
    meeting = rounds.page(Meeting, met.pk)
    if rounds.play(
        "meetings.take_back_meeting",
        allowed,
        lambda: meetings.take_back_meeting(meeting, by=by, today=rounds.today),
    ):
        del part.met[stage]


def excuses(rounds: Rounds, _: Case) -> None:
    found = rounds.part(lambda case, part: case.runs(part) and part.excusable(), answers=True)
    if found is None:
        return
    case, part = found
    stage = rounds.dice.choice(part.excusable() or list(STAGES))
    by = rounds.somebody(rounds.office_of(case))
    allowed = rounds.decides(by, case) and case.runs(part) and stage in part.excusable()
    if rounds.play(
        "meetings.excuse_meeting",
        allowed,
        lambda: meetings.excuse_meeting(
            row(rounds, part), stage=Stage(stage), reason="约不成", by=by, today=rounds.today
        ),
    ):
        part.waived.add(stage)


def waives(rounds: Rounds, _: Case) -> None:
    found = rounds.part(lambda case, part: case.runs(part) and part.missing(), answers=True)
    if found is None:
        return
    case, part = found
    stage = rounds.dice.choice(part.missing() or list(STAGES))
    by = rounds.somebody(rounds.as_deputy[case.lead])
    allowed = rounds.leads(by, case) and case.runs(part) and stage in part.missing()
    if rounds.play(
        "meetings.waive_meeting",
        allowed,
        lambda: meetings.waive_meeting(
            row(rounds, part), stage=Stage(stage), reason="电话里说清了", by=by, today=rounds.today
        ),
    ):
        part.waived.add(stage)


def writes(rounds: Rounds, _: Case) -> None:
    found = rounds.part(
        lambda case, part: part.answers and case.may_write(part) and part.drafted != "to_sign"
    )
    if found is None:
        return
    case, part = found
    by = rounds.somebody(rounds.clerks[part.unit])
    own = rounds.works_at(by, part.unit) and part.answers
    allowed = own and case.may_write(part) and part.drafted != "to_sign"
    whole = rounds.dice.random() < 0.8
    outcome = rounds.outcome
    steps = walk.PLAN if outcome.meaning == Meaning.PLANNED else ()
    said = replies.Words(outcome, "已列入。", "", steps)
    asks = dict.fromkeys(case.to_answer(), said)
    done = rounds.play(
        "replies.save_reply",
        allowed,
        lambda: replies.save_reply(
            row(rounds, part),
            outcome=outcome,
            text="已列入计划。",
            file_number="竹交函〔2026〕1 号",
            answers=asks if whole else {},
            by=by,
        ),
    )
    if done:
        part.draft, part.edition = done.pk, done.edition
        part.drafted = "whole" if whole else "half"


def _may_be_signed(rounds: Rounds, case: Case, part: Part) -> bool:
    whole = case.may_write(part) and part.drafted == "whole"
    return whole and part.gate_open(rounds.today, rounds.works)


def asks_to_sign(rounds: Rounds, _: Case) -> None:
    found = rounds.part(lambda case, part: _may_be_signed(rounds, case, part), answers=True)
    if found is None:
        return
    case, part = found
    by = rounds.somebody(rounds.clerks[part.unit])
    allowed = rounds.works_at(by, part.unit) and _may_be_signed(rounds, case, part)
    if rounds.play(
        "replies.submit_for_signing",
        allowed,
        lambda: replies.submit_for_signing(row(rounds, part), by=by, today=rounds.today),
    ):
        part.drafted = "to_sign"


def _waits_for_head(case: Case, part: Part) -> bool:
    """Every joint unit stands behind this edition."""
    joint = (each.pk for each in case.sign_with(part))
    return part.drafted == "to_sign" and all(
        (pk, part.edition) in part.countersigned for pk in joint
    )


def gives_back(rounds: Rounds, _: Case) -> None:
    found = rounds.part(lambda _, part: part.drafted == "to_sign", answers=True)
    if found is None or not found[1].draft:
        return
    part = found[1]
    by = rounds.somebody(rounds.heads[part.unit])
    allowed = by == rounds.heads[part.unit] and part.drafted == "to_sign"
    draft = rounds.page(ReplyDraft, part.draft)
    if rounds.play(
        "replies.return_draft", allowed, lambda: replies.return_draft(draft, words="改日期", by=by)
    ):
        part.drafted = "whole"


def _unsigned(case: Case, lead: Part) -> list[Part]:
    """The joint units that have not signed the draft as it stands."""
    return [each for each in case.joint() if (each.pk, lead.edition) not in lead.countersigned]


def signs_with(rounds: Rounds, _: Case) -> None:
    """Any draft with a joint unit beside it: there are few."""
    found = rounds.lean(
        [
            (case, part)
            for case in rounds.cases
            for part in case.parts
            if part.draft and case.joint()
        ],
        lambda each: each[1].drafted == "to_sign" and each[1].role == "lead" and _unsigned(*each),
    )
    if found is None:
        return
    case, lead = found
    open_to = _unsigned(case, lead)
    joint = rounds.dice.choice(open_to or case.joint())
    by = rounds.somebody(rounds.heads[joint.unit])
    mark = joint.pk
    allowed = (
        by == rounds.heads[joint.unit]
        and lead.role == "lead"
        and lead.drafted == "to_sign"
        and case.may_write(lead)
        and (mark, lead.edition) not in lead.countersigned
    )
    draft = rounds.page(ReplyDraft, lead.draft)
    if rounds.play(
        "replies.countersign",
        allowed,
        lambda: replies.countersign(draft, part=row(rounds, joint), by=by),
    ):
        lead.countersigned.add((mark, lead.edition))
        joint.stands_behind = True


def signs(rounds: Rounds, _: Case) -> None:
    found = rounds.part(_waits_for_head, answers=True)
    if found is None:
        return
    case, part = found
    if not part.draft:
        return
    by = rounds.somebody(rounds.heads[part.unit])
    allowed = (
        by == rounds.heads[part.unit]
        and _waits_for_head(case, part)
        and case.may_write(part)
        and part.gate_open(rounds.today, rounds.works)
    )
    draft = rounds.page(ReplyDraft, part.draft)
    done = rounds.play(
        "replies.sign", allowed, lambda: replies.sign(draft, by=by, today=rounds.today)
    )
    if not done:
        return
    if part.paused:
        part.goes_on(rounds.today, rounds.works)
    part.reply, part.state, part.replied = done.pk, "done", rounds.today
    part.rate_until = add_working_days(rounds.today, RATE_DAYS, rounds.works)
    part.replies, part.drafted, part.draft = part.replies + 1, "", 0
    part.countersigned.clear()
    if part.role == "lead":
        _ends_helpers(case)
    waiting = [each for each in case.parts if each.answers and each.state != "done"]
    if case.state == "assigned" and not waiting:
        case.state = "answered"
        for each in case.takes:
            each.state = "answered" if each.state == "merged" else each.state


def _ends_helpers(case: Case) -> None:
    """Nobody waits for what a helper has not sent, once 主办 has answered."""
    for helper in case.parts:
        if not helper.answers and helper.state in {"handed", "received", "objected"}:
            helper.state = "signed_along" if helper.stands_behind else "silent"
            helper.paused = None


def _may_opine(case: Case, part: Part) -> bool:
    """In hand, or sent already: then a further version; until 主办 has answered."""
    open_now = case.runs(part) or (case.state == "assigned" and part.state == "done")
    answered = any(each.role == "lead" and each.replies for each in case.parts)
    return not part.answers and open_now and not answered


def opines(rounds: Rounds, _: Case) -> None:
    """会办、协办意见; a part that is done already sends a further version."""
    found = rounds.part(_may_opine)
    if found is None:
        return
    case, part = found
    by = rounds.somebody(rounds.clerks[part.unit])
    allowed = rounds.works_at(by, part.unit) and _may_opine(case, part)
    said = {"text": "同意。", "file_number": "竹财函〔2026〕2 号", "signer": "周局长"}
    if rounds.play(
        "opinions.send_opinion",
        allowed,
        lambda: opinions.send_opinion(row(rounds, part), by=by, today=rounds.today, **said),
    ):
        part.state, part.paused = "done", None
