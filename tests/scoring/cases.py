"""Two years of one deputy at the bottom, by the real verbs: reviews, talks, what may follow.

Each year's talk is held in the January after it, and the pack is opened in the February after the
second one.
"""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.models import Setting
from congress.shared.roles import Role
from scoring.actions import advice, commendation, talks
from scoring.actions.advice import Considered, Hearing
from scoring.actions.talks import Appointment, Spoken
from scoring.models import Archive, CommendationList, Grading, ResignationAdvice, ReviewCycle, Talk
from scoring.queries.commendation import candidates, proposed
from scoring.states import CycleState
from tests import make
from tests.deputies import seats
from tests.home import facts
from tests.scoring import year

BOTTOM = "不定等次"
REASON, MINUTE = "密约谈理由", "密约谈文号"
SAID, ANSWERED, PRESENT = "密谈话内容", "密本人陈述", "密在场人员"
PLAN, ADDED = "密打算", "密补充"
FACTS, REPLY, HEARD, JUDGED = "密事实摘要", "密申辩", "密听取意见", "密研究意见"
CONFIDED = [
    *(REASON, MINUTE, SAID, ANSWERED, PRESENT, PLAN, ADDED, FACTS, REPLY, HEARD, JUDGED),
    *("密谈话地点", "密见证人", "密未签认", "密落实", "密不约谈"),
]
"""Words that stand in no other place than in what is kept in confidence."""


@dataclass
class Case:
    """Who has to do with it: of the year's party the first deputy is the one."""

    party: year.Party
    talker: Actor
    handler: Actor

    @property
    def deputy(self):
        return self.party.deputies[0]

    @property
    def director(self) -> Actor:
        return self.party.director

    def grading(self, of: int = year.YEAR) -> Grading:
        return Grading.objects.get(deputy=self.deputy, cycle__year=of)


def case(people: int = 1) -> Case:
    return Case(year.party(people), make.actor(Role.LEADER), make.actor())


def rule(key: str, value: int) -> None:
    """The county's own figure, from long ago."""
    Setting.objects.create(key=key, value=value, from_on=make.ELECTED_ON, basis="县常委会")


@contextmanager
def on(day: date, hour: int = 10):
    """The county's clock at that hour of the day."""
    with clock.at(timezone.make_aware(datetime.combine(day, time(hour)))):
        yield


def reviewed(
    of: Case, *years: int, name: str = BOTTOM, state: CycleState = CycleState.FINAL
) -> None:
    """Those years' reviews as the yearly run leaves them; everybody has the same grade."""
    for each in years or (year.YEAR,):
        graded(facts.review(state, each), of, name)


def graded(cycle: ReviewCycle, of: Case, name: str = BOTTOM) -> None:
    grade = year.grade(name)
    Grading.objects.bulk_create(
        Grading(cycle=cycle, deputy=deputy, grade=grade) for deputy in of.party.deputies
    )


def filed() -> None:
    """A file for every grading, as the yearly run leaves it; its drawing is tested elsewhere."""
    for each in Grading.objects.filter(archive=None):
        Archive.objects.create(
            grading=each,
            number=f"{each.cycle.year}-{each.pk:04}",
            code=f"{each.pk}",
            file=f"{each.pk}.pdf",
            sha256=f"{each.pk:064}",
            pages=4,
            sealed_at=clock.now(),
        )


def decided_on(of: int = year.YEAR) -> date:
    """A working day of the January after that year."""
    return date(of + 1, 1, 11)


def held_on(of: int = year.YEAR) -> date:
    return date(of + 1, 1, 20)


def meeting(of: Case, on_day: date | None = None, place: str = "密谈话地点") -> Appointment:
    at = timezone.make_aware(datetime.combine(on_day or held_on(), time(9, 30)))
    return Appointment(at, place, of.talker.user, of.handler.user)


def called(of: Case, of_year: int = year.YEAR) -> Talk:
    """Decided, with a day and a place."""
    with on(decided_on(of_year)):
        return talks.decide_talk(
            of.grading(of_year),
            reason=REASON,
            minute=MINUTE,
            meeting=meeting(of, held_on(of_year)),
            by=of.director,
            today=decided_on(of_year),
        )


def said(of_year: int = year.YEAR) -> Spoken:
    at = timezone.make_aware(datetime.combine(held_on(of_year), time(9, 30)))
    return Spoken(at, PRESENT, SAID, ANSWERED, [(PLAN, held_on(of_year) + timedelta(days=60))])


def held(of: Case, of_year: int = year.YEAR, talk: Talk | None = None) -> Talk:
    talk = talk or called(of, of_year)
    with on(held_on(of_year), 11):
        return talks.record_talk(talk, said=said(of_year), by=of.handler)


