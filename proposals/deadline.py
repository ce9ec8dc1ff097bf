"""答复期限, pure: months from 交办, what was added, the days that stood still, the last day rolled.

`works` comes from `Workday.objects`. Nothing here asks the database or the clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from congress.shared.calendar import Works, add_months, add_working_days

ONE_DAY = timedelta(days=1)


class Stand(NamedTuple):
    """An interval in which the clock stands, [from, until); `until` is None while it still does."""

    from_on: date
    until_on: date | None
    agreed_with: str = ""


@dataclass(frozen=True)
class Terms:
    """What one deadline rests on."""

    assigned_on: date
    months: int
    extra_months: int = 0
    stands: tuple[Stand, ...] = ()
    rolls: bool = True


def due_on(terms: Terms, works: Works) -> date:
    """The last day on which a reply is in time.

    The months are counted from 交办 (代表法第五十一条), not added one after the other: 3 and then 3
    more are the same day as 6. Each ended stand that begins while the reply is not late moves the
    day by its length in calendar days. A last day that is no working day becomes the next one; a
    stand that begins after such a day, and no later than the next working one, moves that one.
    """
    return moved(nominal(terms), terms.stands, works, rolls=terms.rolls)


def opinion_due_on(terms: Terms, days: int, works: Works, reply: date) -> date:
    """The last day for 会办、协办意见: so many working days, never after that of the reply.

    Whoever takes a part over when the reply is due or late has one working day.
    """
    plain = add_working_days(terms.assigned_on, days, works)
    last = moved(plain, terms.stands, works, rolls=terms.rolls)
    return max(min(reply, last), add_working_days(terms.assigned_on, 1, works))


def contact_due_on(
    assigned_on: date, days: int, stands: Iterable[Stand], works: Works, *, rolls: bool = True
) -> date:
    """The last day for 首次联系: so many working days, moved by what stood before it was past."""
    return moved(add_working_days(assigned_on, days, works), stands, works, rolls=rolls)


def moved(day: date, stands: Iterable[Stand], works: Works, *, rolls: bool) -> date:
    """Where a last day comes to, with what stood before it was past."""
    for each in that_move(day, stands, works, rolls=rolls):
        day = carried(day, each, works)
    return rolled(day, works) if rolls else day


def that_move(
    day: date, stands: Iterable[Stand], works: Works, *, rolls: bool
) -> tuple[Stand, ...]:
    """The stands that began no later than the last day, as those before them have moved it."""
    found: list[Stand] = []
    for each in sorted(stands, key=lambda stand: stand.from_on):
        if each.from_on <= (rolled(day, works) if rolls else day):
            found.append(each)
            day = carried(day, each, works)
    return tuple(found)


def carried(day: date, stand: Stand, works: Works) -> date:
    """A last day moved by a stand that began in time, so that it is over no sooner than the stand.

    One that began after the plain day moves the day to which that one rolls: by the plain day the
    reply would be late on the very day on which its clock goes on.
    """
    last = rolled(day, works) if stand.from_on > day else day
    return last + timedelta(days=stood([stand]))


def nominal(terms: Terms) -> date:
    """The day by months alone."""
    return add_months(terms.assigned_on, terms.months + terms.extra_months)


def stood(stands: Iterable[Stand]) -> int:
    """Calendar days in which the clock stood; an interval that is still open counts nothing yet."""
    return sum((each.until_on - each.from_on).days for each in stands if each.until_on)


def kept(was: date | None, now: date, today: date) -> date:
    """The day that stands after a change: none is moved earlier into the past."""
    return was if was and now < min(was, today) else now


def rolled(day: date, works: Works) -> date:
    """This day, or the next working one."""
    while not works(day):
        day += ONE_DAY
    return day
