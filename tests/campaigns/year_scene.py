"""python -m tests.campaigns.year_scene N: N deputies whose results stand, in the database that the
environment names; one line of JSON says which review it is and how its director is signed in."""

import json
import sys
from datetime import date

import django

django.setup()

from django.test import Client  # noqa: E402

from tests.scoring import facts, year  # noqa: E402


def main(people: int) -> None:
    """Each has other duties, so that no two files are alike."""
    with facts.on(date(2026, 12, 1)):
        facts.book()
        of = year.party(people)
        for number, deputy in enumerate(of.deputies):
            facts.posted(deputy, "C1", quantity=number % 5 + 1)
    cycle = year.opened(of)
    for deputy in of.deputies[::2]:
        year.self_review(cycle, deputy)
    year.group_check(cycle, of)
    cycle = year.final(of, cycle)
    client = Client()
    client.force_login(of.director.user)
    session = client.session.session_key
    sys.stdout.write(json.dumps({"cycle": cycle.pk, "session": session}) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
