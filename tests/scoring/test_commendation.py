"""评先表优: proposed by the rule, confirmed by a meeting, published for everybody."""

from dataclasses import fields

import pytest

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from congress.shared.roles import Role
from scoring.actions import commendation
from scoring.consequence_states import ListState
from scoring.models import CommendationList
from scoring.queries.commendation import Honoured, candidates, proposed
from scoring.states import CycleState
from tests import make
from tests.home import facts
from tests.scoring import cases
from tests.scoring.year import as_, queries_of, text, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def cycle():
    """Three were reviewed: ten stars, nine, and three."""
    found = facts.review()
    for name, lit in (("甲代表", 9), ("乙代表", 10), ("丙代表", 3)):
        facts.graded(found, make.deputy(name), lit)
    return found


def names(rows) -> list[str]:
    return [row.name for row in rows]


def test_the_rule_proposes_a_meeting_confirms_and_everybody_reads_it_once_published(cycle, client):
    cases.rule("scoring.commend_share", 70)
    rows = candidates(cycle)
    assert names(rows) == ["乙代表", "甲代表", "丙代表"]
    assert names(proposed(cycle, rows)) == ["乙代表", "甲代表"]

    found = cases.commended(cycle)
    kept = [*found.people.values_list("grading__deputy__name", "position", "stars")]
    assert kept == [("乙代表", 1, 10), ("甲代表", 2, 9)]
    assert AuditEvent.objects.get(subject="scoring.CommendationList").note.endswith("2 人")
    assert client.get(url("commended", cycle.pk)).status_code == 404

    found = commendation.publish_commendation(found, by=make.director(), today=make.TODAY)
    assert (found.state, found.published_on) == (ListState.PUBLISHED, make.TODAY)
    assert Notice.objects.filter(key=f"scoring.commended:{found.pk}").count() == 2
    page = text(client.get(url("commended", cycle.pk)))
    assert page.index("乙代表") < page.index("甲代表")
    assert "丙代表" not in page


def test_whoever_departs_from_the_proposal_says_why(cycle):
    last = next(row for row in candidates(cycle) if row.name == "丙代表")
    with pytest.raises(Refused, match="请写明为什么"):
        cases.commended(cycle, chosen=[last.pk])
    found = cases.commended(cycle, chosen=[last.pk], note="抗洪一线，会议研究列入。")
    assert found.people.get().grading.deputy.name == "丙代表"


def test_what_is_missing_or_wrong_is_refused(cycle):
    with pytest.raises(Refused, match="纪要号"):
        cases.commended(cycle, minute="　")
    with pytest.raises(Refused, match="至少选一位"):
        commendation.confirm_commendation(cycle, chosen=[], minute="1号", by=make.director())
    with pytest.raises(Refused, match="有 1 人不在"):
        cases.commended(cycle, chosen=[0])
    for role in sorted(set(Role) - {Role.STAFF_DIRECTOR}):
        with pytest.raises(Refused, match="只有代工委主任"):
            cases.commended(cycle, by=make.actor(role))
    found = cases.commended(cycle)
    with pytest.raises(Refused, match="已经确定，不能再改"):
        cases.commended(cycle)
    for role in sorted(set(Role) - {Role.STAFF_DIRECTOR}):
        with pytest.raises(Refused, match="只有代工委主任"):
            commendation.publish_commendation(found, by=make.actor(role), today=make.TODAY)
    commendation.publish_commendation(found, by=make.director(), today=make.TODAY)
    with pytest.raises(Refused, match="目前是“已公布”"):
        commendation.publish_commendation(found, by=make.director(), today=make.TODAY)


def test_before_the_stars_are_lit_there_is_no_list():
    cycle = facts.review(CycleState.FINAL)
    with pytest.raises(Refused, match="还没有归档"):
        cases.commended(cycle, chosen=[1])


def test_the_public_list_has_no_points_and_no_rank():
    assert [each.name for each in fields(Honoured)] == ["name", "delegation", "grade", "stars"]


def test_before_it_is_published_the_office_and_the_leaders_alone_know_of_it(cycle, client):
    cases.commended(cycle)
    named = ("commendation", "confirm_commendation")
    pages = [url("commendations"), *(url(name, cycle.pk) for name in named)]
    seen = {Role.STAFF_CLERK, Role.STAFF_DIRECTOR, Role.LEADER}
    for role in Role:
        as_(client, make.actor(role))
        found = {client.get(page).status_code for page in pages}
        assert found == ({200, 302} if role in seen else {404}), role
    assert not CommendationList.objects.visible_to(make.actor(Role.AUDITOR)).exists()


def test_the_pages_confirm_export_and_publish(cycle, client):
    as_(client, make.director())
    page = url("confirm_commendation", cycle.pk)
    few = queries_of(client, page)
    facts.graded(cycle, make.deputy(), 10)
    assert queries_of(client, page) == few
    first = candidates(cycle)[0].pk
    answer = client.post(page, {"chosen": [first], "note": "说明"})
    assert (answer.status_code, "请填写会议纪要号" in text(answer)) == (422, True)
    answer = client.post(page, {"chosen": [candidates(cycle)[2].pk], "minute": "1号"})
    assert (answer.status_code, "请写明为什么" in text(answer)) == (409, True)
    answer = client.post(page, {"chosen": [first], "minute": "1号", "note": "说明"}, follow=True)
    assert "名单已确定，1 人" in text(answer)
    shown = url("commendation", cycle.pk)
    assert client.get(shown, {"export": 1}).content[:2] == b"PK"
    assert client.get(url("commendation_paper", cycle.pk)).content[:4] == b"%PDF"
    assert client.post(url("publish_commendation", cycle.pk)).status_code == 302
    assert "已公布" in text(client.get(url("commendations")))
