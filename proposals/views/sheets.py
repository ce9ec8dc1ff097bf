"""交办单: drawing one up, the rehearsal screen, its papers, and its steps."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.shared import clock
from congress.shared.asking import asked
from congress.shared.desk import at_the_desk, framed
from congress.shared.http import PDF, UNPROCESSABLE, Request, as_download
from congress.shared.models import Session
from proposals import permissions, sheet_papers
from proposals.actions import sheets
from proposals.assign_forms import AssignForm, DrawUpSheetForm, DropSheetForm
from proposals.models import Proposal, Sheet
from proposals.models.numbers import WITH_CONGRESS
from proposals.permissions.sheets import lines_seen, parts_seen
from proposals.queries import office, pages
from proposals.queries import sheets as queries
from proposals.queries.carrying import beside
from proposals.views.desk import one

BOTH = ["GET", "HEAD", "POST"]
ON_A_PAGE = 20


def _seen(request: Request, pk: int) -> queries.Rehearsal:
    """The sheet under the filters of the address."""
    only, words = request.GET.get("only", ""), request.GET.get("q", "").strip()[:40]
    found = get_object_or_404(Sheet.objects.select_related(*WITH_CONGRESS), pk=pk)
    return queries.rehearsal(found, clock.today(), only=only, words=words)


def _words() -> dict[int, str]:
    return {each.unit.pk: each.words for each in office.loads()}


@require_safe
@at_the_desk
def sheet_list(request: Request) -> HttpResponse:
    """所有交办单."""
    context = {
        "title": "交办单",
        "page": Paginator(queries.sheets(), ON_A_PAGE).get_page(request.GET.get("page")),
        "waiting": Proposal.objects.to_assign().decided_by(request.actor).count(),
        "refusal": permissions.why_not_draw_up_sheet(request.actor),
    }
    return framed(request, "proposals/sheets.html", context)


@require_safe
@at_the_desk
def sheet(request: Request, pk: int) -> HttpResponse:
    """预交办: draft lines, objections beside them, loads and weeks."""
    seen, by, today = _seen(request, pk), request.actor, clock.today()
    context: dict[str, Any] = {
        "title": seen.sheet.name,
        "seen": seen,
        "page": Paginator(seen.shown, ON_A_PAGE).get_page(request.GET.get("page")),
        "only": request.GET.get("only", ""),
        "q": request.GET.get("q", ""),
        "no_change": permissions.why_not_change_share(by, seen.sheet),
        "no_rehearse": permissions.why_not_rehearse(by, seen.sheet),
        "no_settle": permissions.why_not_settle(by, seen.sheet, today),
        "no_drop": permissions.why_not_drop_sheet(by, seen.sheet),
        "may_decide": by.is_staff,
        "lines_seen": lines_seen(seen.sheet),
        **beside(seen.sheet, today),
    }
    return framed(request, "proposals/sheet.html", context)


@require_http_methods(BOTH)
@at_the_desk
def draw_up_sheet(request: Request) -> HttpResponse:
    """拟交办单: those that wait in the newest session that has any."""
    session = queries.session_to_assign(request.actor)
    form = _sheet_form(request, session)
    refusal = closed = permissions.why_not_draw_up_sheet(request.actor)
    if session and form.is_valid():
        said = {"name": form.cleaned_data["name"], "lines": form.lines()}
        refusal = permissions.why_not_draw_up_sheet(request.actor, session, **said)
        if not refusal:
            by, today = request.actor, clock.today()
            made = sheets.draw_up_sheet(session=session, by=by, today=today, **said)
            messages.success(request, f"已拟好，{len(said['lines'])} 件，还没有给单位看。")
            return redirect("proposals:sheet", made.pk)
        form.add_error(None, refusal)
    context = {"title": "拟交办单", "form": form, "session": session, "refusal": refusal}
    context["closed"] = closed
    status = UNPROCESSABLE if form.is_bound else 200
    return framed(request, "proposals/draw_up_sheet.html", context, status=status)


def _sheet_form(request: Request, session: Session | None) -> DrawUpSheetForm:
    """All of the session that wait, each with its shares to be chosen."""
    return DrawUpSheetForm(
        request.POST or None,
        proposals=queries.to_assign(request.actor, session),
        words=_words(),
        months=pages.months_to_choose(clock.today()),
        name=f"{session.full_name}建议交办单"[:60] if session else "",
    )


def _share_form(request: Request, sheet: Sheet, row: Proposal) -> AssignForm:
    """Who has which part of it on the sheet now, to be changed."""
    parts = sheet.lines.standing().filter(proposal=row).prefetch_related("asks")
    months = pages.months_to_choose(clock.today())
    return AssignForm(
        request.POST or None, proposal=row, words=_words(), months=months, parts=list(parts)
    )


@require_http_methods(BOTH)
@at_the_desk
def change_share(request: Request, pk: int, proposal: int) -> HttpResponse:
    """改分工."""
    sheet, row, today = get_object_or_404(Sheet, pk=pk), one(request, proposal), clock.today()
    form = _share_form(request, sheet, row)
    if form.is_valid():
        shares, seen = form.shares(), request.POST.get("seen", "")
        sheets.change_share(
            sheet, proposal=row, shares=shares, seen=seen, by=request.actor, today=today
        )
        messages.success(request, f"{row.number} 的分工已改。")
        return redirect("proposals:sheet", sheet.pk)
    context = pages.dossier(row, request.actor, today) | {
        "title": "改分工",
        "form": form,
        "loads": office.loads(),
        "due": pages.due_if_assigned(today),
        "verb": "改好",
        "seen": request.POST.get("seen", parts_seen(sheet, row)),
        "refusal": permissions.why_not_change_share(request.actor, sheet, row),
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return framed(request, "proposals/assign.html", context, status=status)


@require_POST
@at_the_desk
def rehearse(request: Request, pk: int) -> HttpResponse:
    """征求单位意见, on the lines that the page showed."""
    seen = request.POST.get("seen", "")
    done = sheets.rehearse(_one(pk), by=request.actor, today=clock.today(), seen=seen)
    until = done.object_until
    words = f"{until.month} 月 {until.day} 日" if until else ""
    messages.success(request, f"单位已收到通知，{words}前可以提异议。")
    return redirect("proposals:sheet", pk)


@require_POST
@at_the_desk
def settle(request: Request, pk: int) -> HttpResponse:
    """定稿交办, of the lines that the page showed."""
    seen = request.POST.get("seen", "")
    sheets.settle(_one(pk), by=request.actor, today=clock.today(), seen=seen)
    messages.success(request, "已定稿交办，各单位和领衔代表都已收到通知，期限次日起算。")
    return redirect("proposals:sheet", pk)


@require_http_methods(BOTH)
@at_the_desk
def drop_sheet(request: Request, pk: int) -> HttpResponse:
    """收回, of the lines that the page showed."""
    sheet, by = _one(pk), request.actor
    form = DropSheetForm(request.POST or None, sheet=sheet)

    def act() -> tuple[str, str]:
        sheets.drop_sheet(sheet, by=by, today=clock.today(), **form.cleaned_data)
        return "交办单已收回，单上的建议回到待交办。", reverse("proposals:sheet_list")

    return asked(
        request,
        form,
        act,
        template="proposals/ask_desk.html",
        field="reason",
        title=f"收回“{sheet.name}”",
        words=queries.what_dropping_does(sheet),
        back=reverse("proposals:sheet", args=[pk]),
        verb_label="收回这张单",
        refusal=permissions.why_not_drop_sheet(by, sheet),
    )


def _one(pk: int) -> Sheet:
    return get_object_or_404(Sheet, pk=pk)


@require_safe
@at_the_desk
def sheet_pdf(request: Request, pk: int) -> HttpResponse:
    """交办总表."""
    seen = _seen(request, pk)
    return as_download(sheet_papers.sheet_pdf(seen, clock.today()), f"{seen.sheet}.pdf", PDF)


@require_safe
@at_the_desk
def sheet_units_pdf(request: Request, pk: int) -> HttpResponse:
    """各单位交办单."""
    seen = _seen(request, pk)
    papers = sheet_papers.unit_sheets_pdf(seen, clock.today())
    return as_download(papers, f"{seen.sheet}（各单位）.pdf", PDF)


@require_safe
@at_the_desk
def sheet_export(request: Request, pk: int) -> HttpResponse:
    """导出: what the screen shows under its filters, all pages of it."""
    seen = _seen(request, pk)
    return as_download(sheet_papers.sheet_book(seen), f"{seen.sheet}.xlsx")
