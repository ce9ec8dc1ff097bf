"""代表码: pledges, a new code, and what is printed."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from congress.shared import clock
from congress.shared.asking import asked
from congress.shared.desk import at_the_desk, framed
from congress.shared.errors import Refused
from congress.shared.http import CONFLICT, PDF, UNPROCESSABLE, Request, as_download
from congress.shared.qr import qr_svg
from congress.shared.workflow import refuse_if
from deputies.actions import messages as verbs
from deputies.actions.messages import Promise
from deputies.documents import cards_pdf, poster_pdf
from deputies.forms.messages import RenewCodeForm, pledges
from deputies.models import Deputy, DeputyGroup
from deputies.permissions import messages as reasons
from deputies.queries import messages as queries
from deputies.states import Measure

BOTH = ("GET", "HEAD", "POST")


def _deputy(request: Request, pk: int) -> Deputy:
    return get_object_or_404(Deputy.objects.visible_to(request.actor, clock.today()), pk=pk)


@require_safe
def my_code(request: Request) -> HttpResponse:
    """我的代表码: to be held out to somebody, with the pledges beside it."""
    deputy = get_object_or_404(Deputy, user=request.actor.user)
    refuse_if(reasons.why_not_show_code(deputy, today=clock.today()))
    address = settings.SITE_URL + reverse("home:deputy", args=[deputy.code])
    context = {"deputy": deputy, "qr": qr_svg(address), "pledges": deputy.pledges.all()}
    return render(request, "deputies/my_code.html", context)


@require_http_methods(BOTH)
def pledge(request: Request, pk: int) -> HttpResponse:
    """承诺: three lines, by the deputy or at the desk."""
    deputy, today, by = _deputy(request, pk), clock.today(), request.actor
    known = [Promise(row.text, Measure(row.measure), row.target) for row in deputy.pledges.all()]
    lines, problem = pledges(request.POST or None, known), ""
    own = "deputies:person" if by.at_the_desk else "deputies:my_code"
    to = reverse(own, args=[pk] if by.at_the_desk else [])
    if lines.is_valid():
        try:
            verbs.pledge(deputy, promises=lines.promises, by=by, today=today)
            messages.success(request, "承诺已更新，公开页面上看得到。")
            return redirect(to)
        except Refused as no:
            problem = no.reason
    context = {
        "title": f"{deputy.name}的承诺",
        "lines": lines,
        "problem": problem,
        "back": to,
        "refusal": reasons.why_not_pledge(by, deputy, today=today),
    }
    wrong = UNPROCESSABLE if lines.total_error_count() else 200
    status = CONFLICT if problem else wrong
    if by.at_the_desk:
        return framed(request, "deputies/pledge_desk.html", context, status=status)
    return render(request, "deputies/pledge.html", context, status=status)


@require_http_methods(BOTH)
@at_the_desk
def renew_code(request: Request, pk: int) -> HttpResponse:
    """换码: the printed one leads nowhere from then on."""
    deputy, form = _deputy(request, pk), RenewCodeForm(request.POST or None)

    def act() -> tuple[str, str]:
        verbs.renew_code(deputy, reason=form.cleaned_data["reason"], by=request.actor)
        said = f"{deputy.name}的代表码已更换，请重新打印卡片和小组海报。"
        return said, reverse("deputies:person", args=[pk])

    return asked(
        request,
        form,
        act,
        template="deputies/liaison_form.html",
        field="reason",
        title=f"更换代表码：{deputy.name}",
        verb_label="更换代表码",
        back=reverse("deputies:person", args=[pk]),
        refusal=reasons.why_not_renew_code(request.actor, deputy),
    )


def _group(request: Request, pk: int) -> DeputyGroup:
    rows = DeputyGroup.objects.visible_to(request.actor).standing(clock.today())
    return get_object_or_404(rows.select_related("area"), pk=pk)


@require_safe
def cards(request: Request, pk: int) -> HttpResponse:
    """代表码卡片 of a group, ten on a sheet, to be cut."""
    group = _group(request, pk)
    return as_download(
        cards_pdf(group, queries.cards(group, clock.today())), f"{group}代表码卡片.pdf", PDF
    )


@require_safe
def poster(request: Request, pk: int) -> HttpResponse:
    """小组海报: every member's code on one sheet for the wall."""
    group = _group(request, pk)
    return as_download(
        poster_pdf(group, queries.cards(group, clock.today())), f"{group}代表码海报.pdf", PDF
    )
