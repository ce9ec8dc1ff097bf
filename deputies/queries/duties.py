"""履职记录 as screens show them: words are made here, once a row, not by filters in loops."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from congress.shared import clock
from congress.shared.models import AuditEvent, Post
from congress.shared.roles import STAFF, Role
from deputies.models import Deputy, DutyCategory, DutyItem, DutyRecord
from deputies.permissions.duties import mended_for
from deputies.queries.catalogue import Catalogue
from deputies.rules import CHECK_DAYS
from deputies.states import DutyState

WEEKDAYS = "一二三四五六日"
COLOURS: dict[str, str] = {
    DutyState.ENTERED: "gold",
    DutyState.REPORTED: "",
    DutyState.CHECKED: "blue",
    DutyState.VERIFIED: "green",
    DutyState.RETURNED: "gold",
    DutyState.WITHDRAWN: "",
}
ENTERING = STAFF | {Role.TOWNSHIP_CLERK}
"""Who may enter a duty on a deputy's behalf."""
OFTEN = 3
"""How many of the duties done last lead the list."""


def day_words(day: date) -> str:
    return f"{day.month} 月 {day.day} 日"


def moment_words(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{local.month} 月 {local.day} 日 {local:%H:%M}"


def state_words(record: DutyRecord) -> str:
    """Of what was entered for a deputy without an account, that paper is waited for."""
    if record.state == DutyState.ENTERED and record.deputy.user_id is None:
        return "待纸面确认"
    return DutyState(record.state).label


def done_words(record: DutyRecord) -> str:
    """走访选民 3 户: once is not counted aloud."""
    if record.quantity == 1 and record.item.unit == "次":
        return record.item.short_name
    return f"{record.item.short_name} {record.quantity} {record.item.unit}"


def returned_words(record: DutyRecord, reason: str) -> str:
    """退回: exactly what the deputy is told, on the checker's screen and in the notice."""
    return f"{day_words(record.done_on)}“{record.item.short_name}”退回：{reason}"


def told_words(record: DutyRecord) -> str:
    """Who told it and when: 罗明贵 5 月 12 日 10:00 上报."""
    at = moment_words(record.reported_at)
    if record.reported_by is None:
        return f"系统 {at} 登记"
    verb = "登记"
    if record.on_behalf:
        verb = "代登记"
    elif record.reported_by_id == record.deputy.user_id:
        verb = "上报"
    return f"{record.reported_by.name} {at} {verb}"


def enterer_words(record: DutyRecord) -> str:
    """柳河镇人大王芳: who entered it on behalf, and for which office they work."""
    who = record.reported_by
    if who is None:
        return "系统"
    posts = Post.objects.in_force(clock.today()).filter(user=who, role__in=ENTERING)
    post = posts.select_related("organisation").first()
    return f"{post.organisation.short_name}{who.name}" if post else who.name


def asking_words(record: DutyRecord) -> str:
    """What the deputy is asked to confirm: the day, the duty, and who says so."""
    return _entered(record, "您")


def entered_words(record: DutyRecord) -> str:
    """The same, said to somebody else than the deputy."""
    return _entered(record, record.deputy.name)


def _entered(record: DutyRecord, whom: str) -> str:
    by = enterer_words(record)
    late = f"（逾期补登：{record.late_reason}）" if record.late_reason else ""
    return f"{day_words(record.done_on)} {done_words(record)}，{by}代{whom}登记{late}"


def awaited_words(deputy: Deputy) -> str:
    """Whose word an entered record waits for, and how it comes."""
    if deputy.user_id:
        return f"等{deputy.name}在手机上确认。"
    return f"{deputy.name}没有账号：请本人在纸面上签字，由另一个人收下，记“纸面确认”。"


def mender_words(record: DutyRecord) -> str:
    """Who is to mend what was sent back."""
    if mended_for(record):
        return "等登记的人、乡镇人大或代工委改好，再收一次纸面确认"
    return "等代表改好再报"


def paper_words(record: DutyRecord) -> str:
    """纸面确认 in words: who received it, on which day, and what it is."""
    if record.paper_by is None or record.paper_on is None:
        return ""
    return f"{record.paper_by.name} {day_words(record.paper_on)}收到：{record.paper_note}"


def arrived(record: DutyRecord, *, again: bool = False) -> str:
    """Where to read that a report has arrived, or that it had arrived before."""
    page = reverse("deputies:reported", args=[record.pk])
    return f"{page}?again=1" if again else page


class Tile(NamedTuple):
    """One duty to choose; `last` says when and where it was done last."""

    code: str
    label: str
    last: str = ""


def _latest(deputy: Deputy) -> list[DutyRecord]:
    """The newest own record of each item, newest first."""
    newest = DutyRecord.objects.own_reports(deputy).order_by("item_id", "-done_on", "-pk")
    return sorted(newest.distinct("item_id"), key=lambda row: (row.done_on, row.pk), reverse=True)


def tiles(
    deputy: Deputy, today: date, rows: QuerySet[DutyItem] | None = None
) -> tuple[list[Tile], list[tuple[DutyCategory, list[Tile]]]]:
    """What may be told of a deputy: the three done last, and the others by today's categories."""
    placed = Catalogue().on(today)
    known = DutyItem.objects.for_deputies() if rows is None else rows
    items = {item.pk: item for item in known.filter(pk__in=placed)}
    often = [
        Tile(items[row.item_id].code, items[row.item_id].short_name, _last_words(row))
        for row in _latest(deputy)
        if row.item_id in items
    ][:OFTEN]
    groups: dict[DutyCategory, list[Tile]] = {}
    for item in sorted(items.values(), key=lambda each: (placed[each.pk].position, each.position)):
        if item.code not in {tile.code for tile in often}:
            groups.setdefault(placed[item.pk], []).append(Tile(item.code, item.short_name))
    return often, list(groups.items())


def _last_words(row: DutyRecord) -> str:
    return " · ".join(filter(None, (f"上次 {day_words(row.done_on)}", row.place)))


def last_places(deputy: Deputy, item: DutyItem) -> list[str]:
    """Up to three places of this deputy's newest records, those of the same duty first."""
    rows = DutyRecord.objects.own_reports(deputy).order_by("-done_on", "-pk")
    seen = rows.exclude(place="").values_list("item", "place")[:40]
    return list(dict.fromkeys(place for _, place in sorted(seen, key=lambda r: r[0] != item.pk)))[
        :3
    ]


def known_matters(deputy: Deputy) -> list[str]:
    """What the deputy's awards were for, as they were written, newest first."""
    rows = DutyRecord.objects.live().of_deputy(deputy).exclude(matter="").order_by("-done_on")
    return list(dict.fromkeys(rows.values_list("matter", flat=True)))


def sent_back_on(records: Iterable[int]) -> dict[int, date]:
    """The day on which each of these records was last sent back, as the trail has it."""
    rows = AuditEvent.objects.filter(
        subject=DutyRecord._meta.label, subject_id__in=list(records), now=DutyState.RETURNED
    )
    found = rows.order_by("id").values_list("subject_id", "at")
    return {pk: timezone.localdate(at) for pk, at in found}


class Row(NamedTuple):
    """One line of a list of records."""

    pk: int
    title: str
    when: str
    meta: str
    state: str
    colour: str
    reason: str


def rows(records: Iterable[DutyRecord]) -> list[Row]:
    """The lines of a list; the records come with their items."""
    return [
        Row(
            record.pk,
            done_words(record),
            f"{day_words(record.done_on)} 周{WEEKDAYS[record.done_on.weekday()]}",
            " · ".join(filter(None, (record.place, record.note)))[:60],
            DutyState(record.state).label,
            COLOURS[DutyState(record.state)],
            record.return_reason,
        )
        for record in records
    ]


class Chip(NamedTuple):
    """One state to look at, with how many are in it."""

    state: str
    label: str
    number: int


def chips(counts: dict[str, int]) -> list[Chip]:
    """全部, and each state that has a record; a zero in what waits for the deputy is said."""
    shown = [state for state in DutyState if counts.get(state)]
    return [Chip("", "全部", sum(counts.values()))] + [
        Chip(state, state.label, counts[state]) for state in shown
    ]


class Stop(NamedTuple):
    """One stop on the way from report to points."""

    label: str
    state: str
    when: str


def stops(record: DutyRecord, today: date) -> list[Stop]:
    """上报 → 核对 → 核实 → 记分: what has happened to a record and what comes next."""
    by = record.reported_by.name if record.reported_by else "系统"
    first = Stop("已上报", "done", f"{moment_words(record.reported_at)}，{by}")
    if record.on_behalf:
        first = Stop("已代登记", "done", f"{moment_words(record.reported_at)}，{by}")
    if record.state == DutyState.ENTERED:
        asked = Stop("代表本人确认", "now", "本人确认属实以后才核对，没有账号的纸面确认")
        return [first, asked, Stop("乡镇人大核对", "", ""), *_ahead(record)]
    if record.paper_on:
        first = Stop("纸面确认", "done", paper_words(record))
    elif record.confirmed_at:
        first = Stop("本人已确认", "done", moment_words(record.confirmed_at))
    if record.duplicate_of_id:
        return [first, Stop("认定重复，已撤回", "now", "留下的是另一条")]
    if record.state == DutyState.WITHDRAWN:
        return [first, Stop("已撤回", "now", "不再核对，也不记分")]
    if record.state == DutyState.RETURNED:
        words = "退回，改好再收纸面确认" if mended_for(record) else "退回，请改好再报"
        again = Stop(words, "now", record.return_reason)
        return [first, again, Stop("再核对一遍", "", ""), *_ahead(record)]
    if record.checked_by and record.checked_at:
        seen = f"{record.checked_by.name}，{moment_words(record.checked_at)}"
        return [first, Stop("已核对", "done", seen), *_ahead(record)]
    days = CHECK_DAYS.on(today)
    return [first, Stop("乡镇人大核对", "now", f"一般 {days} 个工作日"), *_ahead(record)]


def _ahead(record: DutyRecord) -> list[Stop]:
    if record.verified_by and record.verified_at:
        seen = f"{record.verified_by.name}，{moment_words(record.verified_at)}"
        return [
            Stop("已核实", "done", seen),
            Stop("已记入积分", "done", "可在“我的积分”里看这一笔"),
        ]
    now = "now" if record.state == DutyState.CHECKED else ""
    return [
        Stop("县代工委核实", now, "换一个人再看一遍"),
        Stop("记入积分", "", "核实当天到账"),
    ]
