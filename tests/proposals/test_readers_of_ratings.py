"""谁读得到评价: its author and 代工委; a special committee's people work on without it."""

import pytest
from django.urls import get_resolver, reverse

from congress.shared.errors import Refused
from congress.shared.models.places import OrganisationKind
from congress.shared.roles import STAFF, Role
from proposals.actions import rehandling, releasing
from proposals.models import FulfilmentRating, Rating
from proposals.states import State
from proposals.views import convening as meeting_views
from proposals.views import rehandling as order_views
from tests import make
from tests.proposals import verbs_rated as facts
from tests.proposals import walk
from tests.scoring.facts import on

pytestmark = pytest.mark.django_db
VIEWS = {order_views.__name__, meeting_views.__name__}
WORDS = "单位一次也没来"


def committee():
    return make.organisation(OrganisationKind.SPECIAL, "农业与农村委员会")


def with_a_row():
    """The views of re-handling that open one order or one meeting, by the names of their URLs."""
    names = {
        each.name
        for each in get_resolver("proposals.desk_urls").url_patterns
        if each.callback.__module__ in VIEWS and each.pattern.converters
    }
    assert {"convene", "record_convening"} <= names
    return sorted(names)


def test_every_view_of_one_re_handling_is_closed_to_the_clerks_of_another_congress(client):
    met = facts.convened()
    pages = [
        reverse(f"proposals:{name}", args=[row.pk])
        for name in with_a_row()
        for row in {met.pk: met, met.rehandling_id: met.rehandling}.values()
    ]
    sent = {"reply": [met.rehandling.reply_id, met.rehandling.answer_id]}
    for at in (None, make.far_office()):
        client.force_login(make.actor(Role.TOWNSHIP_CLERK, at=at).user)
        found = {client.get(page).status_code for page in pages}
        assert found | {client.post(page).status_code for page in pages} <= {404, 405}
        refused = client.post(reverse("proposals:order_rehandling"), sent).content.decode()
        assert met.assignment.proposal.number not in refused
    client.force_login(make.actor().user)
    assert client.get(reverse("proposals:convene", args=[met.rehandling_id])).status_code == 200


@pytest.mark.parametrize("role", sorted(STAFF))
def test_the_staff_of_a_special_committee_read_no_rating_and_order_and_release_nothing(
    client, role
):
    row = walk.proposal(State.ANSWERED)
    by, bad = make.as_deputy(row.lead), facts.Satisfaction.UNSATISFIED
    walk.rate(row.reply, words=WORDS, process=bad, result=bad, by=by, today=walk.REPLIED_ON)
    walk.released(row)
    other, own = make.actor(role, at=committee()), make.actor(role)
    assert [Rating.objects.visible_to(each).count() for each in (other, own)] == [0, 1]
    assert not FulfilmentRating.objects.visible_to(other)
    for who, reads in ((other, False), (own, True)):
        client.force_login(who.user)
        with on(facts.AFTER):
            dossier = client.get(reverse("proposals:dossier", args=[row.pk])).content.decode()
            listed = client.get(reverse("proposals:rehandlings")).content.decode()
            origins = client.get(reverse("proposals:rating_origins")).status_code
        assert (WORDS in dossier, "结果不满意" in listed, origins == 200) == (reads,) * 3
    with pytest.raises(Refused, match="只有代工委可以要求重新办理"):
        rehandling.order_rehandling([(row.reply, facts.ORDER)], by=other, today=facts.AFTER)
    with pytest.raises(Refused, match="只有代工委主任可以公布"):
        releasing.release_ratings(row.session.term.assembly, year=2026, by=other, today=facts.AFTER)
