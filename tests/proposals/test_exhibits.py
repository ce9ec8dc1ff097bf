"""依据材料: beside one ask, the draft's until it is signed, and the answer's for ever."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from PIL import Image

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent
from congress.shared.roles import Role
from proposals import documents
from proposals.actions import exhibits, replies
from proposals.models import DraftExhibit, Exhibit, Proposal, ReplyDraft
from proposals.queries import bundles
from proposals.sharing import Share
from proposals.states import State, UnitRole
from tests import make
from tests.deputies.walk import photo
from tests.proposals import walk
from tests.proposals.test_replies import gated, in_hand, shared_by
from tests.race import meanwhile

pytestmark = pytest.mark.django_db


def upload(colour="teal", name="护栏.jpg"):
    out = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/jpeg")


def signed():
    """Answered, with one picture beside the ask."""
    part = gated()
    walk.shown(walk.drafted(part))
    draft = replies.submit_for_signing(part, by=walk.unit_clerk(), today=walk.REPLIED_ON)
    return replies.sign(draft, by=walk.unit_head(), today=walk.REPLIED_ON)


def test_add_exhibits_keeps_each_picture_once_and_makes_a_new_edition():
    draft = walk.drafted(in_hand())
    ask = draft.assignment.proposal.asks.get()
    sent = {ask.pk: [(f"{colour}.jpg", photo(colour)) for colour in ("teal", "red")]}
    exhibits.add_exhibits(draft, pictures=sent, by=walk.unit_clerk())
    walk.shown(draft, "teal")
    draft.refresh_from_db()
    assert draft.edition == 2
    assert [each.name for each in draft.exhibits.all()] == ["teal.jpg", "red.jpg"]
    said = AuditEvent.objects.filter(subject=ReplyDraft._meta.label).last()
    assert said.note == "加 2 张依据材料，成为第 2 稿。"


def test_add_exhibits_is_refused_beyond_six_and_for_the_asks_of_others():
    draft = walk.drafted(in_hand())
    walk.shown(draft, *("red", "blue", "green", "gold", "pink", "gray"))
    with pytest.raises(Refused, match="第 1 条的依据材料最多 6 张，已经有 6 张"):
        walk.shown(draft, "teal")
    with pytest.raises(Refused, match="不由本单位答复"):
        walk.shown(draft, ask=walk.proposal(State.ACCEPTED).asks.first())


def test_remove_exhibit_takes_the_file_too(django_capture_on_commit_callbacks):
    draft = walk.drafted(in_hand())
    kept = walk.shown(draft)[0]
    storage, name = kept.file.storage, kept.file.name
    with django_capture_on_commit_callbacks(execute=True):
        exhibits.remove_exhibit(kept, by=walk.unit_clerk())
    assert not DraftExhibit.objects.exists()
    assert not storage.exists(name)


def test_what_is_signed_goes_out_with_its_answer_and_stays_with_its_version():
    reply = signed()
    shown = reply.answers.get().exhibits.get()
    assert (shown.name, shown.digest) == ("teal.jpg", photo("teal").sha256)
    part = reply.assignment
    again = walk.drafted(part)
    walk.shown(again, "red")
    replies.submit_for_signing(part, by=walk.unit_clerk(), today=walk.REPLIED_ON)
    second = replies.sign(again, by=walk.unit_head(), today=walk.REPLIED_ON)
    assert [each.name for each in second.answers.get().exhibits.all()] == ["red.jpg"]
    assert reply.answers.get().exhibits.get() == shown


@pytest.mark.parametrize(
    "statement", ["UPDATE proposals_exhibit SET name = ''", "DELETE FROM proposals_exhibit"]
)
def test_the_database_lets_nobody_change_what_was_issued(statement):
    signed()
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)


def test_a_picture_added_after_a_countersignature_asks_for_it_again():
    other = make.unit("县财政局")
    row = shared_by(Share(make.unit(), UnitRole.LEAD), Share(other, UnitRole.JOINT))
    part, joint = row.lead_assignment, row.assignments.get(unit=other)
    for stage in walk.MET_ON:
        walk.met(part, stage)
        walk.borne_out(part)
        part.refresh_from_db()
    draft = walk.to_sign(Proposal.objects.get(pk=row.pk).lead_assignment)
    replies.countersign(draft, part=joint, by=walk.unit_head(other))
    replies.return_draft(draft, words="加一张照片。", by=walk.unit_head())
    walk.shown(draft)
    draft = replies.submit_for_signing(part, by=walk.unit_clerk(), today=walk.REPLIED_ON)
    with pytest.raises(Refused, match="还等县财政局会签"):
        replies.sign(draft, by=walk.unit_head(), today=walk.REPLIED_ON)


def read(client, address):
    """The picture's bytes: a file that nobody reads to its end stays open."""
    answer = client.get(address)
    assert answer["Content-Type"] == "image/jpeg"
    return b"".join(answer.streaming_content)


