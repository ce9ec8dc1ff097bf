"""五条途径，走到告知群众: each person goes by the links of their own screens."""

import re
from html import unescape

import pytest
from django.utils.html import strip_tags

from congress.shared.models import Notice
from stations.models import Issue, Outcome, Route
from stations.states import IssueState
from tests.scoring.year import as_, text
from tests.stations.visit_walk import TODAY, desk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
LINK = re.compile(r'<a\b[^>]*\bhref="([^"]+)"[^>]*>(.*?)</a>', re.DOTALL)
CONTACT = "13987654321"
SAID = "换了三盏灯，请看看亮不亮。"


def follow(client, page, *names):
    """Where one comes to by these links, each named as the screen before it names it."""
    for name in names:
        answer = client.get(page, follow=True)
        html = answer.content.decode()
        ways = [way for way, said in LINK.findall(html) if name in strip_tags(said)]
        assert ways, f"{name} is not on {page}: {text(answer)}"
        page = unescape(ways[0])
    return page


def fill(client, page, **said):
    """The form of this page with what it begins with and what is said; where that leads."""
    form = client.get(page).context["form"]
    known = {name: form[name].value() for name in form.fields}
    answer = client.post(page, {name: value for name, value in {**known, **said}.items() if value})
    assert answer.status_code == 302, text(answer)
    return answer["Location"]


def heard_at_the_desk(client, found, title, *names):
    """Somebody comes on the reception day, and the keeper takes it down."""
    as_(client, found.keeper)
    sheet = follow(client, "/" if names else "/stations/desks/", *names, "登记来访")
    who = {"deputy": found.deputies[0].pk, "caller": "罗桂芳", "contact": CONTACT}
    what = {"title": title, "words": "四组三盏路灯不亮，两个月了。", "consent": "yes"}
    return fill(client, sheet, occasion=f"day:{found.day.pk}", **who, **what)


def told_by_the_deputy(client, found, issue):
    """The deputy's first screen asks for it; the number is looked at, and the voter is called."""
    as_(client, found.deputy)
    page = follow(client, "/", "去告知")
    assert (page, SAID in text(client.get(page))) == (issue, True)
    [reveal] = re.findall(r'action="([^"]*/reveal-visitor/)"', client.get(page).content.decode())
    assert CONTACT in text(client.post(reveal, follow=True))
    fill(client, follow(client, page, "告知群众"), how="call", told_on=str(TODAY), words="满意")
    return text(client.get(issue))


def test_each_of_the_five_routes_is_walked_until_the_voter_is_told(client):
    found = desk()
    ends = {
        Route.COMMUNITY: (found.keeper, "/", "去办"),
        Route.TOWNSHIP: (found.clerk, "/", "去办"),
        Route.COUNTY: (found.office, "/stations/issues/", Route.COUNTY.label),
        Route.HIGHER: (found.office, "/stations/issues/", Route.HIGHER.label),
    }
    issue = heard_at_the_desk(client, found, "当场能答的事", "接待台")
    answered = {"outcome": Outcome.EXPLAINED, "answer": SAID}
    fill(client, follow(client, issue, "当场答复"), **answered)
    assert "已告知：当面" in text(client.get(issue))
    for route, (by, first, *names) in ends.items():
        issue = heard_at_the_desk(client, found, f"{route.label}的事")
        fill(client, follow(client, issue, "分流"), route=route, handler="张主任")
        as_(client, by)
        ending = follow(client, first, *names, "办结…")
        fill(client, ending, outcome=Outcome.SOLVED, result=SAID)
        shown = told_by_the_deputy(client, found, issue)
        assert ("已告知：" in shown, "满意" in shown) == (True, True)
    rows = Issue.objects.all()
    assert {(each.route, each.state) for each in rows} == {(way, IssueState.TOLD) for way in Route}
    results = Notice.objects.filter(key__startswith="stations.issue_result:")
    assert list(results.values_list("person", flat=True)) == [found.deputy.user.pk] * len(Route)
    told = rows.exclude(route=Route.SPOT).values_list("telling__told_by", flat=True)
    assert set(told) == {found.deputy.user.pk}
