"""重点候选: each part of the sum with its ground, and what the list shows under its filters."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse

from congress.shared.models import Setting
from congress.shared.roles import Role
from proposals.actions import recurring
from proposals.models import Proposal, WorkTheme
from proposals.queries.candidates import PARTS, candidates
from proposals.recurring import Likeness
from proposals.states import State
from tests import make
from tests.proposals import keys, sheets, walk
from tests.scoring.facts import on

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 12)


def points(row, today=TODAY):
    found = next(each for each in candidates(today) if each.proposal.pk == row.pk)
    return {each.name: each.points for each in found.weights}, found


def test_every_part_of_the_sum_is_counted_by_its_rule_and_says_why():
    WorkTheme.objects.create(name="平安乡村", words="护栏、路灯", from_on=date(2026, 1, 1))
    WorkTheme.objects.create(
        name="过去的", words="桥", from_on=date(2025, 1, 1), until_on=date(2025, 12, 31)
    )
    row = walk.submitted()
    for _ in range(2):
        walk.signed(row)
    for step in (State.ACCEPTED, State.ASSIGNED):
        helpers = [make.unit("县财政局")]
        walk._take(row, step, make.unit(), helpers, "")
    earlier = walk.proposal(State.ACCEPTED, title="关于加固桃园村过水桥护栏的建议")
    recurring.confirm_likeness(
        Proposal.objects.get(pk=row.pk), other=earlier, kind=Likeness.REPEAT, by=make.actor()
    )
    found, one = points(row)
    assert tuple(found) == PARTS
    assert found["附议"] == 2
    assert found["承办单位"] == 3
    assert found["中心工作"] == 10
    assert found["群众关注"] == found["异议"] == found["超期"] == 0
    assert one.total == sum(found.values())
    why = {each.name: each.why for each in one.weights}
    assert why["中心工作"] == "“平安乡村”：护栏"
    assert why["附议"] == "附议 2 人，算 2 人"
    both = points(row)[0]["反复提"] + points(earlier)[0]["反复提"]
    assert both == 10
    Setting.objects.create(key="proposals.key_theme_weight", value=4, from_on=TODAY)
    assert points(row)[0]["中心工作"] == 4
    late, _ = points(row, date(2026, 6, 20))
    assert late["超期"] == 5


def test_an_open_objection_weighs_and_what_is_key_or_a_townships_is_no_candidate():
    objection = sheets.objected()
    assert points(objection.assignment.proposal)[0]["异议"] == 5
    key, far = keys.decided().proposal, walk.of_township(State.ACCEPTED)
    listed = {each.proposal.pk for each in candidates(TODAY)}
    assert objection.assignment.proposal_id in listed
    assert not {key.pk, far.pk} & listed


def test_the_list_is_sorted_filtered_and_exported_as_it_is_shown(client):
    WorkTheme.objects.create(name="平安乡村", words="护栏", from_on=date(2026, 1, 1))
    plain = walk.proposal(
        State.ASSIGNED,
        title="关于疏通西沟排水渠的建议",
        facts="渠道淤塞 300 米。",
        request="清淤。",
    )
    themed = walk.proposal(State.ACCEPTED)
    client.force_login(make.actor(Role.LEADER).user)
    page = reverse("proposals:key_candidates")
    listed = client.get(page).context["page"].object_list
    assert [each.proposal.pk for each in listed] == [themed.pk, plain.pk]
    by_day = client.get(f"{page}?sort=due").context["page"].object_list
    assert [each.proposal.pk for each in by_day] == [plain.pk, themed.pk]
    only = client.get(f"{page}?only=theme&sort=number").content.decode()
    assert plain.title not in only
    assert "定为重点督办…" in only
    assert client.get(f"{page}?only=x&sort=y&q={plain.number}").context["page"].paginator.count == 1
    book = client.get(f"{reverse('proposals:key_candidates_export')}?only=theme").content
    with ZipFile(BytesIO(book)) as found:
        words = found.read("xl/sharedStrings.xml").decode()
    assert themed.title in words
    assert plain.title not in words


def test_candidates_are_of_the_year_whose_list_is_decided(client):
    row = keys.decided()
    with on(date(2026, 12, 10)):
        assert row.proposal not in [each.proposal for each in candidates(date(2026, 12, 10))]
        found = candidates(date(2026, 12, 10), year=2027)
        assert row.proposal in [each.proposal for each in found]
        client.force_login(make.director().user)
        page = client.get(reverse("proposals:key_candidates"), {"year": "2027"})
        assert row.proposal.title in page.content.decode()
        sent = {"year": "2027", "proposal": row.proposal.pk}
        asked = client.get(reverse("proposals:decide_key_list"), sent).content.decode()
        assert "已经是 2026 年的重点督办建议" not in asked
        assert '<option value="2027" selected>' in asked
