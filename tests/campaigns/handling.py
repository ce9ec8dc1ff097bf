"""交 and 办 in the machine: hand over, meet, write, sign, publish."""

from proposals.actions import assignment, meetings, publication, replies
from proposals.models import Assignment, Meeting, OutcomeClass, Proposal, ReplyDraft
from proposals.permissions.replies import asks_of
from proposals.sharing import Share
from proposals.states import Stage, UnitRole
from tests.campaigns.cases import STAGES, Case, Met, Part
from tests.campaigns.rounds import Rounds


def row(case: Case) -> Proposal:
    return Proposal.objects.get(pk=case.pk)


def part_row(part: Part) -> Assignment:
    return Assignment.objects.get(pk=part.pk)


def assigns(rounds: Rounds, case: Case) -> None:
    """One leads, others sign with it or help; or two answer apart; now and then nonsense."""
    by = rounds.somebody(rounds.office[0])
    units = rounds.dice.sample(rounds.units, 3)
    shapes = (
        [UnitRole.LEAD],
        [UnitRole.LEAD, UnitRole.ASSISTING],
        [UnitRole.LEAD, UnitRole.JOINT],
        [UnitRole.SEPARATE, UnitRole.SEPARATE],
        [UnitRole.ASSISTING],
        [UnitRole.LEAD, UnitRole.LEAD],
    )
    roles = rounds.dice.choice(shapes)
    shares = [Share(unit, role) for unit, role in zip(units, roles, strict=False)]
    sound = roles in shapes[:4]
    allowed = rounds.is_office(by) and case.state == "accepted" and sound
    done = rounds.play(
        "assign",
        allowed,
        lambda: assignment.assign(row(case), shares=shares, by=by, today=rounds.today),
    )
    if done:
        case.state = "assigned"
        rows = done.assignments.order_by("position")
        case.parts = [Part(one.unit_id, one.role, one.pk, rounds.today) for one in rows]


def _answering(rounds: Rounds, case: Case) -> Part | None:
    found = [part for part in case.parts if part.answers]
    return rounds.dice.choice(found) if found else None


