"""背靠背: until decided nobody meets another party's opinion, not by a byte."""

import re

import pytest
from django.urls import reverse

from congress.shared import clock
from congress.shared.roles import Role
from scoring.models import Appraisal
from scoring.states import Step
from tests import make
from tests.scoring import year
from tests.scoring.year import as_, url
from tests.tamper import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _here(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    with clock.at(year.NOW):
        yield


TOKEN = re.compile(rb"[A-Za-z0-9]{64}")
"""The one thing that differs between two renderings of the same page."""
SAID = {
    Step.SELF: (71, "自己写的话"),
    Step.GROUP: (72, "小组写的话"),
    Step.TOWNSHIP: (73, "乡镇写的话"),
}


def all_pages(client, actors, addresses):
    seen = {}
    for name, actor in actors.items():
        as_(client, actor)
        for address in addresses:
            seen[name, address] = TOKEN.sub(b"", client.get(address).content)
    return seen


def blind_addresses(cycle):
    opinions = Appraisal.objects.order_by("pk").values_list("pk", flat=True)
    return [
        *(url(name) for name in ("appraise", "self_review", "archive")),
        url("cycle", cycle.pk),
        url("decide", cycle.pk),
        reverse("home:front"),
        reverse("admin:index"),
        reverse("admin:scoring_appraisal_changelist"),
        reverse("admin:scoring_appraisal_changelist") + "?q=",
        *(reverse("admin:scoring_appraisal_change", args=[pk]) for pk in opinions),
    ]


def test_until_decided_no_page_of_anybody_else_changes_by_a_byte_with_an_opinion(client):
    of = year.party(2)
    one, other = of.deputies
    cycle = year.opened(of)
    year.self_review(cycle, one, *SAID[Step.SELF])
    year.group_check(cycle, of, *SAID[Step.GROUP])
    year.township_view(cycle, of, *SAID[Step.TOWNSHIP])
    parties = {Step.SELF: make.as_deputy(one), Step.GROUP: of.convenor, Step.TOWNSHIP: of.clerk}
    onlookers = {
        role: make.actor(role)
        for role in (Role.STAFF_CLERK, Role.LEADER, Role.SYSADMIN, Role.AUDITOR, Role.KEEPER)
    }
    everybody = parties | onlookers | {"other": make.as_deputy(other)}
    addresses = blind_addresses(cycle)
    before = all_pages(client, everybody, addresses)
    for step, (score, words) in SAID.items():
        with as_owner():
            Appraisal.objects.filter(step=step).update(score=99, words="改过的话")
        others = {name: actor for name, actor in everybody.items() if name != step}
        for page, body in all_pages(client, others, addresses).items():
            assert body == before[page], page
        with as_owner():
            Appraisal.objects.filter(step=step).update(score=score, words=words)
    own = (Step.GROUP, url("appraise"))
    assert "小组写的话".encode() in before[own]


def test_the_query_itself_is_blind_until_gathered_and_open_to_the_deputy_once_final():
    of = year.party(1)
    cycle = year.opened(of)
    year.self_review(cycle, of.deputies[0])
    year.group_check(cycle, of)
    deputy = make.as_deputy(of.deputies[0])

    def seen(actor):
        return list(
            Appraisal.objects.visible_to(actor).order_by("pk").values_list("step", flat=True)
        )

    assert seen(deputy) == [Step.SELF]
    assert seen(of.convenor) == [Step.GROUP]
    assert seen(of.clerk) == seen(make.actor()) == seen(of.director) == []
    cycle = year.gathered(of, cycle)
    assert seen(of.director) == seen(make.actor()) == [Step.SELF, Step.GROUP]
    cycle = year.decided(of, cycle)
    assert seen(deputy) == [Step.SELF]
    year.final(of, cycle)
    assert seen(deputy) == [Step.SELF, Step.GROUP]
    assert seen(of.convenor) == [Step.GROUP]
