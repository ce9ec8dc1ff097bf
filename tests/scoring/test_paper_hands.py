"""经手人: whoever received the deputy's paper has had a hand in the line."""

import pytest

from deputies.actions import duties, on_behalf
from scoring.actions import posting
from scoring.models import Entry
from scoring.permissions.appeals import makers
from tests import make
from tests.deputies.test_on_paper import PAPER, TODAY, entered
from tests.scoring import facts


@pytest.mark.django_db
def test_whoever_received_the_paper_is_named_among_the_makers_of_the_line():
    facts.book()
    receiver = make.actor()
    with facts.on(TODAY):
        record = on_behalf.confirm_on_paper(entered(), **PAPER, by=receiver)
        checked = duties.check(record, by=make.actor())
        posting.verify_and_post(checked, by=make.director())
    assert makers(Entry.objects.get())[receiver.user.pk] == "收纸面确认"
