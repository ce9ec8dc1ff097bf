"""重点督办: candidates, the decision, the list of a year, one of it, a month on paper."""

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from congress.shared import clock
from congress.shared.asking import asked
from congress.shared.desk import at_the_desk, framed
from congress.shared.http import PDF, Request, as_download, row_number
from congress.shared.models import User
from congress.shared.roles import Role
from proposals import supervision_papers as papers
from proposals.actions import supervision
from proposals.models import KeySupervision, Proposal, SiteNote
from proposals.permissions.supervision import (
    why_not_decide_key_list,
    why_not_end_supervision,
    why_not_record_site_note,
    why_not_take_back_key,
)
from proposals.queries import candidates as weighing
from proposals.queries import monthly
from proposals.queries import supervision as queries
from proposals.queries.people import of_leaders
from proposals.supervision_forms import DecideForm, SiteNoteForm, WordsForm
from proposals.supervision_states import QuestionStage

BOTH = ["GET", "HEAD", "POST"]
ON_A_PAGE = 30


@require_safe
@at_the_desk
def key_list(request: Request) -> HttpResponse:
    """重点督办: one year's, the reader's own first."""
    today = clock.today()
    year = _year(request, today.year)
    context: dict[str, object] = {
        "title": "重点督办",
        "year": year,
        "years": _years(today.year),
        "lines": queries.key_lines(today, year=year, actor=request.actor),
        "before": queries.unanswered_before(year),
        "no_decide": why_not_decide_key_list(request.actor),
        "leaders": of_leaders(today),
        "months": monthly.months_of(year, today),
        "today": today,
    }
    return framed(request, "proposals/key_list.html", context)


def _year(request: Request, now: int) -> int:
    wanted = row_number(request.GET.get("year", ""))
    return wanted if wanted in _years(now) else now


def _years(now: int) -> list[int]:
    known = set(KeySupervision.objects.decided().order_by().values_list("year", flat=True))
    return sorted(known | {now}, reverse=True)


@require_safe
@at_the_desk
def key_candidates(request: Request) -> HttpResponse:
    """重点候选: by what they weigh, each part of the sum explained."""
    found, filters = _candidates(request)
    context: dict[str, object] = {
        "title": "重点候选",
        "page": Paginator(found, ON_A_PAGE).get_page(request.GET.get("page")),
        "sorts": weighing.SORTS,
        "onlys": weighing.ONLY,
        "years": [str(clock.today().year + each) for each in (0, 1)],
        "no_decide": why_not_decide_key_list(request.actor),
        **filters,
    }
    return framed(request, "proposals/key_candidates.html", context)


@require_safe
@at_the_desk
def key_candidates_export(request: Request) -> HttpResponse:
    """重点候选导出: the very rows that the page shows, all pages of them."""
    found, _ = _candidates(request)
    return as_download(papers.candidate_book(found), f"重点候选-{clock.today()}.xlsx")


def _candidates(request: Request) -> tuple[list[weighing.Candidate], dict[str, str]]:
    """Anything that is no filter of ours asks for all."""
    only, sort = request.GET.get("only", ""), request.GET.get("sort", "")
    today = clock.today()
    year = _asked_year(request, today)
    filters = {
        "only": only if only in weighing.ONLY else "",
        "sort": sort if sort in weighing.SORTS else "weight",
        "q": request.GET.get("q", "").strip()[:40],
    }
    found = weighing.candidates(
        today, year=year, only=filters["only"], sort=filters["sort"], words=filters["q"]
    )
    return found, filters | {"year": str(year)}


def _asked_year(request: Request, today: date) -> int:
    """The list of this year, or in good time that of the next."""
    said = request.POST.get("year") or request.GET.get("year", "")
    return today.year + 1 if row_number(said) == today.year + 1 else today.year


@require_http_methods(BOTH)
@at_the_desk
def decide_key_list(request: Request) -> HttpResponse:
    """定为重点督办: what was ticked, what it will touch, then the decision's own day and number."""
    by, today = request.actor, clock.today()
    chosen = _chosen(request)
    if not chosen and request.method != "POST":
        messages.error(request, "还没有勾选建议，请勾上再定。")
        return redirect("proposals:key_candidates")
    sent = request.POST if request.method == "POST" else None
    form = DecideForm(sent, today=today, year=_asked_year(request, today))

    def act() -> tuple[str, str]:
        made = supervision.decide_key_list(chosen, decision=form.decision(), by=by, today=today)
        said = f"已登记 {len(made)} 件重点督办，代表、单位和领衔的领导都会收到通知。"
        return said, f"{reverse('proposals:key_list')}?year={made[0].year}"

    return asked(
        request,
        form,
        act,
        template="proposals/decide_key_list.html",
        title="定为重点督办",
        chosen=chosen,
        stages=QuestionStage,
        refusal=why_not_decide_key_list(by, chosen, _asked_year(request, today)),
    )


