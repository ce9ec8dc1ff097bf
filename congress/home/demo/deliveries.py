"""What reached the units and what shows their answers: who looked first, who not, and photos."""

from datetime import date, timedelta

from congress.home.demo.cast import Cast, moment
from congress.home.demo.photos import photo
from congress.shared import clock
from congress.shared.actors import Actor
from proposals.actions import deliveries, exhibits, replies
from proposals.models import Assignment, OutcomeClass, ReplyDraft, Sheet

WRITER = "县水利和湖泊局"
SHOWN = ("施工前.jpg", "办理后.jpg")
UNITS_THAT_LOOK = 2
"""Of the units on the sheet of these days, so many have looked; the others have not yet."""


def looked(part: Assignment, by: Actor, day: date) -> None:
    """The unit's clerk opens the part when it comes, half an hour before it is received."""
    with clock.at(moment(day, 8) + timedelta(minutes=30)):
        deliveries.note_openings([part], by.user)


def shown(draft: ReplyDraft, number: int, by: Actor) -> None:
    """Every third answer shows what was done: before and after."""
    if number % 3 == 2:
        pictures = [(name, photo(900 + number * 2 + n)) for n, name in enumerate(SHOWN)]
        first = draft.assignment.proposal.asks.all()[0]
        exhibits.add_exhibits(draft, pictures={first.pk: pictures}, by=by)


def rehearsal_seen(cast: Cast, sheet: Sheet, day: date) -> None:
    """Some units look at the sheet at once; of the rest the office reminds one the day after."""
    rows = Assignment.objects.standing().filter(sheet=sheet).select_related("unit")
    parts = list(rows.order_by("unit__name", "pk"))
    units = sorted({part.unit.name for part in parts})
    for unit in units[:UNITS_THAT_LOOK]:
        with clock.at(moment(day, 11)):
            own = [part for part in parts if part.unit.name == unit]
            deliveries.note_openings(own, cast.units[unit].user)
    silent = [part for part in parts if part.unit.name == units[-1]]
    with clock.at(moment(later := day + timedelta(days=1), 9)):
        deliveries.remind(silent, by=cast.registrar, today=later)


def being_written(cast: Cast) -> None:
    """The water bureau has half an answer, and a picture that shows it."""
    parts = Assignment.objects.ticking().answering().filter(unit=cast.units[WRITER].organisation_id)
    part = parts.order_by("-assigned_on", "-pk").first()
    if part is None:
        return
    by, ask = cast.units[WRITER], part.proposal.asks.all()[0]
    outcome = OutcomeClass.objects.get(code="B")
    with clock.at(moment(cast.today, 9)):
        draft = replies.save_reply(
            part,
            outcome=outcome,
            text="收到建议后，我局到现场量了渠道，已列入冬修计划。",
            file_number="",
            answers={ask.pk: replies.Words(outcome, "冬修时清淤，十二月开工。", "冬修计划")},
            by=by,
        )
        exhibits.add_exhibits(draft, pictures={ask.pk: [("现场量渠.jpg", photo(899))]}, by=by)
