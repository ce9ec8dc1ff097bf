"""县、乡镇两级代表: who sits in two congresses says to which of them a proposal is put."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.urls import reverse

from congress.shared import clock
from congress.shared.models import Session
from proposals.models import Draft, Proposal
from proposals.queries import deputies
from proposals.states import Kind, State
from tests import make
from tests.proposals import walk
from tests.proposals.pages import text

pytestmark = pytest.mark.django_db
SUBMIT, QUESTION = reverse("proposals:submit"), "向哪一级人大提"


@pytest.fixture(autouse=True)
def _on_6_january():
    with clock.at(datetime(2026, 1, 6, 2, tzinfo=UTC)):
        yield


@pytest.fixture
def county():
    return make.session()


@pytest.fixture
def township():
    return make.session(of=make.assembly("township", make.township()))


@pytest.fixture
def both(client, county, township):
    """Sits in the county's congress and in the township's."""
    person = make.deputy(levels=("county", "township"))
    client.force_login(make.as_deputy(person).user)
    return person


def sent(session=None, **said):
    where = {"assembly": session.term.assembly_id} if session else {}
    return walk.words() | {"token": str(uuid4()), "kind": Kind.SESSION} | where | said


def test_who_sits_in_two_congresses_is_asked_and_begins_with_the_countys(
    client, both, county, township
):
    page = client.get(SUBMIT)
    shown = text(page)
    assert QUESTION in shown
    assert "县人大：十九届人大五次会议，今天按“会议期间建议”提，议案要 10 名代表联名。" in shown
    assert "柳河镇人大：十九届人大五次会议，今天按“会议期间建议”提，议案要 5 名代表联名。" in shown
    assert page.context["form"]["assembly"].value() == county.term.assembly_id
    client.post(SUBMIT, sent())
    assert Proposal.objects.get().session == county


@pytest.mark.parametrize("level", ["county", "township"])
def test_a_deputy_of_one_congress_never_sees_the_question_and_raises_there(
    client, county, township, level
):
    client.force_login(make.as_deputy(make.deputy(levels=(level,))).user)
    assert QUESTION not in text(client.get(SUBMIT))
    client.post(SUBMIT, sent())
    assert Proposal.objects.get().session == {"county": county, "township": township}[level]


def test_another_congress_than_ones_own_is_refused_and_nothing_is_lost(client, county, township):
    client.force_login(make.as_deputy(make.deputy()).user)
    answer = client.post(SUBMIT, sent(township))
    assert answer.status_code == 422
    assert "您现在不能向这一级人大提，请重新选。" in text(answer)
    assert walk.words()["title"] in text(answer)
    assert not Proposal.objects.exists()


def test_a_bill_put_to_the_township_is_signed_and_counted_there(client, both, township):
    client.post(reverse("proposals:call_for_signatures"), sent(township, kind=Kind.BILL))
    bill = Proposal.objects.get()
    assert (bill.session, bill.state) == (township, State.SIGNING)
    assert bill.delegation.term == township.term
    detail = text(client.get(reverse("proposals:detail", args=[bill.pk])))
    assert "议案连您在内要有 5 人联名" in detail
    of_county, of_township = make.deputy(), make.deputy(levels=("township",))
    open_to, today = Proposal.objects.to_cosign, clock.today()
    assert not open_to(make.as_deputy(of_county), today).exists()
    assert open_to(make.as_deputy(of_township), today).get() == bill


def test_a_draft_keeps_its_congress(client, both, county, township):
    client.post(reverse("proposals:save_draft"), sent(township))
    draft = Draft.objects.get()
    assert draft.assembly == township.term.assembly
    page = client.get(f"{SUBMIT}?draft={draft.pk}")
    assert page.context["form"]["assembly"].value() == township.term.assembly_id
    assert page.context["needed"] == 5


def test_a_kind_that_the_other_congress_has_not_today_costs_nothing(client, both, township):
    """The township met in autumn: what is raised there now is raised between sessions."""
    opens, closes = date(2025, 9, 1), date(2025, 9, 2)
    Session.objects.filter(pk=township.pk).update(opens_on=opens, closes_on=closes)
    assert client.post(reverse("proposals:save_draft"), sent(township)).status_code == 302
    answer = client.post(SUBMIT, sent(township))
    assert answer.status_code == 422
    assert "这一类现在不能提，请重新选。" in text(answer)
    client.post(SUBMIT, sent(township, kind=""))
    assert Proposal.objects.get().kind == Kind.INTERSESSION


def test_what_goes_on_from_a_townships_is_put_to_the_township(client, both, township):
    earlier = walk.submitted(make.deputy(levels=("township",)), session=township)
    page = client.get(f"{SUBMIT}?continues={earlier.pk}")
    assert page.context["form"]["assembly"].value() == township.term.assembly_id


def test_the_newest_open_session_of_each_congress_counts(both, county, township):
    later = {"opens_on": date(2026, 12, 28), "closes_on": date(2026, 12, 30)}
    newest = Session.objects.create(term=county.term, number=6, **later)
    assert deputies.sessions_for(both, walk.SUBMITTED_ON) == [county, township]
    assert deputies.sessions_for(both, date(2026, 12, 28)) == [newest, township]