def sent(part, *, files=(), **changes):
    ask = part.proposal.asks.first()
    draft = part.drafts.first()
    typed = {
        "edition": draft.edition if draft else 0,
        "text": "写了一半",
        "file_number": "",
        f"text_{ask.pk}": "装护栏。",
        f"evidence_{ask.pk}": "",
        f"exhibits_{ask.pk}": list(files),
    }
    return typed | changes


def test_the_clerk_adds_a_picture_and_keeps_what_was_typed(client):
    part = in_hand()
    client.force_login(walk.unit_clerk().user)
    answer = client.post(
        reverse("proposals:add_exhibits", args=[part.proposal_id]), sent(part, files=[upload()])
    )
    assert answer.status_code == 302
    page = client.get(reverse("proposals:case", args=[part.proposal_id])).content.decode()
    kept = DraftExhibit.objects.get()
    assert "写了一半" in page
    shown = reverse("proposals:draft_exhibit", args=[kept.pk])
    assert shown in page
    assert read(client, shown)
    gone = client.post(reverse("proposals:remove_exhibit", args=[kept.pk]), sent(part, text="改了"))
    assert gone.status_code == 302
    assert not DraftExhibit.objects.exists()
    assert ReplyDraft.objects.get().text == "改了"


def test_what_is_no_picture_is_told_and_nothing_is_lost(client):
    part = in_hand()
    client.force_login(walk.unit_clerk().user)
    wrong = SimpleUploadedFile("红头文件.jpg", b"%PDF-1.4 ...", content_type="image/jpeg")
    answer = client.post(
        reverse("proposals:save_reply", args=[part.proposal_id]), sent(part, files=[wrong])
    )
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "这不是照片，或者格式打不开" in html
    assert "写了一半" in html


def test_a_conflict_keeps_the_pictures(client):
    part = in_hand()
    walk.drafted(part)
    walk.drafted(part, by=make.actor(Role.UNIT_CLERK, at=part.unit), text="同事改过。")
    client.force_login(walk.unit_clerk().user)
    typed = sent(part, files=[upload()], edition=1)
    answer = client.post(reverse("proposals:save_reply", args=[part.proposal_id]), typed)
    assert answer.status_code == 409
    assert DraftExhibit.objects.count() == 1
    assert answer.context["reply_form"]["edition"].value() == "3"


def test_where_a_picture_cannot_be_kept_the_words_are_not_saved_either_and_are_given_back(client):
    part = in_hand()
    draft = walk.drafted(part)
    walk.shown(draft, *("red", "blue", "green", "gold", "pink", "gray"))
    draft.refresh_from_db()
    client.force_login(walk.unit_clerk().user)
    typed = sent(part, files=[upload()], text="只存了一半？")
    answer = client.post(reverse("proposals:save_reply", args=[part.proposal_id]), typed)
    assert answer.status_code == 409
    assert "最多 6 张" in answer.content.decode()
    assert "只存了一半？" in answer.content.decode()
    saved = ReplyDraft.objects.get()
    assert (saved.text, saved.edition, saved.exhibits.count()) == (draft.text, draft.edition, 6)


def test_the_deputy_sees_the_picture_at_the_answer_and_strangers_do_not(client):
    reply = signed()
    shown = reverse("proposals:exhibit", args=[Exhibit.objects.get().pk])
    client.force_login(make.as_deputy(reply.assignment.proposal.lead).user)
    page = client.get(reverse("proposals:detail", args=[reply.assignment.proposal_id]))
    assert shown in page.content.decode()
    assert read(client, shown)
    for stranger in (make.as_deputy(make.deputy()), walk.unit_clerk(make.unit("县财政局"))):
        client.force_login(stranger.user)
        assert client.get(shown).status_code == 404
    client.force_login(make.actor().user)
    assert read(client, shown)
    kept = DraftExhibit.objects.get()
    for name in ("draft_exhibit", "remove_exhibit"):
        client.force_login(walk.unit_clerk(make.unit("县财政局")).user)
        address = reverse(f"proposals:{name}", args=[kept.pk])
        how = client.post if name == "remove_exhibit" else client.get
        assert how(address).status_code == 404


def test_the_bundle_shows_the_picture(client):
    reply = signed()
    case = bundles.bundles([reply.assignment.proposal], make.actor(), walk.REPLIED_ON)
    assert b"/Subtype /Image" in documents.volume_pdf("案卷", case)


@pytest.mark.django_db(transaction=True)
def test_words_saved_while_pictures_are_added_or_taken_out_are_an_edition_of_their_own():
    part = in_hand()
    draft = walk.drafted(part)
    meanwhile(lambda: walk.shown(draft), lambda: walk.drafted(part, text="改过的答复。"))
    draft.refresh_from_db()
    assert (draft.edition, draft.text) == (3, "改过的答复。")
    clerk, kept = walk.unit_clerk(), DraftExhibit.objects.get()
    meanwhile(
        lambda: walk.drafted(part, text="再改过的答复。"),
        lambda: exhibits.remove_exhibit(kept, by=clerk),
    )
    draft.refresh_from_db()
    assert (draft.edition, draft.text) == (5, "再改过的答复。")
