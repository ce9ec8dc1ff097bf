"""双联 at the committee's desk: posts, who keeps contact with whom, and what to even out."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.shared import clock
from congress.shared.asking import asked
from congress.shared.desk import at_the_desk, framed
from congress.shared.http import Request
from congress.shared.models import Assembly
from deputies.actions import liaison as verbs
from deputies.forms.liaison import AppointForm, AssignForm, RebalanceForm
from deputies.models import CommitteePost, Deputy, Liaison
from deputies.permissions import liaison as reasons
from deputies.queries import liaison as queries
from deputies.queries import rebalancing
from deputies.states import CommitteePostKind, LiaisonKind

BOTH = ("GET", "HEAD", "POST")
FORM = "deputies/liaison_form.html"
PER_PAGE = 40


def _assembly(request: Request) -> Assembly:
    """The congress whose standing committee this desk belongs to."""
    found = queries.committee_of(request.actor.area_id)
    if found is None:
        raise Http404
    return found


def _kind(name: str) -> LiaisonKind:
    if name not in LiaisonKind.values:
        raise Http404
    return LiaisonKind(name)


def _board(kind: LiaisonKind) -> str:
    return reverse("deputies:liaisons", args=[kind.value])


@require_safe
@at_the_desk
def liaisons(request: Request, kind: str = LiaisonKind.MEMBER) -> HttpResponse:
    """联系覆盖: who is uncovered, over-loaded, not contacted this quarter, and what to do."""
    of, today, by = _kind(kind), clock.today(), request.actor
    seen = queries.board(of, _assembly(request), today)
    only = request.GET.get("only") == "remarked"
    lines = [line for line in seen.lines if line.remarks] if only else seen.lines
    context = {
        "title": "双联",
        "board": seen,
        "kinds": LiaisonKind,
        "only": only,
        "page": Paginator(lines, PER_PAGE).get_page(request.GET.get("page")),
        "no_assign": reasons.why_not_assign(by, today=today),
        "is_staff": by.is_staff,
    }
    return framed(request, "deputies/liaisons.html", context)


@require_http_methods(BOTH)
@at_the_desk
def assign(request: Request, kind: str) -> HttpResponse:
    """安排联系: one holder, one target."""
    of, today, by = _kind(kind), clock.today(), request.actor
    start = {name: request.GET.get(name) for name in ("holder", "target")}
    form = AssignForm(
        request.POST or None, kind=of, assembly=_assembly(request), today=today, initial=start
    )

    def act() -> tuple[str, str]:
        holder, target = form.chosen
        verbs.assign(holder, kind=of, target=target, by=by, today=today)
        return f"{target}今天起由{holder.name}联系。", _board(of)

    return asked(
        request,
        form,
        act,
        template=FORM,
        field="target",
        title=of.label,
        verb_label="安排联系",
        back=_board(of),
        refusal=reasons.why_not_assign(by, today=today),
    )


@require_POST
@at_the_desk
def end_liaison(request: Request, pk: int) -> HttpResponse:
    """结束联系: the records stay."""
    row = get_object_or_404(Liaison.objects.visible_to(request.actor), pk=pk)
    verbs.end_liaison(row, by=request.actor, today=clock.today())
    messages.success(request, f"{row}，联系已结束。")
    return redirect(_board(LiaisonKind(row.kind)))


@require_http_methods(BOTH)
@at_the_desk
def rebalance(request: Request, kind: str) -> HttpResponse:
    """均衡联系: the suggestion, to be ticked off and made."""
    of, today, by = _kind(kind), clock.today(), request.actor
    form = RebalanceForm(
        request.POST or None, changes=rebalancing.suggested(of, _assembly(request), today)
    )

    def act() -> tuple[str, str]:
        rows = verbs.rebalance(of, changes=form.chosen, by=by, today=today)
        return f"安排了 {len(rows)} 项联系，今天起生效。", _board(of)

    return asked(
        request,
        form,
        act,
        template="deputies/rebalance.html",
        field="changes",
        title=f"均衡联系：{of.label}",
        board=queries.board(of, _assembly(request), today),
        back=_board(of),
        refusal=reasons.why_not_rebalance(by, of, today=today),
    )


@require_http_methods(BOTH)
@at_the_desk
def appoint(request: Request, pk: int) -> HttpResponse:
    """登记职务: of a deputy of the congress."""
    today, by = clock.today(), request.actor
    deputy = get_object_or_404(Deputy.objects.visible_to(by, today), pk=pk)
    form = AppointForm(request.POST or None)

    def act() -> tuple[str, str]:
        post = CommitteePostKind(form.cleaned_data["post"])
        verbs.appoint(deputy, assembly=_assembly(request), post=post, by=by, today=today)
        said = f"{deputy.name}登记为{post.label}，接着可以安排联系。"
        return said, reverse("deputies:person", args=[pk])

    return asked(
        request,
        form,
        act,
        template=FORM,
        field="post",
        title=f"登记常委会职务：{deputy.name}",
        verb_label="登记职务",
        back=reverse("deputies:person", args=[pk]),
        refusal=reasons.why_not_appoint(by, today=today),
    )


@require_POST
@at_the_desk
def step_down(request: Request, pk: int) -> HttpResponse:
    """卸任: with the contacts that needed the post."""
    rows = CommitteePost.objects.visible_to(request.actor).select_related("deputy")
    row = get_object_or_404(rows, pk=pk)
    verbs.step_down(row, by=request.actor, today=clock.today())
    post = row.get_post_display()
    messages.success(request, f"{row.deputy.name}不再担任{post}，相应的联系结束。")
    return redirect("deputies:person", row.deputy_id)
