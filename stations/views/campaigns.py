"""主题活动、选题、小分队, and who is never called."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.shared import clock
from congress.shared.desk import at_the_desk
from congress.shared.http import Request, as_download
from congress.shared.roles import ORGANISERS
from congress.shared.workbook import workbook
from deputies.models import DeputyGroup
from stations.actions import campaigns as verbs
from stations.forms.calls import ActivityFilterForm
from stations.forms.campaigns import (
    CloseCampaignForm,
    DropTopicForm,
    OpenCampaignForm,
    SquadForm,
    TopicForm,
)
from stations.models import Campaign, Squad, Topic
from stations.permissions import campaigns as reasons
from stations.queries import campaigns as queries
from stations.queries import occasions as chances
from stations.queries.issues import townships
from stations.views import frames

BOTH = ("GET", "HEAD", "POST")
PER_PAGE = 50
HOME = "stations:campaigns"


def _organisers_only(request: Request) -> None:
    if not request.actor.at_the_desk and request.actor.role not in ORGANISERS:
        raise Http404


def _page(pk: int) -> str:
    return reverse("stations:campaign", args=[pk])


@require_safe
def campaigns(request: Request) -> HttpResponse:
    """主题活动: each year's, and the squads that stand."""
    _organisers_only(request)
    by, today = request.actor, clock.today()
    squads = queries.squads(by, today)
    groups = DeputyGroup.objects.visible_to(by).filter(dissolved_on=None)
    context = {
        "title": "主题活动",
        "rows": queries.listed(),
        "squads": squads[:PER_PAGE],
        "may_call": by.role in ORGANISERS,
        "groups": [] if by.at_the_desk else groups,
        "no_open": reasons.why_not_open_campaign(by, today=today),
    }
    return frames.shown(request, "stations/campaigns.html", context)


@require_safe
def campaign(request: Request, pk: int) -> HttpResponse:
    """一个主题活动: its figures, each with the list behind it, and its topics."""
    _organisers_only(request)
    row, by = get_object_or_404(Campaign.objects.select_related("assembly"), pk=pk), request.actor
    context = {
        "title": str(row),
        "campaign": row,
        "at_the_desk": by.at_the_desk,
        "totals": queries.totals(row),
        "topics": [
            (label, [(each, _why_not_drop(request, each)) for each in rows])
            for label, rows in queries.topics(row, by)
        ],
        "no_close": reasons.why_not_close_campaign(by, row),
        "no_topic": reasons.why_not_set_topic(by, row, group=_a_group(request)),
        "back": reverse(HOME),
    }
    return frames.shown(request, "stations/campaign.html", context)


@require_safe
@at_the_desk
def campaign_behind(request: Request, pk: int, of: str) -> HttpResponse:
    """参加代表、参加小组、小分队: the list behind a figure of the campaign."""
    row = get_object_or_404(Campaign, pk=pk)
    if of not in queries.BEHIND:
        raise Http404
    found = queries.behind(row, of)
    context = {
        "title": f"{row}：{queries.BEHIND[of]}",
        "campaign": row,
        "of": of,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "count": len(found),
        "times": sum(one.times for one in found),
    }
    return frames.shown(request, "stations/campaign_behind.html", context)


def _why_not_drop(request: Request, row: queries.TopicRow) -> str | None:
    return reasons.why_not_drop_topic(request.actor, row.topic, used=bool(row.held or row.called))


def _a_group(request: Request) -> DeputyGroup | None:
    """A convenor's own, so that the question is about their topics."""
    if request.actor.at_the_desk:
        return None
    return DeputyGroup.objects.visible_to(request.actor).filter(dissolved_on=None).first()


@require_http_methods(BOTH)
def open_campaign(request: Request) -> HttpResponse:
    """发起主题活动."""
    by, today = request.actor, clock.today()
    form = OpenCampaignForm(request.POST or None, initial={"year": today.year})

    def act() -> tuple[str, str]:
        row = verbs.open_campaign(**form.cleaned_data, by=by, today=today)
        return "已发起，请接着定题。", _page(row.pk)

    return frames.ask(
        request,
        form,
        act,
        field="title",
        title="发起主题活动",
        verb_label="发起",
        back=reverse(HOME),
        refusal=reasons.why_not_open_campaign(by, today=today),
    )


