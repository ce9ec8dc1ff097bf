"""代评线索: what came from one place is listed, asked about by telephone, and ages out."""

from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.urls import reverse

from congress.shared.models import AccountOrigin
from congress.shared.origins import note_sign_in
from congress.shared.roles import Role
from proposals import tasks
from proposals.models import RatingOrigin
from proposals.queries import proxies
from proposals.rating_states import Satisfaction, Trace
from proposals.states import State
from proposals.views.origins import traces
from tests import make
from tests.proposals import walk
from tests.scoring.facts import on

pytestmark = pytest.mark.django_db
HERE, THERE = "a" * 64, "b" * 64


def rated(**places):
    row, fair = walk.proposal(State.ANSWERED), Satisfaction.FAIR
    found = {Trace(name): [digest] for name, digest in places.items()}
    by = {"by": make.as_deputy(row.lead), "today": walk.REPLIED_ON, "origins": found}
    walk.rate(row.reply, process=fair, result=fair, **by)
    return row


def test_several_deputies_at_one_place_and_a_units_account_there_are_listed(client):
    one, two = rated(device=HERE, address=THERE), rated(device=HERE, address="c" * 64)
    rated(device="d" * 64, address="e" * 64)
    (hint,) = proxies.hints()
    names = sorted({one.lead.name, two.lead.name})
    assert (hint.alike, hint.deputies, hint.accounts) == ("同一台设备", names, [])
    clerk = walk.unit_clerk().user
    AccountOrigin.objects.create(user=clerk, digest=THERE, seen_on=walk.REPLIED_ON)
    first = proxies.hints()[0]
    assert (first.deputies, first.accounts) == ([one.lead.name], [clerk.name])
    page = reverse("proposals:rating_origins")
    for role, status in ((Role.STAFF_CLERK, 200), (Role.LEADER, 403), (Role.UNIT_HEAD, 403)):
        client.force_login(make.actor(role).user)
        seen = client.get(page)
        assert seen.status_code == status
        assert (one.number in seen.content.decode()) == (status == 200)


def test_a_proposal_that_was_rated_again_and_again_is_named_once(client):
    row = rated(device=HERE, address=THERE)
    by = {"by": make.as_deputy(row.lead), "today": walk.REPLIED_ON}
    for grade in (Satisfaction.SATISFIED, Satisfaction.FAIR):
        place = {Trace.DEVICE: [HERE]}
        walk.rate(row.reply, process=grade, result=Satisfaction.SATISFIED, origins=place, **by)
    rated(device=HERE, address="c" * 64)
    client.force_login(make.actor(Role.STAFF_CLERK).user)
    page = client.get(reverse("proposals:rating_origins")).content.decode()
    assert page.count(row.number) == 1


def test_a_units_sign_in_leaves_a_digest_once_a_day_and_a_deputys_none(client):
    people = [walk.unit_clerk().user, make.as_deputy(make.deputy()).user]
    for each in people:
        each.set_password("zhushan2026")
        each.save()
        for _ in range(2):
            client.logout()
            sent = {"username": each.username, "password": "zhushan2026"}
            assert client.post(reverse("shared:login"), sent).status_code == 302
    row = AccountOrigin.objects.get()
    assert (row.user, len(row.digest), "127.0.0.1" in row.digest) == (people[0], 64, False)


def test_what_is_old_is_gone_and_run_twice_is_once():
    rated(device=HERE)
    last = walk.REPLIED_ON + timedelta(days=180)
    with on(last):
        assert (tasks.forget_origins(), RatingOrigin.objects.count()) == (0, 1)
    with on(last + timedelta(days=1)):
        assert (tasks.forget_origins(), tasks.forget_origins()) == (1, 0)


def test_a_new_key_hides_no_place_as_long_as_the_old_one_is_kept(client, settings):
    """Rated under the old key, under both, and under the new one when the old has gone."""
    page, fair = reverse("proposals:rating_origins"), Satisfaction.FAIR
    clerk = walk.unit_clerk().user
    request = RequestFactory().get("/")
    request.META["REMOTE_ADDR"] = "10.1.2.3"
    keys, found = {1: b"a" * 16, 2: b"b" * 16}, []
    for each in ({1: keys[1]}, keys, {2: keys[2]}):
        settings.RATING_KEYS = each
        row = walk.proposal(State.ANSWERED)
        by = {"by": make.as_deputy(row.lead), "today": walk.REPLIED_ON}
        walk.rate(row.reply, process=fair, result=fair, origins=traces(request), **by)
        if each == keys:
            note_sign_in(request, clerk, walk.REPLIED_ON)
        found.append(row)
    (hint,) = proxies.hints()
    assert hint.deputies == sorted({each.lead.name for each in found})
    assert (len(hint.ratings), hint.accounts) == (3, [clerk.name])
    client.force_login(make.actor(Role.STAFF_CLERK).user)
    shown = client.get(page).content.decode()
    assert [shown.count(each.number) for each in found] == [1, 1, 1]
