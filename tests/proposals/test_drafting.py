"""草稿和附件: saved as typed, read by nobody else, ended by raising."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from congress.shared import clean_pdf
from congress.shared.errors import Refused
from congress.shared.models import Setting
from proposals import raise_forms
from proposals.actions import drafting, submission
from proposals.models import Attachment, Draft, Lineage, Proposal
from proposals.states import State
from tests import make, pdfs
from tests.deputies.walk import photo, picture
from tests.proposals import walk
from tests.race import at_once, meanwhile

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"proposals:{name}", args=args)


def sent_photo():
    return SimpleUploadedFile("桥.jpg", picture(), "image/jpeg")


def test_save_draft_keeps_what_is_typed_once_for_one_token():
    deputy, token = make.deputy(), uuid4()
    walk.draft(deputy, token=token, title="关于")
    draft = walk.draft(deputy, token=token, title="关于修桥", facts="断了")
    assert Draft.objects.get() == draft
    assert (draft.title, draft.facts, draft.request) == ("关于修桥", "断了", "")


def test_save_draft_is_refused_to_others_and_once_it_is_raised():
    deputy, token = make.deputy(), uuid4()
    said = {"deputy": deputy, "token": token, "typed": drafting.Typed(title="晚")}
    with pytest.raises(Refused, match="代表本人"):
        drafting.save_draft(**said, by=make.as_deputy(make.deputy()))
    walk.submitted(deputy, token=token)
    with pytest.raises(Refused, match="已经提出"):
        drafting.save_draft(**said, by=make.as_deputy(deputy))
    assert not Draft.objects.exists()


def test_save_draft_on_anothers_token_touches_nothing():
    draft = walk.draft(title="我的")
    with pytest.raises(Refused, match="重新打开"):
        walk.draft(make.deputy(), token=draft.token, title="别人的")
    draft.refresh_from_db()
    assert draft.title == "我的"


@pytest.mark.django_db(transaction=True)
def test_four_savings_at_once_are_one_draft():
    deputy, token = make.deputy(), uuid4()
    said = {"deputy": deputy, "token": token, "typed": drafting.Typed(title="桥")}
    assert at_once(4, drafting.save_draft, **said, by=make.as_deputy(deputy)) == ["done"] * 4
    assert Draft.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_saving_and_a_raising_at_once_leave_no_draft_of_what_is_raised():
    deputy, token = make.deputy(), uuid4()
    deeds = iter(
        [
            lambda: walk.draft(deputy, token=token),
            lambda: walk.submitted(deputy, token=token),
        ]
    )
    make.as_deputy(deputy), make.session()
    at_once(2, lambda: next(deeds)())
    assert (Draft.objects.count(), Proposal.objects.count()) == (0, 1)


def test_the_database_keeps_one_draft_for_one_token():
    first, second = walk.draft(), walk.draft()
    with pytest.raises(IntegrityError, match="token"), transaction.atomic():
        Draft.objects.filter(pk=second.pk).update(token=first.token)


def test_raising_ends_the_draft_keeps_its_pictures_and_what_it_goes_on_from():
    earlier = walk.proposal(State.ACCEPTED)
    draft = walk.draft()
    kept = walk.attachment(draft)
    proposal = walk.submitted(draft.deputy, token=draft.token, continues=earlier)
    kept.refresh_from_db()
    assert (kept.draft, kept.proposal) == (None, proposal)
    assert not Draft.objects.exists()
    assert Lineage.objects.get(proposal=proposal).earlier == earlier


def test_a_return_for_mending_keeps_a_draft_until_it_is_sent_again():
    proposal = walk.proposal(State.RETURNED)
    by = make.as_deputy(proposal.lead)
    said = {"deputy": proposal.lead, "token": uuid4(), "typed": drafting.Typed(title="改一半")}
    draft = drafting.save_draft(**said, by=by, mends=proposal)
    assert draft.proposal == proposal
    submission.resubmit(proposal, **walk.words(), by=by, today=walk.ACCEPTED_ON)
    assert not Draft.objects.exists()
    with pytest.raises(Refused, match="现在不用修改"):
        drafting.save_draft(**said, by=by, mends=proposal)


def test_withdrawing_what_is_being_mended_ends_its_draft():
    proposal = walk.proposal(State.RETURNED)
    by = make.as_deputy(proposal.lead)
    said = {"deputy": proposal.lead, "token": uuid4(), "typed": drafting.Typed(title="改一半")}
    drafting.save_draft(**said, by=by, mends=proposal)
    submission.withdraw(proposal, reason="修好了", by=by, today=walk.ACCEPTED_ON)
    assert not Draft.objects.exists()


def test_discard_draft_takes_the_pictures_with_it(django_capture_on_commit_callbacks):
    kept = walk.attachment()
    draft, storage, name = kept.draft, kept.file.storage, kept.file.name
    with pytest.raises(Refused, match="写的人自己"):
        drafting.discard_draft(draft, by=make.actor())
    with django_capture_on_commit_callbacks(execute=True):
        drafting.discard_draft(draft, by=make.as_deputy(draft.deputy))
    assert (Draft.objects.count(), Attachment.objects.count()) == (0, 0)
    assert not storage.exists(name)


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


def test_the_screen_saves_by_itself_and_by_its_button_and_takes_pictures(client):
    deputy = make.deputy()
    make.session()
    client.force_login(make.as_deputy(deputy).user)
    token = str(client.get(url("submit")).context["form"].initial["token"])
    typed = {"token": token, "title": "关于修桥", "facts": "", "request": ""}
    answer = client.post(url("save_draft"), typed, headers={"HX-Request": "true"})
    assert "已自动存" in answer.content.decode()
    draft = Draft.objects.get()
    assert client.post(url("save_draft"), typed).url.endswith(f"?draft={draft.pk}")
    client.post(url("attach"), typed | {"attachments": sent_photo()})
    kept = Attachment.objects.get()
    shown = client.get(url("attachment", kept.pk))
    assert shown["Cache-Control"] == "private, no-store"
    assert b"".join(shown.streaming_content)[:2] == b"\xff\xd8"
    page = client.get(url("submit"), {"draft": draft.pk}).content.decode()
    assert "关于修桥" in page
    assert url("attachment", kept.pk) in page
    assert "草稿 1 份" in client.get(url("mine")).content.decode()
    client.post(url("detach", kept.pk), typed)
    assert not Attachment.objects.exists()
    client.post(url("discard_draft", draft.pk))
    assert not Draft.objects.exists()


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


def test_a_wrong_field_keeps_the_words_as_a_draft_and_nothing_typed_makes_none(client):
    make.session()
    client.force_login(make.as_deputy(make.deputy()).user)
    sent = {"token": str(uuid4()), "title": "", "facts": "", "request": ""}
    assert client.post(url("submit"), sent).status_code == 422
    assert not Draft.objects.exists()
    page = client.post(url("submit"), sent | {"facts": "护栏断了"}).content.decode()
    assert Draft.objects.get().facts == "护栏断了"
    assert "还没有草稿" not in page


def test_a_saving_that_comes_after_it_is_sent_again_is_no_fault(client):
    proposal = walk.proposal(State.RETURNED)
    client.force_login(make.as_deputy(proposal.lead).user)
    client.post(url("resubmit", proposal.pk), walk.words())
    late = client.post(
        url("save_mending", proposal.pk), walk.words(), headers={"HX-Request": "true"}
    )
    assert (late.status_code, Draft.objects.exists()) == (200, False)


def test_mending_saves_by_itself(client):
    proposal = walk.proposal(State.RETURNED)
    client.force_login(make.as_deputy(proposal.lead).user)
    answer = client.post(url("save_mending", proposal.pk), {"title": "改一半"})
    assert answer.url == url("resubmit", proposal.pk)
    assert "改一半" in client.get(answer.url).content.decode()


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
