"""一条待核的记录: who has seen it, its proof, what resembles it, and what it would add."""

from collections.abc import Iterable
from dataclasses import dataclass

from congress.shared.actors import Actor
from deputies.models import DutyRecord, Evidence
from deputies.permissions import why_not_send_back
from deputies.queries.duties import day_words, done_words, moment_words
from deputies.states import DutyState
from scoring.points import totals
from scoring.queries.books import Books
from scoring.queries.ledger import entries_of, lines_of, worth
from scoring.queries.queue import VERIFY, Step, doubt_words, group_name, source_words


@dataclass(frozen=True)
class Stop:
    """One pair of hands: reported, checked, verified."""

    label: str
    who: str
    when: str
    state: str


@dataclass(frozen=True)
class Elsewhere:
    """Another record that this one resembles, to be compared side by side."""

    title: str
    record: DutyRecord
    done: str
    day: str
    group: str
    state: str
    photo: int | None


@dataclass(frozen=True)
class Outcome:
    """What verifying would add in one congress."""

    points: str
    words: str
    sums: str
    rule: str


@dataclass(frozen=True)
class Dossier:
    record: DutyRecord
    group: str
    done: str
    day: str
    stops: list[Stop]
    photos: list[int]
    doubt: str
    elsewhere: list[Elsewhere]
    outcomes: list[Outcome]
    refusal: str | None
    refusal_back: str | None


def dossier(by: Actor, step: Step, record: DutyRecord) -> Dossier:
    """Everything the second person needs on one screen."""
    return Dossier(
        record=record,
        group=group_name(record),
        done=done_words(record),
        day=day_words(record.done_on),
        stops=_stops(by, step, record),
        photos=[photo.pk for photo in record.evidence.all()],
        doubt=doubt_words(record),
        elsewhere=[*_same_photo(record), *_same_duty(record)][:1],
        outcomes=outcomes(record) if step is VERIFY else [],
        refusal=step.why_not(by, record),
        refusal_back=why_not_send_back(by, record),
    )


def _stops(by: Actor, step: Step, record: DutyRecord) -> list[Stop]:
    told = Stop("登记", source_words(record, by), moment_words(record.reported_at), "done")
    if record.checked_by and record.checked_at:
        seen = Stop("核对", record.checked_by.name, moment_words(record.checked_at), "done")
        return [told, seen, Stop("核实", f"{by.name}（您）", "", "now")]
    return [told, Stop("核对", f"{by.name}（您）", "", "now"), Stop("核实", "另一个人", "", "")]


def _same_photo(record: DutyRecord) -> Iterable[Elsewhere]:
    prints = [photo.sha256 for photo in record.evidence.all()]
    used = Evidence.objects.filter(sha256__in=prints).exclude(record=record)
    for photo in used.select_related("record__deputy", "record__item").order_by("pk")[:1]:
        yield _other("用过这张照片的记录", photo.record, photo.pk)


def _same_duty(record: DutyRecord) -> Iterable[Elsewhere]:
    twins = DutyRecord.objects.twins(record.deputy, record.item, record.done_on)
    for twin in twins.exclude(pk=record.pk).select_related("deputy", "item").order_by("pk")[:1]:
        photo = twin.evidence.values_list("pk", flat=True).first()
        yield _other("同一天的同一事项", twin, photo)


def _other(title: str, record: DutyRecord, photo: int | None) -> Elsewhere:
    return Elsewhere(
        title=title,
        record=record,
        done=done_words(record),
        day=day_words(record.done_on),
        group="",
        state=DutyState(record.state).label,
        photo=photo,
    )


def outcomes(record: DutyRecord) -> list[Outcome]:
    """会发生什么: the sums before and after, in each congress that counts it."""
    found = worth([record])
    accounts = [(record.deputy_id, each.assembly_id, record.done_on.year) for each in found]
    books = Books(each.assembly_id for each in found)
    known = lines_of(entries_of(accounts))
    said = []
    for account, each in zip(accounts, found, strict=True):
        ceilings = books.ceilings(*account[1:])
        entry = each.entry()
        before = totals(known[account], ceilings)
        after = totals([*known[account], books.line_of(entry)], ceilings)
        category = each.rule.category
        sums = f"总分 {before.total:.1f} → {after.total:.1f}"
        if not each.rule.bonus:
            of = before.by_category[category.code], after.by_category[category.code]
            ceiling = ceilings[category.code]
            sums = f"{of[0]:.1f} → {of[1]:.1f}（封顶 {ceiling:.0f}），{sums}"
        book = books.in_force(each.assembly_id, record.done_on)
        rule = f"{book} {record.item.code}"
        counted = after.total - before.total
        words = f"记入“{category.name}”"
        words += f"；事由“{record.matter}”" if record.matter else ""
        if counted < entry.points:
            why = "同一事项取最高级" if each.rule.highest_only else "已到本年上限"
            words += f"；按规则 {entry.points:.1f} 分，{why}"
        said.append(Outcome(f"+{counted:.1f}", words, sums, rule))
    return said