def _chosen(request: Request) -> list[Proposal]:
    """What was ticked, by number."""
    picked = request.POST if request.method == "POST" else request.GET
    numbers = {row_number(each) for each in picked.getlist("proposal")}
    rows = Proposal.objects.decided_at_the_desk().visible_to(request.actor).with_progress()
    return list(rows.filter(pk__in=numbers).order_by("number", "pk"))


def one(pk: int) -> KeySupervision:
    return get_object_or_404(queries.loaded(), pk=pk)


@require_safe
@at_the_desk
def key_page(request: Request, pk: int) -> HttpResponse:
    """一件重点督办: three questions, what was seen on site, what may be done."""
    row = one(pk)
    context = queries.key_page(row, request.actor, clock.today())
    return framed(request, "proposals/key_page.html", {"title": row.proposal.number, **context})


@require_http_methods(BOTH)
@at_the_desk
def take_back_key(request: Request, pk: int) -> HttpResponse:
    """撤销重点督办."""
    row, by = one(pk), request.actor
    form = WordsForm(
        request.POST or None,
        label="为什么撤销",
        missing="请写明为什么撤销。",
        help_text="领衔和附议代表、承办单位会原样看到。",
    )

    def act() -> tuple[str, str]:
        reason = form.cleaned_data["words"]
        supervision.take_back_key(row, reason=reason, by=by, today=clock.today())
        return "已撤销，三问不再问，代表和单位会收到通知。", reverse("proposals:key_list")

    words = "撤销就当没有定过：不再提问，加分的记录一并撤回，公开页上不再显示。"
    refusal = why_not_take_back_key(by, row)
    return _asked(request, row, form, act, "撤销重点督办", words, refusal)


@require_http_methods(BOTH)
@at_the_desk
def end_supervision(request: Request, pk: int) -> HttpResponse:
    """督办结束."""
    row, by = one(pk), request.actor
    form = WordsForm(
        request.POST or None,
        label="督办的结果",
        missing="请写明督办的结果。",
        help_text="会公开，领衔和附议代表、承办单位会收到通知。",
    )

    def act() -> tuple[str, str]:
        words = form.cleaned_data["words"]
        supervision.end_supervision(row, words=words, by=by, today=clock.today())
        return "已登记督办结束。", reverse("proposals:key_page", args=[pk])

    refusal = why_not_end_supervision(by, row)
    return _asked(request, row, form, act, "登记督办结束", "还没有问的不再问。", refusal)


@require_http_methods(BOTH)
@at_the_desk
def record_site_note(request: Request, pk: int) -> HttpResponse:
    """记现场督办."""
    row, by = one(pk), request.actor
    posted = request.method == "POST"
    form = SiteNoteForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        initial={"went_on": clock.today()},
    )

    def act() -> tuple[str, str]:
        said = dict(form.cleaned_data)
        photo = next(iter(said.pop("photo")), None)
        supervision.record_site_note(row, **said, photo=photo, by=by, today=clock.today())
        return "已记下，代表和单位会收到通知。", reverse("proposals:key_page", args=[pk])

    refusal = why_not_record_site_note(by, row)
    return _asked(request, row, form, act, "记现场督办", "", refusal)


def _asked(  # what the page of one act on one key proposal is made of
    request: Request,
    row: KeySupervision,
    form: DecideForm | WordsForm | SiteNoteForm,
    act: object,
    title: str,
    words: str,
    refusal: str | None,
) -> HttpResponse:
    return asked(
        request,
        form,
        act,  # type: ignore[arg-type]  # each of them answers with a sentence and an address
        template="proposals/ask_desk.html",
        title=f"{title}：{row.proposal.title}",
        words=words,
        back=reverse("proposals:key_page", args=[row.pk]),
        verb_label=title,
        refusal=refusal,
    )


@require_safe
def site_photo(request: Request, pk: int) -> FileResponse:
    """现场照片: for the desk and for whoever has the proposal before them."""
    rows = SiteNote.objects.exclude(photo="").select_related("supervision")
    note = get_object_or_404(rows, pk=pk)
    if not queries.may_see_photo(note, request.actor):
        raise Http404
    return FileResponse(note.photo.open("rb"), content_type="image/jpeg")


@require_safe
@at_the_desk
def month_page(request: Request, year: int, month: int) -> HttpResponse:
    """每月一页: of all leaders in one file, or with `leader` of one; always one page for each."""
    today = clock.today()
    on = monthly.day_of_month(year, month, today)
    if on is None:
        raise Http404
    people = None
    if wanted := request.GET.get("leader"):
        leaders = User.objects.filter(posts__role=Role.LEADER).distinct()
        people = [get_object_or_404(leaders, pk=row_number(wanted))]
    sheets = monthly.leader_sheets(on, people)
    if not sheets:
        raise Http404
    over = (on.year, on.month) != (today.year, today.month)
    pdf = papers.month_pdf(sheets, monthly.totals(on), on, over=over)
    name = f"{sheets[0].name}-" if people else ""
    return as_download(pdf, f"重点督办-{name}{year}-{month:02}.pdf", PDF)
