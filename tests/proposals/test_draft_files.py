"""附件: pictures and papers of a draft, kept clean, each once, and lost by no mistake."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction

from congress.shared import clean_pdf
from congress.shared.errors import Refused
from congress.shared.models import Setting
from proposals import raise_forms
from proposals.actions import drafting, submission
from proposals.models import Attachment, Draft, Proposal
from proposals.states import State
from tests import make, pdfs
from tests.deputies.walk import photo
from tests.proposals import walk
from tests.proposals.test_drafting import sent_photo, url
from tests.race import at_once, meanwhile

pytestmark = pytest.mark.django_db


def test_attach_keeps_the_same_picture_once_and_at_most_nine():
    draft = walk.draft()
    by = make.as_deputy(draft.deputy)
    walk.attachment(draft)
    assert drafting.attach(draft, files=[("又.jpg", photo())], by=by) == []
    colours = [(str(n), photo(f"rgb({n * 20},0,0)")) for n in range(9)]
    with pytest.raises(Refused, match="最多 9 个，已经有 1 个"):
        drafting.attach(draft, files=colours, by=by)
    with pytest.raises(Refused, match="写的人自己"):
        drafting.attach(draft, files=colours, by=make.as_deputy(make.deputy()))


@pytest.mark.django_db(transaction=True)
def test_the_same_picture_attached_four_times_at_once_is_one():
    draft = walk.draft()
    by, files = make.as_deputy(draft.deputy), [("桥.jpg", photo())]
    assert at_once(4, drafting.attach, draft, files=files, by=by) == ["done"] * 4
    assert Attachment.objects.count() == 1


def test_the_database_keeps_a_picture_with_one_owner():
    kept = walk.attachment()
    with pytest.raises(IntegrityError, match="draft_or_of_a_proposal"), transaction.atomic():
        Attachment.objects.filter(pk=kept.pk).update(draft=None)


def test_detach_is_for_the_writer_and_only_before_it_is_raised():
    kept = walk.attachment()
    by = make.as_deputy(kept.draft.deputy)
    with pytest.raises(Refused, match="写的人自己"):
        drafting.detach(kept, by=make.actor())
    drafting.detach(kept, by=by)
    assert not Attachment.objects.exists()
    raised = walk.attachment_raised()
    with pytest.raises(Refused, match="不能再删"):
        drafting.detach(raised, by=make.as_deputy(raised.proposal.lead))


def test_nobody_else_sees_a_drafts_picture_and_signers_see_a_proposals(client):
    kept = walk.attachment()
    for somebody in (make.actor(), make.as_deputy(make.deputy())):
        client.force_login(somebody.user)
        assert client.get(url("attachment", kept.pk)).status_code == 404
    walk.submitted(kept.draft.deputy, token=kept.draft.token)
    shown = client.get(url("attachment", kept.pk))
    assert b"".join(shown.streaming_content)[:2] == b"\xff\xd8"


def test_a_wrong_field_loses_no_picture(client):
    deputy = make.deputy()
    make.session()
    client.force_login(make.as_deputy(deputy).user)
    sent = walk.words() | {"token": str(uuid4()), "request": "", "attachments": sent_photo()}
    answer = client.post(url("submit"), sent)
    assert answer.status_code == 422
    assert url("attachment", Attachment.objects.get().pk) in answer.content.decode()


def sent_pdf(content=None, name="桥梁检测\u202e报告.pdf"):
    return SimpleUploadedFile(name, content or pdfs.with_everything(), "application/pdf")


def test_a_pdf_is_kept_clean_and_handed_over_as_a_file(client):
    deputy, token = make.deputy(), uuid4()
    make.session()
    client.force_login(make.as_deputy(deputy).user)
    sent = walk.words() | {"token": str(token), "attachments": sent_pdf()}
    client.post(url("attach"), sent)
    kept = Attachment.objects.get()
    assert kept.is_pdf
    assert kept.name == "桥梁检测报告.pdf"
    assert kept.extent == "1 页，1 KB"
    shown = client.get(url("attachment", kept.pk))
    content = b"".join(shown.streaming_content)
    assert content.startswith(b"%PDF-")
    assert b"JavaScript" not in content
    assert shown["Content-Type"] == "application/pdf"
    assert shown["Content-Disposition"].startswith("attachment; ")
    assert shown["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert shown["X-Content-Type-Options"] == "nosniff"
    client.post(url("submit"), walk.words() | {"token": str(token)})
    proposal = Proposal.objects.get(token=token)
    assert proposal.attachments.get() == kept
    html = client.get(url("detail", proposal.pk)).content.decode()
    assert "桥梁检测报告.pdf" in html
    assert "1 页，1 KB" in html


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (pdfs.locked(), "“桥梁检测报告.pdf”：PDF 加了密码"),
        (pdfs.paper(3), "“桥梁检测报告.pdf”：PDF 最多 2 页"),
        (pdfs.paper(2)[:-200], "“桥梁检测报告.pdf”：PDF 不完整"),
    ],
)
def test_a_pdf_that_cannot_be_kept_says_why_and_nothing_typed_is_lost(client, content, words):
    Setting.objects.create(key="proposals.pdf_pages", value=2, from_on=date(2020, 1, 1))
    deputy = make.deputy()
    make.session()
    client.force_login(make.as_deputy(deputy).user)
    sent = walk.words() | {"token": str(uuid4()), "attachments": sent_pdf(content)}
    answer = client.post(url("submit"), sent)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert walk.words()["facts"] in answer.content.decode()
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    ("name", "words"),
    [("坏的.PDF", "“坏的.PDF”：PDF 不完整或已损坏"), ("表.docx", "这不是照片，也不是 PDF")],
)
def test_what_is_neither_photo_nor_pdf_is_called_by_what_it_was_meant_to_be(client, name, words):
    make.session()
    client.force_login(make.as_deputy(make.deputy()).user)
    sent = walk.words() | {"token": str(uuid4()), "attachments": sent_pdf(b"no such thing", name)}
    assert words in client.post(url("submit"), sent).content.decode()


def test_one_bad_file_costs_no_other_and_is_looked_at_once(client, monkeypatch):
    looked_at = []
    read = clean_pdf.read
    monkeypatch.setattr(
        clean_pdf, "read", lambda *sent, **most: looked_at.append(sent) or read(*sent, **most)
    )
    deputy = make.deputy()
    make.session()
    client.force_login(make.as_deputy(deputy).user)
    files = [sent_pdf(pdfs.locked()), sent_photo()]
    answer = client.post(
        url("submit"), walk.words() | {"token": str(uuid4()), "attachments": files}
    )
    assert answer.status_code == 422
    kept = Attachment.objects.get()
    assert kept.name == "桥.jpg"
    assert url("attachment", kept.pk) in answer.content.decode()
    assert Draft.objects.get().facts == walk.words()["facts"]
    assert len(looked_at) == 1


@pytest.fixture
def elsewhere():
    """A session of its own, as another web worker has one."""
    other = connection.copy()
    with other.cursor() as cursor:
        yield cursor
    other.close()


def test_while_another_pdf_is_cleaned_this_one_waits_shortly_and_costs_nothing(
    client, monkeypatch, elsewhere
):
    monkeypatch.setattr(clean_pdf, "WAIT", 0)
    make.session()
    client.force_login(make.as_deputy(make.deputy()).user)
    elsewhere.execute("SELECT pg_advisory_lock(hashtext(%s))", [clean_pdf.TURN])
    sent = walk.words() | {"token": str(uuid4())}
    files = [sent_pdf(), sent_pdf(pdfs.paper(), "二.pdf"), sent_photo()]
    answer = client.post(url("submit"), sent | {"attachments": files})
    page = answer.content.decode()
    assert (answer.status_code, page.count("正在处理另一份 PDF，请过一会儿")) == (409, 2)
    assert (Draft.objects.get().facts, Attachment.objects.get().name) == (sent["facts"], "桥.jpg")
    elsewhere.execute("SELECT pg_advisory_unlock(hashtext(%s))", [clean_pdf.TURN])
    assert client.post(url("attach"), sent | {"attachments": sent_pdf()}).status_code == 302
    assert Attachment.objects.count() == 2


def test_whoever_is_done_with_a_pdf_lets_the_next_one_in(client, elsewhere):
    make.session()
    client.force_login(make.as_deputy(make.deputy()).user)
    for content in (pdfs.paper(), pdfs.locked()):
        sent = walk.words() | {"token": str(uuid4()), "attachments": sent_pdf(content)}
        client.post(url("attach"), sent)
        elsewhere.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [clean_pdf.TURN])
        assert elsewhere.fetchone() == (True,)
        elsewhere.execute("SELECT pg_advisory_unlock(hashtext(%s))", [clean_pdf.TURN])


def test_after_so_many_seconds_no_other_file_is_begun(client, monkeypatch):
    monkeypatch.setattr(raise_forms, "SECONDS_FOR_ALL", -1)
    deputy = make.deputy()
    make.session()
    client.force_login(make.as_deputy(deputy).user)
    sent = walk.words() | {"token": str(uuid4()), "attachments": sent_photo()}
    answer = client.post(url("attach"), sent)
    assert answer.status_code == 422
    assert "请过一会儿单独传这一个" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_file_added_while_the_draft_is_raised_goes_with_it():
    draft = walk.draft()
    make.as_deputy(draft.deputy), make.session()
    raised = meanwhile(
        lambda: walk.attachment(draft),
        lambda: walk.submitted(draft.deputy, token=draft.token),
    )
    assert [each.proposal for each in Attachment.objects.all()] == [raised]
    with pytest.raises(Refused, match="重新打开"):
        walk.attachment(draft, "red")


@pytest.mark.django_db(transaction=True)
def test_a_file_added_while_the_mending_is_given_up_is_gone_with_it():
    row = walk.proposal(State.RETURNED)
    draft = drafting.save_draft(
        deputy=row.lead,
        token=row.token,
        typed=drafting.Typed(title="改了一半"),
        by=make.as_deputy(row.lead),
        mends=row,
    )
    meanwhile(
        lambda: walk.attachment(draft),
        lambda: submission.withdraw(
            row, reason="已经解决。", by=make.as_deputy(row.lead), today=walk.SUBMITTED_ON
        ),
    )
    assert not Attachment.objects.exists()
    assert not Draft.objects.exists()
