"""关注进展: without an account. What a link in a letter leads to asks once more, by a button."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.http import UNPROCESSABLE, Request, origin_of
from proposals.actions import watching as verbs
from proposals.models import Proposal
from proposals.permissions.watching import Subject, why_not_confirm_watch
from proposals.queries import watching as queries
from proposals.rules import WATCH_CONFIRM_DAYS, WATCH_KEEP_DAYS
from proposals.watch_forms import SubjectForm, WatchForm

BOTH = ("GET", "HEAD", "POST")


def _subject(request: Request) -> tuple[Subject, dict[str, str]]:
    """What the address asks to follow, and how the address says it."""
    form = SubjectForm(request.GET)
    if not form.is_valid():
        raise BadRequest
    try:
        found = queries.subject_of(**form.cleaned_data)
    except LookupError as gone:
        raise Http404 from gone
    return found, {name: str(value) for name, value in form.cleaned_data.items() if value}


def _taken(subject: Subject, query: dict[str, str]) -> dict[str, str]:
    """The same as Atom and as a calendar, for whoever leaves no address."""
    if isinstance(subject, Proposal):
        names = {"feed": "proposal_feed", "days": "proposal_ics"}
        of = [subject.number]
        return {key: reverse(f"proposals:{name}", args=of) for key, name in names.items()}
    kept = f"?{urlencode(query)}" if query else ""
    names = {"feed": "public_feed", "days": "public_ics"}
    return {key: reverse(f"proposals:{name}") + kept for key, name in names.items()}


@login_not_required
@never_cache
@require_http_methods(BOTH)
def watch(request: Request) -> HttpResponse:
    """关注进展: the form, and what is kept of an address; the same answer for every address."""
    subject, query = _subject(request)
    today, form = clock.today(), WatchForm(request.POST or None)
    if request.method == "POST" and not settings.EMAIL_URL:
        raise Refused("本平台还没有开通邮件，不能用邮箱关注。可以用 Atom 订阅。")
    if form.is_valid():
        try:
            address, origin = form.cleaned_data["address"], origin_of(request, today)
            verbs.watch(subject, address=address, origin=origin, today=today)
        except Refused as no:
            form.add_error(None, no.reason)
        else:
            return redirect(f"{reverse('proposals:watch')}?{urlencode(query | {'asked': 1})}")
    context = {
        "form": form,
        "name": queries.name_of(subject),
        **_taken(subject, query),
        "query": f"?{urlencode(query)}" if query else "",
        "asked": "asked" in request.GET and not form.is_bound,
        "confirm_days": WATCH_CONFIRM_DAYS.on(today),
        "keep_days": WATCH_KEEP_DAYS.on(today),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "proposals/watch.html", context, status=status)


@login_not_required
@never_cache
@require_http_methods(BOTH)
def confirm_watch(request: Request, token: str) -> HttpResponse:
    """确认关注: the letter's link; opening it changes nothing, the button does."""
    try:
        asked = queries.to_confirm(token)
    except LookupError as forged:
        raise Http404 from forged
    gone = asked is None or bool(queries.closed([asked]))
    context: dict[str, object] = {"gone": gone, "done": False}
    if asked and not gone:
        today = clock.today()
        context["refusal"] = why_not_confirm_watch(asked, now=clock.now(), today=today)
        of = queries.subject(asked)
        context |= {"name": queries.name_of(of), "page": queries.page_of(of)}
        if request.method == "POST":
            asked = verbs.confirm_watch(asked, today=today)
        context["done"] = asked.confirmed_at is not None
    return render(request, "proposals/confirm_watch.html", context, status=410 if gone else 200)


@csrf_exempt  # the button of a mail program sends no token (RFC 8058); the link itself is signed
@login_not_required
@never_cache
@require_http_methods(BOTH)
def unwatch(request: Request, token: str) -> HttpResponse:
    """不再关注: by the letter's link and one button, or by the mail program's own."""
    try:
        found = queries.to_end(token)
    except LookupError as forged:
        raise Http404 from forged
    open_ones = [each for each in found if each not in queries.closed(found)]
    context = {
        "names": [queries.name_of(queries.subject(each)) for each in open_ones],
        "done": not found,
    }
    if request.method == "POST":
        verbs.unwatch(found)
        context["done"] = True
    return render(request, "proposals/unwatch.html", context)
