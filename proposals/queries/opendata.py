"""开放数据: the public list for machines. `FIELDS` is its allow-list and its documentation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone

from congress.shared import clock
from congress.shared.personal_numbers import masked
from proposals.models import Proposal
from proposals.queries import public
from proposals.queries.clocks import Clock
from proposals.queries.public import UNIT, Filters, Row, named
from proposals.queries.public_days import PUBLISHED_ON, TIMED_DUE, TIMED_ON
from proposals.queries.public_stage import LIT, STOPS
from proposals.queries.timeline import timeline
from proposals.queries.visibility import readable
from proposals.states import Kind, UnitRole
from proposals.why_alike import theme

LICENCE = (
    "可以免费使用、转载和加工，请写明来源和数据截至时间，不得改变原意，不得用来骚扰代表和承办单位。"
)


class Field(NamedTuple):
    """One field: its name for machines, its heading in the table, what it means."""

    name: str
    head: str
    meaning: str


FIELDS = (
    Field(
        "number", "编号", "受理编号：届（2 位）、次（2 位）、顺序号，乡镇的前面有地名；不变、不重用"
    ),
    Field("title", "标题", "建议的标题；其中的电话、证件号码不公开"),
    Field("lead", "领衔代表", "提出这件建议的代表"),
    Field("delegation", "代表团", "领衔代表所在的代表团；没有的为空"),
    Field("unit", "承办单位", "主办、分办、会办单位；还没有交办的写“等着交办”"),
    Field("step", "走到哪一步", "页面上写的步骤，例如“第 6 步 办中见面”"),
    Field("last", "最近", "最近一步和它的日期"),
    Field(
        *("outcome", "结果类别"),
        "答复公开以后才有：结果分类的字母，后来核实转类的是转类后的；没有的、已解决被撤销的为空",
    ),
    Field(
        *("outcome_name", "结果类别名称"),
        "这个字母的含义；已解决被撤销的写“已解决已撤销”；没有的为空",
    ),
    Field("light", "灯", "按期、临近、超期、暂停，只说时间；没有期限在走的为空"),
    Field("light_words", "还有几天", "还有或者超过几个工作日；没有期限在走的，写现在的情形"),
    Field("stage", "第几步", f"1 到 {len(STOPS)} 的数：{'、'.join(STOPS)}"),
    Field("kind", "种类", "会议期间的建议、闭会期间的建议等"),
    Field("raised_on", "提出日期", "年-月-日，如 2026-03-09"),
    Field(
        *("due_on", "答复期限"),
        "年-月-日；几个单位分别答复的取最早要到的；重新办理的，在办时和再次答复公开以后"
        "是重新办理的期限；没有的为空",
    ),
    Field(
        *("answered_on", "答复日期"),
        "年-月-日；最后一份有期限的答复的日期，和答复期限是同一份的；重新办理在办时仍是前一份的；"
        "再次答复没有公开的，和没有要求重新办理、单位另作的新一稿，都不改这个日期；没有的为空",
    ),
    Field("published_on", "公开日期", "年-月-日；答复公开的日期；没有的为空"),
    Field("url", "网址", "这件建议的公开页面"),
    Field("key", "重点督办", "列入重点督办的，表格写“是”"),
    Field("carried", "滚动办理", "从哪一年结转来接着办理：年份；没有结转过的为空"),
    Field("theme", "门类", "从标题里的词看出来的门类，例如“水利饮水”；看不出的为空"),
    Field("raised_again", "又被提出", "答复以后又有代表提出、经认定是同一件事的，表格写“是”"),
)
"""Names never change their meaning and are never taken away; new ones come at the end."""
ONLY_JSON = (Field("units", "", "承办单位逐个列出：名称，和主办、分办或者会办"),)
ONLY_ONE = Field(
    "events", "", "只在一件建议的 JSON：办理经过，每步的日期、事项、经过，和页面上一样"
)
HEAD = (
    *("title", "county", "as_of", "licence", "source", "fields", "filters"),
    *("total", "page", "pages", "next", "items"),
)
"""What stands around the items, in this order."""


class Unit(NamedTuple):
    """One unit of a proposal."""

    name: str
    role: str


@dataclass(frozen=True)
class Record:
    """One proposal as machines read it, in the order of `FIELDS`."""

    number: str
    title: str
    lead: str
    delegation: str
    unit: str
    step: str
    last: str
    outcome: str
    outcome_name: str
    light: str
    light_words: str
    stage: int
    kind: str
    raised_on: date | None
    due_on: date | None
    answered_on: date | None
    published_on: date | None
    url: str
    key: bool
    carried: int | None
    theme: str
    raised_again: bool
    units: tuple[Unit, ...]

    def cells(self) -> list[str]:
        """As one line of a table."""
        return [_cell(getattr(self, field.name)) for field in FIELDS]

    def item(self) -> dict[str, object]:
        """As one object of JSON: days as text, nothing as null or an empty text."""
        found = {field.name: _plain(getattr(self, field.name)) for field in FIELDS}
        return found | {"units": [each._asdict() for each in self.units]}


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else ""
    return "" if value is None else str(_plain(value))


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def records(filters: Filters, days: Clock, *, span: slice = slice(None)) -> list[Record]:
    """The public list as it stands, in its order; in two queries."""
    rows = public.rows(filters, days, span=span)
    more = _more([row.number for row in rows], days)
    return [_record(row, more[row.number]) for row in rows if row.number in more]


def record_of(number: str, days: Clock) -> Record | None:
    """One proposal as the list has it; None for what is not public."""
    found = records(Filters(q=number), days)
    return next((each for each in found if each.number == number), None)


def events_of(proposal: Proposal, today: date) -> list[dict[str, str]]:
    """办理经过 as the public's page tells it, the newest first."""
    return [
        {"on": each.on.isoformat(), "title": each.title, "words": each.words}
        for each in timeline(proposal, None, today)
    ]


