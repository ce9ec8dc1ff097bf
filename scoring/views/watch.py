"""值得一看: who did nothing this quarter, who lies far off, and what to look at again."""

from collections.abc import Iterable, Sequence

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from congress.shared import clock
from congress.shared.desk import at_the_desk, framed
from congress.shared.http import Request, as_download
from congress.shared.workbook import workbook
from deputies.models import DeputyGroup
from deputies.queries.liaison import quarter_of
from scoring.actions import reminding
from scoring.forms.board import BoardForm
from scoring.forms.watch import OddityForm, OutlierForm, QuietForm, chosen
from scoring.permissions import why_not_remind
from scoring.queries import board as ranking
from scoring.queries import oddities as odd
from scoring.queries import outliers as far
from scoring.queries import quiet as silence

PER_PAGE = 50
QUIET_HEAD = ("姓名", "乡镇", "代表小组", "上次履职", "做了什么", "本季度受邀", "任职")
OUTLIER_HEAD = ("姓名", "代表小组", "看什么", "高还是低", "原因")
ODDITY_HEAD = ("姓名", "代表小组", "提示", "说明", "记录")


def _form(kind: type[BoardForm], request: Request, *without: str) -> BoardForm:
    groups = DeputyGroup.objects.standing(clock.today()).select_related("area")
    return kind(
        request.GET,
        years=ranking.years(clock.today()),
        assemblies=ranking.congresses(),
        groups=groups.in_bulk(),
        without=("category", *without),
    )


def _sheet(title: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    return as_download(workbook("表", head, rows, title=title), f"{title}.xlsx")


@require_safe
@at_the_desk
def quiet(request: Request) -> HttpResponse:
    """本季度还没有履职的: by group, with the last duty, and whether they were called at all."""
    form, today = _form(QuietForm, request, "year"), clock.today()
    assembly, _, name = form.choice(today)
    rows = silence.quiet(assembly, today, within=form.within(), name=name) if assembly else []
    if wanted := chosen(form, "called"):
        rows = [row for row in rows if bool(row.called) == (wanted == "some")]
    title = f"{today.year} 年{quarter_of(today)[1]}还没有履职的代表"
    if "export" in request.GET:
        return _sheet(title, QUIET_HEAD, map(_quiet_cells, rows))
    page = Paginator(silence.by_group(rows, today), PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, object] = {"title": title, "form": form, "assembly": assembly}
    context |= {"page": page, "count": len(rows), "refusal": why_not_remind(request.actor)}
    return framed(request, "scoring/quiet.html", context)


def _quiet_cells(row: silence.Quiet) -> tuple[object, ...]:
    since = f"{row.since} 起" if row.since else ""
    last = (row.last_on or "还没有过", row.last)
    return (row.name, row.area, row.group, *last, f"{row.called} 次", since)


@require_POST
@at_the_desk
def remind(request: Request, pk: int) -> HttpResponse:
    """提醒召集人."""
    today = clock.today()
    group = get_object_or_404(DeputyGroup.objects.visible_to(request.actor).standing(today), pk=pk)
    group = reminding.remind(group, by=request.actor, today=today)
    messages.success(request, f"已提醒{group}的召集人，本季度不再重复提醒。")
    wanted = request.GET.urlencode()
    return redirect(f"{reverse('scoring:quiet')}?{wanted}" if wanted else "scoring:quiet")


@require_safe
@at_the_desk
def outliers(request: Request) -> HttpResponse:
    """异常值: far above or far below the middle of their cohort, with the reason in words."""
    form, today = _form(OutlierForm, request, "cohort"), clock.today()
    assembly, year, name = form.choice(today)
    rows = far.outliers(assembly, year, today, within=form.within(), name=name) if assembly else []
    if side := chosen(form, "side"):
        rows = [row for row in rows if row.high == (side == "high")]
    title = f"{year} 年异常值"
    if "export" in request.GET:
        return _sheet(title, OUTLIER_HEAD, map(_outlier_cells, rows))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, object] = {"title": title, "form": form, "page": page, "year": year}
    context |= {"assembly": assembly, "count": len(rows)}
    return framed(request, "scoring/outliers.html", context)


def _outlier_cells(row: far.Outlier) -> tuple[object, ...]:
    return (row.name, row.group, row.measure, "偏高" if row.high else "偏低", row.words)


@require_safe
@at_the_desk
def oddities(request: Request) -> HttpResponse:
    """请核对: signs in the own reports, each with the records behind it; nobody is accused."""
    form, today = _form(OddityForm, request, "cohort"), clock.today()
    assembly, year, name = form.choice(today)
    wanted, within = chosen(form, "sign"), form.within()
    rows = (
        odd.oddities(assembly, year, today, within=within, name=name, sign=wanted)
        if assembly
        else []
    )
    title = f"{year} 年请核对的记录"
    if "export" in request.GET:
        return _sheet(title, ODDITY_HEAD, _oddity_cells(rows))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, object] = {"title": title, "form": form, "page": page, "year": year}
    context |= {"assembly": assembly, "count": len(rows)}
    return framed(request, "scoring/oddities.html", context)


def _oddity_cells(rows: Iterable[odd.Oddity]) -> Iterable[tuple[object, ...]]:
    for row in rows:
        for sign in row.signs:
            records = "；".join(each.words for each in sign.records)
            yield (row.name, row.group, sign.label, sign.words, records)
