"""The small signs of every page. A builtin of the template engine: no `load` needed."""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Protocol
from zlib import crc32

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BoundField
from django.template import RequestContext
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()
SUM = re.compile(r"([^，。；：（）\s]+÷[^，。；：（）\s]+)")

LIGHTS = {
    "ok": "按期",
    "soon": "临近",
    "late": "超期",
    "look": "回头看",
    "paused": "暂停",
    "off": "",
}
"""灯: a light means time only, and always carries its word."""


class Stage(Protocol):
    """One stop of a track: `state` is done, now or empty; `when` is words or empty."""

    @property
    def label(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def when(self) -> str: ...


@register.simple_tag
def light(kind: str, words: str = "") -> SafeString:
    """灯: `{% light "soon" "还有 2 个工作日" %}` says 临近 · 还有 2 个工作日."""
    word = LIGHTS.get(kind, "")
    gap = " " if kind == "late" else " · "
    said = word + (gap if word and words else "") + str(words)
    return format_html('<span class="light {}">{}</span>', kind, said)


@register.simple_tag
def badge(words: str, colour: str = "") -> SafeString:
    """标签: red, gold, blue, green, ink, or none for a plain outline."""
    return format_html('<span class="badge {}">{}</span>', colour, words)


@register.simple_tag
def result_class(letter: str, words: str, meaning: str, *, small: bool = False) -> SafeString:
    """办理结果分类: a letter with a word, coloured by what it means, never a dot."""
    names = f"class-{meaning}" + (" badge" if small else "")
    mark = format_html("<b>{}</b>", letter) if letter else ""
    return format_html('<span class="{}">{}{}</span>', names, mark, words)


@register.simple_tag
def verb(  # what a button may carry, all but the label optional
    label: str,
    reason: str | None = None,
    *,
    kind: str = "main",
    name: str = "",
    value: object = "",
    ask: str = "",
) -> SafeString:
    """一个动作: a submit button; with a `reason` it is disabled and the reason stands beside it."""
    extra = format_html(' name="{}" value="{}"', name, value) if name else ""
    if ask:
        extra = format_html('{} data-ask="{}"', extra, ask)
    if not reason:
        return format_html('<button class="btn {}"{}>{}</button>', kind, extra, label)
    anchor = f"why-{crc32(f'{label}{reason}'.encode()):x}"
    return format_html(
        '<button class="btn {}"{} disabled aria-describedby="{}">{}</button>'
        '<span class="why-not" id="{}">{}</span>',
        *(kind, extra, anchor, label, anchor, reason),
    )


@register.simple_tag
def track(stages: Iterable[Stage], *, full: bool = False) -> SafeString:
    """阶段: the thin bar of a list row, or with `full=True` the nine stops with names and days."""
    if full:
        stops = format_html_join(
            "",
            '<li class="{}"{}>{}<small>{}</small></li>',
            ((s.state, _current(s), s.label, s.when) for s in stages),
        )
        return format_html('<ol class="track full">{}</ol>', stops)
    seen = list(stages)
    now = next((s.label for s in seen if s.state == "now"), "全部走完")
    stops = format_html_join("", '<li class="{}"></li>', ((s.state,) for s in seen))
    return format_html('<ol class="track" role="img" aria-label="走到：{}">{}</ol>', now, stops)


def _current(stage: Stage) -> SafeString:
    return format_html(' aria-current="{}"', "step") if stage.state == "now" else SafeString("")


@register.simple_tag
def stars(lit: int, of: int = 10) -> SafeString:
    """星级: lit stars in gold, the others stay, grey."""
    return format_html(
        '<span class="stars" role="img" aria-label="{} 星，满 {} 星">{}<i>{}</i></span>',
        *(lit, of, "★" * lit, "★" * (of - lit)),
    )


@register.inclusion_tag("_pager.html", takes_context=True)
def pager(
    context: RequestContext, page: "Page[object]", noun: str = "件", *, at: str = ""
) -> dict[str, object]:
    """翻页: keeps the filters of the address; says which rows of how many.

    `at` is the list's own address, on a page that is shown at another one, with its `query`.
    """
    turns: Sequence[int | str] = list(
        page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    )
    return {
        "page": page,
        "turns": turns,
        "noun": noun,
        "at": at,
        "query": context["query"] if at else context["request"].GET,
    }


@register.simple_tag
def mail_goes() -> bool:
    """Whether this platform can send letters; without it no page promises one."""
    return bool(settings.EMAIL_URL)


@register.inclusion_tag("_field.html")
def field(bound: BoundField, note: str = "") -> dict[str, object]:
    """一个填写项: label, help, control and what is wrong with it, whatever the widget."""
    return {"field": bound, "note": note}


@register.filter
def stroke_name(name: str) -> str:
    """两字姓名中间空一格: lists by strokes set two-character names as wide as three."""
    return f"{name[0]}\u3000{name[1]}" if len(name) == 2 else name


@register.filter
def whole_sums(line: str) -> SafeString:
    """2件÷6件=33.3% stays on one line of a paper, marked as one piece."""
    pieces = SUM.split(line)
    html = ('<span class="whole">{}</span>', "{}")
    made = (format_html(html[at % 2 == 0], each) for at, each in enumerate(pieces))
    return format_html_join("", "{}", ((each,) for each in made))


@register.filter
def to_json(value: object) -> str:
    """For `hx-vals` and other attributes; the template's own escaping makes it safe there."""
    return json.dumps(value, ensure_ascii=False)
