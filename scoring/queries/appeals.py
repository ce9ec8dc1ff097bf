"""积分异议 at the office's desk: what waits for an answer, and one appeal with all its proof."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone

from congress.shared.actors import Actor
from congress.shared.calendar import Works, working_days_until
from congress.shared.deeds import deed_words
from congress.shared.models import AuditEvent, Workday
from deputies.models import DutyRecord, Membership
from deputies.queries.duties import day_words, moment_words
from scoring.models import Appeal, Entry
from scoring.models.appeals import AppealQuerySet
from scoring.permissions.appeals import ACTS, makers, makers_of, office, why_not_answer
from scoring.permissions.posting import why_not_give_back
from scoring.points import plain
from scoring.queries.contests import COLOURS, Contest, contest, with_words
from scoring.states import AppealState

PER_PAGE = 20
NEAR = 2
"""Working days before the end at which the light turns amber."""


@dataclass(frozen=True)
class Row:
    """One appeal of the list."""

    pk: int
    deputy: str
    group: str
    line: str
    words: str
    state: str
    colour: str
    kind: str
    left: str
    due: str
    refusal: str | None
    answer: str


@dataclass(frozen=True)
class Inbox:
    """The list under one chip, and how many each chip has."""

    page: Page[Appeal]
    rows: list[Row]
    counts: Mapping[str, int]


def inbox(by: Actor, wanted: Mapping[str, Any], *, page: str | None, today: date) -> Inbox:
    """The appeals under the chip and the name asked for, the oldest due first."""
    chips = _chips(by, wanted, today)
    leaf = Paginator(_in_full(_chosen(chips, wanted), today), PER_PAGE).get_page(page)
    return Inbox(
        page=leaf,
        rows=_in_rows(by, list(leaf.object_list), today),
        counts={key or "open": chip.count() for key, chip in chips.items()},
    )


def everything(by: Actor, wanted: Mapping[str, Any], today: date) -> list[Row]:
    """The same list whole, for the sheet."""
    rows = _chosen(_chips(by, wanted, today), wanted)
    return _in_rows(by, list(_in_full(rows, today)), today)


def _chips(by: Actor, wanted: Mapping[str, Any], today: date) -> dict[str, AppealQuerySet]:
    rows = Appeal.objects.visible_to(by).of_name(wanted.get("q", ""))
    return {
        "": rows.open(),
        "mine": rows.open().exclude(_of_my_hand(by)),
        "late": rows.overdue(today),
        "answered": rows.answered().order_by("-answered_at"),
        "withdrawn": rows.withdrawn().order_by("-opened_at"),
    }


def _chosen(chips: dict[str, AppealQuerySet], wanted: Mapping[str, Any]) -> AppealQuerySet:
    return chips[str(wanted.get("only", ""))]


def _of_my_hand(by: Actor) -> Q:
    """What another person must answer: one's own, and lines one had a hand in."""
    record = "entry__record__"
    mine = Q(opened_by=by.user)
    for hand in ("reported_by", "checked_by", "verified_by"):
        mine |= Q(**{f"{record}{hand}": by.user})
    deeds = AuditEvent.objects.filter(
        subject=Entry._meta.label, by_id=by.user.pk if by.user else None
    )
    return mine | Q(Exists(deeds.filter(subject_id=OuterRef("entry"), now__in=ACTS)))


def _in_full(rows: AppealQuerySet, today: date) -> AppealQuerySet:
    """Everything a row names, read once for all rows."""
    spells = Membership.objects.running(today).select_related("group")
    named = ("entry__deputy", "entry__rule__item", "entry__record", "answered_by")
    return rows.select_related(*named).prefetch_related(
        Prefetch("entry__deputy__membership_set", spells)
    )


def _in_rows(by: Actor, appeals: list[Appeal], today: date) -> list[Row]:
    made, works = makers_of([each.entry for each in appeals]), Workday.objects.works()
    staff = office()
    return [
        _row(each, why_not_answer(by, each, made[each.entry_id], staff), works, today)
        for each in appeals
    ]


def _row(appeal: Appeal, refusal: str | None, works: Works, today: date) -> Row:
    entry = appeal.entry
    is_open = appeal.state == AppealState.OPEN
    kind, left = light(appeal.due_on, works, today)
    line = f"{entry.rule.item.code} {entry.rule.item.short_name} {plain(entry.points)} 分"
    return Row(
        pk=appeal.pk,
        deputy=entry.deputy.name,
        group=_group(entry),
        line=f"{line}，{day_words(entry.record.done_on)}",
        words=appeal.words,
        state=appeal.get_state_display(),
        colour=COLOURS[AppealState(appeal.state)],
        kind=kind if is_open else "",
        left=left,
        due=day_words(appeal.due_on),
        refusal=refusal if is_open else None,
        answer=_answer(appeal),
    )


