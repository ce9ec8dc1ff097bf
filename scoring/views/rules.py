"""规则书: the shelf, one book, the differences; a draft begun, changed, adopted, dropped."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from congress.shared import clock
from congress.shared.asking import refused_in, status_of
from congress.shared.desk import at_the_desk, framed
from congress.shared.errors import Refused
from congress.shared.http import UNPROCESSABLE, Request, as_download
from scoring.actions import rules
from scoring.forms.rules import AdoptDraftForm, AmendForm, DraftForm, DropForm
from scoring.models import RuleBook
from scoring.permissions import (
    why_not_adopt,
    why_not_adopt_default,
    why_not_amend,
    why_not_draft,
    why_not_drop,
)
from scoring.permissions.rules import is_mid_year
from scoring.queries import rules as queries
from scoring.rule_sheets import differences_xlsx
from scoring.tables import fingerprint


def _one(request: Request, pk: int) -> RuleBook:
    rows = RuleBook.objects.visible_to(request.actor).select_related("assembly", "adopted_by")
    return get_object_or_404(rows, pk=pk)


@require_safe
@at_the_desk
def rulebooks(request: Request) -> HttpResponse:
    """规则书架: by congress, what is in force marked."""
    context = {
        "title": "积分规则书",
        "shelf": queries.shelf(clock.today()),
        "refusal": why_not_draft(request.actor),
        "refusal_default": why_not_adopt_default(request.actor),
    }
    return framed(request, "scoring/rulebooks.html", context)


@require_safe
@at_the_desk
def rulebook(request: Request, pk: int) -> HttpResponse:
    """一本规则书: its table to read and print, and what may be done with it."""
    book = _one(request, pk)
    context = {
        "title": str(book),
        "book": book,
        "parts": queries.page(book),
        "before": queries.before(book),
        "count": len(queries.compared(queries.before(book), book)),
        "refusal": why_not_amend(request.actor, book),
    }
    return framed(request, "scoring/rulebook.html", context)


@require_safe
@at_the_desk
def differences(request: Request, pk: int) -> HttpResponse:
    """对照: old → new, on the page and as a sheet."""
    book = _one(request, pk)
    before = queries.before(book)
    rows = queries.compared(before, book)
    title = f"{book}对照{before.name if before else '空表'}"
    if "export" in request.GET:
        return as_download(differences_xlsx(rows, title=title), f"{title}.xlsx")
    context = {"title": title, "book": book, "before": before, "rows": rows}
    return framed(request, "scoring/differences.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def draft(request: Request) -> HttpResponse:
    """起草一份规则."""
    form = DraftForm(request.POST or None, initial={"assembly": queries.usual_assembly()})
    if form.is_valid():
        book = rules.draft(by=request.actor, **form.how())
        messages.success(request, "草案已起好，内容和底表一样。现在可以改，改了不影响任何积分。")
        return redirect("scoring:amend", book.pk)
    context = {"title": "起草积分规则", "form": form, "refusal": why_not_draft(request.actor)}
    status = UNPROCESSABLE if form.errors else 200
    return framed(request, "scoring/draft.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def amend(request: Request, pk: int) -> HttpResponse:
    """改草案: the whole table on one page, saved with one click."""
    book = _one(request, pk)
    table = queries.table_of(book)
    form = AmendForm(table, request.POST if request.method == "POST" else None)
    if form.is_valid():
        changed = rules.amend(book, table=form.table(), seen=form.seen, by=request.actor)
        messages.success(request, f"已保存，改了 {changed} 处。" if changed else "没有改动。")
        return redirect("scoring:rulebook", book.pk)
    context = {
        "title": f"改{book.name}",
        "book": book,
        "form": form,
        "seen": form.seen or fingerprint(table),
        "refusal": why_not_amend(request.actor, book),
    }
    status = UNPROCESSABLE if form.bound else 200
    return framed(request, "scoring/amend.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def adopt(request: Request, pk: int) -> HttpResponse:
    """启用草案: the differences first, then the day and the decision."""
    book, today = _one(request, pk), clock.today()
    seen = fingerprint(queries.table_of(book))
    first = {"from_on": today.replace(year=today.year + 1, month=1, day=1), "seen": seen}
    form = AdoptDraftForm(request.POST or None, initial=first)
    if form.is_valid():
        try:
            rules.adopt(book, by=request.actor, today=today, **form.cleaned_data)
            return _adopted(request, book.pk)
        except Refused as no:
            refused_in(form, None, no)
    from_on = form.cleaned_data.get("from_on") if form.is_bound else None
    context = {
        "title": f"启用{book.name}",
        "book": book,
        "form": form,
        "before": queries.before(book),
        "rows": queries.compared(queries.before(book), book),
        "within": from_on is not None and is_mid_year(book.assembly, from_on, today),
        "refusal": why_not_adopt(request.actor, book),
    }
    status = status_of(form)
    return framed(request, "scoring/adopt.html", context, status=status)


def _adopted(request: Request, pk: int) -> HttpResponse:
    book = _one(request, pk)
    messages.success(request, f"{book}已启用，{book.from_on} 起的履职按它记分，不能再改。")
    return redirect("scoring:rulebook", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def drop(request: Request, pk: int) -> HttpResponse:
    """放弃草案."""
    book = _one(request, pk)
    form = DropForm(request.POST or None)
    if form.is_valid():
        rules.drop(book, by=request.actor, **form.cleaned_data)
        messages.success(request, f"{book.name}已放弃，还可以查看。")
        return redirect("scoring:rulebooks")
    context = {"title": f"放弃{book.name}", "book": book, "form": form}
    context |= {"refusal": why_not_drop(request.actor, book)}
    status = UNPROCESSABLE if form.errors else 200
    return framed(request, "scoring/drop.html", context, status=status)
