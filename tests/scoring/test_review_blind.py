"""背靠背: until decided nobody meets another party's opinion, not by a byte."""

import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import get_resolver, reverse

from congress.shared import clock
from congress.shared.roles import Role
from scoring.models import Appraisal
from scoring.states import Step
from tests import make
from tests.home.crawl import everything, leaks
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
    } | {Role.STAFF_DIRECTOR: of.director}
    everybody = parties | onlookers | {"other": make.as_deputy(other)}
    addresses = blind_addresses(cycle)
    before = all_pages(client, everybody, addresses)
    for own, group in ((None, onlookers), *((step, [step]) for step in SAID)):
        others = Appraisal.objects.exclude(step=own) if own else Appraisal.objects.all()
        with as_owner():
            others.update(score=99, words="改过的话")
        readers = {name: everybody[name] for name in [*group, *([] if own else ["other"])]}
        for page, body in all_pages(client, readers, addresses).items():
            assert body == before[page], page
        for step, (score, words) in SAID.items():
            with as_owner():
                Appraisal.objects.filter(step=step).update(score=score, words=words)
    own = (Step.GROUP, url("appraise"))
    assert "小组写的话".encode() in before[own]


def every_address(cycle):
    """All that can be opened by its own name, or by the cycle's number; every list with a table."""
    _, resolver = get_resolver().namespace_dict["scoring"]
    for pattern in resolver.url_patterns:
        kinds = list(pattern.pattern.converters)
        if kinds in ([], ["pk"]):
            yield reverse(f"scoring:{pattern.name}", args=[cycle.pk] * len(kinds))
    for model in apps.get_app_config("scoring").get_models():
        if admin.site.is_registered(model):
            yield reverse(f"admin:scoring_{model._meta.model_name}_changelist")
    yield from (reverse("home:front"), reverse("admin:shared_auditevent_changelist"))


def test_until_gathered_no_page_and_no_export_tells_the_director_a_score_or_a_word(client):
    of = year.party(1)
    cycle = year.opened(of)
    year.self_review(cycle, of.deputies[0], "71.3", "自己写的话")
    year.group_check(cycle, of, "72.4", "小组写的话")
    year.township_view(cycle, of, "73.6", "乡镇写的话")
    as_(client, of.director)
    opened = 0
    for address in every_address(cycle):
        for shape in ("", "?as=xlsx", "?export=1") if "decision" in address else ("",):
            answer = client.get(address + shape)
            opened += answer.status_code == 200
            said = everything(answer)
            found = leaks(said, ["71.3", "72.4", "73.6", "写的话"])
            assert not found, (address, found)
    assert opened > 30


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
