"""`make run`'s demo county: a newcomer reads what is being made, and how much of it there is."""

from datetime import time, timedelta
from io import StringIO

import pytest
from django.utils import timezone

from congress.home.demo.cast import moment
from congress.home.management.commands.seed import Command
from congress.shared.models import User
from tests import make

pytestmark = pytest.mark.django_db


def test_a_chapter_says_its_name_as_it_begins_and_what_it_made_as_it_ends():
    told = StringIO()
    make.user()
    with Command(stderr=told)._chapter("机构和账号", User):
        assert told.getvalue() == "  机构和账号……"
        make.user()
        make.user()
    assert told.getvalue() == "  机构和账号…… 账号 2（0 秒）\n"


def test_a_county_with_accounts_is_left_alone_and_nothing_is_told():
    out, told = StringIO(), StringIO()
    make.user()
    Command(stdout=out, stderr=told).handle()
    assert "库里已有账号" in out.getvalue()
    assert told.getvalue() == ""
    assert User.objects.count() == 1


def test_nothing_happens_in_the_demo_county_before_its_hour_has_come():
    """An hour that is still to come is told as this instant."""
    before, tomorrow = timezone.now(), timezone.localdate() + timedelta(days=1)
    assert before <= moment(tomorrow, 20) <= timezone.now()
    past = moment(tomorrow - timedelta(days=7), 20)
    assert timezone.localtime(past).time() == time(20)
