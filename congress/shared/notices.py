"""The outbox: verbs write a notice, a task mails it. Writing twice is one notice."""

from collections.abc import Iterable
from datetime import datetime

from congress.shared.models import Notice, User


def write(people: Iterable[User | None], *, key: str, text: str, link: str) -> None:
    """One notice for each person under `key`; a second writing changes nothing."""
    rows = [Notice(person=user, key=key, text=text, link=link) for user in people if user]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)  # notice_once_per_person_and_key


def write_each(rows: Iterable[Notice]) -> None:
    """Many notices in one statement, each with its own words; a second writing changes nothing."""
    Notice.objects.bulk_create(rows, ignore_conflicts=True)  # notice_once_per_person_and_key


def mark_read(notice: Notice, at: datetime) -> None:
    """The notice is read since then; opening it again keeps the first moment."""
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=at)


def settle(people: Iterable[User | None], *, key: str, at: datetime) -> None:
    """What the notice asked for is done: it asks no more. A part of the verb that does it."""
    named = [user for user in people if user]
    Notice.objects.filter(person__in=named, key=key, read_at=None).update(read_at=at)


def settle_under(prefix: str, *, at: datetime, person: User | None = None) -> None:
    """All whose key begins so, of everybody or of one; end the prefix where a number ends."""
    rows = Notice.objects.filter(key__startswith=prefix, read_at=None)
    (rows.filter(person=person) if person else rows).update(read_at=at)


def settle_but(people: Iterable[User], *, under: str, at: datetime) -> None:
    """All whose key begins so, but for those whose turn it still is."""
    rows = Notice.objects.filter(key__startswith=under, read_at=None)
    rows.exclude(person__in=[*people]).update(read_at=at)


def settle_earlier(prefix: str, *, than: str, at: datetime) -> None:
    """The notices of one series but for this one, which takes their place."""
    rows = Notice.objects.filter(key__startswith=prefix, read_at=None)
    rows.exclude(key=than).update(read_at=at)


def settle_for_all(*, key: str, at: datetime) -> None:
    """The same for everybody who was asked, whoever it would be today."""
    Notice.objects.filter(key=key, read_at=None).update(read_at=at)
