"""The year's rota at the county's size, against dealing the same seats out in turn, in one run.

Makes a scratch database with 72 stations, 17 homes and 1,303 deputies who have accounts, a fifth of
them on leave for a month; plans the year by the operators' own command, says its fairness, and
plans again. The last line is a JSON object: `seconds` is the command's own figure for planning and
writing (at most 5), `ratio` the whole command over dealing as many seats to one deputy after
another and writing them the same way (at most 8), `again` the seconds of a second run, which may
give no turn.
"""

import itertools
import json
import os
import sys
import time
from datetime import date
from io import StringIO
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
os.environ["TEST_DB_SUFFIX"] = "bench"

import django

django.setup()

from django.core.management import call_command  # noqa: E402  # after django.setup()
from django.db import connection, transaction  # noqa: E402  # after django.setup()
from django.urls import reverse  # noqa: E402  # after django.setup()

from congress.shared import clock  # noqa: E402  # after django.setup()
from stations.models import (  # noqa: E402  # after django.setup()
    Posting,
    ReceptionDay,
    RotaLeave,
    RotaSlot,
    Station,
    StationKind,
)
from stations.queries.planning import year_days  # noqa: E402  # after django.setup()
from tests import make  # noqa: E402  # after django.setup()
from tests.scoring import facts  # noqa: E402  # after django.setup()

TOWNSHIPS, STATIONS, DEPUTIES = 17, 72, 1303
YEAR, OTHER = 2027, 2028
MOST_SECONDS, LIMIT = 5, 8
COUNTY = 6
"""One in so many sits in the county's congress too."""


@transaction.atomic
def county() -> list[Station]:
    """Every deputy is posted at one of the stations, one station after another."""
    areas = [make.township(f"第{number}镇") for number in range(TOWNSHIPS)]
    for area in areas:
        Station.objects.create(kind=StationKind.HOME, area=area, name=f"{area}代表之家")
    places = [
        Station.objects.create(
            kind=StationKind.STATION, area=areas[number % TOWNSHIPS], name=f"第{number}联络站"
        )
        for number in range(STATIONS)
    ]
    people = [
        make.deputy(
            levels=("county", "township") if number // STATIONS % COUNTY == 0 else ("township",)
        )
        for number in range(DEPUTIES)
    ]
    Posting.objects.bulk_create(
        Posting(deputy=one, station=places[number % STATIONS], from_on=make.ELECTED_ON)
        for number, one in enumerate(people)
    )
    by = make.actor().user
    RotaLeave.objects.bulk_create(
        RotaLeave(
            deputy=one,
            from_on=date(YEAR, number % 12 + 1, 1),
            to_on=date(YEAR, number % 12 + 1, 28),
            reason="外出务工",
            taken_by=by,
            taken_at=clock.now(),
        )
        for number, one in enumerate(people[::5])
    )
    return places


def planned() -> tuple[float, list[str]]:
    """Seconds of the whole command, and what it said."""
    said, began = StringIO(), time.perf_counter()
    call_command("plan_rota", str(YEAR), "--apply", stdout=said)
    return time.perf_counter() - began, said.getvalue().splitlines()


@transaction.atomic
def dealt(places: list[Station], seats: dict[int, int]) -> float:
    """As many seats of another year, to one deputy after another, with no other thought."""
    posted = {place.pk: [] for place in places}
    for station, deputy in Posting.objects.values_list("station", "deputy"):
        posted[station].append(deputy)
    began = time.perf_counter()
    days = ReceptionDay.objects.bulk_create(
        ReceptionDay(
            station=place, planned_on=each.planned_on, held_on=each.held_on, seats=seats[place.pk]
        )
        for place in places
        for each in year_days(OTHER)
    )
    turn = {pk: itertools.cycle(people) for pk, people in posted.items()}
    RotaSlot.objects.bulk_create(
        RotaSlot(day=day, deputy_id=next(turn[day.station_id]))
        for day in days
        for _ in range(seats[day.station_id])
    )
    return time.perf_counter() - began


def main() -> None:
    """Measure in a scratch database, print, and fail over a limit."""
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        with facts.on(date(YEAR - 1, 12, 1)):
            places = county()
            reverse("stations:my_rota")  # `manage.py` has read the addresses before it begins
            whole, said = planned()
            again, twice = planned()
            seats = dict(ReceptionDay.objects.values_list("station", "seats"))
            bare = dealt(places, seats)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    report = json.loads(said[-1]) | {"again": round(again, 2), "bare": round(bare, 2)}
    report["ratio"] = round(whole / bare, 1)
    sys.stdout.write(f"{said[-3]}\n{json.dumps(report)}\n")
    if not twice[-2].endswith(f"新排 0 班，原有 {report['slots']} 班照旧。"):
        sys.exit(f"planned again, it was not the same: {twice[-2]}")
    if report["seconds"] > MOST_SECONDS or report["ratio"] > LIMIT:
        sys.exit(f"planning took {report['seconds']} s, {report['ratio']} times dealing in turn")


if __name__ == "__main__":
    main()
