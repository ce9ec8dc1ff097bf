"""The page of one verb: the form, the refusal beside its field, then where it leads."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from congress.shared.desk import framed
from congress.shared.errors import Refused
from congress.shared.http import CONFLICT, UNPROCESSABLE

Act = Callable[[], tuple[str, str]]
"""Does the verb; answers with the sentence to say and the address to go to."""


def asked(  # what a page of one verb is made of
    request: HttpRequest,
    form: forms.Form,
    act: Act,
    *,
    template: str,
    field: str | None = None,
    desk: bool = True,
    **context: object,
) -> HttpResponse:
    """A valid form does the verb and leads on; everything else shows the form, nothing lost.

    422 says that the form is wrong; 409, here as everywhere, that things do not stand so.
    """
    refused = False
    if form.is_valid():
        try:
            said, to = act()
            messages.success(request, said)
            return redirect(to)
        except Refused as no:
            form.add_error(field, no.reason)
            refused = True
    wrong = UNPROCESSABLE if form.errors else 200
    page, status = {"form": form, **context}, CONFLICT if refused else wrong
    if desk:
        return framed(request, template, page, status=status)
    return render(request, template, page, status=status)
