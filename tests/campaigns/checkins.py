"""A hall of N deputies signing in at once, with and without a line: none lost, none doubled.

Over HTTP, from eight threads. A phone sends once or up to four times under one number; a third had
no line and sends what it saw minutes ago; some sign in once more under another number, some are
noted by the organiser at the same moment, some send a wrong figure first. `tried` counts requests,
`broken` whatever is not as the phones have it, and a minute that was too short.
"""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from congress.shared import clock
from congress.shared.models import AuditEvent
from stations.models import CheckIn, CheckInWay, WrongCode
from tests.campaigns.scratch import scratch
from tests.stations.arrival_walk import code, held

THREADS = 8
A_MINUTE = 60
SLACK = timedelta(seconds=100)
"""All is made ready before the first is sent, and an age counts from the sending."""


class Phone:
    """One deputy's: what it will send, in order, and when its owner stood in the hall."""

    def __init__(self, found: Any, number: int, chance: Random) -> None:
        deputy = found.deputies[number]
        self.client, self.deputy = Client(), deputy.pk
        self.client.force_login(deputy.user)
        self.age = chance.randrange(60, 1500) if chance.random() < 0.35 else 0
        self.seen_at: datetime = clock.now() - timedelta(seconds=self.age)
        good = code(found.activity, timedelta(seconds=self.age))
        said = {"account": deputy.user_id, "device": f"{number}", "age": self.age, "code": good}
        token = {"token": str(UUID(int=chance.getrandbits(128)))}
        other = {"token": str(UUID(int=chance.getrandbits(128)))}
        self.requests = [said | token] * chance.randint(1, 4)
        if chance.random() < 0.2:
            self.requests.append(said | other)
        self.wrong = chance.random() < 0.1
        if self.wrong:
            figures = f"{(int(good) + 500_000) % 1_000_000:06d}"
            self.requests.insert(0, said | other | {"code": figures})
        self.by_hand = chance.random() < 0.15


def _hand(found: Any, phone: Phone, chance: Random) -> dict[str, Any]:
    token = str(UUID(int=chance.getrandbits(128)))
    said = {"account": found.clerk.user.pk, "at": found.activity.pk, "person": phone.deputy}
    return {**said, "why": "手机没电", "token": token, "age": 0}


def run(number: int, seed: int) -> dict[str, Any]:
    """One hall of so many; the report says how long all of it took."""
    with scratch():
        return _hall(number, Random(seed), seed)  # noqa: S311  # the same histories from one seed


def _hall(number: int, chance: Random, seed: int) -> dict[str, Any]:
    found = held(number, begun=timedelta(minutes=30))
    phones = [Phone(found, each, chance) for each in range(number)]
    clerk, address = Client(), reverse("stations:check_ins_kept")
    clerk.force_login(found.clerk.user)
    work = [(phone.client, said) for phone in phones for said in phone.requests]
    work += [(clerk, _hand(found, phone, chance)) for phone in phones if phone.by_hand]
    chance.shuffle(work)

    def sends(share: list[tuple[Client, dict[str, Any]]]) -> Counter[int]:
        try:
            return Counter(client.post(address, said).status_code for client, said in share)
        finally:
            connection.close()

    began = time.monotonic()
    with ThreadPoolExecutor(THREADS) as pool:
        shares = [work[start::THREADS] for start in range(THREADS)]
        answers = sum(pool.map(sends, shares), Counter[int]())
    took = time.monotonic() - began
    broken = _broken(found, phones, answers)
    if number <= 300 and took > A_MINUTE:
        broken.append(f"{took:.0f} s for {number} deputies")
    connections.close_all()
    report = {"campaign": "checkins", "seed": seed, "deputies": number, "tried": len(work)}
    return report | {"seconds": round(took, 1), "broken": len(broken), "what": broken[:10]}


def _broken(found: Any, phones: list[Phone], answers: Counter[int]) -> list[str]:
    """Whatever is not as the phones have it."""
    rows = list(CheckIn.objects.filter(activity=found.activity))
    kept = Counter(row.deputy_id for row in rows)
    counts = [(phone.deputy, kept[phone.deputy]) for phone in phones]
    wrong = [f"{deputy}: {count} rows" for deputy, count in counts if count != 1]
    by_deputy = {phone.deputy: phone for phone in phones}
    for row in rows:
        phone = by_deputy[row.deputy_id]
        if row.way == CheckInWay.CODE and abs(row.at - phone.seen_at) > SLACK:
            wrong.append(f"{row.deputy_id}: at {row.at}, seen {phone.seen_at}")
        if row.way == CheckInWay.HAND and not phone.by_hand:
            wrong.append(f"{row.deputy_id}: by a hand that there was not")
    lines = AuditEvent.objects.filter(subject=CheckIn._meta.label).values_list("subject_id")
    if sorted(lines) != sorted((row.pk,) for row in rows):
        wrong.append("the trail has other lines than there are rows")
    misses = sum(phone.wrong for phone in phones)
    if WrongCode.objects.count() != misses or answers[409] != misses:
        wrong.append(f"{misses} wrong codes, {WrongCode.objects.count()} counted, {answers}")
    if set(answers) - {200, 409}:
        wrong.append(f"answers: {dict(answers)}")
    return wrong
