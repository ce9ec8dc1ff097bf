"""The living style page: every part once, with invented content. Served only when DEBUG."""

from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from congress.shared import pictures

YEAR, TODAY = 2026, date(2026, 5, 12)
NAMES = (
    "提出",
    "审查",
    "交办",
    "办前见面",
    "办中见面",
    "答复",
    "办后见面",
    "评价",
    "公开",
)
DAYS = (
    "12月29日",
    "1月8日",
    "1月28日",
    "2月10日",
    "3月24日",
    "4月24日",
    "约5月14日",
    "",
    "",
)


class Stop(NamedTuple):
    """One stage of the sample track."""

    label: str
    state: str
    when: str


class Sample(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label="想解决什么事", help_text="一句话，写清地点。")
    facts = forms.CharField(label="事实和问题", widget=forms.Textarea, required=False)
    unit = forms.ChoiceField(
        label="建议谁来办", choices=[("1", "县交通运输局"), ("2", "县水利和湖泊局")]
    )
    day = forms.ChoiceField(
        label="哪一天",
        choices=[("t", "今天"), ("y", "昨天"), ("o", "另选")],
        widget=forms.RadioSelect,
    )
    rate = forms.ChoiceField(
        label="办理结果",
        choices=[("a", "满意"), ("b", "基本满意"), ("c", "不满意")],
        widget=forms.RadioSelect(attrs={"class": "neutral"}),
    )
    open = forms.BooleanField(label="可以公开事情和结果，不公开姓名", required=False)


def _pictures(*, narrow: bool) -> dict[str, str]:
    shares = [Decimal(share) for share in ("0.75", "0.6", "1", "0.5", "0.83")]
    axes = ("出席会议", "参加活动", "提出建议", "联系群众", "自身建设")
    counts = {date(YEAR, 1, 9) + timedelta(days=3 * i): i % 3 for i in range(40)}
    flow = [
        pictures.Flow(name, count, url="#", soon=int(i == 4), late=int(i == 5))
        for i, (name, count) in enumerate(zip(NAMES, (1, 1, 2, 2, 8, 4, 13, 8, 8), strict=True))
    ]
    units = [
        pictures.UnitLights("县住房和城乡建设局", 2, 1, 2, 1, 5),
        pictures.UnitLights("县交通运输局", 1, 2, 3, 0, 6),
        pictures.UnitLights("市生态环境局竹山分局", 0, 1, 1, 0, 3),
    ]
    months = [
        Decimal(points) for points in ("5", "3", "9.5", "8", "7", "10", "6", "8", "11", "9.5")
    ]
    return {
        "portrait": pictures.portrait(
            list(zip(axes, shares, strict=True)),
            median=[Decimal("0.55")] * 5,
            narrow=narrow,
        ),
        "calendar": pictures.heat_calendar(YEAR, counts, today=TODAY, narrow=narrow),
        "flow": pictures.stage_flow(flow, narrow=narrow),
        "units": pictures.lights_by_unit(units, narrow=narrow),
        "months": pictures.month_bars(months, current=10),
    }


@login_not_required
@require_safe
def patterns(request: HttpRequest) -> HttpResponse:
    """Every part on one page, to be looked at in a browser at 360 and 1366."""
    states = ("done",) * 6 + ("now", "", "")
    track = [Stop(*stop) for stop in zip(NAMES, states, DAYS, strict=True)]
    context = {
        "stages": track,
        "form": Sample(),
        "wrong": Sample({"facts": "3 组过水桥建于 1996 年。"}),
        "page": Paginator(range(47), 10).page(1),
        "desk": _pictures(narrow=False),
        "phone": _pictures(narrow=True),
    }
    return render(request, "patterns.html", context)
