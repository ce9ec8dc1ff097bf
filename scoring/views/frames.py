"""The same page in the admin's frame for the desk, in our own for everybody else."""

from collections.abc import Callable, Mapping

from django import forms
from django.http import HttpResponse
from django.shortcuts import render

from congress.shared.asking import asked
from congress.shared.desk import framed
from congress.shared.http import Request

FRAME = "scoring/frame.html"


def shown(
    request: Request, template: str, context: Mapping[str, object], *, status: int = 200
) -> HttpResponse:
    """A page that `extends frame`."""
    if request.actor.at_the_desk:
        return framed(request, template, context, status=status)
    return render(request, template, {**context, "frame": FRAME}, status=status)


def ask(
    request: Request,
    form: forms.Form,
    act: Callable[[], tuple[str, str]],
    *,
    field: str | None = None,
    template: str = "scoring/sheet_ask.html",
    **words: object,
) -> HttpResponse:
    """The page of one verb; `words` are its title, label, way back and refusal."""
    desk = request.actor.at_the_desk
    frame = {} if desk else {"frame": FRAME}
    return asked(
        request, form, act, template=template, field=field, desk=desk, **{**words, **frame}
    )