def meets(rounds: Rounds, case: Case) -> None:
    part = rounds.dice.choice(case.parts) if case.parts else None
    if part is None:
        return
    stage = rounds.dice.choice((part.missing() or list(STAGES))[:2])
    right = rounds.clerks[part.unit] if rounds.dice.random() < 0.8 else rounds.as_deputy[case.lead]
    by = rounds.somebody(right)
    leads = by == rounds.as_deputy[case.lead]
    party = leads or (rounds.works_at(by, part.unit) and part.answers)
    latest = max((met.on for met in part.met.values()), default=part.assigned)
    allowed = (
        party
        and case.state == "assigned"
        and not part.replies
        and part.missing()[:1] == [stage]
        and latest <= rounds.today
    )
    if leads and not part.answers:
        return  # whether a deputy may note a meeting with a helper is not what is tried here
    done = rounds.play(
        "record_meeting",
        allowed,
        lambda: meetings.record_meeting(
            part_row(part),
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


def _some_meeting(rounds: Rounds, case: Case) -> tuple[Part, str, Met] | None:
    found = [(part, stage, met) for part in case.parts for stage, met in part.met.items()]
    return rounds.dice.choice(found) if found else None


def bears_out(rounds: Rounds, case: Case) -> None:
    found = _some_meeting(rounds, case)
    if found is None:
        return
    part, _, met = found
    by = rounds.somebody(rounds.as_deputy[case.lead] if met.by_unit else rounds.clerks[part.unit])
    other = by == rounds.as_deputy[case.lead] if met.by_unit else rounds.works_at(by, part.unit)
    allowed = other and not met.confirmed
    meeting = Meeting.objects.get(pk=met.pk)
    if rounds.play("confirm_meeting", allowed, lambda: meetings.confirm_meeting(meeting, by=by)):
        met.confirmed = True


def contradicts(rounds: Rounds, case: Case) -> None:
    found = _some_meeting(rounds, case)
    if found is None:
        return
    part, stage, met = found
    by = rounds.somebody(rounds.as_deputy[case.lead] if met.by_unit else rounds.clerks[part.unit])
    other = by == rounds.as_deputy[case.lead] if met.by_unit else rounds.works_at(by, part.unit)
    allowed = other and not met.confirmed and case.state == "assigned" and not part.replies
    meeting = Meeting.objects.get(pk=met.pk)
    if rounds.play(
        "deny_meeting",
        allowed,
        lambda: meetings.deny_meeting(meeting, words="没有见面", by=by, today=rounds.today),
    ):
        del part.met[stage]


def waives(rounds: Rounds, case: Case) -> None:
    part = _answering(rounds, case)
    if part is None:
        return
    stage = rounds.dice.choice(part.missing() or list(STAGES))
    by = rounds.somebody(rounds.as_deputy[case.lead])
    allowed = (
        by == rounds.as_deputy[case.lead]
        and case.state == "assigned"
        and not part.replies
        and stage in part.missing()
    )
    if rounds.play(
        "waive_meeting",
        allowed,
        lambda: meetings.waive_meeting(
            part_row(part), stage=Stage(stage), reason="电话里说清了", by=by, today=rounds.today
        ),
    ):
        part.waived.add(stage)


def may_write(case: Case, part: Part) -> bool:
    """In hand; or answered, and the whole not yet public: then a further version."""
    if part.replies:
        return case.state in {"assigned", "answered"}
    return case.state == "assigned"


def writes(rounds: Rounds, case: Case) -> None:
    part = rounds.dice.choice(case.parts) if case.parts else None
    if part is None:
        return
    by = rounds.somebody(rounds.clerks[part.unit])
    own = rounds.works_at(by, part.unit) and part.answers
    allowed = own and may_write(case, part) and part.drafted != "to_sign"
    whole = rounds.dice.random() < 0.8
    outcome = OutcomeClass.objects.get(code="B")
    asks = {ask.pk: replies.Words(outcome, "已列入。") for ask in asks_of(part_row(part))}
    done = rounds.play(
        "save_reply",
        allowed,
        lambda: replies.save_reply(
            part_row(part),
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


def asks_to_sign(rounds: Rounds, case: Case) -> None:
    part = _answering(rounds, case)
    if part is None:
        return
    by = rounds.somebody(rounds.clerks[part.unit])
    allowed = (
        rounds.works_at(by, part.unit)
        and may_write(case, part)
        and part.drafted == "whole"
        and part.gate_open(rounds.today, rounds.works)
    )
    if rounds.play(
        "submit_for_signing",
        allowed,
        lambda: replies.submit_for_signing(part_row(part), by=by, today=rounds.today),
    ):
        part.drafted = "to_sign"


def gives_back(rounds: Rounds, case: Case) -> None:
    part = _answering(rounds, case)
    if part is None or not part.draft:
        return
    by = rounds.somebody(rounds.heads[part.unit])
    allowed = by == rounds.heads[part.unit] and part.drafted == "to_sign"
    draft = ReplyDraft.objects.get(pk=part.draft)
    if rounds.play(
        "return_draft", allowed, lambda: replies.return_draft(draft, words="改日期", by=by)
    ):
        part.drafted = "whole"


def signs_with(rounds: Rounds, case: Case) -> None:
    lead = _answering(rounds, case)
    if lead is None or not lead.draft or not case.joint():
        return
    joint = rounds.dice.choice(case.joint())
    by = rounds.somebody(rounds.heads[joint.unit])
    mark = joint.unit
    allowed = (
        by == rounds.heads[joint.unit]
        and lead.drafted == "to_sign"
        and (mark, lead.edition) not in lead.countersigned
    )
    draft = ReplyDraft.objects.get(pk=lead.draft)
    if rounds.play(
        "countersign",
        allowed,
        lambda: replies.countersign(draft, part=part_row(joint), by=by),
    ):
        lead.countersigned.add((mark, lead.edition))


def signs(rounds: Rounds, case: Case) -> None:
    part = _answering(rounds, case)
    if part is None or not part.draft:
        return
    by = rounds.somebody(rounds.heads[part.unit])
    joint = all((each.unit, part.edition) in part.countersigned for each in case.joint())
    allowed = (
        by == rounds.heads[part.unit]
        and part.drafted == "to_sign"
        and may_write(case, part)
        and joint
        and part.gate_open(rounds.today, rounds.works)
    )
    draft = ReplyDraft.objects.get(pk=part.draft)
    if not rounds.play("sign", allowed, lambda: replies.sign(draft, by=by, today=rounds.today)):
        return
    part.replies, part.drafted, part.draft = part.replies + 1, "", 0
    part.countersigned.clear()
    waiting = [each for each in case.parts if each.answers and not each.replies]
    if case.state == "assigned" and not waiting:
        case.state = "answered"
        for each in case.takes:
            each.state = "answered" if each.state == "merged" else each.state


def publishes(rounds: Rounds, case: Case) -> None:
    by = rounds.somebody(rounds.office[1])
    allowed = rounds.is_office(by) and case.state == "answered" and not case.into
    if rounds.play(
        "publish",
        allowed,
        lambda: publication.publish(row(case), by=by, today=rounds.today),
    ):
        for each in (case, *case.takes):
            each.state = "published"
            rounds.closes(each)
