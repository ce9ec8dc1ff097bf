"""代表资格 as the desk sees it: a person's seats with what may be done, vacancies, papers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from congress.shared.actors import Actor
from congress.shared.models import Assembly, Term
from congress.shared.names import clean_name, display_name
from congress.shared.numerals import in_chinese
from deputies.models import Announcement, Deputy, Mandate, SeatChange
from deputies.permissions import seats as reasons
from deputies.states import ChangeKind


@dataclass(frozen=True)
class SeatLine:
    """One seat that runs, and why it cannot be ended, if so."""

    mandate: Mandate
    no_end: str | None


def seat_lines(deputy: Deputy, by: Actor, today: date) -> list[SeatLine]:
    """The person's running seats."""
    rows = Mandate.objects.running(today).filter(deputy=deputy)
    rows = rows.select_related("deputy", "term__assembly", "district", "delegation")
    return [SeatLine(row, reasons.why_not_terminate(by, row, today=today)) for row in rows]


@dataclass(frozen=True)
class TermLine:
    """名额、实有、缺额 of one congress's term, and how many changes wait for a paper."""

    term: Term
    seats: int | None
    held: int
    waiting: int

    @property
    def vacancies(self) -> int | None:
        return None if self.seats is None else max(self.seats - self.held, 0)


def term_lines(today: date) -> list[TermLine]:
    """Every running term with its numbers, higher congresses first, in two queries."""
    runs = Q(mandate__from_on__lte=today) & (Q(mandate__to_on=None) | Q(mandate__to_on__gte=today))
    rows = Term.objects.running(today).select_related("assembly__level", "assembly__area")
    held = rows.annotate(held=Count("mandate", filter=runs))
    waits = SeatChange.objects.to_announce().order_by().values_list("mandate__term")
    waiting = dict(waits.annotate(Count("pk")))
    return [
        TermLine(term, term.seats, getattr(term, "held", 0), waiting.get(term.pk, 0))
        for term in held.order_by("assembly__level__rank", "assembly__area__position")
    ]


def too_many(terms: Iterable[Term], day: date) -> str | None:
    """Which of these terms seats more than its 名额 on that day or later, in words."""
    for term in terms:
        held = reasons.most_held(term, day)
        if term.seats is not None and held > term.seats:
            return (
                f"{term}名额 {term.seats} 名，照这份名册会有 {held} 名代表。"
                "请核对名册，或者先确定名额。"
            )
    return None


def may_be_elected(*names: str) -> list[Deputy]:
    """People of the register with one of these names in theirs, at most twenty."""
    asked = list(filter(None, map(clean_name, names)))
    if not asked:
        return []
    alike = Q()
    for name in asked:
        alike |= Q(name__icontains=name)
    return list(Deputy.objects.filter(alike).in_name_order()[:20])


def body_of(assembly: Assembly) -> str:
    """Who signs a congress's announcements: a township's has a presidium, no committee."""
    township = assembly.level.code == "township"
    return f"{assembly}{'主席团' if township else '常务委员会'}"


def coming(today: date) -> QuerySet[Term]:
    """Terms that were opened ahead of their first day."""
    return Term.objects.filter(from_on__gt=today).select_related("assembly").order_by("from_on")


@dataclass(frozen=True)
class PaperLine:
    """One person in an announcement."""

    name: str
    district: str
    reason: str
    on: str


@dataclass(frozen=True)
class Paper:
    """公告 ready to print: what each kind of change says, and the numbers."""

    announcement: Announcement
    number: str
    term: str
    parts: tuple[tuple[str, tuple[PaperLine, ...]], ...]
    announced: str
    body: str
    counts: bool
    """Whether any change touched the number of deputies."""


WORDS = {
    ChangeKind.ELECTED: "补选当选，代表资格有效",
    ChangeKind.RESIGNED: "辞去代表职务被接受，代表资格终止",
    ChangeKind.TERMINATED: "代表资格终止",
    ChangeKind.SUSPENDED: "暂时停止执行代表职务",
    ChangeKind.REINSTATED: "恢复执行代表职务",
}
COUNTING = {ChangeKind.ELECTED, ChangeKind.RESIGNED, ChangeKind.TERMINATED}


def paper(announcement: Announcement) -> Paper:
    """The announcement's words; names by 姓氏笔画 (代表法第六十三条)."""
    rows = announcement.changes.in_name_order().select_related(
        "mandate__deputy", "mandate__district"
    )
    changes = list(rows)
    parts = tuple(
        (WORDS[kind], lines)
        for kind in ChangeKind
        if (lines := tuple(_paper_line(row) for row in changes if row.kind == kind))
    )
    return Paper(
        announcement,
        str(announcement),
        term_in_words(announcement.term),
        parts,
        _day(announcement.announced_on),
        announcement.body,
        any(ChangeKind(row.kind) in COUNTING for row in changes),
    )


def term_in_words(term: Term) -> str:
    """竹山县第十九届人民代表大会, the name of a term in official papers."""
    place = term.assembly.name.removesuffix("人民代表大会")
    return f"{place}第{in_chinese(term.number)}届人民代表大会"


def _paper_line(change: SeatChange) -> PaperLine:
    deputy = change.mandate.deputy
    return PaperLine(
        display_name(deputy.name),
        change.mandate.district.name,
        "" if change.kind == ChangeKind.ELECTED else change.reason,  # it is the district again
        _day(change.effective_on),
    )


def _day(on: date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"


@dataclass(frozen=True)
class Turnover:
    """换届 before it is done: what will end, and who keeps another seat."""

    last: Term
    ending: int
    leaving: int
    staying: int
    convenors: int


def turnover(assembly: Assembly, today: date) -> Turnover | None:
    """What a change of term will touch; None for a congress without any term."""
    last = Term.objects.filter(assembly=assembly).order_by("-number").first()
    if last is None:
        return None
    seats = Mandate.objects.running(today).filter(term=last)
    others = Mandate.objects.running(today).exclude(term=last)
    people = Deputy.objects.filter(mandates__in=seats).distinct()
    staying = people.filter(pk__in=others.values("deputy"))
    gone = people.exclude(pk__in=staying.values("pk"))
    convening = gone.filter(user__deputygroup__isnull=False).distinct()
    return Turnover(last, seats.count(), gone.count(), staying.count(), convening.count())


def own_congress(by: Actor) -> Assembly | None:
    """The congress of the place where this post works: what its forms begin with."""
    return Assembly.objects.filter(area=by.area_id).first()


def assemblies_with_terms() -> QuerySet[Assembly]:
    """Those whose change of term can be registered."""
    rows = Assembly.objects.filter(term__isnull=False).distinct()
    return rows.order_by("level__rank", F("area__position").asc(nulls_last=True))
