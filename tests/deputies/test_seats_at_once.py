"""代表资格 changed by two hands at one moment: the person and the term are locked, not the seat."""

import pytest

from congress.shared.models import Post
from deputies.models import Announcement, Deputy, Membership
from tests import make
from tests.deputies import seats as made
from tests.race import at_once

pytestmark = pytest.mark.django_db(transaction=True)
DAY = made.DAY


@pytest.mark.parametrize("name", ["terminated", "resigned"])
def test_of_two_seats_ended_at_once_the_later_ends_group_and_rights(name):
    deputy = make.deputy(levels=("county", "township"))
    make.as_deputy(deputy)
    rows, by = iter(deputy.mandates.all()), make.actor()
    assert at_once(2, lambda: getattr(made, name)(next(rows), by=by)) == ["done", "done"]
    assert not Deputy.objects.sitting(DAY).exists()
    assert not Membership.objects.running(DAY).exists()
    assert not Post.objects.of(deputy.user).in_force(DAY).exists()


def test_a_paper_made_while_a_seat_ends_counts_what_it_tells():
    people, by = [make.deputy() for _ in range(3)], make.actor()
    made.terminated(people[0].mandates.get())
    term, seat = made.term(), people[1].mandates.get()
    deeds = iter((lambda: made.announced(term, by=by), lambda: made.terminated(seat, by=by)))
    assert at_once(2, lambda: next(deeds)()) == ["done", "done"]
    paper = Announcement.objects.get()
    assert (paper.before, paper.after) == (3, 3 - paper.changes.count())
