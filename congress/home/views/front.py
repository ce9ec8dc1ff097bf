"""The first screen of each role: the work that waits, never a menu."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from congress.home.queries import deputy, leader, office, organiser
from congress.home.views import public
from congress.shared import clock
from congress.shared.http import Request, keep_on_phone
from congress.shared.middleware import acting
from congress.shared.roles import UNIT, Role

ORGANISING = {
    Role.TOWNSHIP_CLERK: "home/township.html",
    Role.CONVENOR: "home/convenor.html",
    Role.KEEPER: "home/keeper.html",
}


@login_not_required
@require_safe
def front(request: Request) -> HttpResponse:
    """Everybody's address: strangers see the county, each post its own desk."""
    actor = request.actor
    if actor.user is None:
        return public.landing(request)
    if actor.role is None:
        resting = deputy.resting(actor, clock.today())
        return render(request, "home/no_post.html", {"resting": resting})
    if actor.is_a(Role.LEADER):
        return render(request, "home/leader.html", {"desk": leader.desk(actor, clock.today())})
    if actor.at_the_desk:
        return redirect("admin:index")
    if actor.role in UNIT:
        return redirect("proposals:unit_desk")
    if actor.role in ORGANISING:
        desk = organiser.desk(actor, clock.today())
        return render(request, ORGANISING[actor.role], {"desk": desk})
    own = deputy.desk(actor, clock.today())
    if own is None:
        return render(request, "home/no_post.html")
    return keep_on_phone(render(request, "home/deputy.html", {"desk": own}), request)


def dashboard(request: HttpRequest, context: dict[str, object]) -> dict[str, object]:
    """Unfold's callback: the workbench opens on the queue of waiting work."""
    return context | {"desk": office.desk(acting(request), clock.today())}
