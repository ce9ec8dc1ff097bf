"""异议: a unit says in its window that a matter is another's; the office answers."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from congress.shared.actors import Actor
from congress.shared.calendar import add_working_days
from congress.shared.models import Organisation, Workday
from congress.shared.models.places import OrganisationKind
from congress.shared.names import says_something
from congress.shared.roles import UNIT
from proposals.models import Assignment, Objection, Sheet
from proposals.permissions.assignment import why_not_reached
from proposals.rules import MOST_OBJECTIONS, OBJECT_DAYS, REHEARSE_DAYS
from proposals.states import ANSWERABLE, RUNNING, ObjectionState, Part, SheetState, State


def why_not_object_to(
    by: Actor,
    part: Assignment,
    today: date,
    better_unit: Organisation | None = None,
    reason: str | None = None,
) -> str | None:
    """The unit's own people, inside the window, naming another unit, and not for ever."""
    if by.role not in UNIT or by.organisation_id != part.unit_id:
        return "异议由承办单位自己提。"
    if refusal := why_not_window(part, today):
        return refusal
    most = MOST_OBJECTIONS.on(today)
    if Objection.objects.that_count().about_place_of(part).count() >= most:
        return f"这一份已经提过 {most} 次异议，不能再提；请联系代工委报主任会议定。"
    if better_unit is not None and (refusal := why_not_name(part, better_unit)):
        return refusal
    if reason is not None and not says_something(reason):
        return "请写明理由，例如：按“三定”方案哪一条归哪个单位管。"
    return None


class Window(NamedTuple):
    """So many working days after one day; `heard` when a sheet heard the unit."""

    begins: date
    days: int
    last: date
    heard: bool


class Windows:
    """异议截止: one window, of the sheet for whom it heard; else working days from 交办.

    Who was given its part while the sheet was being heard has what is left of its days, and days
    of its own from 交办: one or two are no hearing.

    Calendar and rule are fetched once for any number of parts, and what was moved of theirs alone.
    """

    def __init__(self, parts: Iterable[Assignment]) -> None:
        self.works, self._days = Workday.objects.works(), OBJECT_DAYS.on_any_day()
        self._heard_days = REHEARSE_DAYS.on_any_day()
        self._moved: dict[int, set[int]] = {each.proposal_id: set() for each in parts}
        rows = Objection.objects.moved_off_a_sheet().filter(assignment__proposal__in=self._moved)
        for proposal, place in rows.values_list("assignment__proposal", "assignment__position"):
            self._moved[proposal].add(place)

    def moved(self, part: Assignment) -> bool:
        """改交 to its unit when the days of the sheet had begun."""
        return part.position in self._moved[part.proposal_id]

    def of(self, part: Assignment) -> Window | None:
        """The sheet's for whom it hears or has heard; else from 交办."""
        if part.sheet and (part.assigned_on is None or not self.moved(part)):
            return self.of_sheet(part.sheet)
        if part.assigned_on is None:
            return None
        days = self._days(part.assigned_on)
        last = add_working_days(part.assigned_on, days, self.works)
        return Window(part.assigned_on, days, last, heard=False)

    def of_sheet(self, sheet: Sheet) -> Window | None:
        """While its units are heard and afterwards, as its row says."""
        if sheet.heard_from is None or sheet.object_until is None:
            return None
        days = self._heard_days(sheet.heard_from)
        return Window(sheet.heard_from, days, sheet.object_until, heard=True)

    def as_counted(self, window: Window) -> Window:
        """With the last day that calendar and rules now give."""
        return window._replace(last=add_working_days(window.begins, window.days, self.works))

    def ends(self, part: Assignment) -> date | None:
        """The last day on which its unit may object."""
        window = self.of(part)
        return window.last if window else None


