"""小组 at the committee's desk."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.shared import clock
from congress.shared.asking import asked, refused_in, status_of
from congress.shared.desk import at_the_desk, framed
from congress.shared.errors import Refused
from congress.shared.http import Request
from congress.shared.models import Area
from deputies.actions import groups as verbs
from deputies.forms.groups import (
    ConvenorForm,
    FormGroupForm,
    GroupNameForm,
    MoveMemberForm,
    RegroupForm,
)
from deputies.models import Deputy, DeputyGroup, Membership, Regrouping
from deputies.permissions import groups as reasons
from deputies.queries import balance, history
from deputies.queries import groups as queries

BOTH = ("GET", "HEAD", "POST")


def _one(request: Request, pk: int) -> DeputyGroup:
    rows = DeputyGroup.objects.visible_to(request.actor).select_related("area", "convenor")
    return get_object_or_404(rows, pk=pk)


FORM = "deputies/group_form.html"


@require_safe
@at_the_desk
def groups(request: Request) -> HttpResponse:
    """小组概览: which groups there are, and which want looking at."""
    only = request.GET.get("only", "")
    seen = queries.board(clock.today(), only=only)
    refusal = reasons.why_not_form_group(request.actor)
    context = {"title": "代表小组", "board": seen, "only": only, "no_form": refusal}
    return framed(request, "deputies/groups.html", context)


@require_safe
@at_the_desk
def group(request: Request, pk: int) -> HttpResponse:
    """一个小组: its members, its convenor, and the verbs."""
    one, today, by = _one(request, pk), clock.today(), request.actor
    context = {
        "title": one.name,
        "group": one,
        "members": queries.members(one, today),
        "trail": history.trail(one),
        "why_not": {
            "name": reasons.why_not_name_convenor(by, one, today=today),
            "release": reasons.why_not_release_convenor(by, one),
            "rename": reasons.why_not_rename_group(by, one),
            "dissolve": reasons.why_not_dissolve_group(by, one, today=today),
            "reopen": reasons.why_not_reopen_group(by, one, today=today),
        },
        "is_staff": by.is_staff,
    }
    return framed(request, "deputies/group.html", context)


@require_http_methods(BOTH)
@at_the_desk
def name_convenor(request: Request, pk: int) -> HttpResponse:
    """指定召集人: one of the group's deputies."""
    one, today = _one(request, pk), clock.today()
    form = ConvenorForm(request.POST or None, group=one, today=today)

    def act() -> tuple[str, str]:
        deputy = form.cleaned_data["deputy"]
        verbs.name_convenor(one, deputy=deputy, by=request.actor, today=today)
        said = f"{deputy.name}是{one.name}的召集人了。"
        return said, reverse("deputies:group", args=[pk])

    return asked(
        request,
        form,
        act,
        template="deputies/name_convenor.html",
        field="deputy",
        title="指定召集人",
        group=one,
        refusal=reasons.why_not_name_convenor(request.actor, one, today=today),
    )


@require_POST
@at_the_desk
def release_convenor(request: Request, pk: int) -> HttpResponse:
    """免去召集人: the group waits for another."""
    one = verbs.release_convenor(_one(request, pk), by=request.actor, today=clock.today())
    messages.success(request, f"{one.name}现在没有召集人，请指定新的召集人。")
    return redirect("deputies:group", pk)


@require_http_methods(BOTH)
@at_the_desk
def move_member(request: Request, pk: int) -> HttpResponse:
    """调组: where to; the deputy's page tells when from where."""
    today, by = clock.today(), request.actor
    deputy = get_object_or_404(Deputy.objects.visible_to(by, today), pk=pk)
    spells = Membership.objects.running(today).select_related("group__area")
    spell = get_object_or_404(spells, deputy=deputy)
    form = MoveMemberForm(request.POST or None, group=spell.group, today=today)

    def act() -> tuple[str, str]:
        group = form.cleaned_data["group"]
        verbs.move_member(deputy, group=group, by=by, today=today)
        said = f"{deputy.name}今天起编在{group.name}。"
        return said, reverse("deputies:group", args=[spell.group_id])

    return asked(
        request,
        form,
        act,
        template=FORM,
        field="group",
        title=f"调组：{deputy.name}",
        words=f"现在编在{spell.group.name}。进驻的联络站不变。",
        verb_label="调组",
        refusal=reasons.why_not_move_member(by, deputy, today=today),
    )


