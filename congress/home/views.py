"""The first screen of each role: the work that waits, never a menu."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from congress.shared.http import Request


@login_not_required
@require_GET
def front(request: Request) -> HttpResponse:
    return render(request, "home/public.html")
