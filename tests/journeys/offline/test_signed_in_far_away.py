"""没有网络也能签到: the screen's code is read without a line, kept with its moment, sent once."""

from datetime import timedelta

import pytest

from congress.shared import clock
from stations.models import CheckIn, CheckInWay
from tests.journeys.offline.far_away import at_home
from tests.stations.arrival_walk import code, held

pytestmark = pytest.mark.django_db(transaction=True)


def test_signed_in_without_a_line_and_sent_once(phone, line, person, moment):
    found = held(deputies=[person])
    at_home(phone, person)
    line.cut()

    seen_at = clock.now()
    phone.goes_to(f"/stations/arrive/#{found.activity.pk}.{code(found.activity)}")
    phone.reads("扫到了会场的签到码")
    assert "#" not in phone.page.url, "the code stays in no history"
    phone.presses("签到")
    phone.reads("等网络")
    assert phone.sees_no_sideways_scroll()
    assert not CheckIn.objects.exists()

    phone.goes_to("/")
    line.mend()
    phone.presses("再试")
    phone.page.wait_for_function("() => !localStorage.getItem('check-ins')")
    row = CheckIn.objects.get()
    assert (row.deputy, row.way) == (person, CheckInWay.CODE)
    assert abs(row.at - seen_at) < timedelta(seconds=20)
    phone.goes_to("/stations/arrive/")
    phone.reads("已签到")
