"""现场签到: the deputy's page, the organiser's page, the screen, and what scripts send later."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.timezone import localtime
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.shared import clock
from congress.shared.asking import refused_in, status_of
from congress.shared.errors import Refused
from congress.shared.http import CONFLICT, UNPROCESSABLE, Request, keep_on_phone
from congress.shared.qr import qr_svg
from congress.shared.workflow import refuse_if
from deputies.models import Deputy
from stations.actions import checkins as verbs
from stations.forms.checkins import ArriveForm, CardForm, HandForm
from stations.models import Activity, CheckIn
from stations.permissions import checkins as reasons
from stations.queries import checkins as queries
from stations.views import frames

READABLE = {"ensure_ascii": False}
SIGN_IN = "请先登录，登录后自动签到。"
WRONG = "这个签到码不对，或者您不在这次活动的应到名单里。请看会场屏幕上现在的六位数。"
NO_DEPUTY = "这个账号不是代表的，请用代表本人的账号签到。"
PER_PAGE = 60


def _arrived(request: Request, deputy: Deputy, form: ArriveForm) -> CheckIn:
    """What the verb answers; a code that no screen showed is refused once it is counted."""
    said = form.cleaned_data
    activity = Activity.objects.filter(pk=said["activity"] or 0).first()
    found = verbs.arrive(
        deputy, code=said["code"], sent=form.sent, by=request.actor, activity=activity
    )
    if found is None:
        raise Refused(WRONG)
    return found


def _words(row: CheckIn) -> str:
    return f"已签到：{row.activity}，{localtime(row.at):%-m 月 %-d 日 %H:%M}"


@require_http_methods(["GET", "HEAD", "POST"])
def arrive(request: Request) -> HttpResponse:
    """活动签到: the code comes behind # from the screen, which no log keeps, or is typed."""
    deputy = Deputy.objects.of_user(request.user).first()
    if deputy is None:
        raise Refused(NO_DEPUTY)
    form = ArriveForm(request.POST or None)
    if form.is_valid():
        try:
            messages.success(request, f"{_words(_arrived(request, deputy, form))}。")
            return redirect("stations:arrive")
        except Refused as no:
            refused_in(form, "code", no)
    context = {
        "form": form,
        "today": queries.of_these_days(deputy, clock.now()),
        "account": request.user.pk,
    }
    page = render(request, "stations/arrive.html", context, status=status_of(form))
    return page if form.is_bound else keep_on_phone(page, request)


def _activity(request: Request, pk: int) -> Activity:
    return get_object_or_404(Activity.objects.visible_to(request.actor), pk=pk)


@require_safe
def check_ins(request: Request, pk: int) -> HttpResponse:
    """现场签到 of one activity: who came, who has not, and what looks odd."""
    activity, now = _activity(request, pk), clock.now()
    lines, awaited = queries.lines(activity), queries.awaited(activity)
    context = {
        "title": f"现场签到：{activity}",
        "back": reverse("stations:activity", args=[pk]),
        "activity": activity,
        "odd": [line for line in lines if line.odd],
        "page": Paginator(lines, PER_PAGE).get_page(request.GET.get("page")),
        "awaited": awaited,
        "came": len(lines),
        "called": len(lines) + len(awaited),
        "no_code": reasons.why_not_show_code(request.actor, activity, now=now),
        "no_note": reasons.why_not_note_arrival(request.actor, activity, now=now),
        "card": CardForm(activity=activity, auto_id="card_%s"),
        "hand": HandForm(activity=activity, auto_id="hand_%s"),
        "account": request.user.pk,
    }
    return frames.shown(request, "stations/check_ins.html", context)


def _organiser_form(request: Request, activity: Activity) -> CardForm | HandForm:
    kind = CardForm if "card" in request.POST else HandForm
    return kind(request.POST, activity=activity)


def _noted(request: Request, activity: Activity, form: CardForm | HandForm) -> CheckIn:
    return verbs.note_arrival(
        form.deputy,
        activity=activity,
        way=form.way,
        reason=form.reason,
        sent=form.sent,
        by=request.actor,
    )


