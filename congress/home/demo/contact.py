"""双联 of the demo county: 35 members, 7 of them directors, 13 deputies in the offices."""

from datetime import date, timedelta

from congress.home.demo.cast import Cast, moment
from congress.shared import clock
from deputies.actions import liaison
from deputies.models import Deputy, Liaison
from deputies.queries import rebalancing
from deputies.states import CommitteePostKind, ContactWay, LiaisonKind

MEMBERS, DIRECTORS, OFFICE = 35, 7, 13
WORDS = (
    ("到家里走访，聊了今年的收成和村里的事", "村口弯道没有护栏，晚上不安全"),
    ("一起看了联络站的接待记录", ""),
    ("通电话问候，说了下次活动的安排", ""),
    ("座谈半天，听了三位代表的意见", "灌溉渠淤了三年，希望列入明年计划"),
)


def keep_in_touch(cast: Cast, year: int) -> None:
    """Posts, contacts by the suggestion, and a year of records; a few are left to be seen to."""
    day = date(year, 1, 25)
    with clock.at(moment(day)):
        _posts(cast, day)
        for kind in LiaisonKind:
            steps = rebalancing.suggested(kind, cast.county, day)
            if kind == LiaisonKind.MEMBER:
                steps = steps[:-6]
            liaison.rebalance(kind, changes=steps, by=cast.clerk, today=day)
    for number, month in enumerate((8, 10)):
        _quarter(cast, number, date(year, month, 12))


def _posts(cast: Cast, day: date) -> None:
    leads = {cast.star, cast.second}
    serving = set(Deputy.objects.serving(day))
    people = [each for each in cast.deputies if each not in leads and each in serving]
    step = len(people) // (MEMBERS + OFFICE)
    chosen = people[:: max(step, 1)][: MEMBERS + OFFICE]
    for number, deputy in enumerate(chosen):
        liaison.appoint(deputy, assembly=cast.county, post=_post(number), by=cast.clerk, today=day)


def _post(number: int) -> CommitteePostKind:
    if number >= MEMBERS:
        return CommitteePostKind.OFFICE
    if number >= DIRECTORS:
        return CommitteePostKind.MEMBER
    return CommitteePostKind.VICE if number else CommitteePostKind.HEAD


def _quarter(cast: Cast, number: int, day: date) -> None:
    """Most contacts are kept; some quarters somebody is forgotten."""
    if day > cast.today:
        return
    rows = Liaison.objects.running(day).select_related("holder", "deputy", "area", "group")
    ways = list(ContactWay)
    with clock.at(moment(day + timedelta(days=1))):
        for place, row in enumerate(rows):
            if (place + number) % 5 == 0:
                continue
            words, asked = WORDS[(place + number) % len(WORDS)]
            liaison.record_contact(
                row,
                done_on=day - timedelta(days=place % 9),
                way=ways[place % len(ways)],
                words=words,
                asked=asked,
                by=cast.clerk,
                today=day + timedelta(days=1),
            )
