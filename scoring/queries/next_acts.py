"""下一步: at most three acts by which this deputy can still gain points today, best first."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from congress.shared.actors import Actor
from congress.shared.models import Session
from deputies import codes
from deputies.models import Deputy
from deputies.queries.duties import day_words
from proposals.models import Proposal
from scoring.points import plain
from scoring.queries.duty_list import DutyList, Line
from stations.queries.next_day import next_day

SHOWN = 3


@dataclass(frozen=True)
class Act:
    """One thing to do: what, why now, what it still brings, and where it is done."""

    title: str
    words: str
    gain: str
    label: str
    url: str


def next_acts(deputy: Deputy, found: DutyList, today: date) -> list[Act]:
    """What has not been done this year comes first, then what still brings most.

    Only of the running year, and only for who may act: others hold no seat to gain points in.
    """
    acting = Deputy.objects.serving(today).sitting_in(found.assembly, today)
    if found.year != today.year or not acting.filter(pk=deputy.pk).exists():
        return []
    told = _told(deputy, found, today)
    open_ones = [line for line in found.base_lines if line.left > 0]
    able = [line for line in open_ones if line.item.code in told or line.item.deputy_may_report]
    able.sort(key=lambda line: (line.done, -line.left, line.item.position))
    return [told.get(line.item.code) or _report(line) for line in able[:SHOWN]]


def _gain(line: Line) -> str:
    return f"{line.each}，还可得 {plain(line.left)} 分"


def _report(line: Line) -> Act:
    """做了就上报, with the evidence that is asked for."""
    item = line.item
    most = f"，同一天最多 {item.per_day} {item.unit}" if item.per_day else ""
    return Act(
        title=item.name,
        words=f"做了就能自己上报，附上{item.evidence}{most}。",
        gain=_gain(line),
        label="上报",
        url=f"{reverse('deputies:report')}?item={item.code}",
    )


def _told(deputy: Deputy, found: DutyList, today: date) -> dict[str, Act]:
    """What others register or the system records, where the deputy has something to do for it."""
    lines = {line.item.code: line for line in found.base_lines}
    acts = {}
    if line := lines.get(codes.RECEPTION):
        acts[codes.RECEPTION] = _reception(deputy, line, today)
    if (line := lines.get(codes.COSIGNED)) and (count := _to_cosign(deputy, found, today)):
        words = f"{count} 件建议等人附议，愿意就附议，到哪天为止都写着。"
        url = reverse("proposals:to_cosign")
        acts[codes.COSIGNED] = Act(line.item.name, words, _gain(line), "去看看", url)
    sessions = Session.objects.filter(term__assembly=found.assembly)
    sits = sessions.filter(opens_on__lte=today, closes_on__gte=today).exists()
    code = codes.LED if sits else codes.LED_BETWEEN_SESSIONS
    if line := lines.get(code):
        words = "看到的问题写成建议，受理以后自动记分。"
        acts[code] = Act(line.item.name, words, _gain(line), "提建议", reverse("proposals:submit"))
    return acts


def _reception(deputy: Deputy, line: Line, today: date) -> Act:
    """The deputy's own turn at the desk, or the next reception day of the station they serve."""
    on, at, own = next_day(deputy, today)
    where = f"在{at.name}" if at else "还没有安排您进驻的联络站，请问乡镇人大"
    when = "就在今天" if on == today else f"还有 {(on - today).days} 天"
    label, url = "接待完上报", f"{reverse('deputies:report')}?item={codes.RECEPTION}"
    if own:
        label, url = "看轮值", reverse("stations:my_rota")
    elif at:
        label, url = "看联络站", reverse("stations:public_detail", args=[at.pk])
    return Act(
        title=line.item.name,
        words=f"{'轮到您接待' if own else '下一个接待日'} {day_words(on)}，{when}，{where}。",
        gain=_gain(line),
        label=label,
        url=url,
    )


def _to_cosign(deputy: Deputy, found: DutyList, today: date) -> int:
    open_ones = Proposal.objects.to_cosign(Actor(deputy.user), today)
    return open_ones.filter(session__term__assembly=found.assembly).count()