@require_http_methods(BOTH)
@at_the_desk
def form_group(request: Request) -> HttpResponse:
    """新建小组: a township and a name."""
    form = FormGroupForm(request.POST or None)

    def act() -> tuple[str, str]:
        one = verbs.form_group(**form.cleaned_data, by=request.actor)
        said = "小组建好了。接着把代表调进来，再指定召集人。"
        return said, reverse("deputies:group", args=[one.pk])

    return asked(
        request,
        form,
        act,
        template=FORM,
        field="name",
        title="新建代表小组",
        words="建好以后是空的，从别的小组调代表进来。",
        verb_label="新建小组",
        refusal=reasons.why_not_form_group(request.actor),
    )


@require_http_methods(BOTH)
@at_the_desk
def rename_group(request: Request, pk: int) -> HttpResponse:
    """改名: a small thing, told in the trail."""
    one, by = _one(request, pk), request.actor
    form = GroupNameForm(request.POST or None, initial={"name": one.name})

    def act() -> tuple[str, str]:
        verbs.rename_group(one, name=form.cleaned_data["name"], by=by)
        return "已改名。", reverse("deputies:group", args=[pk])

    return asked(
        request,
        form,
        act,
        template=FORM,
        field="name",
        title=f"改名：{one.name}",
        words="以前的活动、履职也会显示新的名称。",
        verb_label="改名",
        refusal=reasons.why_not_rename_group(by, one),
    )


@require_POST
@at_the_desk
def dissolve_group(request: Request, pk: int) -> HttpResponse:
    """撤销小组: when it is empty."""
    one = verbs.dissolve_group(_one(request, pk), by=request.actor, today=clock.today())
    messages.success(request, f"{one.name}已撤销，历年的活动和履职都保留。")
    return redirect("deputies:groups")


@require_POST
@at_the_desk
def reopen_group(request: Request, pk: int) -> HttpResponse:
    """恢复小组: it takes members again."""
    one = verbs.reopen_group(_one(request, pk), by=request.actor, today=clock.today())
    messages.success(request, f"{one.name}已恢复。")
    return redirect("deputies:group", pk)


@require_http_methods(BOTH)
@at_the_desk
def regroup(request: Request, pk: int) -> HttpResponse:
    """调整编组: the suggestion for one township, to be ticked off and made."""
    area, today, by = get_object_or_404(Area, pk=pk), clock.today(), request.actor
    form = RegroupForm(request.POST or None, proposals=balance.proposed(area, today))
    if form.is_valid():
        try:
            row = verbs.regroup(area, moves=form.chosen, by=by, today=today)
            messages.success(request, f"已调整 {row.moves.count()} 人，今天起生效。")
            return redirect("deputies:regroup", pk)
        except Refused as no:
            refused_in(form, "moves", no)
    seen = queries.board(today)
    context = {
        "title": f"均衡编组：{area}",
        "form": form,
        "area": area,
        "own": next((each for each in seen.areas if each.area == area), None),
        "past": queries.recent_regroupings(area),
        "refusal": reasons.why_not_regroup(by, area, today=today),
    }
    return framed(request, "deputies/regroup.html", context, status=status_of(form))


@require_POST
@at_the_desk
def revoke_regrouping(request: Request, pk: int) -> HttpResponse:
    """撤回调整: everybody back from today on."""
    rows = Regrouping.objects.visible_to(request.actor)
    row = verbs.revoke_regrouping(
        get_object_or_404(rows, pk=pk), by=request.actor, today=clock.today()
    )
    messages.success(request, "已撤回，今天起各回原来的小组。")
    return redirect("deputies:regroup", row.area_id)
