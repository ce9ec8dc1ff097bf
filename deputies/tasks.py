"""What beat does for the register."""

from celery import shared_task

from congress.shared import clock
from deputies.actions import leaving


@shared_task
def release_convenors() -> int:
    """召集人离任: a change of term was prepared ahead, and its day has come."""
    return leaving.release_convenors(clock.today())
