"""滚动办 (办理工作不换届): what is open of a year goes on beside the next one's."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.urls import reverse

from congress.shared import notices
from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.models import Assembly, Organisation, Term, User
from congress.shared.workflow import lock, record, record_all, refuse_if
from deputies.models import Deputy
from proposals.actions.fostering import foster
from proposals.actions.telling import tell_lead, tell_unit
from proposals.models import Assignment, CarriedProposal, CarryOver, Proposal
from proposals.permissions.carrying import (
    why_not_carry_over,
    why_not_name_fosters,
    why_not_take_back_carried,
)
from proposals.queries.open_matters import Open, open_of
from proposals.queries.people import of_units
from proposals.queries.unit_rolling import by_role, totals
from proposals.states import HANDED

Chosen = tuple[Deputy, str]
"""Who is to foster a proposal, and why this one."""


@transaction.atomic
def carry_over(
    assembly: Assembly,
    *,
    year: int,
    by: Actor,
    today: date,
    fosters: Mapping[int, Chosen] | None = None,
) -> list[CarriedProposal]:
    """结转: everything open of that year and before is on record as going on in the next one.

    No state, number or day of any proposal moves. Whoever runs it again adds what has become open
    since, and nothing twice; what this run has added is given back. `fosters` are, by the row of
    the proposal, who speaks where the lead sits no more. The units are told again of what they
    still have (与当年度建议同交办). Where nothing is new, whoever names fosters one by one may run
    it for these alone.
    """
    assembly = lock(assembly)
    no = why_not_carry_over(by, assembly, year, today)
    if no and fosters and not why_not_name_fosters(by, assembly):
        found = _locked(assembly, year, today)
        if not _new(found, assembly, year):
            _foster_chosen(found, fosters, by, today)
            return []
    refuse_if(no)
    return carry(assembly, year=year, by=by, today=today, fosters=fosters)


def carry(
    assembly: Assembly,
    *,
    year: int,
    by: Actor,
    today: date,
    fosters: Mapping[int, Chosen] | None = None,
) -> list[CarriedProposal]:
    """The same on a locked congress, for the office once asked why not, or for the server."""
    found, chosen = _locked(assembly, year, today), fosters or {}
    new = _new(found, assembly, year)
    if not new and not chosen:
        raise Refused(_nothing(year, CarriedProposal.objects.of_year(assembly, year).count()))
    carried = _carried(assembly, year, by, today)
    rows = CarriedProposal.objects.bulk_create(
        CarriedProposal(
            carry_over=carried, proposal=each.proposal, reason=each.reason, carried_on=today
        )
        for each in new
    )
    record_all(rows, "carried", by=by)
    _foster_chosen(found, chosen, by, today)
    if rows:
        _tell(carried, new, rows[0].pk, today)
    return rows


def _new(found: Sequence[Open], assembly: Assembly, year: int) -> list[Open]:
    """What nothing hands on yet."""
    known = set(CarriedProposal.objects.of_year(assembly, year).values_list("proposal", flat=True))
    return [each for each in found if each.proposal.pk not in known]


def _foster_chosen(
    found: Sequence[Open], chosen: Mapping[int, Chosen], by: Actor, today: date
) -> None:
    """All of them, or a refusal that says of which proposal."""
    still = {each.proposal.pk: each.proposal for each in found}
    for pk, (deputy, reason) in chosen.items():
        row = lock(still.get(pk) or Proposal(pk=pk))
        about = f"{row.number}“{row.title}”"
        if pk not in still:
            raise Refused(f"{about}已经办完，不用{deputy.name}接续，请再看一遍。")
        try:
            foster(row, deputy=deputy, reason=reason, by=by, today=today)
        except Refused as no:
            raise Refused(f"{about}：{no.reason}") from no


@transaction.atomic
def take_back_carried(
    row: CarriedProposal, *, reason: str, by: Actor, today: date
) -> CarriedProposal:
    """撤回结转: it is handed on no more, nor marked so; it may be carried over once more.

    The row stays with who took it back, when and why; the units and the deputies read why.
    """
    lock(row.carry_over.assembly)
    proposal = lock(row.proposal)
    row = lock(row)
    row.proposal = proposal
    refuse_if(why_not_take_back_carried(by, row, reason))
    row.taken_back_on, row.taken_back_by, row.taken_back_why = today, by.user, reason.strip()
    row.save(update_fields=["taken_back_on", "taken_back_by", "taken_back_why"])
    record(row, "carried_taken_back", by=by, note=row.taken_back_why)
    step, year = f"carried_taken_back.{row.pk}", row.carry_over.to_year
    words = f"不再结转到 {year} 年滚动办理，编号、期限都不变：{row.taken_back_why}"
    tell_lead(proposal, step, f"{proposal.number}“{proposal.title}”{words}")
    for part in proposal.parts:
        if part.state in HANDED:
            tell_unit(part, step, f"{proposal.number}“{proposal.title}”{words}", today)
    return row


def _nothing(year: int, known: int) -> str:
    if known:
        return f"{year} 年没有办完的 {known} 件已经结转，没有新的要结转。"
    return f"{year} 年没有未办结的建议，不用结转。"


def _locked(assembly: Assembly, year: int, today: date) -> list[Open]:
    """Read once more under the locks: what was answered for good meanwhile is not carried."""
    numbers = [each.proposal.pk for each in open_of(assembly, year, today)]
    list(Proposal.objects.filter(pk__in=numbers).order_by("pk").select_for_update(no_key=True))
    return [each for each in open_of(assembly, year, today) if each.proposal.pk in set(numbers)]


def _carried(assembly: Assembly, year: int, by: Actor, today: date) -> CarryOver:
    found = CarryOver.objects.filter(assembly=assembly, from_year=year).first()
    if found:
        return found
    new = CarryOver(
        assembly=assembly,
        from_year=year,
        to_year=year + 1,
        term=Term.objects.current(assembly, today),
        carried_on=today,
        carried_by=by.user,
    )
    new.save(force_insert=True)
    record(new, "carried_over", by=by)
    return new


def _tell(carried: CarryOver, new: Sequence[Open], run: int, today: date) -> None:
    """Each unit and each deputy once of a run, with how many; the days stay as they are.

    A unit is told by role of so many as the page behind the link lists.
    """
    units: dict[Organisation, list[Assignment]] = defaultdict(list)
    people: dict[User, list[str]] = defaultdict(list)
    speakers = Deputy.objects.filter(pk__in={each.proposal.speaker_pk for each in new})
    users = {each.pk: each.user for each in speakers.select_related("user")}
    for each in new:
        for part in _going_on(each):
            units[part.unit].append(part)
        if each.proposal.speaker_pk and (user := users.get(each.proposal.speaker_pk)):
            people[user].append(each.proposal.title)
    key, goes_on = f"proposal.carried.{run}:{carried.pk}", "编号、期限都不变"
    desk, mine = reverse("proposals:unit_desk"), reverse("proposals:mine")
    every = totals(units)
    for unit, parts in units.items():
        again = every[unit.pk] > len(parts)
        over = f"{carried.from_year} 年{'又' if again else ''}有 {len(parts)} 件没有办完的"
        over = f"{over}结转到 {carried.to_year} 年（{by_role(parts)}）"
        rest = f"连同先前结转的，滚动办理的一共 {every[unit.pk]} 件。" if again else ""
        text = f"{over}，{goes_on}，请接着办。{rest}"
        notices.write(of_units([unit], today), key=key, text=text, link=f"{desk}?carried=1")
    for user, titles in people.items():
        more = f"等 {len(titles)} 件" if len(titles) > 1 else ""
        text = f"“{titles[0]}”{more}结转到 {carried.to_year} 年滚动办理，{goes_on}。"
        notices.write([user], key=key, text=text[:300], link=mine)


def _going_on(found: Open) -> list[Assignment]:
    """The parts in hand or answered; what is only planned is not yet theirs."""
    return [each for each in found.proposal.parts if each.state in HANDED]
