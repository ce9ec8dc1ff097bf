"""自评、核校、参评: each party's form, the paper that somebody else enters, and its photo."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.http import UNPROCESSABLE, Request
from congress.shared.workflow import refuse_if
from deputies.models import Deputy
from scoring.actions import opinions
from scoring.forms.opinions import PaperReviewForm
from scoring.forms.review import AppraiseForm
from scoring.models import OnBehalf, ReviewCycle
from scoring.permissions import why_not_appraise, why_not_enter_self_review
from scoring.permissions.opinions import PARTIES
from scoring.queries import opinions as queries
from scoring.queries.opinions import Turn
from scoring.queries.own_year import own_year
from scoring.queries.papers_entered import group_given, may_enter, papers_of, visible_papers
from scoring.states import Step

READ_OR_SEND = require_http_methods(["GET", "HEAD", "POST"])


@READ_OR_SEND
def appraise(request: Request) -> HttpResponse:
    """小组核校、乡镇参评: one form for everybody the party gives an opinion of."""
    turns = [turn for turn in _turns(request) if turn.step != Step.SELF]
    if not turns and not queries.own_steps(request.actor) - {Step.SELF}:
        raise Http404
    return _opinions(request, turns, "scoring/appraise.html")


@READ_OR_SEND
def self_review(request: Request) -> HttpResponse:
    """本人自评, on the deputy's phone."""
    refuse_if(why_not_appraise(request.actor, step=Step.SELF))
    turns = [turn for turn in _turns(request) if turn.step == Step.SELF]
    return _opinions(request, turns, "scoring/self_review.html")


def _turns(request: Request) -> list[Turn]:
    return queries.turns(request.actor, clock.today())


def _opinions(request: Request, turns: list[Turn], template: str) -> HttpResponse:
    today, turn = clock.today(), _chosen(request, turns)
    if turn is None and request.method == "POST":
        raise Refused(_why_not_taken(request))
    if turn is None:
        return render(request, template, {"today": today})
    by, step = request.actor, turn.step
    rows = queries.opinion_rows(turn.cycle, step=step, by=by, today=today)
    form = AppraiseForm(rows, request.POST if request.method == "POST" else None)
    if form.is_valid():
        opinions.appraise(turn.cycle, step=step, scores=form.scores, by=by, today=today)
        many = "" if step == Step.SELF else f" {len(form.scores)} 人"
        words = f"{step.label}已提交{many}，收齐之前别人看不到。"
        messages.success(request, words)
        return redirect(f"{request.path}?cycle={turn.cycle.pk}&step={step}")
    context = {"turn": turn, "turns": turns, "form": form, "is_late": turn.is_late(today)}
    if turn.step == Step.SELF:
        context["year"] = own_year(turn.cycle, rows[0].deputy, today)
    else:
        context["papers"] = may_enter(turn.cycle, by, today)
    return render(request, template, context, status=UNPROCESSABLE if form.bound else 200)


def _why_not_taken(request: Request) -> str:
    """What was typed comes too late or too early; it is shown once more beside this sentence."""
    asked = request.GET.get("cycle", ""), request.GET.get("step", "")
    if asked[0].isdecimal() and asked[1] in PARTIES:
        cycle = ReviewCycle.objects.filter(pk=int(asked[0][:9])).first()
        why = why_not_appraise(request.actor, cycle, Step(asked[1]), clock.today())
        if cycle and why:
            return why
    return "现在没有要您评的代表，这次提交没有收下，填的内容在下面。"


def _chosen(request: Request, turns: list[Turn]) -> Turn | None:
    """The one the address names, else the first with something left to give."""
    asked = (request.GET.get("cycle", ""), request.GET.get("step", ""))
    named = [turn for turn in turns if (str(turn.cycle.pk), str(turn.step)) == asked]
    same = [turn for turn in turns if str(turn.cycle.pk) == asked[0]]
    left = [turn for turn in turns if turn.left]
    return next(iter((*named, *same, *left, *turns)), None)


@READ_OR_SEND
def enter_self_review(request: Request, pk: int, deputy_pk: int) -> HttpResponse:
    """代录自评: what stands on the deputy's paper."""
    cycle = get_object_or_404(ReviewCycle.objects.select_related("assembly"), pk=pk)
    today = clock.today()
    refuse_if(why_not_enter_self_review(request.actor, cycle, today))
    deputy: Deputy = get_object_or_404(papers_of(cycle, request.actor, today), pk=deputy_pk)
    if not may_enter(cycle, request.actor, today).filter(pk=deputy_pk).exists():
        refuse_if(f"{deputy.name}的自评已经提交过，不能再改。")
    given = group_given(cycle, deputy, request.actor)
    refuse_if(why_not_enter_self_review(request.actor, cycle, today, group_given=given))
    form = PaperReviewForm(request.POST or None, request.FILES or None)
    back = _back(request, cycle)
    if request.method == "POST" and form.is_valid():
        how = {"by": request.actor, "today": today, **form.beside()}
        opinions.enter_self_review(cycle, deputy=deputy, opinion=form.opinion, **how)
        messages.success(request, f"{deputy.name}的自评已代录，本人会收到通知。")
        return redirect(back)
    context = {"form": form, "cycle": cycle, "deputy": deputy, "back": back}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "scoring/enter_self_review.html", context, status=status)


def _back(request: Request, cycle: ReviewCycle) -> str:
    if request.actor.at_the_desk:
        return reverse("scoring:cycle", args=[cycle.pk])
    return f"{reverse('scoring:appraise')}?cycle={cycle.pk}&step={Step.GROUP}"


@require_safe
def self_review_paper(request: Request, pk: int) -> FileResponse:
    """纸质自评的照片: for the deputy, whoever entered it and, once gathered, the office."""
    paper: OnBehalf = get_object_or_404(visible_papers(request.actor), pk=pk)
    return FileResponse(paper.file.open("rb"), content_type="image/jpeg")
