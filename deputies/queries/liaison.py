"""双联 as the desk and the holders see it: who keeps contact with whom, and who with nobody."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q, QuerySet

from congress.shared.actors import Actor
from congress.shared.models import Area, Assembly
from deputies.models import CommitteePost, ContactRecord, Deputy, Liaison
from deputies.models.liaison import DIRECTORS
from deputies.permissions.liaison import FIELD, Target
from deputies.rules import AREAS_LEAST, AREAS_MOST, LIAISON_LEAST, LIAISON_MOST
from deputies.states import CommitteePostKind, LiaisonKind


def quarter_of(day: date) -> tuple[date, str]:
    """The first day of the quarter, and its name."""
    number = (day.month - 1) // 3 + 1
    return date(day.year, number * 3 - 2, 1), f"第{'一二三四'[number - 1]}季度"


def committee_of(area_id: int | None) -> Assembly | None:
    """The congress whose standing committee has its desk in that area."""
    return Assembly.objects.filter(area=area_id).order_by("level__rank").first()


def bounds(kind: LiaisonKind, today: date) -> tuple[int, int]:
    """How many one holder should keep contact with, at least and at most."""
    if kind == LiaisonKind.MEMBER:
        return LIAISON_LEAST.on(today), LIAISON_MOST.on(today)
    if kind == LiaisonKind.DIRECTOR:
        return AREAS_LEAST.on(today), AREAS_MOST.on(today)
    return 1, 1


@dataclass(frozen=True)
class Kept:
    """One contact that runs: with whom, how often this quarter, when last."""

    liaison: Liaison
    target: str
    times: int
    last: date | None


@dataclass(frozen=True)
class HolderLine:
    """One holder: the post, the contacts, what is wrong in words."""

    holder: Deputy
    post: str
    kept: tuple[Kept, ...]
    remarks: tuple[str, ...]

    @property
    def reached(self) -> int:
        return sum(bool(each.times) for each in self.kept)


@dataclass(frozen=True)
class Board:
    """一种联系的覆盖情况."""

    kind: LiaisonKind
    quarter: str
    lines: tuple[HolderLine, ...]
    uncovered: tuple[Target, ...]
    least: int
    most: int

    @property
    def kept(self) -> int:
        return sum(len(line.kept) for line in self.lines)

    @property
    def quiet(self) -> int:
        """Contacts not kept this quarter."""
        return sum(len(line.kept) - line.reached for line in self.lines)

    @property
    def room(self) -> int:
        """How many more the holders could take."""
        return sum(max(self.most - len(line.kept), 0) for line in self.lines)

    @property
    def remarked(self) -> int:
        return sum(bool(line.remarks) for line in self.lines)


def board(kind: LiaisonKind, assembly: Assembly, today: date) -> Board:
    """Who holds, whom, and who is left; the queries do not grow with the rows."""
    quarter, name = quarter_of(today)
    least, most = bounds(kind, today)
    kept: dict[int, list[Kept]] = {}
    for row in running(kind, today, quarter):
        kept.setdefault(row.holder_id, []).append(_kept(row))
    lines = tuple(
        _line(post, tuple(kept.get(post.deputy_id, ())), least, most)
        for post in holders(kind, assembly, today)
    )
    return Board(kind, name, lines, tuple(uncovered(kind, assembly, today)), least, most)


def _kept(row: Liaison) -> Kept:
    times, last = row.times, row.last  # type: ignore[attr-defined]  # annotated
    return Kept(row, row.target, times, last)


def _line(post: CommitteePost, kept: tuple[Kept, ...], least: int, most: int) -> HolderLine:
    remarks = []
    if len(kept) < least:
        remarks.append(f"少于 {least}" if kept else "还没有安排")
    if len(kept) > most:
        remarks.append(f"多于 {most}")
    quiet = sum(not each.times for each in kept)
    if quiet:
        remarks.append(f"本季度 {quiet} 个没有联系")
    return HolderLine(post.deputy, post.get_post_display(), kept, tuple(remarks))


def running(kind: LiaisonKind, today: date, since: date) -> QuerySet[Liaison]:
    """Contacts that run, each with `times` since that day and the `last` day ever."""
    recent = Count("contacts", filter=Q(contacts__done_on__gte=since))
    rows = Liaison.objects.running(today).filter(kind=kind)
    found = rows.select_related("holder", "deputy", "area", "group")
    counted = found.annotate(times=recent, last=Max("contacts__done_on"))
    return counted.order_by("holder__stroke_key", "from_on", "id")


def holders(kind: LiaisonKind, assembly: Assembly, today: date) -> list[CommitteePost]:
    """Who may hold this kind, directors first, then by 姓氏笔画; each person once."""
    rows = CommitteePost.objects.running(today).holding(kind).filter(assembly=assembly)
    order = {kind: place for place, kind in enumerate(CommitteePostKind)}
    posts = sorted(
        rows.select_related("deputy"),
        key=lambda row: (order[CommitteePostKind(row.post)], row.deputy.stroke_key),
    )
    return list({row.deputy_id: row for row in reversed(posts)}.values())[::-1]


def uncovered(kind: LiaisonKind, assembly: Assembly, today: date) -> list[Target]:
    """Whom nobody keeps contact with: deputies of the congress, townships, or none."""
    held = Liaison.objects.running(today).filter(kind=kind).values(FIELD[kind])
    if kind == LiaisonKind.MEMBER:
        posts = CommitteePost.objects.running(today).filter(assembly=assembly)
        own = posts.exclude(post=CommitteePostKind.OFFICE).values("deputy")
        people = Deputy.objects.serving(today).sitting_in(assembly, today).exclude(pk__in=held)
        return list(people.exclude(pk__in=own).in_name_order())
    if kind == LiaisonKind.DIRECTOR:
        places = Area.objects.filter(parent=assembly.area, deputygroup__isnull=False)
        return list(places.exclude(pk__in=held).distinct().order_by("position", "pk"))
    return []


def directors_of_day(assembly: Assembly, today: date) -> int:
    """主任会议成员 on that day."""
    rows = CommitteePost.objects.running(today).filter(assembly=assembly, post__in=DIRECTORS)
    return rows.values("deputy").distinct().count()


def own_contacts(actor: Actor, today: date) -> list[Kept]:
    """What this holder keeps, longest not contacted first."""
    quarter, _ = quarter_of(today)
    rows = Liaison.objects.visible_to(actor).running(today)
    found = rows.select_related("holder", "deputy", "area", "group").annotate(
        times=Count("contacts", filter=Q(contacts__done_on__gte=quarter)),
        last=Max("contacts__done_on"),
    )
    kept = [_kept(row) for row in found]
    return sorted(kept, key=lambda each: (each.last or date.min, each.liaison.pk))


def records(actor: Actor, most: int = 20) -> list[ContactRecord]:
    """The latest this person may see."""
    rows = ContactRecord.objects.visible_to(actor)
    return list(rows.select_related("liaison__holder", "liaison__deputy", "liaison__area",
                                    "liaison__group", "made_by")[:most])  # fmt: skip
