"""关注: asked for, confirmed by letter, ended by one click, and told once a day.

Nobody is asked who they are, so these verbs say not who did them, and the trail has no row of them:
an address that is to go must leave nothing behind (docs/decisions).
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from congress.shared import clock
from congress.shared.models import Area, Organisation
from congress.shared.workflow import in_turn, lock, refuse_if
from proposals.models import Proposal, Watch, WatchAsk, Watcher
from proposals.permissions.watching import (
    Subject,
    letters_enough,
    why_not_confirm_watch,
    why_not_watch,
)
from proposals.rules import WATCH_CONFIRM_DAYS, WATCH_KEEP_DAYS

CLAIM_LASTS = timedelta(minutes=15)
"""A worker that died after claiming leaves the row: it waits again."""
PATIENCE = timedelta(minutes=10)
"""Whoever asks again sooner than this gets no second letter: the first is on its way."""


@transaction.atomic
def watch(subject: Subject, *, address: str, origin: str, today: date) -> None:
    """要求关注: a letter to the address will ask back; the answer is the same for every address.

    Whether the address was known, follows this already or has had letters enough shows nowhere.
    """
    address, now = address.lower(), clock.now()
    to = salted_hmac("proposals.watch", f"{today:%Y-%m-%d} {address}").hexdigest()
    in_turn(f"watch from {origin}")
    in_turn(f"watch to {to}")
    refuse_if(why_not_watch(subject, origin, now=now, today=today))
    enough = letters_enough(to, today=today)
    WatchAsk.objects.create(origin=origin, to=to, asked_at=now)
    if enough:
        return
    watcher, _ = Watcher.objects.get_or_create(address=address)
    of = _of(subject)
    found, new = watcher.watches.get_or_create(**of, defaults={"asked_at": now})
    if not new and found.confirmed_at is None and found.asked_at < now - PATIENCE:
        watcher.watches.filter(pk=found.pk).update(asked_at=now, claimed_at=None, letter_at=None)


def _of(subject: Subject) -> dict[str, Proposal | Organisation | Area | None]:
    return {
        "proposal": subject if isinstance(subject, Proposal) else None,
        "unit": subject if isinstance(subject, Organisation) else None,
        "area": subject if isinstance(subject, Area) else None,
    }


@transaction.atomic
def confirm_watch(asked: Watch, *, today: date) -> Watch:
    """确认关注: from now on there is news for the address; a second click changes nothing."""
    asked = lock(asked)
    refuse_if(why_not_confirm_watch(asked, now=clock.now(), today=today))
    if asked.confirmed_at is None:
        asked.confirmed_at = clock.now()
        asked.save(update_fields=["confirmed_at"])
    return asked


@transaction.atomic
def unwatch(watches: Iterable[Watch]) -> None:
    """不再关注: these rows are gone, and the address with the last of them. Twice is once."""
    numbers = {each.pk for each in watches}
    watchers = Watcher.objects.filter(watches__in=numbers).values_list("pk", flat=True)
    locked = Watcher.objects.filter(pk__in=list(watchers)).order_by("pk").select_for_update()
    kept = [each.pk for each in locked]
    Watch.objects.filter(pk__in=numbers).delete()
    Watcher.objects.filter(pk__in=kept).without_watch().delete()


@transaction.atomic
def purge_watches(today: date) -> int:
    """到期删除: what nobody confirmed, what is two years old, addresses that follow nothing.

    The last letter says so on the day; a day later they go, whether a mail server is set up or not.
    """
    kept = clock.now() - timedelta(days=WATCH_KEEP_DAYS.on(today) + 1)
    over = Watch.objects.filter(confirmed_at__lt=kept)
    gone = over.count()
    unwatch(over)
    before = clock.now() - timedelta(days=WATCH_CONFIRM_DAYS.on(today))
    old = Watch.objects.unconfirmed_since(before)
    found = old.count()
    old.delete()
    Watcher.objects.without_watch().delete()
    WatchAsk.objects.filter(asked_at__date__lt=today).delete()
    return found + gone


def claim_letter(asked: Watch, now: datetime) -> bool:
    """Of two workers one writes the letter that asks back."""
    rows = Watch.objects.to_confirm().unclaimed(now - CLAIM_LASTS).filter(pk=asked.pk)
    return bool(rows.update(claimed_at=now))


def letter_sent(asked: Watch) -> None:
    """确认信 has gone out."""
    Watch.objects.filter(pk=asked.pk).update(letter_at=clock.now(), claimed_at=None)


def claim_digest(watcher: Watcher, now: datetime, today: date) -> bool:
    """Of two workers one looks after this address today."""
    rows = Watcher.objects.due(today, claims_end=now - CLAIM_LASTS).filter(pk=watcher.pk)
    return bool(rows.update(claimed_at=now))


@transaction.atomic
def digest_told(watcher: Watcher, *, until: datetime, today: date, ended: Iterable[Watch]) -> None:
    """今天已告知: no second letter today, news begins after `until`, and what has ended is gone."""
    facts = {"told_on": today, "told_until": until, "claimed_at": None}
    Watcher.objects.filter(pk=watcher.pk).update(**facts)
    unwatch(ended)
