"""积分超市 of a station: in the admin's frame for the desk, in our own for everybody else."""

from collections.abc import Callable, Mapping

from django import forms
from django.http import HttpResponse
from django.shortcuts import render

from congress.shared.asking import asked
from congress.shared.desk import framed
from congress.shared.http import Request

FRAME = "scoring/shop_frame.html"
ASK = "scoring/shop_ask.html"


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
    template: str = ASK,
    field: str | None = None,
    **words: object,
) -> HttpResponse:
    """The page of one verb; `words` are its title, label, way back, lead and refusal."""
    desk = request.actor.at_the_desk
    frame = {} if desk else {"frame": FRAME}
    context = {**words, **frame}
    return asked(request, form, act, template=template, field=field, desk=desk, **context)