@require_POST
def note_arrival(request: Request, pk: int) -> HttpResponse:
    """登记签到: by the deputy's own code or by hand."""
    activity = _activity(request, pk)
    form = _organiser_form(request, activity)
    if form.is_valid():
        try:
            row = _noted(request, activity, form)
            messages.success(request, f"{row.deputy.name} {localtime(row.at):%H:%M} 已签到。")
            return redirect("stations:check_ins", pk)
        except Refused as no:
            refused_in(form, None, no)
    back = reverse("stations:check_ins", args=[pk])
    context = {
        "form": form,
        "title": f"登记签到：{activity}",
        "verb_label": "登记签到",
        "back": back,
    }
    page = frames.shown(request, "stations/sheet_ask.html", context)
    page.status_code = status_of(form)
    return page


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_ins_kept(request: Request) -> HttpResponse:
    """签到 by the same forms and verbs, answered for a script, often long after.

    GET says who is signed in, with a token to send with. What was kept for another account is
    not taken: 401, as for nobody.
    """
    if request.method != "POST":
        return JsonResponse({"account": str(request.user.pk), "csrf": get_token(request)})
    if request.POST.get("account") != str(request.user.pk):
        return _refused(SIGN_IN, 401)
    try:
        row = _kept(request)
    except Refused as refusal:
        return _refused(refusal.reason, CONFLICT)
    if isinstance(row, forms.Form):
        said = " ".join(strip_tags(" ".join(map(str, words))) for words in row.errors.values())
        return _refused(said, UNPROCESSABLE)
    name = "" if row.deputy.user_id == request.user.pk else f"{row.deputy.name} "
    return JsonResponse({"arrived": f"{name}{_words(row)}"}, json_dumps_params=READABLE)


def _refused(words: str, status: int) -> JsonResponse:
    return JsonResponse({"refused": words}, status=status, json_dumps_params=READABLE)


def _kept(request: Request) -> CheckIn | forms.Form:
    """The row, or the form that says what is wrong."""
    if "code" in request.POST:
        deputy, form = Deputy.objects.of_user(request.user).first(), ArriveForm(request.POST)
        if deputy is None:
            raise Refused(NO_DEPUTY)
        return _arrived(request, deputy, form) if form.is_valid() else form
    number = request.POST.get("at", "")
    seen = Activity.objects.visible_to(request.actor)
    activity = seen.filter(pk=number).first() if number.isdecimal() and len(number) < 10 else None
    if activity is None:
        raise Refused("没有这次活动，或者不归您登记。")
    sheet = _organiser_form(request, activity)
    return _noted(request, activity, sheet) if sheet.is_valid() else sheet


@never_cache
@require_safe
def code_screen(request: Request, pk: int) -> HttpResponse:
    """会场签到码: for the hall's screen; a script draws the next ones."""
    activity, now = _activity(request, pk), clock.now()
    refuse_if(reasons.why_not_show_code(request.actor, activity, now=now))
    address = settings.SITE_URL + reverse("stations:arrive")
    shown = queries.screen(activity, now, address, ahead=queries.NOTHING)
    figures = shown.steps[0].figures
    context = {
        "activity": activity,
        "figures": f"{figures[:3]} {figures[3:]}",
        "qr": qr_svg(f"{address}#{activity.pk}.{figures}"),
        "seconds": shown.seconds,
        "came": activity.check_ins.count(),
        "called": activity.invitees.count(),
        "address": settings.SITE_URL.partition("://")[2],
    }
    return render(request, "stations/code_screen.html", context)


@never_cache
@require_safe
def code_steps(request: Request, pk: int) -> HttpResponse:
    """The codes of the next hour, so that the screen goes on when the line does not."""
    activity, now = _activity(request, pk), clock.now()
    if refusal := reasons.why_not_show_code(request.actor, activity, now=now):
        return _refused(refusal, CONFLICT)
    said = {"now": int(now.timestamp() * 1000), "came": activity.check_ins.count()}
    if "brief" in request.GET:
        return JsonResponse(said)
    shown = queries.screen(activity, now, settings.SITE_URL + reverse("stations:arrive"))
    return JsonResponse(said | {"seconds": shown.seconds, "side": shown.side, "steps": shown.steps})
