"""代表开户: one by one, or a township at a time."""

import secrets

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from congress.shared import clock
from congress.shared.asking import refused_in, status_of
from congress.shared.desk import at_the_desk, framed
from congress.shared.errors import Refused
from congress.shared.http import UNPROCESSABLE, Request, as_download, row_number
from congress.shared.models import Area
from deputies.actions import accounts
from deputies.documents import account_slips
from deputies.forms.roster import OpenAccountForm
from deputies.models import Deputy
from deputies.permissions.roster import why_not_open_account, why_not_open_accounts
from deputies.queries import accounts as doors

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that look like others on paper."""


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def open_account(request: Request, pk: int) -> HttpResponse:
    """开户: the deputy's account name and first password."""
    today = clock.today()
    deputy = get_object_or_404(Deputy.objects.visible_to(request.actor, today), pk=pk)
    form = OpenAccountForm(
        request.POST or None, initial={"username": doors.proposed_username(deputy, today)}
    )
    if form.is_valid():
        try:
            user = accounts.open_account(deputy, by=request.actor, today=today, **form.cleaned_data)
            messages.success(request, f"{deputy.name}的账号“{user.username}”已开好。")
            return redirect("admin:deputies_deputy_change", pk)
        except Refused as refusal:
            refused_in(form, "username", refusal)
    context = {
        "title": "代表开户",
        "deputy": deputy,
        "form": form,
        "refusal": why_not_open_account(request.actor, deputy),
    }
    status = status_of(form)
    return framed(request, "deputies/roster_open_account.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def open_accounts(request: Request) -> HttpResponse:
    """批量开户: a township's deputies; the first passwords leave as a sheet and are not kept."""
    today = clock.today()
    townships = doors.townships(Area.objects.county(), today)
    refusal = why_not_open_accounts(request.actor)
    number = request.POST.get("township", "").strip()
    problem = "请选择乡镇。" if request.method == "POST" and not number else ""
    if request.method == "POST" and not problem:
        township = get_object_or_404(townships, pk=row_number(number))
        deputies = list(doors.without_account(township, today))
        passwords = {deputy.pk: _password() for deputy in deputies}
        users = accounts.open_accounts(deputies, by=request.actor, today=today, passwords=passwords)
        title = f"{township.name}代表账号（{today}开户，共 {len(users)} 人）"
        slips = account_slips(title, doors.slips(users, passwords, today))
        return as_download(slips, f"{township.name}代表账号.xlsx")
    context = {"townships": townships, "refusal": refusal, "problem": problem}
    context["title"] = "批量开户"
    status = UNPROCESSABLE if problem else 200
    return framed(request, "deputies/roster_open_accounts.html", context, status=status)


def _password() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(8))
