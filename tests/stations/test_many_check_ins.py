"""签到 in a crowd: over HTTP, from many phones at one moment, each sending twice and more."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from stations.actions import checkins
from stations.actions.checkins import Sent
from stations.models import CheckIn, CheckInWay
from tests import make
from tests.race import at_once
from tests.stations.arrival_walk import code, held

pytestmark = pytest.mark.django_db(transaction=True)
PHONES = 6


def test_many_phones_at_one_moment_lose_none_and_double_none():
    found = held(3 * PHONES)
    address, sees = reverse("stations:check_ins_kept"), code(found.activity)
    phones = []
    for number, deputy in enumerate(found.deputies):
        phone = Client()
        phone.force_login(deputy.user)
        said = {"account": deputy.user_id, "token": str(uuid4()), "age": 20 * (number % 2)}
        phones.append((phone, {**said, "code": sees, "device": f"phone {number}"}))
    together = Barrier(PHONES)

    def sends(mine):
        try:
            together.wait(timeout=10)
            return [phone.post(address, said) for phone, said in mine for _ in range(2)]
        finally:
            connection.close()

    shares = [phones[start::PHONES] for start in range(PHONES)]
    with ThreadPoolExecutor(PHONES) as pool:
        answers = [answer for share in pool.map(sends, shares) for answer in share]
    assert {answer.status_code for answer in answers} == {200}
    assert all("已签到" in json.loads(answer.content)["arrived"] for answer in answers)
    kept = CheckIn.objects.filter(activity=found.activity)
    assert sorted(kept.values_list("deputy", flat=True)) == [one.pk for one in found.deputies]
    _one_phone_and_one_hand_at_once(held(2, title="开座谈会"))


def _one_phone_and_one_hand_at_once(found):
    """Each verb, several times at one moment, under another number each time: one row."""
    deputy, other = found.deputies
    said = {"code": code(found.activity), "by": make.as_deputy(deputy)}
    assert at_once(3, lambda: checkins.arrive(deputy, sent=Sent(uuid4()), **said)) == ["done"] * 3
    hand = {"activity": found.activity, "way": CheckInWay.HAND, "reason": "没带手机"}
    hand["by"] = found.clerk
    done = at_once(3, lambda: checkins.note_arrival(other, sent=Sent(uuid4()), **hand))
    assert (done, found.activity.check_ins.count()) == (["done"] * 3, 2)
