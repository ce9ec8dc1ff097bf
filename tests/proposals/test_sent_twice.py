"""A form sent again: the same one is one proposal, a changed one says that nothing was changed."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from congress.shared.errors import Refused
from proposals.actions import submission
from proposals.models import Attachment, Proposal
from proposals.states import Kind, State
from tests import make
from tests.deputies.walk import picture
from tests.proposals import walk
from tests.proposals.test_submission import raising
from tests.scoring.facts import on

pytestmark = pytest.mark.django_db
UNIT = object()


@pytest.mark.parametrize(
    "changed",
    [
        {"confidentiality_asked": "涉及个人隐私"},
        {"suggested_unit": UNIT},
        {"continues": UNIT},
        {"kind": Kind.BILL},
    ],
)
def test_a_form_sent_again_with_any_field_changed_says_that_nothing_was_changed(changed):
    lead, token = make.deputy(), uuid4()
    submission.call_for_signatures(**raising(lead, token=token))
    rows = {"suggested_unit": make.unit, "continues": lambda: walk.proposal(State.ACCEPTED)}
    said = {name: rows[name]() if to is UNIT else to for name, to in changed.items()}
    with pytest.raises(Refused, match="改动没有记上"):
        submission.call_for_signatures(**raising(lead, token=token, **said))


def test_a_form_sent_again_by_the_other_button_says_what_was_not_done():
    lead, called, sent = make.deputy(), uuid4(), uuid4()
    submission.call_for_signatures(**raising(lead, token=called))
    with pytest.raises(Refused, match="这次没有提出"):
        submission.submit(**raising(lead, token=called))
    submission.submit(**raising(lead, token=sent))
    with pytest.raises(Refused, match="这次没有征集附议"):
        submission.call_for_signatures(**raising(lead, token=sent))
    assert set(Proposal.objects.values_list("state", flat=True)) == {"signing", "submitted"}


def test_the_same_form_sent_again_is_taken_whatever_has_become_of_it():
    lead, token = make.deputy(), uuid4()
    said = raising(lead, token=token, suggested_unit=make.unit(), confidentiality_asked=" 隐私 ")
    said["continues"] = walk.proposal(State.ACCEPTED)
    row = submission.call_for_signatures(**said)
    submission.hand_in(row, by=said["by"], today=walk.SUBMITTED_ON)
    assert submission.call_for_signatures(**said).pk == row.pk


def test_a_form_sent_again_with_another_file_says_that_it_was_not_added(client):
    make.session()
    client.force_login(make.as_deputy(make.deputy()).user)
    sent = walk.words() | {"token": str(uuid4())}

    def send(colour):
        photo = SimpleUploadedFile("桥.jpg", picture(colour), "image/jpeg")
        return client.post(reverse("proposals:submit"), sent | {"attachments": photo})

    with on(walk.SUBMITTED_ON):
        first, again, refused = send("teal"), send("teal"), send("navy")
    assert [first.status_code, again.status_code] == [302, 302]
    assert refused.status_code == 409
    assert "新选的文件没有加上" in refused.content.decode()
    assert Attachment.objects.count() == 1


@pytest.mark.parametrize("token", ["", "x", "9" * 40])
@pytest.mark.parametrize("name", ["submit", "call_for_signatures", "save_draft", "attach"])
def test_a_token_that_is_none_is_a_422_and_the_page_can_be_sent_again(client, name, token):
    make.session()
    client.force_login(make.as_deputy(make.deputy()).user)
    with on(walk.SUBMITTED_ON):
        page = client.post(reverse(f"proposals:{name}"), walk.words() | {"token": token})
        assert page.status_code == 422
        assert "已经换好一份" in page.content.decode()
        assert walk.words()["facts"] in page.content.decode()
        renewed = str(page.context["form"]["token"].value())
        again = client.post(reverse("proposals:submit"), walk.words() | {"token": renewed})
    assert again.status_code == 302
