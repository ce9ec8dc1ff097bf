"""`make run`'s demo county: a newcomer reads what is being made, and how much of it there is."""

from io import StringIO

import pytest

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
