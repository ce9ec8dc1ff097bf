"""待审查 as one page: a list with one of them open beside it, and what answers an act there."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from congress.shared import clock
from congress.shared.desk import framed
from congress.shared.errors import Refused
from congress.shared.http import CONFLICT, Request, row_number
from proposals.models import Proposal
from proposals.permissions.review import waits
from proposals.queries import pages
from proposals.queries import reviewing as waiting
from proposals.review_forms import (
    AcceptForm,
    LetterForm,
    RefuseForm,
    SendBackForm,
    WaitingForm,
)

PER_PAGE = 30


def asked(request: Request, query: QueryDict) -> WaitingForm:
    form = WaitingForm(query, by=request.actor)
    if not form.is_valid():
        raise BadRequest
    return form


def page(
    request: Request,
    query: QueryDict,
    *,
    status: int = 200,
    refusal: str = "",
    **forms: Form,
) -> HttpResponse:
    """The first of the list is open, or the one asked for; `forms` are of that one, as typed."""
    form = asked(request, query)
    found = waiting.waiting(form.wanted(), request.actor)
    shown = Paginator(found, PER_PAGE).get_page(query.get("page"))
    rows = list(shown.object_list)
    context = {"title": "待审查", "form": form, "page": shown, "refusal": refusal}
    context |= _list(request, query, rows) | _open(request, query, rows, forms)
    return framed(request, "proposals/to_review.html", context, status=status)


def _list(request: Request, query: QueryDict, rows: Sequence[Proposal]) -> dict[str, object]:
    """Its lines, the address that leads back to it, and where to go when it is empty."""
    address = query.copy()
    for name in ("one", "all"):
        address.pop(name, None)
    return {
        "lines": waiting.lines(rows, request.actor, clock.today()),
        "query": query,
        "list": address.urlencode(),
        "all": bool(query.get("all")),
        "to_assign": not rows and Proposal.objects.to_assign().decided_by(request.actor).exists(),
    }


def _open(
    request: Request, query: QueryDict, rows: Sequence[Proposal], forms: dict[str, Form]
) -> dict[str, object]:
    """One of them with everything to decide, and its neighbours."""
    keys = [row.pk for row in rows]
    wanted = row_number(query.get("one", ""))
    key = wanted if wanted in keys else next(iter(keys), 0)
    if not key:
        return {}
    proposal = Proposal.objects.visible_to(request.actor).with_progress().get(pk=key)
    place = keys.index(key)
    neighbours = {
        "former": keys[place - 1] if place else None,
        "following": keys[place + 1] if place + 1 < len(keys) else None,
        "place": place + 1,
    }
    today = clock.today()
    decisions = waiting.deciding(proposal, request.actor, today) | review_forms(proposal)
    typed = forms if key == wanted else {}
    return pages.dossier(proposal, request.actor, today) | decisions | neighbours | typed


def review_forms(proposal: Proposal) -> dict[str, object]:
    """Each begun with what the deputy wrote and wished."""
    return {
        "accept_form": AcceptForm(proposal=proposal),
        "send_back_form": SendBackForm(),
        "refuse_form": RefuseForm(),
        "letter_form": LetterForm(),
    }


def onward(request: Request, otherwise: str) -> HttpResponseRedirect:
    """The next one of the list the act came from; without a list, that page."""
    if "list" not in request.POST:
        return redirect(otherwise)
    following = row_number(request.POST.get("following", ""))
    chosen = f"&one={following}#one" if following else ""
    return redirect(f"{reverse('proposals:to_review')}?{request.POST['list']}{chosen}")


def again(request: Request, proposal: Proposal, status: int, **typed: object) -> HttpResponse:
    """The list as it was, this one open; or who else has decided it, and the next."""
    if not waits(proposal):
        messages.warning(request, waiting.decided_by_another(proposal))
        return onward(request, "")
    query = QueryDict(request.POST["list"], mutable=True)
    query["one"] = str(proposal.pk)
    return page(request, query, status=status, **typed)  # type: ignore[arg-type]  # forms, a refusal


def refused(request: Request, proposal: Proposal, refusal: Refused, **forms: Form) -> HttpResponse:
    """A refusal, answered in the list if that is where it was met."""
    if "list" not in request.POST:
        raise refusal
    proposal.refresh_from_db()
    return again(request, proposal, CONFLICT, refusal=refusal.reason, **forms)