@require_http_methods(BOTH)
def close_campaign(request: Request, pk: int) -> HttpResponse:
    """结束主题活动."""
    row, by = get_object_or_404(Campaign, pk=pk), request.actor
    form = CloseCampaignForm(request.POST or None)

    def act() -> tuple[str, str]:
        verbs.close_campaign(row, **form.cleaned_data, by=by)
        return "主题活动已结束。", _page(pk)

    return frames.ask(
        request,
        form,
        act,
        field="outcome",
        title=f"结束：{row}",
        verb_label="结束",
        back=_page(pk),
        refusal=reasons.why_not_close_campaign(by, row),
    )


@require_http_methods(BOTH)
def set_topic(request: Request, pk: int) -> HttpResponse:
    """定题."""
    row, by = get_object_or_404(Campaign, pk=pk), request.actor
    form = TopicForm(request.POST or None, by=by)

    def act() -> tuple[str, str]:
        topic = verbs.set_topic(row, **form.cleaned_data, by=by)
        return f"已定：{topic.get_kind_display()}“{topic}”。", _page(pk)

    return frames.ask(
        request,
        form,
        act,
        field="title",
        title=f"定题：{row}",
        verb_label="定题",
        back=_page(pk),
        refusal=reasons.why_not_set_topic(by, row, group=_a_group(request)),
    )


@require_http_methods(BOTH)
def drop_topic(request: Request, pk: int) -> HttpResponse:
    """撤题."""
    by = request.actor
    rows = Topic.objects.visible_to(by).select_related("campaign", "group")
    row, form = get_object_or_404(rows, pk=pk), DropTopicForm(request.POST or None)

    def act() -> tuple[str, str]:
        verbs.drop_topic(row, **form.cleaned_data, by=by)
        return "已撤题。", _page(row.campaign_id)

    return frames.ask(
        request,
        form,
        act,
        field="why",
        title=f"撤题：{row}",
        verb_label="撤题",
        back=_page(row.campaign_id),
        refusal=reasons.why_not_drop_topic(by, row),
    )


@require_http_methods(BOTH)
def form_squad(request: Request, pk: int) -> HttpResponse:
    """组建小分队 of one group."""
    by, today = request.actor, clock.today()
    rows = DeputyGroup.objects.visible_to(by).select_related("area")
    group = get_object_or_404(rows, pk=pk)
    form = SquadForm(request.POST or None, group=group, today=today)

    def act() -> tuple[str, str]:
        squad = verbs.form_squad(group, line_up=form.line_up, by=by, today=today)
        return f"“{squad}”已组建，可以通知它参加活动。", reverse(HOME)

    return frames.ask(
        request,
        form,
        act,
        field="name",
        title=f"{group.name}组建小分队",
        verb_label="组建",
        back=reverse(HOME),
        remember="squad",
        of=pk,
        refusal=reasons.why_not_form_squad(by, group, today=today),
    )


@require_POST
def dissolve_squad(request: Request, pk: int) -> HttpResponse:
    """解散小分队."""
    rows = Squad.objects.visible_to(request.actor).select_related("group")
    row = get_object_or_404(rows, pk=pk)
    verbs.dissolve_squad(row, by=request.actor, today=clock.today())
    messages.success(request, f"“{row}”已解散，做过的活动都在。")
    return redirect(HOME)


def _occasions(request: Request) -> tuple[dict[str, object], list[chances.Occasions], int]:
    _organisers_only(request)
    form = ActivityFilterForm(request.GET)
    if not form.is_valid():
        raise BadRequest
    said, today = form.cleaned_data, clock.today()
    year = said["year"] or today.year
    asked = {"year": year, "area": said["area"], "never": said["never"]}
    rows = chances.occasions(request.actor, year, today, area=said["area"], never=said["never"])
    return asked, rows, said["page"] or 1


@require_safe
def occasions(request: Request) -> HttpResponse:
    """应邀情况: whom nobody has called stands out."""
    asked, rows, number = _occasions(request)
    today, by = clock.today(), request.actor
    context = {
        "title": "应邀情况",
        **asked,
        "page": Paginator(rows, PER_PAGE).get_page(number),
        "count": len(rows),
        "left_out": sum(each.never for each in rows),
        "years": (today.year, today.year - 1),
        "townships": townships() if by.at_the_desk else [],
        "all_seen": by.at_the_desk,  # others may not open what the county's office called
        "back": reverse("stations:activities"),
    }
    return frames.shown(request, "stations/occasions.html", context)


@require_safe
def occasions_sheet(request: Request) -> HttpResponse:
    """The same as a table."""
    asked, rows, _ = _occasions(request)
    book = workbook("应邀情况", chances.HEAD, chances.sheet(rows))
    return as_download(book, f"{asked['year']}年应邀情况.xlsx")
