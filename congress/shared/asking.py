"""The page of one verb: the form, the refusal beside its field, then where it leads."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from congress.shared.desk import framed
from congress.shared.errors import REFUSED, Refused
from congress.shared.http import CONFLICT, UNPROCESSABLE

Act = Callable[[], tuple[str, str]]
"""Does the verb; answers with the sentence to say and the address to go to."""


def refused_in(form: forms.BaseForm, field: str | None, no: Refused) -> None:
    """The refusal stands beside its field, and makes the answer a 409."""
    form.add_error(field, ValidationError(no.reason, code=REFUSED))


def status_of(form: forms.BaseForm) -> int:
    """422 says that the form is wrong; 409, here as everywhere, that things do not stand so."""
    if any(one.code == REFUSED for errors in form.errors.as_data().values() for one in errors):
        return CONFLICT
    return UNPROCESSABLE if form.errors else 200


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
    """A valid form does the verb and leads on; everything else shows the form, nothing lost."""
    if form.is_valid():
        try:
            said, to = act()
            messages.success(request, said)
            return redirect(to)
        except Refused as no:
            refused_in(form, field, no)
    page, status = {"form": form, **context}, status_of(form)
    if desk:
        return framed(request, template, page, status=status)
    return render(request, template, page, status=status)
