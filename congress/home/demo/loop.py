"""Chapter three: proposals of two years, each walked through the real verbs."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from congress.home.demo import both_sides, deliveries
from congress.home.demo.cast import Cast, moment
from congress.home.demo.promises import steps_of
from congress.home.demo.stories import (
    CLOSED,
    DONE,
    MORE,
    NOT_NOW,
    PLANNED,
    Story,
    stories,
)
from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.models import Session
from deputies.models import Deputy, Mandate
from proposals.actions import (
    assignment,
    evaluation,
    meetings,
    publication,
    replies,
    review,
    signing,
    submission,
)
from proposals.models import Assignment, Meeting, OutcomeClass, Proposal, Reply
from proposals.permissions.replies import asks_of
from proposals.rating_states import Fulfilment, Satisfaction
from proposals.states import Kind, Stage

REPLY = "收到建议后，我局到现场核实了情况，与领衔代表当面商量了办法。"
RESULT = {
    DONE: ("现已办结，领衔代表到现场看过。", "完工验收单"),
    PLANNED: ("现已列入年度工作安排，按计划推进。", "年度工作安排"),
    NOT_NOW: ("因资金和条件限制今年办不了，已作解释，条件具备后再办。", "情况说明"),
}
"""What an answer of each class says and rests on where the story has no words of its own."""
GOOD, FAIR, BAD = Satisfaction.SATISFIED, Satisfaction.FAIR, Satisfaction.UNSATISFIED


@dataclass(frozen=True)
class Days:
    """When each step happens; a step later than today has not happened yet."""

    submitted: date
    kind: Kind
    session: Session

    def after(self, days: int) -> date:
        """The first weekday not earlier than so many days after submission."""
        day = self.submitted + timedelta(days=days)
        return day + timedelta(days=(7 - day.weekday()) % 7 if day.weekday() > 4 else 0)


def tell(cast: Cast, year: int, kind: Kind) -> None:
    """2025's are closed, 2026's session ones answered, the autumn's at every step."""
    told = stories()
    both_sides.blocks_of_text(cast)
    sessions = {s.number: s for s in Session.objects.all()}
    days = [
        *(Days(date(2025, 1, 6), Kind.SESSION, sessions[4]) for _ in told[:CLOSED]),
        *(Days(date(2026, 1, 12), Kind.SESSION, sessions[5]) for _ in told[CLOSED:36]),
        *(
            Days(day, Kind.INTERSESSION, sessions[5])
            for day in (
                date(2026, 7, 1),
                date(2026, 8, 3),
                date(2026, 8, 6),
                date(2026, 8, 20),
                date(2026, 9, 7),
                date(2026, 9, 28),
                date(2026, 10, 19),
                date(2026, 11, 4),
                date(2026, 11, 17),
                date(2026, 11, 19),
            )
        ),
        *(Days(date(2025, 1, 6), Kind.SESSION, sessions[4]) for _ in range(MORE)),
    ]
    days += [Days(date(2026, 1, 12), Kind.SESSION, sessions[5]) for _ in told[len(days) :]]
    for number, (story, when) in enumerate(zip(told, days, strict=True)):
        if (when.submitted.year, when.kind) == (year, kind):
            _live(cast, number, story, when)


def _lead(cast: Cast, number: int) -> Deputy:
    if number in {3, 24, 38, 42} and cast.star:
        return cast.star
    return cast.deputies[(number * 37 + 11) % len(cast.deputies)]


def _live(cast: Cast, number: int, story: Story, when: Days) -> None:
    lead = _lead(cast, number)
    with clock.at(moment(when.submitted, 10)):
        proposal = submission.submit(
            lead=lead,
            kind=when.kind,
            session=when.session,
            title=story.title,
            facts=story.facts,
            request=story.request,
            token=uuid5(NAMESPACE_URL, f"demo-{number}"),
            by=cast.actors[lead.pk],
            today=when.submitted,
        )
    with clock.at(moment(when.after(1), 15)):
        for deputy in _signers(cast, lead, number):
            signing.cosign(proposal, deputy=deputy, by=cast.actors[deputy.pk], today=when.after(1))
    if (day := when.after(6 + number % 4)) <= cast.today:
        with clock.at(moment(day, 11)):
            review.accept(proposal, by=cast.registrar, today=day)
        _hand_over(cast, number, story, when, proposal, cast.actors[lead.pk])


def _signers(cast: Cast, lead: Deputy, number: int) -> list[Deputy]:
    """Two to five of the lead's own delegation."""
    mandate = Mandate.objects.get(deputy=lead, term__assembly=cast.county)
    same = Mandate.objects.filter(delegation=mandate.delegation, term=mandate.term)
    own = set(same.values_list("deputy", flat=True)) - {lead.pk}
    if cast.second:
        own.discard(cast.second.pk)
    able = [deputy for deputy in cast.deputies if deputy.pk in own]
    turn = number % 3
    return (able[turn:] + able[:turn])[: 4 + number % 5]


