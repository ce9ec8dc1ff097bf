"""What beat does for the register."""

from celery import shared_task

from congress.shared import clock
from deputies.actions import keeping, leaving, messages


@shared_task
def release_convenors() -> int:
    """召集人离任: a change of term was prepared ahead, and its day has come."""
    return leaving.release_convenors(clock.today())


@shared_task
def purge_contacts() -> int:
    """到期删除: what could lead to a voter goes when it is no longer needed."""
    return messages.purge_contacts(clock.today())


@shared_task
def purge_rows() -> int:
    """到期删除: of imports that cannot be taken back any more the cells go."""
    return keeping.purge_rows(clock.now())
