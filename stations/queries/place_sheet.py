"""家站表: what each row of an uploaded sheet of places would change."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils import timezone

from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.models import Area
from deputies.headers import Table, Unmatched
from deputies.rules import UNDO_DAYS
from deputies.sheets import Line, read
from stations import hours
from stations.models import Station, StationImport, StationKind
from stations.permissions.places import why_not_public, why_not_there, why_not_undo_stations
from stations.states import StationState

COLUMNS = {
    "乡镇": ("所在乡镇", "所属乡镇"),
    "类别": ("家站类别", "类型"),
    "名称": ("家站名称", "站名", "联络站", "代表联络站"),
    "地址": ("详细地址", "所在地"),
    "开放时间": ("开放", "时间"),
    "接待时间": ("接待日时间",),
    "经度": ("东经",),
    "纬度": ("北纬",),
}
LOOKS = (("名称", ".*(联络站|之家)"), ("类别", "代表(之家|联络站)"))
TABLE = Table(COLUMNS, ("乡镇", "名称"), LOOKS, "名称", 2)
MOST = 2000
LONGEST = {"名称": 40, "地址": 80, "开放时间": 60}
STEP = Decimal("0.00001")


class Verdict(TextChoices):
    ERROR = "error", "有错，不导入"
    NEW = "new", "新设"
    CHANGED = "changed", "更新"
    SAME = "same", "没有变化"


class Row(NamedTuple):
    """One place as the sheet has it; what it does not say stays as it is."""

    number: int
    area: int
    kind: str
    name: str
    address: str
    opening: str
    hours: str
    longitude: str
    latitude: str


@dataclass(frozen=True)
class Judged:
    """One row, what it comes to, and in which words."""

    number: int
    name: str
    verdict: Verdict
    words: str
    row: Row | None = None


def judged(content: bytes, file_name: str, today: date) -> list[Judged]:
    """Every row of the sheet; `Refused` says why there is none."""
    try:
        lines = list(read(content, file_name, table=TABLE).lines)
    except Unmatched:
        raise Refused("表头里要有“乡镇”“名称”两列，可以先导出家站台账照着填。") from None
    if len(lines) > MOST:
        raise Refused(f"家站表超过 {MOST} 行，请检查是不是选错了文件。")
    areas = dict(Area.objects.exclude(parent=None).values_list("name", "pk"))
    known = {one.name: one for one in Station.objects.all()}
    homes = set(Station.objects.standing().homes().values_list("area", flat=True))
    return list(_each(lines, areas, known, homes, today))


def _each(
    lines: list[Line],
    areas: Mapping[str, int],
    known: Mapping[str, Station],
    homes: set[int],
    today: date,
) -> Iterator[Judged]:
    seen: set[str] = set()
    for line in lines:
        words = line.words
        name = words.get("名称", "")
        try:
            row = _row(line.number, words, areas, today)
            if name in seen:
                raise Refused("名称和上面一行重复")
            seen.add(name)
            at = known.get(name)
            verdict, said = _found(row, at) if at else (Verdict.NEW, "新设")
            if at is None and bool(row.address) != bool(row.opening):
                raise Refused("地址和开放时间要一起写")
            if at is None and (row.longitude or row.hours) and not row.address:
                raise Refused("有经纬度、接待时间的也要写地址和开放时间")
            if at is None and row.kind == StationKind.HOME:
                if row.area in homes:
                    raise Refused("这个乡镇已经有代表之家")
                homes.add(row.area)
            yield Judged(line.number, name, verdict, said, row)
        except Refused as no:
            yield Judged(line.number, name or "（没有名称）", Verdict.ERROR, no.reason)


def _row(number: int, words: Mapping[str, str], areas: Mapping[str, int], today: date) -> Row:
    for column, most in LONGEST.items():
        if len(words.get(column, "")) > most:
            raise Refused(f"{column}最多 {most} 字")
    name, area = words.get("名称", ""), words.get("乡镇", "")
    if not name:
        raise Refused("没有写名称")
    if area not in areas:
        raise Refused(f"没有“{area}”这个乡镇" if area else "没有写乡镇")
    if refusal := why_not_public(words.get("地址", ""), words.get("开放时间", "")):
        raise Refused(refusal.rstrip("。"))
    longitude, latitude = _degrees(words, "经度"), _degrees(words, "纬度")
    if (longitude is None) != (latitude is None):
        raise Refused("经度和纬度要一起填")
    if longitude is not None and latitude is not None:
        refusal = why_not_there(latitude, longitude, today)
        if refusal:
            raise Refused(refusal.rstrip("。"))
    return Row(
        number,
        areas[area],
        _kind(words.get("类别", ""), name),
        name,
        *(words.get("地址", ""), words.get("开放时间", ""), _hours(words.get("接待时间", ""))),
        *("" if figure is None else str(figure) for figure in (longitude, latitude)),
    )


def _hours(words: str) -> str:
    if not words:
        return ""
    found = hours.read(words)
    if found is None:
        raise Refused(f"接待时间写成 8:30—11:30，不是“{words[:20]}”")
    return found.span


def _kind(words: str, name: str) -> str:
    said = words or ("代表之家" if name.endswith("代表之家") else "代表联络站")
    for kind in StationKind:
        if said in (kind.label, kind.label.removeprefix("代表")):
            return kind
    raise Refused(f"类别写“代表之家”或“代表联络站”，不是“{words}”")


def _degrees(words: Mapping[str, str], column: str) -> Decimal | None:
    text = words.get(column, "").removesuffix("°")
    if not text:
        return None
    try:
        figure = Decimal(text)
        if not abs(figure) <= 180:
            raise InvalidOperation
        return figure.quantize(STEP)
    except InvalidOperation:
        raise Refused(f"{column}要写成小数，例如 110.22845，不是“{text[:20]}”") from None


def _found(row: Row, at: Station) -> tuple[Verdict, str]:
    """What the row changes of the place that is there: old and new."""
    if at.state == StationState.CLOSED:
        raise Refused("这个家站已经撤并")
    if at.area_id != row.area or at.kind != row.kind:
        raise Refused("乡镇或类别和系统里的不一样，表格不改这两项")
    pairs = (
        ("地址", at.address, row.address),
        ("开放时间", at.opening, row.opening),
        ("接待时间", hours_of(at), row.hours),
        ("经度", _text(at.longitude), row.longitude),
        ("纬度", _text(at.latitude), row.latitude),
    )
    changes = [
        f"{title}：{was or '（没有）'} → {now}" for title, was, now in pairs if now and now != was
    ]
    if not changes:
        return Verdict.SAME, "没有变化"
    if not (row.address or at.address) or not (row.opening or at.opening):
        raise Refused("地址和开放时间都要写")
    return Verdict.CHANGED, "；".join(changes)


def hours_of(at: Station) -> str:
    """Its own hours of reception as the sheet has them; nothing where the county's hold."""
    return at.own_hours.span if at.own_hours else ""


def _text(figure: Decimal | None) -> str:
    return "" if figure is None else str(figure)


def recent_sheets(by: Actor, now: datetime) -> list[tuple[StationImport, str | None]]:
    """Sheets of the days in which one can be taken back, the newest first, and why not."""
    days = timedelta(days=UNDO_DAYS.on(timezone.localdate(now)))
    rows = StationImport.objects.since(now - days).select_related("applied_by")
    return [(row, why_not_undo_stations(by, row, now=now)) for row in rows]
