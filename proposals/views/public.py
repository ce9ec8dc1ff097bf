"""公开: what became of each proposal, without an account."""

import csv
from dataclasses import asdict
from itertools import chain

from django.core.exceptions import BadRequest
from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from congress.shared import clock, pictures
from congress.shared.http import Request, open_page
from proposals.forms import PublicFilterForm
from proposals.queries import public, public_numbers, public_page
from proposals.queries.clocks import Clock
from proposals.queries.public import Filters, Tally
from proposals.queries.public_answers import ANSWERS
from proposals.queries.public_stage import LIT, STOPS

PER_PAGE = 20
HEAD = ("编号", "标题", "领衔代表", "代表团", "承办单位", "走到哪一步", "最近", "结果类别")
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")  # Chinese ones count too


def _filters(request: Request) -> Filters:
    """What the address asks for; an address that makes no sense is a bad request."""
    form = PublicFilterForm(request.GET)
    if not form.is_valid():
        raise BadRequest
    return Filters(**form.cleaned_data)


@open_page
def public_list(request: Request) -> HttpResponse:
    """建议办理: where everything stands, then one by one, by deadline."""
    filters, now = _filters(request), Clock.on(clock.today())
    tally, options = public.tally(filters, now), public_numbers.options()
    try:
        page = Paginator(range(tally.total), PER_PAGE).page(request.GET.get("page", 1))
    except InvalidPage as gone:
        raise Http404 from gone
    first = (page.number - 1) * PER_PAGE
    context = {
        "filters": filters,
        "options": options,
        "chips": _chips(request, filters, options),
        "answers": {key: answer.label for key, answer in ANSWERS.items()},
        "tally": tally,
        "flow": pictures.stage_flow(_flow(request, tally)),
        "flow_narrow": pictures.stage_flow(_flow(request, tally), narrow=True),
        "rows": public.rows(filters, now, span=slice(first, first + PER_PAGE)),
        "page": page,
    }
    return render(request, "proposals/public_list.html", context)


def _address(request: Request, name: str, value: object = None) -> str:
    """This address with one filter set, or taken away; a filter always starts at page one."""
    query = request.GET.copy()
    for gone in ("page", name, *(key for key in query if not query[key])):
        query.pop(gone, None)
    if value is not None:
        query[name] = str(value)
    return f"?{query.urlencode()}"


def _chips(
    request: Request, filters: Filters, options: public_numbers.Options
) -> list[tuple[str, str]]:
    """Each filter that is set, in words, with the address that takes it away."""
    stage = filters.stage
    words = {
        "q": f"“{filters.q}”",
        "year": f"{filters.year} 年",
        "stage": f"第 {stage} 步 {STOPS[stage - 1]}" if stage else "",
        "unit": dict(options.units).get(filters.unit or 0, "没有这个单位"),
        "area": dict(options.areas).get(filters.area or 0, "没有这个乡镇"),
        "answer": ANSWERS[filters.answer].label if filters.answer else "",
        "light": LIT.get(filters.light, ""),
        "key": "重点督办",
    }
    kept = [name for name, value in asdict(filters).items() if value]
    return [(words[name], _address(request, name)) for name in kept]


def _flow(request: Request, tally: Tally) -> list[pictures.Flow]:
    return [
        pictures.Flow(
            step.name, step.count, _address(request, "stage", step.number), step.late, step.soon
        )
        for step in tally.steps
    ]


@open_page
def public_export(request: Request) -> HttpResponse:
    """导出: the list as shown, all its pages, for a spreadsheet."""
    rows = public.rows(_filters(request), Clock.on(clock.today()))
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="proposals.csv"'
    lines = (
        (row.number, row.title, row.lead, row.delegation, row.unit, row.step, row.last, row.outcome)
        for row in rows
    )
    csv.writer(response).writerows(
        [_harmless(cell) for cell in line] for line in chain([HEAD], lines)
    )
    return response


def _harmless(cell: str) -> str:
    """Text that a spreadsheet would compute is marked as text."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


@open_page
def public_detail(request: Request, number: str) -> HttpResponse:
    """一件建议的进展."""
    proposal = public_page.find(number)
    if proposal is None:
        raise Http404
    page = public_page.page(proposal, clock.today())
    return render(request, "proposals/public_detail.html", {"page": page})
