"""筛选在网址里: the same query string for page, feed, table, JSON, calendar and embedded list."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpResponse, QueryDict
from django.views.decorators.http import conditional_page

from congress.shared.errors import NoSuchAddress, Refused
from congress.shared.http import Request, open_page, year_named
from proposals.forms import PublicFilterForm
from proposals.queries import public_numbers
from proposals.queries.public import Filters
from proposals.queries.public_answers import ANSWERS
from proposals.queries.public_stage import LIT, STOPS


def filters_of(request: Request) -> Filters:
    """What the address asks for; an address that makes no sense is a bad request."""
    form = PublicFilterForm(request.GET)
    if not form.is_valid():
        raise NoSuchAddress("网址里的筛选没有这样的值。请回到列表重新选。")
    return Filters(**form.cleaned_data)


def year_of(request: Request, today: date, *, bare: int | None = None) -> int:
    """The year of the address, or where it names none this one or `bare`; none of ours: nowhere."""
    year = year_named(request.GET.get("year", str(bare or today.year)))
    if not year:
        raise Http404
    return year


def none_yet(request: Request, year: int, today: date) -> str:
    """Why a page that was asked for no year shows an earlier one; empty where it shows this."""
    if "year" in request.GET or year >= today.year:
        return ""
    return f"{today.year} 年还没有，先列出 {year} 年的。"


def begun_year_of(request: Request, today: date, *, bare: int | None = None) -> int:
    """The same, of what has begun: a year to come has nothing yet."""
    year = year_of(request, today, bare=bare)
    if year > today.year:
        raise Http404
    return year


def typed_year(request: Request, page: str, act: str) -> int:
    """The year that a form names: what is done for good is done to no year that is guessed."""
    year = year_named(request.POST.get("year", ""))
    if not year:
        raise Refused(f"没有选年份，或者年份不对。请回到“{page}”选一年再{act}。")
    return year


def query_of(filters: Filters) -> str:
    """The filters that are set, as they stand in every address: empty, or with its mark."""
    query = QueryDict(mutable=True)
    for name, value in asdict(filters).items():
        if value:
            query[name] = "1" if value is True else str(value)
    return f"?{query.urlencode()}" if query else ""


def words_of(filters: Filters, options: public_numbers.Options) -> dict[str, str]:
    """Each filter that is set, in words."""
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
        "accepted": f"{filters.accepted} 年受理",
        "session": _session(filters.session),
        "carried": "滚动办理",
        "theme": filters.theme,
    }
    return {name: words[name] for name, value in asdict(filters).items() if value and name in words}


def _session(pk: int | None) -> str:
    return dict(public_numbers.sessions(pk)).get(pk, "没有这次会议") if pk else ""


P = ParamSpec("P")
View = Callable[Concatenate[Request, P], HttpResponse]


def for_machines(view: View[P]) -> View[P]:
    """What programs ask again and again: 304 when no byte has changed, kept as every open page is.

    No 最后修改 stands beside the digest: it would stay the same when a line goes.
    """

    @wraps(view)
    def undated(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        del answer["Last-Modified"]
        return answer

    return open_page(conditional_page(undated))
