"""在场: who else has this draft open. In the cache alone: gone with it, and never in the way."""

import logging

from django.core.cache import cache
from redis.exceptions import RedisError

from congress.shared.actors import Actor
from proposals.models import Assignment
from proposals.queries.people import colleagues

STAYS = 75
"""Seconds: the page tells of itself every 30."""
log = logging.getLogger(__name__)


def others_here(part: Assignment, by: Actor) -> list[str]:
    """The names of the unit's other people at this draft, and that this person is there too."""
    if by.user is None:
        return []
    names = {_key(part, person.pk): person.name for person in colleagues(part.unit)}
    try:
        cache.set(_key(part, by.user.pk), True, STAYS)
        found = cache.get_many([key for key in names if key != _key(part, by.user.pk)])
    except (RedisError, OSError):
        log.warning("The cache does not answer; nobody is shown as present.")
        return []
    return [names[key] for key in found]


def _key(part: Assignment, person: int) -> str:
    return f"draft-open:{part.pk}:{person}"
