"""确认导入: the roster with its homes, stations and postings; and the real one, counted."""

from collections import Counter

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.shared.errors import Refused
from congress.shared.models import Area, Assembly, AuditEvent, Organisation
from congress.shared.roles import STAFF, Role
from deputies.actions import roster
from deputies.models import Delegation, Deputy, DeputyGroup, Mandate
from deputies.states import ImportState
from stations.actions import places
from stations.models import Posting, Station
from tests import make
from tests.deputies import sheet
from tests.race import at_once


def bring_in(rows, *, today=sheet.TODAY):
    clerk = make.actor()
    return places.apply_roster(sheet.upload(rows, by=clerk), by=clerk, today=today)


@pytest.mark.django_db
def test_apply_roster_makes_homes_stations_and_postings_and_leaves_a_trail():
    batch = bring_in([sheet.row(), sheet.row(联络站="柳河镇第二代表联络站")])

    assert list(Station.objects.values_list("kind", "name", "area__name", "position")) == [
        ("home", "柳河镇代表之家", "柳河镇", 0),
        ("station", "柳河镇第一代表联络站", "柳河镇", 1),
        ("station", "柳河镇第二代表联络站", "柳河镇", 2),
    ]
    assert Station.objects.stations().first().group == DeputyGroup.objects.get()
    assert set(Posting.objects.values_list("from_on", "to_on")) == {(sheet.ELECTED_ON, None)}
    events = AuditEvent.objects.filter(subject="deputies.RosterImport", subject_id=batch.pk)
    assert list(events.values_list("now", flat=True)) == ["previewed", "applied", "placed"]


@pytest.mark.django_db
@pytest.mark.parametrize("role", sorted(set(Role) - STAFF))
def test_apply_roster_is_refused_to_every_other_role(role):
    batch = sheet.upload([sheet.row()])

    with pytest.raises(Refused, match="只有代工委"):
        places.apply_roster(batch, by=make.actor(role), today=sheet.TODAY)
    assert not Station.objects.exists()


@pytest.mark.django_db
def test_apply_roster_is_refused_once_applied_or_dropped():
    with pytest.raises(Refused, match="已导入"):
        places.apply_roster(bring_in([sheet.row()]), by=make.actor(), today=sheet.TODAY)
    dropped = roster.drop(sheet.upload([sheet.row()]), by=make.actor())
    with pytest.raises(Refused, match="已放弃"):
        places.apply_roster(dropped, by=make.actor(), today=sheet.TODAY)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_apply_the_roster_once():
    batch = sheet.upload([sheet.row(), sheet.row()])

    outcomes = at_once(3, places.apply_roster, batch, by=make.actor(), today=sheet.TODAY)

    assert outcomes == ["done", "refused", "refused"]
    assert (Deputy.objects.count(), Posting.objects.count(), Station.objects.count()) == (2, 2, 2)


@pytest.mark.django_db
def test_a_second_posting_of_one_deputy_is_refused_by_the_database():
    bring_in([sheet.row()])
    home = Station.objects.homes().get()

    with pytest.raises(IntegrityError, match="posting_one_station"), transaction.atomic():
        Posting.objects.create(deputy=Deputy.objects.get(), station=home, from_on=sheet.TODAY)


@pytest.mark.django_db
def test_who_changes_the_station_leaves_the_old_one_today():
    one = sheet.row()
    bring_in([one])

    bring_in([one | {"联络站": "柳河镇第二代表联络站"}])

    old, new = Posting.objects.order_by("from_on")
    assert (old.station.position, old.to_on) == (1, sheet.TODAY)
    assert (new.station.position, new.from_on, new.to_on) == (2, sheet.TODAY, None)


@pytest.mark.django_db
def test_a_station_put_right_on_the_same_day_leaves_no_spell_of_no_days():
    one = sheet.row()
    bring_in([one])
    for name in ("柳河镇第二代表联络站", "柳河镇第三代表联络站"):
        bring_in([one | {"联络站": name}])

    spells = Posting.objects.order_by("from_on").values_list("station__position", "to_on")
    assert list(spells) == [(1, sheet.TODAY), (3, None)]


@pytest.mark.django_db
def test_a_deputy_without_a_station_is_taken_in_all_the_same():
    bring_in([sheet.row(联络站="")])

    assert (Deputy.objects.count(), Posting.objects.count()) == (1, 0)


@pytest.mark.django_db
def test_a_fault_half_way_leaves_nothing_behind(as_owner):
    batch = sheet.upload([sheet.row()])
    as_owner.execute("ALTER TABLE stations_posting ADD CONSTRAINT nobody CHECK (false)")

    with pytest.raises(IntegrityError, match="nobody"), transaction.atomic():
        places.apply_roster(batch, by=make.actor(), today=sheet.TODAY)

    batch.refresh_from_db()
    assert (batch.state, Deputy.objects.count()) == (ImportState.PREVIEWED, 0)


def listed(desk, address):
    with CaptureQueriesContext(connection) as queries:
        text = desk.get(address).content.decode()
    return text, len(queries)


@pytest.mark.django_db
def test_postings_have_a_list_of_their_own_at_a_fixed_price(client):
    client.force_login(make.actor().user)
    address = reverse("admin:stations_posting_changelist")
    bring_in([sheet.row()])
    station = Station.objects.stations().get()
    client.get(address)
    text, one = listed(client, f"{address}?station__id__exact={station.pk}")
    assert Deputy.objects.get().name in text
    bring_in([sheet.row(), sheet.row()])
    assert listed(client, f"{address}?station__id__exact={station.pk}")[1] == one
    name = Deputy.objects.first().name
    assert name in listed(client, f"{address}?q={name}")[0]


def upload_the_county():
    content = (settings.BASE_DIR / "demo" / "roster.xlsx").read_bytes()
    return roster.upload(
        content, file_name="roster.xlsx", elected_on=sheet.ELECTED_ON, by=make.actor()
    )


@pytest.mark.django_db
def test_the_county_comes_in_whole_and_again_without_a_change():
    batch = upload_the_county()
    assert Counter(sheet.verdicts(batch)) == {"new": 1323}
    places.apply_roster(batch, by=make.actor(), today=sheet.TODAY)
    assert Area.objects.townships(batch.county).count() == 17
    assert Organisation.objects.townships().count() == 17
    assert DeputyGroup.objects.count() == 72
    assert (Station.objects.stations().count(), Station.objects.homes().count()) == (72, 17)
    assert (Deputy.objects.count(), Posting.objects.count()) == (1307, 1307)
    assert Counter(Mandate.objects.values_list("term__assembly__level__code", flat=True)) == {
        "township": 1079,
        "county": 228,
        "city": 14,
        "province": 2,
    }
    seats = Counter(Mandate.objects.values_list("deputy", flat=True))
    assert Counter(seats.values()) == {1: 1291, 2: 16}
    assert Assembly.objects.count() == 20
    homes = Delegation.objects.exclude(term__assembly__level__code="county")
    assert set(homes.values_list("name", "area__name")) == {
        ("竹山代表团", "竹山县"),
        ("十堰代表团", "十堰市"),
    }

    again = upload_the_county()
    assert Counter(sheet.verdicts(again)) == {"same": 1323}
    places.apply_roster(again, by=make.actor(), today=sheet.TODAY)
    assert (Deputy.objects.count(), Posting.objects.count()) == (1307, 1307)
    assert not Posting.objects.exclude(to_on=None).exists()
