"""A first screen as its person reads it, and the few people whom the desks are about."""

import re

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from congress.home.queries import office
from congress.shared.roles import Role
from scoring.actions import cycles
from tests import make
from tests.deputies import voters
from tests.scoring import year


def front(user, path="/"):
    """What this person reads on their first screen, tags taken out, and the page itself."""
    client = Client()
    client.force_login(user)
    answer = client.get(path, follow=True)
    assert answer.status_code == 200
    html = answer.content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", html).split()), html


def opened(number=2026):
    table = year.from_today(make.TODAY, number)
    how = {"by": make.director(), "today": make.TODAY, "table": table}
    return cycles.open_cycle(make.assembly(), year=number, **how)


def convened(*people):
    """A convenor of the first group, and its deputies by these names."""
    by, group = make.actor(Role.CONVENOR), make.group()
    group.convenor = by.user
    group.save()
    return by, [make.deputy(name) for name in people]


def calm(name: str = "罗明贵", **how):
    """A deputy with an account for whom nothing waits: the pledges are written."""
    person = make.deputy(name, **how)
    make.as_deputy(person)
    voters.pledged(person)
    return person


def price(user, path="/"):
    client = Client()
    client.force_login(user)
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def queue(title, by=None):
    """One line of the dashboard, by the beginning of its title."""
    desk = office.desk(by or make.director(), make.TODAY)
    return next(each for each in [*desk.queues, *desk.watched] if each.title.startswith(title))


def behind(url):
    """What the desk reads on the page to which a number leads."""
    client = Client()
    client.force_login(make.director().user)
    answer = client.get(url.partition("#")[0])
    assert answer.status_code == 200
    return answer
