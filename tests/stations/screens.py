"""The address of a station's screen, opened by the real verb."""

from django.urls import reverse

from congress.shared.actors import Actor
from stations.actions import screens
from tests import make


def address(station, by: Actor | None = None) -> str:
    """Where the station's screen is; asking again ends the one before."""
    return reverse("home:wall", args=[screens.renew_screen(station, by=by or make.actor())])