def why_not_window(part: Assignment, today: date) -> str | None:
    """On a planned part while its sheet is heard, on one in hand within its days."""
    if part.state == Part.OBJECTED:
        return "已经提过异议，等代工委答复。"
    rehearsed = part.state == Part.PLANNED and part.proposal.state == State.REHEARSED
    in_hand = part.state in ANSWERABLE and part.proposal.state == State.ASSIGNED
    if rehearsed and (part.sheet is None or part.sheet.state != SheetState.REHEARSED):
        return "交办单不在征求意见，不能提异议。"
    if not rehearsed and not in_hand:
        return f"这一部分目前是“{part.get_state_display()}”，不能提异议。"
    windows = Windows([part])
    last = windows.ends(part)
    if last and today > last:
        if rehearsed and windows.moved(part):
            return "交办单的异议期限已过。交办以后，本单位还可以提异议。"
        return f"异议已于 {last.month} 月 {last.day} 日截止，交办不再变更。"
    return None


def why_not_name(part: Assignment, unit: Organisation) -> str | None:
    """Another handling unit within reach; who answers may ask one to lead that has a part."""
    if unit.kind != OrganisationKind.UNIT:
        return "请从承办单位里选。"
    if unit.pk == part.unit_id:
        return "请选另一个单位。"
    if not part.answers and has_part(part, unit):
        return f"{unit.name}已经承办这件建议，请选应当替本单位{part.get_role_display()}的单位。"
    return why_not_reached(part.proposal, [unit])


def has_part(part: Assignment, unit: Organisation) -> bool:
    """Whether that unit handles the same proposal already."""
    return part.proposal.assignments.standing().filter(unit=unit).exists()


def helping_part(part: Assignment, unit: Organisation) -> Assignment | None:
    """会办、协办: the part that this unit has beside it, and that ends when the unit takes it."""
    return part.proposal.assignments.standing().opining().filter(unit=unit).first()


def why_not_take_over(part: Assignment, unit: Organisation) -> str | None:
    """As it may be named; who helps may answer instead, until its opinion has gone out.

    Who answers apart, or has sent its opinion, has done something that no other part takes in.
    """
    if refusal := why_not_name(part, unit):
        return refusal
    helps = helping_part(part, unit)
    if helps is None and not has_part(part, unit):
        return None
    if helps and helps.state in RUNNING | {Part.PLANNED}:
        return None
    does = "已经报送意见" if helps else "自己就要答复其中一部分"
    way = "请改交别的单位，或者维持原交办，写明谁牵头、怎么配合"
    if part.objections.filter(back_to=Part.PLANNED).exists():
        way = "请收回交办单、改好分工再请单位看，或者维持原交办，写明怎么配合"
    return f"{unit.name}{does}，不能再改交给它；{way}。"


def why_not_uphold_objection(
    by: Actor,
    objection: Objection,
    unit: Organisation | None = None,
    words: str | None = None,
) -> str | None:
    """The office, once, before the reply, to a unit that can take the part over."""
    if reason := _why_not_decide(by, objection):
        return reason
    proposal = objection.assignment.proposal
    if proposal.state not in (State.REHEARSED, State.ASSIGNED):
        return f"建议目前是“{proposal.get_state_display()}”，不用再改交，请维持原交办。"
    if unit is not None and (reason := why_not_take_over(objection.assignment, unit)):
        return reason
    return _why_no_words(words)


def why_not_dismiss_objection(
    by: Actor, objection: Objection, words: str | None = None
) -> str | None:
    """The office, once, and never without saying why."""
    return _why_not_decide(by, objection) or _why_no_words(words)


def _why_not_decide(by: Actor, objection: Objection) -> str | None:
    if not by.is_staff:
        return "异议由代工委答复。"
    if by.same_person(objection.raised_by_id):
        return "这件异议是您自己代单位提出的，请代工委别的同志答复。"
    if objection.state != ObjectionState.OPEN:
        return f"这件异议{objection.get_state_display()}，不用再答复。"
    if objection.assignment.state != Part.OBJECTED:
        return "这件建议已经不在该单位手上，异议不用再答复。"
    return None


def _why_no_words(words: str | None) -> str | None:
    if words is not None and not says_something(words):
        return "请写明为什么这样定，单位会看到这句话。"
    return None
