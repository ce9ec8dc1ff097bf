"""接续代表 as the office picks them: nothing is lost unsaid, and namesakes are told apart."""

import pytest
from django.urls import reverse

from congress.shared.errors import Refused
from proposals.models import Foster
from proposals.queries import carrying as queries
from proposals.states import State
from tests import make
from tests.proposals import walk
from tests.proposals.verbs_rolling import LEFT_ON, TODAY, WHY, YEAR, carries, left, solved
from tests.scoring.facts import on

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    by = make.director()
    with on(TODAY):
        client.force_login(by.user)
        yield by


def sent(client, **picks):
    return client.post(reverse("proposals:carry_over"), {"year": YEAR, **picks}, follow=True)


def done_and_left():
    """Answered for good before its lead left."""
    row = solved()
    make.leaves(row.lead, LEFT_ON)
    return row


def name_of(row):
    return f"foster_{row.pk}"


def test_all_left_for_later_is_said_and_the_picked_ones_are_named(client, office):
    row, other = left(), left()
    carries(row, office)
    said = sent(client, **{name_of(row): "", name_of(other): ""})
    assert said.status_code == 409
    assert "都是“以后再定”" in said.text
    assert name_of(row) in said.text
    foster = queries.year_of(make.assembly(), YEAR, TODAY).fosters[0].choices[0].deputy
    done = sent(client, **{name_of(row): foster.pk, name_of(other): ""})
    assert "确定接续代表 1 位次" in done.text
    assert Foster.objects.get().proposal == row


def test_a_pick_that_is_offered_no_more_is_told_by_name_and_the_rest_stays(client, office):
    row, other, done = left(), left(), done_and_left()
    carries(row, office)
    gone, stays = make.deputy("已离任的"), make.deputy("还在任的")
    make.leaves(gone, LEFT_ON)
    picks = {name_of(row): gone.pk, name_of(other): stays.pk, name_of(done): stays.pk}
    said = sent(client, **picks)
    assert said.status_code == 409
    assert f"{row.number}“{row.title}”：已离任的" in said.text
    assert f"{done.number}“{done.title}”" in said.text
    assert f'<option value="{stays.pk}" selected>' in said.text
    assert not Foster.objects.exists()
    assert sent(client, **{name_of(other): "x"}).status_code == 409


def test_namesakes_are_told_apart_where_a_foster_is_picked(client, office):
    row = left()
    one, two = make.deputy("张伟"), make.deputy("张伟")
    for each, job in ((one, "桃园村党支部书记"), (two, "县医院医生")):
        each.job = job
        each.save(update_fields=["job"])
    preview = client.get(reverse("proposals:carried_year"), {"year": YEAR}).text
    page = reverse("proposals:appoint_foster", args=[row.pk])
    found = client.post(page, {"find": "1", "q": "张伟", "reason": WHY}).text
    for shown in (preview, found):
        assert "张伟" in shown
        assert one.job in shown
        assert two.job in shown
        assert make.group().name in shown
        assert "县级代表" in shown
    assert WHY in found
    assert 'name="find" value="1" formnovalidate' in found
    assert client.post(page, {"find": "1", "q": "李不在"}).text.count('type="radio"') == 0
    wrong = client.post(page, {"q": "张伟", "deputy": "x", "reason": WHY})
    assert wrong.status_code == 422
    client.post(page, {"q": "张伟", "deputy": two.pk, "reason": WHY})
    assert Foster.objects.get(proposal=row).deputy == two


def test_a_foster_named_for_what_is_done_meanwhile_is_refused_with_its_number(office):
    row, done = left(), done_and_left()
    carries(row, office)
    stays = make.deputy("还在任的")
    with pytest.raises(Refused, match=done.number):
        carries(row, office, fosters={done.pk: (stays, WHY)})
    assert not Foster.objects.exists()


def test_a_pick_for_what_another_congress_decides_is_said_and_nothing_is_done(client, office):
    row, stays = left(), make.deputy("还在任的")
    carries(row, office)
    elsewhere = walk.of_township(State.ASSIGNED)
    said = sent(client, **{name_of(row): stays.pk, name_of(elsewhere): stays.pk})
    assert said.status_code == 409
    assert "有 1 件不是本级人大的建议，没有定接续代表" in said.text
    assert elsewhere.number not in said.text
    assert not Foster.objects.exists()
