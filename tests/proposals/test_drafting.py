"""草稿和附件: saved as typed, read by nobody else, ended by raising."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from congress.shared.errors import Refused
from proposals.actions import drafting, submission
from proposals.models import Attachment, Draft, Lineage, Proposal
from proposals.states import State
from tests import make
from tests.deputies.walk import picture
from tests.proposals import walk
from tests.proposals.pages import url
from tests.race import at_once
from tests.tamper import as_owner

pytestmark = pytest.mark.django_db


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
    with pytest.raises(IntegrityError, match="token"), as_owner(), transaction.atomic():
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
    submission.resubmit(proposal, **walk.words("改好了的标题"), by=by, today=walk.ACCEPTED_ON)
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
    client.post(url("resubmit", proposal.pk), walk.words("改过的标题"))
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


def test_what_another_has_begun_to_write_is_nobodys_to_raise():
    draft, thief = walk.draft(), make.deputy()
    with pytest.raises(Refused, match="已经用过"):
        walk.submitted(thief, token=draft.token)
    with pytest.raises(Refused, match="已经用过"):
        walk.signing(thief, token=draft.token)
    assert walk.submitted(draft.deputy, token=draft.token).lead == draft.deputy
    with pytest.raises(Refused, match="已经用过"):
        walk.draft(thief, token=draft.token)
