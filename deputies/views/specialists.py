"""专业代表小组 at the committee's desk."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.shared import clock
from congress.shared.asking import asked
from congress.shared.desk import at_the_desk, framed
from congress.shared.http import Request
from deputies.actions import specialists as verbs
from deputies.forms.specialists import JoinForm, LeaderForm, SpecialistsForm
from deputies.models import SpecialistGroup, SpecialistMembership
from deputies.permissions import specialists as reasons
from deputies.permissions.studies import why_not_call_study
from deputies.queries import history, search
from deputies.queries import specialists as queries

BOTH = ("GET", "HEAD", "POST")
FORM = "deputies/specialist_form.html"
MOST_FOUND = 60


def _one(request: Request, pk: int) -> SpecialistGroup:
    rows = SpecialistGroup.objects.visible_to(request.actor, clock.today())
    return get_object_or_404(rows.select_related("committee", "leader"), pk=pk)


def _page(pk: int) -> str:
    return reverse("deputies:specialist", args=[pk])


@require_safe
@at_the_desk
def specialists(request: Request) -> HttpResponse:
    """专业代表小组: all that stand, by committee."""
    today = clock.today()
    context = {
        "title": "专业代表小组",
        "groups": queries.board(today),
        "no_form": reasons.why_not_form_specialists(request.actor),
    }
    return framed(request, "deputies/specialists.html", context)


@require_safe
@at_the_desk
def specialist(request: Request, pk: int) -> HttpResponse:
    """一个专业代表小组: members, leader, studies, and the verbs."""
    one, today, by = _one(request, pk), clock.today(), request.actor
    context = {
        "title": one.name,
        "group": one,
        "members": queries.members(one, today),
        "studies": one.studies.all()[:50],
        "trail": history.trail(one),
        "why_not": {
            "edit": reasons.why_not_edit_specialists(by, one, today=today),
            "join": reasons.why_not_join_specialists(by, one, today=today),
            "lead": reasons.why_not_name_leader(by, one, today=today),
            "call": why_not_call_study(by, one, today=today),
            "dissolve": reasons.why_not_dissolve_specialists(by, one, today=today),
        },
        "is_staff": by.is_staff,
    }
    return framed(request, "deputies/specialist.html", context)


@require_http_methods(BOTH)
@at_the_desk
def form_specialists(request: Request) -> HttpResponse:
    """组建: name, field, committee."""
    form, today = SpecialistsForm(request.POST or None), clock.today()

    def act() -> tuple[str, str]:
        one = verbs.form_specialists(**form.cleaned_data, by=request.actor, today=today)
        return "组建好了，接着请代表加入。", _page(one.pk)

    return asked(
        request,
        form,
        act,
        template=FORM,
        field="name",
        title="组建专业代表小组",
        verb_label="组建",
        refusal=reasons.why_not_form_specialists(request.actor),
    )


@require_http_methods(BOTH)
@at_the_desk
def edit_specialists(request: Request, pk: int) -> HttpResponse:
    """修改: the same form with what stands."""
    one, today, by = _one(request, pk), clock.today(), request.actor
    start = {"name": one.name, "field": one.field, "committee": one.committee}
    form = SpecialistsForm(request.POST or None, initial=start)

    def act() -> tuple[str, str]:
        verbs.edit_specialists(one, **form.cleaned_data, by=by, today=today)
        return "已保存。", _page(pk)

    return asked(
        request,
        form,
        act,
        template=FORM,
        field="name",
        title=f"修改：{one.name}",
        verb_label="保存",
        refusal=reasons.why_not_edit_specialists(by, one, one.name, today=today),
    )


@require_http_methods(BOTH)
@at_the_desk
def join_specialists(request: Request, pk: int) -> HttpResponse:
    """加入: find people in one box, tick them off."""
    one, today, by = _one(request, pk), clock.today(), request.actor
    q = str(request.GET.get("q", ""))
    people = queries.may_join(one, today)
    form = JoinForm(request.POST or None, people=people)

    def act() -> tuple[str, str]:
        rows = verbs.join_specialists(
            one, deputies=list(form.cleaned_data["deputies"]), by=by, today=today
        )
        return f"{len(rows)} 位代表加入了{one.name}。", _page(pk)

    found = search.found(people, q, today, inner=by.is_staff) if q.strip() else people.none()
    return asked(
        request,
        form,
        act,
        template="deputies/join_specialists.html",
        field="deputies",
        title=f"加入：{one.name}",
        group=one,
        q=q,
        hits=search.hits(search.in_order(found, q), today, MOST_FOUND),
        most=MOST_FOUND,
        picked=set(request.POST.getlist("deputies")),
        refusal=reasons.why_not_join_specialists(by, one, today=today),
    )


@require_POST
@at_the_desk
def leave_specialists(request: Request, pk: int) -> HttpResponse:
    """退出: one member."""
    rows = SpecialistMembership.objects.select_related("deputy", "group")
    row = get_object_or_404(rows, pk=pk)
    verbs.leave_specialists(row, by=request.actor, today=clock.today())
    messages.success(request, f"{row.deputy.name}退出了{row.group.name}。")
    return redirect(_page(row.group_id))


@require_http_methods(BOTH)
@at_the_desk
def name_leader(request: Request, pk: int) -> HttpResponse:
    """指定组长: one of the members."""
    one, today, by = _one(request, pk), clock.today(), request.actor
    form = LeaderForm(request.POST or None, group=one, today=today)

    def act() -> tuple[str, str]:
        deputy = form.cleaned_data["deputy"]
        verbs.name_leader(one, deputy=deputy, by=by, today=today)
        return f"{deputy.name}是{one.name}的组长了。", _page(pk)

    return asked(
        request,
        form,
        act,
        template=FORM,
        field="deputy",
        title=f"指定组长：{one.name}",
        words="组长可以在手机上写对口调研的报告。",
        verb_label="指定组长",
        refusal=reasons.why_not_name_leader(by, one, today=today),
    )


@require_POST
@at_the_desk
def dissolve_specialists(request: Request, pk: int) -> HttpResponse:
    """撤销: its studies stay."""
    one = verbs.dissolve_specialists(_one(request, pk), by=request.actor, today=clock.today())
    messages.success(request, f"{one.name}已撤销，做过的调研和报告都保留。")
    return redirect("deputies:specialists")
