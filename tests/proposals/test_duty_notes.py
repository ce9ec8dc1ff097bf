"""履职记录的内容: who may read a duty record alone reads no title that is withheld from them."""

import pytest
from django.urls import reverse

from congress.shared import clock
from congress.shared.models.places import OrganisationKind
from congress.shared.roles import Role
from deputies.models import DutyRecord
from proposals import tasks
from proposals.actions import publication, review
from proposals.models import Proposal
from proposals.rating_states import Satisfaction
from proposals.states import State
from tests import make
from tests.proposals import walk
from tests.proposals.test_tasks import at_eight

pytestmark = pytest.mark.django_db
LATER = walk.RATE_UNTIL.replace(year=2027)


def accepted(withheld=""):
    """Led by one, signed by another."""
    row = walk.submitted()
    walk.signed(row)
    return review.accept(row, withheld_reason=withheld, by=make.actor(), today=walk.ACCEPTED_ON)


def withheld(row):
    return publication.withhold(row, reason="涉及未成年人", whole=True, by=make.actor())


def rated(row):
    """Answered, rated, and its window over."""
    fair = Satisfaction.FAIR
    by = make.as_deputy(row.lead)
    walk.rate(row.reply, process=fair, result=fair, by=by, today=walk.REPLIED_ON)
    walk.released(row)
    with at_eight(LATER):
        assert tasks.report_ratings() == 1


def notes():
    return sorted(DutyRecord.objects.values_list("note", flat=True))


def test_what_is_open_says_number_and_title():
    row = accepted()
    assert notes() == [f"{row.number} {row.title}"] * 2


def test_what_is_withheld_from_the_first_says_its_number_alone():
    row = accepted(withheld="涉及未成年人")
    assert notes() == [row.number] * 2


def test_what_is_withheld_later_says_its_number_alone_and_all_again_once_opened():
    row = walk.proposal(State.ANSWERED)
    rated(row)
    withheld(row)
    assert notes() == [row.number] * 2
    publication.lift_withholding(row, reason="家长同意公开", by=make.actor())
    assert notes() == [f"{row.number} {row.title}"] * 2


def test_what_was_verified_before_says_its_number_alone_too():
    row = accepted()
    DutyRecord.objects.update(state="checked", checked_by=make.user(), checked_at=clock.now())
    DutyRecord.objects.update(state="verified", verified_by=make.user(), verified_at=clock.now())
    withheld(row)
    assert notes() == [row.number] * 2


def test_a_rating_of_what_is_withheld_is_noted_by_its_number():
    row = walk.proposal(State.ANSWERED, withheld="涉及未成年人")
    rated(row)
    assert notes() == [row.number] * 2


def test_a_reply_alone_withheld_hides_no_title():
    row = walk.proposal(State.ANSWERED)
    publication.withhold(row, reason="有商业秘密", whole=False, by=make.actor())
    assert notes() == [f"{row.number} {row.title}"]


def test_the_township_of_a_deputy_reads_no_withheld_title_on_the_record(client):
    row = review.accept(walk.submitted(), by=make.actor(), today=walk.ACCEPTED_ON)
    office = make.organisation(OrganisationKind.TOWNSHIP)
    client.force_login(make.actor(Role.TOWNSHIP_CLERK, at=office).user)
    page = reverse("deputies:record", args=[DutyRecord.objects.get().pk])
    assert row.title in client.get(page).content.decode()
    withheld(Proposal.objects.get(pk=row.pk))
    said = client.get(page).content.decode()
    assert row.number in said
    assert row.title not in said
