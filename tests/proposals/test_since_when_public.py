"""What the forms say of the public is what the public page does: words at once, the reply later."""

from uuid import uuid4

import pytest

from congress.shared.roles import Role
from proposals.states import State
from tests import make
from tests.proposals import walk
from tests.proposals.pages import url
from tests.scoring.facts import on

pytestmark = pytest.mark.django_db
AT_ONCE = "任何人不用登录马上就能看到标题、正文、附议人和办理经过"


@pytest.fixture(autouse=True)
def _today():
    with on(make.TODAY):
        yield


def text(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_text_is_public_from_acceptance_and_deputy_and_office_are_told(client):
    make.session()
    client.force_login(make.as_deputy(make.deputy()).user)
    sent = walk.words() | {"token": str(uuid4()), "kind": "intersession"}
    said = text(client.post(url("look_over"), sent, follow=True))
    assert "受理以后，任何人不用登录就能看到标题、正文、附议人和办理经过；答复另行公开" in said
    row = walk.submitted()
    client.force_login(make.actor(Role.STAFF_CLERK).user)
    for page in (
        client.get(url("accept", row.pk)),
        client.get(url("accept_chosen"), {"chosen": row.pk}),
    ):
        assert AT_ONCE in text(page)


def test_what_publishing_adds_is_the_reply(client):
    row = walk.proposal(State.ANSWERED)
    seen = text(client.get(url("public_detail", row.number)))
    assert row.facts in seen
    assert "已列入今年第二批计划" not in seen
    client.force_login(make.actor(Role.STAFF_CLERK).user)
    page = text(client.get(url("publish", row.pk)))
    assert "建议全文和办理经过在受理以后就已经公开" in page
    assert "这一步公开的是上面的答复" in page