def _more(numbers: Iterable[str], days: Clock) -> dict[str, dict[str, Any]]:
    """What the list's rows do not say: days, and the units one by one."""
    lines = public.matching(Filters(), days).filter(number__in=list(numbers))
    values = lines.values(
        *("number", "kind", "stage", "lamp", "due", "submitted_on"),
        answered=TIMED_ON,
        timed_due=TIMED_DUE,
        opened=PUBLISHED_ON,
        units=ArraySubquery(named().values_list(JSONObject(**UNIT))),
    )
    return {line["number"]: line for line in values}


def _record(row: Row, line: dict[str, Any]) -> Record:
    return Record(
        number=row.number,
        title=row.title,
        lead=row.lead,
        delegation=row.delegation,
        unit=row.unit,
        step=row.step,
        last=row.last,
        outcome=row.outcome,
        outcome_name=row.outcome_name,
        light=LIT.get(row.light.kind, "暂停" if row.light.kind == "paused" else ""),
        light_words=row.light.words,
        stage=line["stage"],
        kind=Kind(line["kind"]).label,
        raised_on=line["submitted_on"],
        due_on=line["due"] if line["lamp"] else line["timed_due"],
        answered_on=line["answered"],
        published_on=line["opened"],
        url=settings.SITE_URL + reverse("proposals:public_detail", args=[row.number]),
        key=row.key,
        carried=row.carried,
        theme=theme(row.title),
        raised_again=row.raised_again,
        units=tuple(
            Unit(masked(each["name"]), UnitRole(each["role"]).label) for each in line["units"]
        ),
    )


def as_of(today: date) -> datetime:
    """数据截至: the newest step that the public may read, or the beginning of the day.

    Never the moment of asking, so that what has not changed has the same bytes; and never the
    moment of a step that is kept from the public, which would tell of it.
    """
    midnight = timezone.make_aware(datetime.combine(today, time()))
    known = readable(None).filter(at__lte=clock.now())
    newest = known.values_list("at", flat=True).first()
    return timezone.localtime(max(newest, midnight) if newest else midnight)
