"""One act with its few words on a page of its own, as small screens want it."""

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render

from congress.shared.http import UNPROCESSABLE, Request
from congress.shared.roles import UNIT
from proposals.models import Proposal


def act_page(
    request: Request,
    proposal: Proposal,
    form: Form,
    *,
    act: str,
    about: str = "",
    refusal: str | None = None,
) -> HttpResponse:
    """The form, or the form again with what is wrong; `about` says what it is about."""
    context = {
        "proposal": proposal,
        "form": form,
        "act": act,
        "about": about,
        "refusal": refusal,
        "place": place(request),
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "proposals/act.html", context, status=status)


def place(request: Request) -> str:
    """Where this reader's page of one proposal is."""
    return "proposals:case" if request.actor.role in UNIT else "proposals:detail"


def back(request: Request, pk: int) -> HttpResponse:
    """To the reader's own page of this proposal."""
    return redirect(place(request), pk)
