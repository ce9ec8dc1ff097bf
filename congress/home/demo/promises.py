"""承诺、回头看: what units have promised, reported and let slip; what was raised again."""

from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from congress.home.demo.cast import Cast, moment
from congress.home.demo.photos import photo
from congress.shared import clock
from proposals.actions import challenges, lookback, promises, review, submission, upgrades
from proposals.follow_states import OPEN_STEPS, LookBackState, PromiseState
from proposals.models import Challenge, LookBack, OutcomeClass, Promise, Proposal, Reply
from proposals.models.promises import Step
from proposals.models.reference import Meaning
from proposals.permissions.submission import sits
from proposals.queries.deputies import session_for
from proposals.states import Kind, State

STEPS = (
    (24, "完成现场踏勘和预算评审"),
    (70, "完成招标，施工队进场"),
    (150, "主体完工"),
    (330, "全部完工，请代表和村里一起验收"),
)


def steps_of(outcome: OutcomeClass, day: date) -> tuple[Step, ...]:
    """What a unit promises that answers on that day."""
    if outcome.meaning != Meaning.PLANNED:
        return ()
    return tuple(Step(day + timedelta(days=days), words) for days, words in STEPS)


AGAIN = "关于再次整修已办结事项的建议"
CONFIRMED_AFTER, LEFT_WAITING, LEFT_OPEN = 3, 2, 5


def tell(cast: Cast) -> None:
    """Most steps are kept and confirmed, some let slip; one answer is upgraded, one challenged."""
    own = Promise.objects.standing().filter(reply__assignment__unit__name__in=cast.units)
    county = Proposal.objects.decided_at_the_desk()
    rows = own.filter(due_on__lt=cast.today, reply__assignment__proposal__in=county)
    due = list(rows.with_case().order_by("due_on", "pk"))
    for number, promise in enumerate(due):
        if number % 4 == LEFT_WAITING and number < len(due) - LEFT_WAITING:
            continue
        _keep(cast, promise, confirms=number < len(due) - LEFT_WAITING)
    _look_back(cast, due)
    _report_one(cast)
    _upgrade(cast)
    _raise_again(cast)


def _keep(cast: Cast, promise: Promise, *, confirms: bool) -> None:
    unit = cast.units[promise.assignment.unit.name]
    day = promise.due_on - timedelta(days=1)
    shown = None if confirms else ("现场.jpg", photo(promise.pk))
    with clock.at(moment(day, 10)):
        words = f"{promise.words}，有签字的记录。"
        promises.report_step(promise, words=words, by=unit, today=day, picture=shown)
    if confirms:
        later = min(day + timedelta(days=CONFIRMED_AFTER), cast.today)
        with clock.at(moment(later, 10)):
            promises.confirm_step(promise, by=cast.registrar, today=later)


def _look_back(cast: Cast, due: list[Promise]) -> None:
    """Beat has looked every month; all but the newest look-backs are settled with a new day."""
    day = min((each.due_on for each in due), default=cast.today)
    while day < cast.today:
        with clock.at(moment(day, 7)):
            lookback.open_due(day)
        day += timedelta(days=30)
    with clock.at(moment(cast.today, 7)):
        lookback.open_due(cast.today)
    waiting = list(LookBack.objects.open().order_by("-opened_on", "-pk"))
    for number, each in enumerate(waiting[LEFT_OPEN:]):
        later = cast.today + timedelta(days=30 + 11 * number)
        with clock.at(moment(cast.today, 8)):
            lookback.settle_look_back(
                each,
                ending=LookBackState.KEPT,
                words="资金今年才到位，推迟到明年办完。",
                next_on=later,
                by=cast.registrar,
                today=cast.today,
            )


def _report_one(cast: Cast) -> None:
    found = LookBack.objects.open().filter(reply__assignment__unit__name__in=cast.units).first()
    if found:
        by = cast.units[found.assignment.unit.name]
        report = "材料涨价，重新招标耽误了工期，下月进场。"
        with clock.at(moment(cast.today, 9)):
            lookback.report_look_back(found, report=report, by=by, today=cast.today)


def _upgrade(cast: Cast) -> None:
    """Two answers all of whose steps are done sooner than promised: one confirmed, one waits."""
    solved = OutcomeClass.objects.filter(meaning=Meaning.SOLVED)[0]
    rows = Reply.objects.standing().filter(promises__due_on__gt=cast.today).distinct()
    found = [each for each in rows.order_by("pk") if each.assignment.unit.name in cast.units]
    for number, reply in enumerate(found[:2]):
        unit, day = cast.units[reply.assignment.unit.name], cast.today - timedelta(days=3 - number)
        with clock.at(moment(day, 11)):
            for each in reply.promises.filter(state__in=OPEN_STEPS):
                if each.state != PromiseState.REPORTED:
                    promises.report_step(each, words="提前办成。", by=unit, today=day)
                promises.confirm_step(each, by=cast.registrar, today=day)
            for answer in reply.answers.all():
                asked = upgrades.ask_upgrade(
                    reply,
                    ask=answer.ask,
                    becomes=solved,
                    evidence="竣工验收单，领衔代表到现场看过",
                    by=unit,
                    today=day,
                )
                if number == 0:
                    upgrades.confirm_upgrade(asked, by=cast.registrar, today=day)


def _raise_again(cast: Cast) -> None:
    """One that was called solved comes again: people confirm it, and the unit explains."""
    day = cast.today - timedelta(days=6)
    session = session_for(cast.deputies[0], day)
    earlier = _solved(cast)
    if session is None or earlier is None:
        return
    known = (cast.star, cast.second)
    lead = next(d for d in cast.deputies[40:] if d not in known and sits(d, session, day))
    with clock.at(moment(day, 9)):
        row = submission.submit(
            lead=lead,
            kind=Kind.INTERSESSION,
            session=session,
            continues=earlier,
            by=cast.actors[lead.pk],
            today=day,
            token=uuid5(NAMESPACE_URL, AGAIN),
            title=f"{earlier.title[:40]}（又坏了）"[:60],
            facts="去年答复已经办结，今年雨季以后又坏了一段，群众又来反映。",
            request="重新整修，并明确以后谁来管护。",
        )
        review.accept(row, by=cast.registrar, today=day)
        challenges.open_challenges(day)
        found = Challenge.objects.filter(proposal=row).first()
        if found is None:
            return
        challenges.confirm_challenge(found, by=cast.registrar, today=day)
        words = "去年按设计整修完成并验收；今年山洪冲毁的是相邻一段，已列入应急修复。"
        by = cast.units[found.assignment.unit.name]
        challenges.explain_challenge(found, explanation=words, by=by, today=day)


def _solved(cast: Cast) -> Proposal | None:
    county = Proposal.objects.decided_at_the_desk().filter(withheld_reason="")
    rows = Reply.objects.standing().filter(
        outcome__meaning=Meaning.SOLVED,
        assignment__proposal__in=county.filter(state=State.PUBLISHED),
        assignment__unit__name__in=cast.units,
        replied_on__lt=cast.today - timedelta(days=60),
    )
    reply = rows.select_related("assignment__proposal").order_by("pk").first()
    return reply.assignment.proposal if reply else None
