"""我的接待日: a deputy's turns, swaps, leave and calendar, on the phone."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.shared import clock
from congress.shared.asking import asked
from congress.shared.http import Request, open_page
from deputies.models import Deputy
from stations import documents
from stations.actions import leaves
from stations.actions import swaps as verbs
from stations.forms.rota import AskSwapForm, LeaveForm, RefuseSwapForm
from stations.models import Activity, Posting, RotaFeed, RotaLeave, RotaSlot, Station, Swap
from stations.permissions import swaps as reasons
from stations.queries import calls, feeds
from stations.queries import rota as queries
from stations.rules import SWAP_DAYS
from stations.wording import day_words, turn_words

BOTH = ("GET", "HEAD", "POST")
ASK, FRAME = "stations/rota_ask.html", "stations/frame.html"
ICS = "text/calendar; charset=utf-8"


def _deputy(request: Request) -> Deputy:
    return get_object_or_404(Deputy.objects.filter(user=request.user))


@require_safe
def my_rota(request: Request) -> HttpResponse:
    """我的接待日: the next turn first."""
    deputy, today = _deputy(request), clock.today()
    feed = RotaFeed.objects.open().filter(deputy=deputy).first()
    link = request.build_absolute_uri(reverse("stations:feed", args=[feed.token])) if feed else ""
    days = SWAP_DAYS.on(today)
    context = {"own": queries.own(deputy, today, days), "feed": link, "swap_days": days}
    return render(request, "stations/my_rota.html", context)


MY = "stations:my_rota"


@require_http_methods(BOTH)
def ask_swap(request: Request, pk: int) -> HttpResponse:
    """请人换班: whom, and for which turn in exchange."""
    rows = RotaSlot.objects.visible_to(request.actor).select_related("day__station", "deputy")
    slot, by, today = get_object_or_404(rows, pk=pk), request.actor, clock.today()
    form = AskSwapForm(request.POST or None, slot=slot, today=today)

    def act() -> tuple[str, str]:
        swap = verbs.ask_swap(slot, **form.cleaned_data, by=by, today=today)
        return f"已请{swap.asked.name}换班，对方同意以后才算换好。", reverse(MY)

    return asked(
        request,
        form,
        act,
        template=ASK,
        field="asked",
        desk=False,
        frame=FRAME,
        lead=f"{turn_words(slot)}对方同意以后才换，不同意这一班还是您的。",
        title="请人换班",
        verb_label="请对方答复",
        back=reverse(MY),
        refusal=reasons.why_not_ask_swap(by, slot, today=today),
    )


def _swap(request: Request, pk: int) -> Swap:
    people = ("slot__deputy__user", "slot__day__station", "asked__user", "theirs__day__station")
    return get_object_or_404(Swap.objects.visible_to(request.actor).select_related(*people), pk=pk)


def _asked_words(swap: Swap) -> str:
    back = f"换您{day_words(swap.theirs.day.held_on)}的班。" if swap.theirs else "请您替一次。"
    return f"{turn_words(swap.slot)}{back}{swap.words}"


@require_POST
def agree_swap(request: Request, pk: int) -> HttpResponse:
    """同意换班."""
    verbs.agree_swap(_swap(request, pk), by=request.actor, today=clock.today())
    messages.success(request, "已经换好，对方会收到通知。")
    return redirect(MY)


@require_http_methods(BOTH)
def refuse_swap(request: Request, pk: int) -> HttpResponse:
    """不同意换班: with a word, if one likes."""
    swap, form = _swap(request, pk), RefuseSwapForm(request.POST if request.POST else None)

    def act() -> tuple[str, str]:
        verbs.refuse_swap(swap, **form.cleaned_data, by=request.actor)
        return "已经答复对方，这一班还是对方的。", reverse(MY)

    return asked(
        request,
        form,
        act,
        template=ASK,
        field="words",
        desk=False,
        frame=FRAME,
        lead=_asked_words(swap),
        title=f"不能换{swap.slot.deputy.name}的班",
        verb_label="答复不能换",
        back=reverse(MY),
        refusal=reasons.why_not_refuse_swap(request.actor, swap),
    )


@require_POST
def withdraw_swap(request: Request, pk: int) -> HttpResponse:
    """撤回换班."""
    verbs.withdraw_swap(_swap(request, pk), by=request.actor)
    messages.success(request, "已撤回，这一班还是您的。")
    return redirect(MY)


@require_http_methods(BOTH)
def take_leave(request: Request) -> HttpResponse:
    """轮值请假: of days to come."""
    deputy, by, today = _deputy(request), request.actor, clock.today()
    form = LeaveForm(request.POST or None)

    def act() -> tuple[str, str]:
        leaves.take_leave(deputy, **form.cleaned_data, by=by, today=today)
        return "已登记请假，这几天的班会另请人替。", reverse(MY)

    return asked(
        request,
        form,
        act,
        template=ASK,
        field="from_on",
        desk=False,
        frame=FRAME,
        lead="请假那几天不排您的班；已经排的让出来，由站长安排替班。",
        title="轮值请假",
        verb_label="登记请假",
        back=reverse(MY),
        refusal=reasons.why_not_take_leave(by, deputy, today=today),
    )


@require_POST
def end_leave(request: Request, pk: int) -> HttpResponse:
    """销假."""
    rows = RotaLeave.objects.visible_to(request.actor).select_related("deputy")
    leave = get_object_or_404(rows, pk=pk)
    leaves.end_leave(leave, by=request.actor, today=clock.today())
    if reasons.is_own(request.actor, leave.deputy):
        messages.success(request, "已销假，以后又可以排您的班。")
        return redirect(MY)
    messages.success(request, f"已给{leave.deputy.name}销假，以后又可以排班。")
    posting = get_object_or_404(Posting.objects.open(), deputy=leave.deputy)
    return redirect("stations:station_leave", posting.station_id)


@require_POST
def renew_feed(request: Request) -> HttpResponse:
    """开通轮值日历: the address is new, the one before is void."""
    leaves.renew_feed(_deputy(request), by=request.actor)
    messages.success(request, "日历地址已经开通，只给自己用，不要转发。")
    return redirect(MY)


@require_POST
def end_feed(request: Request) -> HttpResponse:
    """停用轮值日历."""
    leaves.end_feed(_deputy(request), by=request.actor)
    messages.success(request, "日历地址已停用。")
    return redirect(MY)


@login_not_required
@require_safe
def feed(request: Request, token: str) -> HttpResponse:
    """A deputy's turns and activities, to whoever has the secret address; kept nowhere."""
    found = RotaFeed.objects.open().filter(token=token).select_related("deputy").first()
    if found is None:
        raise Http404
    rows = feeds.of_deputy(found.deputy, clock.today())
    mine = calls.of_calendar(found.deputy, clock.today())
    content = documents.calendar(
        "我的接待日",
        rows,
        as_of=found.made_at,
        activities=mine,
        changed=feeds.times(Activity, [each.pk for each in mine]),
    )
    return HttpResponse(content, content_type=ICS, headers={"Cache-Control": "private, no-store"})


@open_page
def station_ics(request: Request, pk: int) -> HttpResponse:
    """A station's reception days for everybody's calendar."""
    station = get_object_or_404(Station, pk=pk)
    rows = feeds.of_station(station, clock.today())
    content = documents.calendar(f"{station}接待日", rows, as_of=clock.now())
    return HttpResponse(content, content_type=ICS)
