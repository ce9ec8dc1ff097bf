"""退回修改: the files of a returned proposal are changed as well."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent
from deputies.models import Deputy
from proposals.actions import drafting, review
from proposals.models import Attachment, Draft
from proposals.states import State
from tests import make, pdfs
from tests.deputies.walk import photo, picture
from tests.proposals import walk
from tests.proposals.pages import url
from tests.race import at_once

pytestmark = pytest.mark.django_db


def paper(content=None):
    return SimpleUploadedFile("检测报告.pdf", content or pdfs.paper(2), "application/pdf")


@pytest.fixture
def kept(client):
    kept = walk.attachment_returned()
    client.force_login(make.as_deputy(kept.proposal.lead).user)
    return kept


def test_a_photo_is_taken_out_and_a_pdf_added_on_the_mending_page(client, kept):
    page = url("resubmit", kept.proposal.pk)
    html = client.get(page).content.decode()
    assert url("detach", kept.pk) in html
    assert "multipart/form-data" in html
    words = walk.words() | {"facts": "改了一半"}
    assert client.post(url("detach", kept.pk), words).url == page + "#files"
    assert not kept.proposal.attachments.exists()
    assert Draft.objects.get().facts == "改了一半"
    client.post(url("save_mending", kept.proposal.pk), words | {"attachments": paper()})
    waits = Attachment.objects.get()
    assert waits.draft == Draft.objects.get()
    assert url("attachment", waits.pk) in client.get(page).content.decode()
    answer = client.post(page, walk.words())
    assert answer.status_code == 302
    waits.refresh_from_db()
    assert (waits.draft, waits.proposal) == (None, kept.proposal)


def test_files_chosen_when_it_is_sent_again_go_with_it_and_are_not_lost_by_a_wrong_field(
    client, kept
):
    page = url("resubmit", kept.proposal.pk)
    answer = client.post(page, walk.words() | {"request": "", "attachments": paper()})
    assert answer.status_code == 422
    assert "检测报告.pdf" in answer.content.decode()
    assert client.post(page, walk.words()).status_code == 302
    assert {each.name for each in kept.proposal.attachments.all()} == {"桥.jpg", "检测报告.pdf"}


def test_a_bad_pdf_on_the_mending_page_says_why_and_keeps_the_words(client, kept):
    page = url("save_mending", kept.proposal.pk)
    typed = {"title": "", "facts": "改了一半", "request": "", "attachments": paper(pdfs.locked())}
    answer = client.post(page, typed)
    assert answer.status_code == 422
    assert "加了密码" in answer.content.decode()
    assert "改了一半" in answer.content.decode()


def test_detaching_from_a_returned_one_leaves_its_line_in_the_trail(kept):
    drafting.detach(kept, by=make.as_deputy(kept.proposal.lead))
    assert AuditEvent.objects.get(now="detached").subject_id == kept.proposal.pk


def test_nobody_else_takes_a_file_from_it_and_nobody_once_it_is_sent_again(client, kept):
    with pytest.raises(Refused, match="领衔代表本人"):
        drafting.detach(kept, by=make.as_deputy(make.deputy()))
    client.force_login(make.as_deputy(make.deputy()).user)
    assert client.post(url("detach", kept.pk), walk.words()).status_code == 404
    client.force_login(make.as_deputy(kept.proposal.lead).user)
    client.post(url("resubmit", kept.proposal.pk), walk.words("改过的标题"))
    kept.refresh_from_db()
    assert kept.proposal.state == State.SUBMITTED
    assert client.post(url("detach", kept.pk), walk.words()).status_code == 409


@pytest.mark.django_db(transaction=True)
def test_four_clicks_take_a_file_from_a_returned_one_once():
    kept = walk.attachment_returned()
    by = make.as_deputy(kept.proposal.lead)
    assert at_once(4, drafting.detach, kept, by=by) == ["done", *["refused"] * 3]


def test_the_proposals_own_files_count_among_the_nine(client, kept):
    sent = [
        SimpleUploadedFile(f"{n}.jpg", picture(f"rgb({n * 20},0,0)"), "image/jpeg")
        for n in range(9)
    ]
    answer = client.post(
        url("save_mending", kept.proposal.pk), walk.words() | {"attachments": sent}
    )
    assert answer.status_code == 409
    assert "最多 9 个，已经有 1 个" in answer.content.decode()
    assert Attachment.objects.count() == 1


def test_a_draft_that_mends_takes_photos_by_the_verb_too(kept):
    lead = Deputy.objects.get(pk=kept.proposal.lead_id)
    by = make.as_deputy(lead)
    draft = drafting.save_draft(
        deputy=lead, token=uuid4(), typed=drafting.Typed(), by=by, mends=kept.proposal
    )
    assert len(drafting.attach(draft, files=[("新.jpg", photo("red"))], by=by)) == 1


def test_one_bad_file_costs_neither_the_words_nor_the_other_files(client, kept):
    page = url("resubmit", kept.proposal.pk)
    sent = [paper(pdfs.locked()), SimpleUploadedFile("渠.jpg", picture("red"), "image/jpeg")]
    answer = client.post(page, walk.words() | {"facts": "改了一半", "attachments": sent})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "“检测报告.pdf”：PDF 加了密码" in html
    assert "改了一半" in html
    assert Draft.objects.get().attachments.get().name == "渠.jpg"
    assert url("attachment", Draft.objects.get().attachments.get().pk) in html


def test_nobody_but_the_lead_reads_what_is_being_changed(client):
    proposal, signer = walk.submitted(), make.deputy()
    walk.signed(proposal, signer)
    review.send_back(proposal, reason="请补检测报告。", by=make.actor())
    client.force_login(make.as_deputy(proposal.lead).user)
    client.post(url("save_mending", proposal.pk), walk.words() | {"attachments": paper()})
    assert "检测报告" in client.get(url("resubmit", proposal.pk)).content.decode()
    client.force_login(make.as_deputy(signer).user)
    assert client.get(url("detail", proposal.pk)).status_code == 200
    assert client.get(url("resubmit", proposal.pk)).status_code == 404
    assert client.post(url("resubmit", proposal.pk), walk.words()).status_code == 404


def test_a_wrong_field_saved_by_itself_comes_back_as_one_red_line(client, kept):
    page, long = url("save_mending", kept.proposal.pk), walk.words() | {"title": "长" * 500}
    answer = client.post(page, long, headers={"HX-Request": "true"})
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "还没存：" in html
    assert "<html" not in html
    assert client.post(page, long).status_code == 422
