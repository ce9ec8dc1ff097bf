"""一条待核的记录: who has seen it, its proof, what resembles it, and what it would add."""

from dataclasses import dataclass

from congress.shared.actors import Actor
from congress.shared.models import AuditEvent
from deputies.models import DutyRecord
from deputies.permissions import why_not_send_back
from deputies.queries.duties import (
    day_words,
    done_words,
    mender_words,
    moment_words,
    paper_words,
    returned_words,
)
from deputies.queries.photos import warnings
from deputies.states import DutyState
from scoring.permissions.posting import counted_twice
from scoring.points import totals
from scoring.queries.books import Books
from scoring.queries.evidence import (
    Elsewhere,
    Picture,
    Roll,
    pictures,
    resembling,
    roll,
    why_no_photo,
)
from scoring.queries.ledger import entries_of, lines_of, worth
from scoring.queries.waiting import VERIFY, Step, group_name, source_words


@dataclass(frozen=True)
class Stop:
    """One pair of hands: reported, checked, verified."""

    label: str
    who: str
    when: str
    state: str


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
    pictures: list[Picture]
    no_photo: str
    roll: Roll | None
    elsewhere: list[Elsewhere]
    doubtful: bool
    warnings: list[str]
    twice: bool
    """The same occasion is verified already: verifying this one, too, counts it twice."""
    returned: str
    """Of a record sent back: when, by whom, and that its deputy has it now."""
    outcomes: list[Outcome]
    refusal: str | None
    refusal_back: str | None
    told_if_returned: str
    """What the deputy will read, up to the reason."""


def dossier(by: Actor, step: Step, record: DutyRecord) -> Dossier:
    """Everything the second person needs on one screen."""
    others = resembling(record)
    used = {photo.sha256 for other in others for photo in other.record.evidence.all()}
    back = record.state == DutyState.RETURNED
    return Dossier(
        record=record,
        group=group_name(record),
        done=done_words(record),
        day=day_words(record.done_on),
        stops=_stops(by, step, record),
        pictures=pictures(record, used),
        no_photo=why_no_photo(record),
        roll=roll(record),
        elsewhere=others,
        doubtful=bool(others),
        warnings=warnings(record),
        twice=step is VERIFY and counted_twice([record]).exists(),
        returned=_returned(record) if back else "",
        outcomes=outcomes(record) if step is VERIFY and not back else [],
        refusal=step.why_not(by, record),
        refusal_back=why_not_send_back(by, record),
        told_if_returned=returned_words(record, ""),
    )


def _stops(by: Actor, step: Step, record: DutyRecord) -> list[Stop]:
    at = paper_words(record) or moment_words(record.reported_at)
    told = Stop("登记", source_words(record, by), at, "done")
    if record.state == DutyState.RETURNED:
        return [told, Stop("退回", mender_words(record), "", "now"), Stop("再核对", "", "", "")]
    if record.checked_by and record.checked_at:
        seen = Stop("核对", record.checked_by.name, moment_words(record.checked_at), "done")
        return [told, seen, Stop("核实", f"{by.name}（您）", _free(by, step, record), "now")]
    now = Stop("核对", f"{by.name}（您）", _free(by, step, record), "now")
    return [told, now, Stop("核实", "另一个人", "", "")]


def _free(by: Actor, step: Step, record: DutyRecord) -> str:
    """没登记、没核对过这条: said to whoever may take the step."""
    if step.why_not(by, record):
        return ""
    return "没登记、没核对过这条，可以核实" if step is VERIFY else "没登记过这条，可以核对"


def _returned(record: DutyRecord) -> str:
    steps = AuditEvent.objects.filter(
        subject=record._meta.label, subject_id=record.pk, now=DutyState.RETURNED
    )
    last = steps.order_by("id").last()
    return f"{moment_words(last.at)} 由{last.by_name}退回" if last else "已退回"


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