def signed(of: Case, of_year: int = year.YEAR) -> Talk:
    talk = held(of, of_year)
    with on(held_on(of_year), 15):
        return talks.acknowledge_talk(talk, reply=ADDED, by=make.as_deputy(of.deputy))


def unsigned(of: Case, of_year: int = year.YEAR) -> Talk:
    how = {"words": "密未签认", "witnesses": ("密见证人", "李四"), "by": of.handler}
    day = held_on(of_year) + timedelta(days=10)
    return talks.note_unsigned(held(of, of_year), **how, today=day)


def spared(of: Case, of_year: int = year.YEAR) -> Talk:
    return talks.spare_talk(of.grading(of_year), reason="密不约谈", by=of.director)


def settled(of: Case, talk: Talk) -> None:
    """What the deputy meant to do is done."""
    talks.settle_promise(talk.promises.get(), kept=True, outcome="密落实", by=of.handler)


FIRST = year.YEAR - 1
OPENED_ON = date(year.YEAR + 1, 2, 8)
"""A working day after the second talk."""


def opened(of: Case, years: tuple[int, int] = (FIRST, year.YEAR)) -> ResignationAdvice:
    """Talks held and signed for two years running, files sealed, the pack opened."""
    reviewed(of, *years)
    filed()
    first, second = (signed(of, each) for each in years)
    assert first.grading.deputy == second.grading.deputy
    with on(OPENED_ON):
        return advice.open_advice(
            second,
            facts=FACTS,
            leader=of.talker.user,
            handler=of.handler.user,
            by=of.director,
            today=OPENED_ON,
        )


def served(of: Case, found: ResignationAdvice | None = None) -> ResignationAdvice:
    found = found or opened(of)
    with on(OPENED_ON, 14):
        return advice.serve_advice(found, by=of.handler, today=OPENED_ON)


def replied(of: Case, found: ResignationAdvice, *, wants_hearing: bool = False) -> None:
    day = OPENED_ON + timedelta(days=1)
    with on(day):
        advice.reply_advice(
            found,
            words=REPLY,
            wants_hearing=wants_hearing,
            by=make.as_deputy(of.deputy),
            today=day,
        )


HEARD_ON = OPENED_ON + timedelta(days=4)


def invited(of: Case, found: ResignationAdvice) -> None:
    day, at = OPENED_ON + timedelta(days=1), heard().held_at
    with on(day, 12):
        advice.invite_hearing(found, meets_at=at, place="密谈话地点", by=of.handler, today=day)


def heard() -> Hearing:
    at = timezone.make_aware(datetime.combine(HEARD_ON, time(9)))
    return Hearing(at, "密谈话地点", PRESENT, True, HEARD)


def was_heard(of: Case, found: ResignationAdvice) -> ResignationAdvice:
    invited(of, found)
    with on(HEARD_ON, 12):
        return advice.record_hearing(found, heard=heard(), by=of.handler)


def considered(found: ResignationAdvice, *, advised: bool = True, **how) -> Considered:
    day = found.reply_until + timedelta(days=3)
    votes = {"in_favour": 5, "against": 1, "abstained": 1} | how
    return Considered(advised, "密约谈文号", day, **votes, reason=JUDGED)


def concluded(of: Case, found: ResignationAdvice, *, advised: bool = True) -> ResignationAdvice:
    told = considered(found, advised=advised)
    day = told.decided_on + timedelta(days=1)
    with on(day):
        return advice.conclude_advice(found, considered=told, by=of.director, today=day)


def ended_in_the_roster(of: Case) -> None:
    """The committee accepted the deputy's letter, and the desk ended the seat."""
    day = OPENED_ON + timedelta(days=30)
    mandate = of.deputy.mandates.select_related("deputy").get()
    seats.resigned(mandate, on=day, by=of.director, today=day)


def resigned(of: Case, found: ResignationAdvice) -> ResignationAdvice:
    """The roster has the end of the seat; the facts of the committee's papers come to it."""
    day = OPENED_ON + timedelta(days=30)
    ended_in_the_roster(of)
    with on(day, 16):
        return advice.record_resignation(found, by=of.director)


def commended(cycle: ReviewCycle, **how) -> CommendationList:
    """The proposed list of a sealed review, confirmed."""
    chosen = how.pop("chosen", None) or [row.pk for row in proposed(cycle, candidates(cycle))]
    how = {"minute": "县人常纪〔2027〕2号", "by": make.director()} | how
    return commendation.confirm_commendation(cycle, chosen=chosen, **how)
