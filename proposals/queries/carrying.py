"""滚动办 for the office: what a year hands on, who needs a foster, and what has been handed on."""

from collections import Counter
from collections.abc import Collection, Sequence, Set
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet

from congress.shared.actors import Actor
from congress.shared.models import Assembly
from deputies.models import Deputy
from proposals.follow_states import ChallengeState
from proposals.models import CarriedProposal, Challenge, Foster, Proposal, Sheet
from proposals.permissions.carrying import why_not_take_back_carried
from proposals.permissions.fostering import why_not_appoint_foster, why_not_end_foster
from proposals.permissions.speaking import reads_as_lead
from proposals.queries import anew
from proposals.queries.clocks import Clock, Light
from proposals.queries.fostering import Choice, choices
from proposals.queries.open_matters import Open, open_of
from proposals.rolling import CarryReason
from proposals.states import State


class Speaker(NamedTuple):
    """谁来表态, in words: the lead, or who fosters it, or nobody."""

    words: str
    fostered: bool
    missing: bool


class Line(NamedTuple):
    """One proposal of the year, handed on already or not."""

    open: Open
    proposal: Proposal
    record: int | None
    """The row that hands it on; None as long as nothing does."""
    light: Light | None
    speaker: Speaker
    choices: Sequence[Choice]

    @property
    def carried(self) -> bool:
        return self.record is not None


class Tally(NamedTuple):
    """One filter and how many it would show."""

    key: str
    word: str
    many: int


class After(NamedTuple):
    """What became of those that were handed on and are not open any more."""

    done: int
    withdrawn: int
    revoked: int
    """No more 已解决: the matter goes on in the proposal that raised it again."""

    @property
    def words(self) -> str:
        """结转以后办完 2 件、代表撤回 1 件; empty when there is none."""
        named = (
            (self.done, "办完"),
            (self.withdrawn, "代表撤回"),
            (self.revoked, "撤销“已解决”"),
        )
        found = [f"{word} {many} 件" for many, word in named if many]
        return f"结转以后{'、'.join(found)}" if found else ""


class Year(NamedTuple):
    """One year of one congress: what is open of it, and what has been handed on."""

    year: int
    lines: list[Line]
    shown: list[Line]
    reasons: list[Tally]
    units: list[Tally]
    fosters: list[Line]
    after: After

    @property
    def new(self) -> int:
        return sum(not each.carried for each in self.lines)

    @property
    def carried(self) -> int:
        return len(self.lines) - self.new


class Wanted(NamedTuple):
    """What the address asks for."""

    reason: str = ""
    unit: str = ""


def year_of(assembly: Assembly, year: int, today: date, wanted: Wanted | None = None) -> Year:
    """In a fixed number of statements."""
    asked, found = wanted or Wanted(), open_of(assembly, year, today)
    proposals = [each.proposal for each in found]
    over = CarriedProposal.objects.of_year(assembly, year)
    known = dict(over.order_by().values_list("proposal", "pk"))
    offered, speakers = choices(assembly, proposals, today), _speakers(proposals)
    clock, again = Clock.on(today), anew.running(proposals)
    lines = [
        Line(
            each,
            each.proposal,
            known.get(each.proposal.pk),
            clock.light_on(each.proposal.handled_as)
            or anew.light_of(again.get(each.proposal.handled_as.pk, ()), clock),
            speakers[each.proposal.pk],
            offered.get(each.proposal.pk, ()),
        )
        for each in found
    ]
    reasons = Counter(each.open.reason for each in lines)
    units = Counter(unit for each in lines for unit in dict.fromkeys(each.open.units))
    return Year(
        year,
        lines,
        [each for each in lines if _fits(each, asked)],
        [Tally(each.value, each.label, reasons[each]) for each in CarryReason if reasons[each]],
        [Tally(unit, unit, many) for unit, many in units.most_common()],
        [each for each in lines if each.speaker.missing],
        _after(known.keys() - {each.pk for each in proposals}),
    )


def _after(gone: Set[int]) -> After:
    rows = Proposal.objects.filter(pk__in=gone).order_by()
    withdrawn = set(rows.filter(state=State.WITHDRAWN).values_list("pk", flat=True))
    again = Challenge.objects.filter(state=ChallengeState.REVOKED)
    own, along = (
        Q(**{f"{way}assignments__replies__challenges__in": again}) for way in ("", "merged_into__")
    )
    many = rows.filter(own | along).exclude(pk__in=withdrawn).distinct().count()
    return After(len(gone) - len(withdrawn) - many, len(withdrawn), many)