def _group(entry: Entry) -> str:
    """The group the deputy is in now (prefetched)."""
    spells = entry.deputy.membership_set.all()
    return next((spell.group.name for spell in spells), "")


def _answer(appeal: Appeal) -> str:
    if not (appeal.answered_by and appeal.answered_at):
        return ""
    day = day_words(timezone.localdate(appeal.answered_at))
    return f"{appeal.answered_by.name} {day}：{appeal.answer}"


def light(due_on: date, works: Works, today: date) -> tuple[str, str]:
    """按期, 临近 or 超期, with working days."""
    left = working_days_until(today, due_on, works)
    if today > due_on:
        return "late", f"{-left} 个工作日"
    if today == due_on:
        return "soon", "今天到期"
    return ("soon" if left <= NEAR else "ok"), f"剩 {left} 个工作日"


@dataclass(frozen=True)
class Step:
    """One line of the trail."""

    when: str
    what: str
    who: str
    note: str


@dataclass(frozen=True)
class Hearing:
    """One appeal on one page: what is said, the fact, its proof, its trail."""

    contest: Contest
    entry: Entry
    group: str
    kind: str
    left: str
    photos: list[int]
    hands: list[tuple[str, str, str]]
    trail: list[Step]
    elsewhere: list[str]
    refusal: str | None
    twice: bool
    """Another record of the occasion counts already: giving this one back counts it twice."""


def hearing(by: Actor, appeal: Appeal, today: date) -> Hearing:
    """Everything the one who answers needs on one screen."""
    entry, record = appeal.entry, appeal.entry.record
    kind, left = light(appeal.due_on, Workday.objects.works(), today)
    is_open = appeal.state == AppealState.OPEN
    return Hearing(
        contest=contest(appeal, entry, today),
        entry=entry,
        group=_group(entry),
        kind=kind if is_open else "",
        left=left,
        photos=[photo.pk for photo in record.evidence.all()],
        hands=_hands(record),
        trail=_trail(appeal),
        elsewhere=_elsewhere(entry),
        refusal=why_not_answer(by, appeal, makers(entry), office()),
        twice=bool(entry.reverses_id and why_not_give_back(entry, twice=False)),
    )


def one(rows: AppealQuerySet, today: date) -> AppealQuerySet:
    """Everything `hearing` reads of an appeal."""
    named = ("entry__assembly", "entry__rule__book", "entry__reverses__rule__item")
    people = ("reported_by", "checked_by", "verified_by", "item")
    return with_words(
        _in_full(rows, today).select_related(*named, *(f"entry__record__{p}" for p in people))
    )


def _hands(record: DutyRecord) -> list[tuple[str, str, str]]:
    seen = (
        ("登记", record.reported_by, record.reported_at),
        ("核对", record.checked_by, record.checked_at),
        ("核实", record.verified_by, record.verified_at),
    )
    return [(act, who.name if who else "系统", moment_words(at)) for act, who, at in seen if at]


def _trail(appeal: Appeal) -> list[Step]:
    """办理痕迹 of the record, of its lines in this congress, and of the appeal, in their order."""
    entry = appeal.entry
    lines = Entry.objects.filter(record=entry.record, assembly=entry.assembly)
    events = AuditEvent.objects.filter(
        Q(subject=DutyRecord._meta.label, subject_id=entry.record_id)
        | Q(subject=Entry._meta.label, subject_id__in=lines.values("pk"))
        | Q(subject=Appeal._meta.label, subject_id=appeal.pk)
    )
    words = {Appeal._meta.label: "异议", Entry._meta.label: "积分", DutyRecord._meta.label: "履职"}
    return [
        Step(
            when=moment_words(event.at),
            what=f"{words[event.subject]}{deed_words(event.subject, event.now)}",
            who=event.by_name,
            note=event.note,
        )
        for event in events.order_by("pk")
    ]


def _elsewhere(entry: Entry) -> list[str]:
    """The same fact's lines that stand in other congresses: an appeal of their own each."""
    own = Entry.objects.standing().filter(record=entry.record)
    rows = own.exclude(assembly=entry.assembly_id)
    return [
        f"{row.assembly}的那一笔（{plain(row.points)} 分）"
        for row in rows.select_related("assembly").order_by("pk")
    ]