def _hand_over(
    cast: Cast, number: int, story: Story, when: Days, proposal: Proposal, lead: Actor
) -> None:
    if (day := when.after(14)) > cast.today:
        return
    with clock.at(moment(day, 14)):
        shares = both_sides.shares(number, story.unit)
        assignment.assign(proposal, shares=shares, by=cast.registrar, today=day)
    both_sides.received(cast, proposal, day)
    both_sides.opined(cast, number, proposal, when.after(38 + number % 7))
    if when.kind is Kind.INTERSESSION and number in {37, 38}:
        _meet(cast, number, story, when, proposal, lead, upto=2)
        return
    if _meet(cast, number, story, when, proposal, lead, upto=3):
        _answer(cast, number, story, when, proposal, lead)


def _meet(
    cast: Cast, number: int, story: Story, when: Days, proposal: Proposal, lead: Actor, upto: int
) -> bool:
    """The three meetings, as far as time has come; True when all are held."""
    unit = cast.units[story.unit]
    of = proposal.assignments.get(unit__name=story.unit)
    said = (
        "了解提出建议的初衷，核对具体位置和受益户数。",
        "一起到现场看了，商量先办哪一段、钱从哪里来。",
        "当面说明办理结果，听取代表意见。",
    )
    offsets = (24, 50, 78) if when.kind is Kind.SESSION else (22, 40, 60)
    for stage, offset, words in list(zip(Stage, offsets, said, strict=True))[:upto]:
        day = when.after(offset + number % 7)
        if day > cast.today:
            return False
        if both_sides.waived(number, of, stage, lead, day):
            continue
        meeting = _record(of, stage, words, unit, lead, day)
        if both_sides.denied(number, meeting, lead, day):
            day += timedelta(days=1)
            meeting = _record(of, stage, words, unit, lead, day)
        if number % 9 != 8 or stage == Stage.AFTER:
            with clock.at(moment(day, 20)):
                meetings.confirm_meeting(meeting, by=lead)
    return upto == len(Stage)


def _record(
    of: Assignment, stage: Stage, said: str, unit: Actor, lead: Actor, day: date
) -> Meeting:
    with clock.at(moment(day, 16)):
        return meetings.record_meeting(
            of,
            stage=stage,
            met_on=day,
            place="现场" if stage == Stage.DURING else "村委会会议室",
            people=f"{unit.name}、{lead.name}代表",
            said=said,
            by=unit,
            today=day,
        )


def _answer(
    cast: Cast, number: int, story: Story, when: Days, proposal: Proposal, lead: Actor
) -> None:
    offset = 82 if when.kind is Kind.SESSION else 66
    if (day := when.after(offset + number % 9)) > cast.today:
        return
    unit = cast.units[story.unit]
    of = proposal.assignments.get(unit__name=story.unit)
    with clock.at(moment(day, 10)):
        reply = _signed(of, number, story, unit, cast.heads[story.unit], day)
    if number % 6 != 5 and (rated := when.after(offset + 14)) <= cast.today:
        with clock.at(moment(rated, 20)):
            _rate(reply, number, done=story.outcome == DONE, by=lead, today=rated)
    if (shown := when.after(offset + 30)) <= cast.today:
        with clock.at(moment(shown, 10)):
            publication.publish(proposal, by=cast.director, today=shown)


def _rate(reply: Reply, number: int, *, done: bool, by: Actor, today: date) -> None:
    """Each ask marked as the result is; a word of why where it does not satisfy.

    All grades occur, or a released total would tell of the small units' cells that they are zero.
    """
    result = (
        (GOOD, GOOD, GOOD, FAIR)[number % 4] if done else (GOOD, FAIR, GOOD, GOOD, BAD)[number % 5]
    )
    process = FAIR if number % 5 == 0 else BAD if number % 11 == 7 else GOOD
    mark, words = {
        GOOD: (Fulfilment.DONE if done else Fulfilment.HALF, ""),
        FAIR: (Fulfilment.HALF, "还要抓紧些。"),
    }.get(result, (Fulfilment.NOT_DONE, "只说列入计划，没有说哪一天动工。"))
    if process == BAD and not words:
        words = "事情办了，来之前没有和我商量。"
    evaluation.rate(
        reply,
        process=process,
        result=result,
        asks=dict.fromkeys((each.ask_id for each in reply.answers.all()), mark),
        words=words,
        by=by,
        today=today,
    )


def _signed(
    of: Assignment, number: int, story: Story, unit: Actor, head: Actor, day: date
) -> Reply:
    """Written by the clerk, each ask answered, and signed by the unit's head."""
    outcome = OutcomeClass.objects.get(code=story.outcome)
    usual, evidence = RESULT[story.outcome]
    text = f"{REPLY}{story.reply or usual}"
    one = replies.Words(outcome, (story.reply or usual)[:1000], evidence, steps_of(outcome, day))
    written = replies.save_reply(
        of,
        outcome=outcome,
        text=text,
        file_number=f"竹{of.unit.short_name[:1]}函〔{day.year}〕{number + 3}号",
        answers={ask.pk: one for ask in asks_of(of)},
        by=unit,
    )
    deliveries.shown(written, number, unit)
    draft = replies.submit_for_signing(of, by=unit, today=day)
    return replies.sign(draft, by=head, today=day)