def _fits(line: Line, wanted: Wanted) -> bool:
    return wanted.reason in ("", line.open.reason) and wanted.unit in ("", *line.open.units)


def _speakers(proposals: Sequence[Proposal]) -> dict[int, Speaker]:
    wanted = {each.speaker_pk for each in proposals if each.speaker_pk}
    names = dict(Deputy.objects.filter(pk__in=wanted).values_list("pk", "name"))
    return {each.pk: _speaker(each, names) for each in proposals}


def _speaker(row: Proposal, names: dict[int, str]) -> Speaker:
    if row.speaker_pk == row.lead_id:
        return Speaker(row.lead.name, fostered=False, missing=False)
    if row.speaker_pk:
        return Speaker(f"{names[row.speaker_pk]}接续", fostered=True, missing=False)
    return Speaker("不在任，还没有接续代表", fostered=False, missing=True)


def years_of(assembly: Assembly, today: date) -> list[int]:
    """To choose from: this year, the two before, and whatever was handed on."""
    known = assembly.carry_overs.order_by().values_list("from_year", flat=True)
    return sorted({*known, today.year, today.year - 1, today.year - 2}, reverse=True)


def rolling_into(assembly: Assembly, year: int, today: date) -> list[Line]:
    """与当年度建议同交办: what was handed on into that year and is still open."""
    if not assembly.carry_overs.filter(to_year=year).exists():
        return []
    return [each for each in year_of(assembly, year - 1, today).lines if each.carried]


def beside(sheet: Sheet, today: date) -> dict[str, object]:
    """What a 交办单 has beside its own lines, on the screen as on paper."""
    year = (sheet.settled_on or today).year
    return {
        "rolling": rolling_into(sheet.session.term.assembly, year, today),
        "rolled_from": year - 1,
    }


class FosterLine(NamedTuple):
    """接续代表 on a page of one proposal."""

    row: Foster
    no_end: str | None


def fosters_of(proposal: Proposal, actor: Actor) -> list[FosterLine]:
    """The newest first, and whether this reader may end it."""
    found = list(proposal.fosters.select_related("deputy").order_by("-pk"))
    for each in found:
        each.proposal = proposal
    return [FosterLine(each, why_not_end_foster(actor, each)) for each in found]


class CarriedLine(NamedTuple):
    """结转 on a page of one proposal, and whether this reader may take it back."""

    row: CarriedProposal
    no_back: str | None


def about(proposal: Proposal, actor: Actor, today: date) -> dict[str, object]:
    """滚动办理、接续代表 on one proposal's page; `no_foster` is None to whoever may name one."""
    decides, rows = actor.in_an_office, carried_of(proposal)
    if not (decides or reads_as_lead(actor, proposal)):
        rows = [each for each in rows if each.reason != CarryReason.CONVENED]
    return {
        "carried": [_carried_line(each, actor, rows, decides=decides) for each in rows],
        "rolls": next((each.mark for each in rows if each.taken_back_on is None), ""),
        "fosters": fosters_of(proposal, actor),
        "no_foster": why_not_appoint_foster(actor, proposal, today) if decides else "",
    }


def _carried_line(
    row: CarriedProposal, actor: Actor, rows: Sequence[CarriedProposal], *, decides: bool
) -> CarriedLine:
    return CarriedLine(row, why_not_take_back_carried(actor, row, rows=rows) if decides else "")


def carried_of(proposal: Proposal) -> list[CarriedProposal]:
    """滚动办理: each year out of which it was handed on, the newest first, taken back or not."""
    place = "carry_over__assembly"
    rows = proposal.carried.newest_first()
    return list(rows.select_related(f"{place}__level", f"{place}__area"))


def marks_among(
    proposals: QuerySet[Proposal] | Sequence[int], apart: Collection[int] = ()
) -> dict[int, str]:
    """滚动办理 · 2025 年结转, of many by the rows of the proposals: the newest year of each.

    `apart` are those on neither side of which the reader stands.
    """
    rows = CarriedProposal.objects.standing().filter(proposal__in=proposals)
    if apart:
        rows = rows.exclude(proposal__in=apart, reason=CarryReason.CONVENED)
    rows = rows.select_related("carry_over").order_by("carry_over__from_year")
    return {each.proposal_id: each.mark for each in rows}
