"""积分账: who may verify and post, reverse a line, and adopt a rule book, and when."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db.models import Exists, OuterRef, Q

from congress.shared.actors import Actor
from congress.shared.models import Assembly
from congress.shared.roles import Role
from deputies.models import DutyRecord, Mandate
from deputies.models.duties import DutyRecordQuerySet
from deputies.permissions import why_not_verify
from scoring.models import Appeal, Entry, Rule, RuleBook
from scoring.permissions.closing import why_not_in_closed_year


def why_not_verify_and_post(by: Actor, record: DutyRecord | None = None) -> str | None:
    """核实并记分: whoever may verify the fact posts its points; they are one act."""
    return why_not_verify(by, record)


def counted_twice(records: Iterable[DutyRecord]) -> DutyRecordQuerySet:
    """Those beside which another record of the same occasion is verified and counts.

    One whose every line was reversed counts no more: the right one takes its place.
    """
    counting = DutyRecord.objects.verified().filter(~_undone())
    return DutyRecord.objects.filter(pk__in=[record.pk for record in records]).beside(counting)


def _undone() -> Q:
    """A record that has lines, every one of them reversed."""
    lines = Entry.objects.filter(record=OuterRef("pk"), reverses=None)
    return Q(Exists(lines)) & ~Q(Exists(lines.filter(entry=None)))


def counts_no_more(record: DutyRecord) -> bool:
    """Whether every line of the record was reversed, in whichever congress it stood."""
    return DutyRecord.objects.filter(_undone(), pk=record.pk).exists()


def why_not_twice(records: Collection[DutyRecord], *, twice: bool) -> str | None:
    """One occasion is counted once, unless somebody says of this very record: 确实是两次.

    Asked when the records are verified and their totals locked, so that of two verifiers at once
    the later one sees the other's record, and twins within one batch see each other.
    """
    if twice and len(records) == 1:
        return None
    row = counted_twice(records).select_related("deputy", "item").order_by("pk").first()
    if row is None:
        return None
    return (
        f"{row.deputy.name} {row.done_on.month} 月 {row.done_on.day} 日“{row.item.short_name}”"
        "已有一条核实过的，再核实会记两次分。"
        "是同一件事，请认定重复；确实是两次，请点开这一条，勾选“确实是两次”再核实。"
    )


def why_not_give_back(reversal: Entry, *, twice: bool) -> str | None:
    """记回: what a reversal took stands again, unless another record tells the occasion already."""
    if twice or not (
        row := counted_twice([reversal.record]).select_related("deputy", "item").first()
    ):
        return None
    return (
        f"{row.deputy.name} {row.done_on.month} 月 {row.done_on.day} 日“{row.item.short_name}”"
        "另有一条已经核实记分，记回会记两次分。是同一件事，请答复“不成立”；"
        "确实是两次，请勾选“确实是两次”。"
    )


def why_not_reverse(by: Actor, entry: Entry) -> str | None:
    """冲销: the director of the office, once for each line, never a line of their own."""
    if not by.is_a(Role.STAFF_DIRECTOR):
        return "只有代工委主任可以冲销积分。"
    if by.same_person(entry.deputy.user_id):
        return "这是您自己的积分，须由他人冲销。"
    if entry.reverses_id is not None:
        return "这一笔本身就是冲销，不能再冲销。"
    if Entry.objects.filter(reverses=entry).exists():
        return "这一笔已经冲销过了。"
    if Appeal.objects.open().filter(entry=entry).exists():
        return "代表对这一笔有异议，正在处理。请到“积分异议”里答复，成立就在那里改正。"
    return why_not_in_closed_year(entry.assembly_id, entry.record.done_on)


def why_not_adopt_default(by: Actor, assembly: Assembly | None = None) -> str | None:
    """启用默认积分表: by the director of the office."""
    if not by.is_a(Role.STAFF_DIRECTOR):
        return "只有代工委主任可以启用积分规则。"
    return None


def why_not_begin(assembly: Assembly, from_on: date, today: date) -> str | None:
    """A book speaks only of what is not yet judged: no verified record, no later book behind it.

    Nor of years that nobody can see yet: a slip of the year would bar every book before it.
    """
    if from_on.year > today.year + 1:
        return (
            f"起用日期最晚是 {today.year + 1} 年 12 月 31 日，现在填的是 {from_on.year} 年。"
            "请检查年份；更晚起用的，到前一年再启用。"
        )
    versions = RuleBook.objects.adopted().filter(assembly=assembly)
    newest = versions.order_by("-from_on").first()
    if newest and newest.from_on and from_on < newest.from_on:
        return f"第 {newest.version} 版从 {_day(newest.from_on)}起用，新的一版不能早于它。"
    seats = Mandate.objects.filter(term__assembly=assembly).values("deputy")
    judged = DutyRecord.objects.verified().filter(done_on__gte=from_on, deputy__in=seats)
    if judged.exists():
        return f"{_day(from_on)}以后已有核实过的履职，起用日期请放在它们之后。"
    return None


def why_not_divide_anew(
    assembly: Assembly, from_on: date, division: Mapping[str, str]
) -> str | None:
    """A year has one set of ceilings: an item that counts under another begins on 1 January.

    `division` has the category of each item of the new book that is no bonus.
    """
    ruling = RuleBook.objects.ruling(assembly.pk, from_on.year)
    if ruling is None or (from_on.month, from_on.day) == (1, 1):
        return None
    ceilings = set(ruling.ceilings.values_list("category__code", flat=True))
    of_year = Q(book=ruling) | Q(book__assembly=assembly, book__from_on__year=from_on.year)
    base = Rule.objects.filter(of_year, bonus=False)
    known = dict(base.values_list("item__code", "category__code"))
    for item, category in division.items():
        if known.get(item, category) != category or category not in ceilings:
            return (
                f"{item} 在 {from_on.year} 年已归别的类别封顶，一年只有一套封顶分。"
                f"换类别请从 {from_on.year + 1} 年 1 月 1 日起。"
            )
    return None


def _day(day: date) -> str:
    return f"{day.year} 年 {day.month} 月 {day.day} 日"
