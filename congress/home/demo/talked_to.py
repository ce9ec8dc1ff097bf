"""Chapter: what followed last year's review: one talk held and signed, one to come, one spared."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from congress.home.demo.cast import Cast, moment
from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.models import User
from deputies.models import Deputy
from scoring.actions import talks
from scoring.actions.talks import Appointment, Spoken
from scoring.models import Grading, Talk
from scoring.queries.talks import undecided

REASON = "这一年没有参加小组活动，没有领衔提出建议，接待日两次没有到岗。"
SAID = "通报了全年履职情况，了解没有参加活动的原因，提醒按时参加、向小组请假。"
ANSWERED = "在外地做工程，一年里多半时间不在家，没有跟小组说清楚。今后提前请假，能回来的都回来。"
MEANS = (("每季度至少参加一次小组活动", 120), ("领衔提出一件建议", 240))
REPLY = "记得对。"
SPARED = "全年住院治疗，小组和乡镇人大核实过，不约谈。"


def tell(cast: Cast, year: int) -> None:
    """Of those whom last year's grade puts on the list: three are decided, the others wait."""
    cycle = Grading.objects.filter(cycle__year=year).latest("pk").cycle
    known = (cast.star, cast.second)
    on_the_list = [each for each in undecided(cycle) if each.deputy not in known]
    decided_on, leader = date(year + 1, 1, 12), User.objects.get(username="lingdao")
    if on_the_list:
        with clock.at(moment(decided_on, 15)):
            talk = _called(cast, on_the_list[0], leader, date(year + 1, 1, 20), decided_on)
        _held(cast, talk)
    if len(on_the_list) > 1:
        with clock.at(moment(decided_on, 16)):
            talks.spare_talk(on_the_list[1], reason=SPARED, by=cast.director)
    if len(on_the_list) > 2:
        with clock.at(moment(cast.today, 10)):
            day = cast.today + timedelta(days=10)
            _called(cast, on_the_list[2], leader, day, cast.today)


def _called(cast: Cast, grading: Grading, leader: User, day: date, today: date) -> Talk:
    at = timezone.make_aware(datetime.combine(day, time(9, 30)))
    handler = cast.clerk.user
    assert handler is not None  # noqa: S101  # told to mypy: the clerk is a person
    return talks.decide_talk(
        grading,
        reason=REASON,
        minute=f"竹山人常代工〔{today.year}〕2号",
        meeting=Appointment(at, "县人大常委会办公楼三楼谈话室", leader, handler),
        by=cast.director,
        today=today,
    )


def _held(cast: Cast, talk: Talk) -> None:
    at = talk.meets_at
    assert at is not None  # noqa: S101  # told to mypy: an appointed talk has its hour
    day = timezone.localdate(at)
    present = f"{talk.talker}、{talk.handler}"
    promises = [(words, day + timedelta(days=days)) for words, days in MEANS]
    with clock.at(moment(day, 11)):
        talk = talks.record_talk(
            talk, said=Spoken(at, present, SAID, ANSWERED, promises), by=cast.clerk
        )
    with clock.at(moment(day + timedelta(days=1), 20)):
        talks.acknowledge_talk(talk, reply=REPLY, by=_as(cast, talk.deputy))
    with clock.at(moment(day + timedelta(days=130), 10)):
        first = talk.promises.order_by("pk").first()
        assert first is not None  # noqa: S101  # told to mypy: two were written
        talks.settle_promise(first, kept=True, outcome="参加了两次小组活动。", by=cast.clerk)


def _as(cast: Cast, deputy: Deputy) -> Actor:
    return cast.actors[deputy.pk]
