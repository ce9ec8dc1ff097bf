"""三见面, the other side's word: denied, waived, or written down by the deputy."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from congress.shared.roles import Role
from proposals.actions import assignment, meetings, replies
from proposals.models import Meeting, Proposal, Waiver
from proposals.sharing import Share
from proposals.states import Side, Stage, State, UnitRole
from tests import make
from tests.proposals import walk
from tests.tamper import as_owner

pytestmark = pytest.mark.django_db
WORDS = "那天没有见面，只通了电话。"


def in_hand(**kept):
    return walk.proposal(State.ASSIGNED, **kept).lead_assignment


def lead_of(part):
    return make.as_deputy(part.proposal.lead)


def told(part):
    """The unit says that it met the deputy."""
    walk.met(part, Stage.BEFORE)
    return part.meetings.get()


def deny(meeting, **changes):
    given = {"words": WORDS, "by": lead_of(meeting.assignment), "today": walk.REPLIED_ON}
    return meetings.deny_meeting(meeting, **(given | changes))


def waive(part, **changes):
    given = {"stage": Stage.BEFORE, "reason": "电话里说清楚了。", "by": lead_of(part)}
    return meetings.waive_meeting(part, **(given | {"today": walk.REPLIED_ON} | changes))


def test_deny_meeting_tells_the_writer_why_and_frees_the_stage():
    part, clerk = in_hand(), walk.unit_clerk()
    denied = deny(told(part))
    assert (denied.denial, denied.denied_by) == (WORDS, lead_of(part).user)
    event = AuditEvent.objects.get(now="denied_before")
    assert (event.subject_id, event.note) == (denied.pk, "对方不认可登记的办前见面。")
    notice = Notice.objects.get(person=clerk.user, key=f"proposal.denied:{denied.pk}")
    assert WORDS in notice.text
    assert notice.link == reverse("proposals:case", args=[part.proposal_id])
    walk.met(Proposal.objects.get().lead_assignment, Stage.BEFORE)
    assert Meeting.objects.held().count() == 1


def test_one_that_was_denied_is_written_down_anew_with_its_true_day_whatever_was_held_since():
    part = in_hand()
    meeting = told(part)
    walk.met(part, Stage.DURING)
    deny(meeting)
    walk.met(Proposal.objects.get().lead_assignment, Stage.BEFORE)
    again = Meeting.objects.held().get(stage=Stage.BEFORE)
    assert again.met_on == walk.MET_ON[Stage.BEFORE]


@pytest.mark.django_db(transaction=True)
def test_a_meeting_is_not_denied_while_its_reply_is_being_signed(monkeypatch):
    """The signature has read the gate: the denial waits for it, and then comes too late."""
    with clock.at(datetime(2026, 4, 22, 2, tzinfo=UTC)):
        part = in_hand()
        walk.met(part)
    draft, meeting, lead = walk.drafted(part), part.meetings.first(), lead_of(part)
    late = {"today": walk.REPLIED_ON + timedelta(days=25)}
    replies.submit_for_signing(part, by=walk.unit_clerk(), **late)

    def denied():
        try:
            deny(meeting, by=lead, **late)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        denials = []

        def meanwhile(*_):
            denials.append(pool.submit(denied))
            wait(denials, timeout=1)

        monkeypatch.setattr(replies, "issue_exhibits", meanwhile)
        replies.sign(draft, by=walk.unit_head(), **late)
        with pytest.raises(Refused, match="已答复"):
            denials[0].result()
    assert Meeting.objects.held().count() == len(Stage)


def test_deny_meeting_is_refused_to_all_but_the_other_side():
    meeting = told(in_hand())
    everybody = [make.actor(role) for role in set(Role) - {Role.DEPUTY}]
    for by in [*everybody, make.as_deputy(make.deputy())]:
        with pytest.raises(Refused, match="领衔代表本人"):
            deny(meeting, by=by)


def test_deny_meeting_is_refused_once_confirmed_or_denied_and_without_words():
    part = in_hand()
    with pytest.raises(Refused, match="请写明实际情况"):
        deny(told(part), words=" ")
    walk.borne_out(part)
    with pytest.raises(Refused, match="已经确认过"):
        deny(part.meetings.get())
    other = told(in_hand())
    deny(other)
    with pytest.raises(Refused, match="已经说明不属实"):
        deny(other)
    with pytest.raises(Refused, match="已经说明不属实"):
        meetings.confirm_meeting(other, by=lead_of(other.assignment))


def test_the_database_wants_who_when_and_words_of_a_denial():
    told(in_hand())
    with pytest.raises(IntegrityError, match="denied_has_who_when"), transaction.atomic():
        Meeting.objects.update(denied_by=make.user())


def test_waive_meeting_opens_the_gate_there_and_tells_the_unit():
    part, clerk = in_hand(), walk.unit_clerk()
    waiver = waive(part)
    assert (waiver.stage, waiver.waived_by) == (Stage.BEFORE, lead_of(part).user)
    assert AuditEvent.objects.get(now="waived_before").note == "领衔代表同意免去办前见面。"
    notice = Notice.objects.get(person=clerk.user, key=f"proposal.waived:{waiver.pk}")
    assert "电话里说清楚了" in notice.text
    with pytest.raises(Refused, match="要先登记办中见面"):
        walk.met(Proposal.objects.get().lead_assignment, Stage.AFTER)


def test_waive_meeting_is_the_lead_deputys_alone():
    part = in_hand()
    everybody = [make.actor(role) for role in set(Role) - {Role.DEPUTY}]
    for by in [*everybody, make.as_deputy(make.deputy())]:
        with pytest.raises(Refused, match="只有领衔代表本人"):
            waive(part, by=by)


def test_waive_meeting_is_refused_without_reason_for_what_is_held_and_after_the_reply():
    part = in_hand()
    with pytest.raises(Refused, match="请写明为什么不用见面"):
        waive(part, reason=" ")
    told(part)
    with pytest.raises(Refused, match="办前见面已经登记或者免去"):
        waive(part)
    with pytest.raises(Refused, match="已答复"):
        waive(walk.proposal(State.ANSWERED).lead_assignment)


def test_the_database_keeps_one_waiver_per_stage_with_its_reason():
    waive(in_hand())
    with pytest.raises(IntegrityError, match="waiver_says_why"), as_owner(), transaction.atomic():
        Waiver.objects.update(reason="")


def test_what_the_deputy_writes_down_is_confirmed_by_the_unit_alone():
    part, clerk = in_hand(), walk.unit_clerk()
    walk.met(part, Stage.BEFORE, by=lead_of(part))
    meeting = part.meetings.get()
    assert meeting.side == Side.DEPUTY
    asked = Notice.objects.get(key=f"proposal.meeting:{meeting.pk}", person=clerk.user)
    assert asked.link == reverse("proposals:case", args=[part.proposal_id])
    for by in (lead_of(part), make.actor(), walk.unit_clerk(make.unit("县财政局"))):
        with pytest.raises(Refused, match="由承办单位确认"):
            meetings.confirm_meeting(meeting, by=by)
    assert meetings.confirm_meeting(meeting, by=clerk).confirmed_by == clerk.user


def test_the_deputys_page_has_every_word_and_keeps_what_was_typed(client):
    part = in_hand()
    told(part)
    client.force_login(lead_of(part).user)
    page = client.get(reverse("proposals:detail", args=[part.proposal_id])).content.decode()
    for words in ("见过，属实", "不是这样…", "免见面…", "登记见面…", "等代表确认"):
        assert words in page
    deny_it = reverse("proposals:deny_meeting", args=[part.meetings.get().pk])
    assert "看了桥" in client.get(deny_it).content.decode()
    assert client.post(deny_it, {"words": ""}).status_code == 422
    assert client.post(deny_it, {"words": WORDS}).status_code == 302
    page = client.get(reverse("proposals:detail", args=[part.proposal_id])).content.decode()
    assert WORDS in page
    record = reverse("proposals:record_meeting", args=[part.pk])
    assert "登记办前见面" in client.get(record).content.decode()
    sent = {"stage": "before", "met_on": "2026-03-20", "place": "村委会", "people": "三人"}
    answer = client.post(record, sent)
    assert (answer.status_code, "村委会" in answer.content.decode()) == (422, True)
    assert client.post(record, sent | {"said": "看了桥。"}).status_code == 302
    waive_it = reverse("proposals:waive_meeting", args=[part.pk])
    assert client.post(waive_it, {"stage": "during", "reason": ""}).status_code == 422
    answer = client.post(waive_it, {"stage": "during", "reason": "电话里说清楚了。"})
    assert answer.status_code == 302
    assert Waiver.objects.get().stage == Stage.DURING


def test_who_denied_a_meeting_is_named_and_called_you_where_it_is_oneself(client):
    part = in_hand()
    deny(told(part))
    lead = part.proposal.lead
    for by, name, said in (
        (lead_of(part), "detail", "您说："),
        (walk.unit_clerk(), "case", f"{lead.name}代表说："),
        (make.actor(), "dossier", f"{lead.name}代表说："),
    ):
        client.force_login(by.user)
        page = client.get(reverse(f"proposals:{name}", args=[part.proposal_id])).content.decode()
        assert f"{said}{WORDS}" in page
        assert "对方说" not in page


def test_the_acts_of_the_meetings_are_not_found_by_strangers(client):
    part = in_hand()
    meeting = told(part)
    for stranger in (make.as_deputy(make.deputy()), walk.unit_clerk(make.unit("县教育局"))):
        client.force_login(stranger.user)
        for name, pk in (
            ("deny_meeting", meeting.pk),
            ("waive_meeting", part.pk),
            ("record_meeting", part.pk),
        ):
            assert client.get(reverse(f"proposals:{name}", args=[pk])).status_code == 404


def test_a_unit_finds_no_meeting_of_another_unit_of_the_same_proposal(client):
    """Who helps, and who answers beside: neither its words nor that there is one."""
    helper, beside = make.unit("县财政局"), make.unit("县水利和湖泊局")
    for role, unit in ((UnitRole.ASSISTING, helper), (UnitRole.SEPARATE, beside)):
        first = UnitRole.LEAD if role == UnitRole.ASSISTING else role
        row = walk.proposal(State.ACCEPTED)
        shares = [Share(make.unit(), first), Share(unit, role)]
        assignment.assign(row, shares=shares, by=make.actor(), today=walk.ASSIGNED_ON)
        meeting = told(Proposal.objects.get(pk=row.pk).lead_assignment)
        client.force_login(walk.unit_clerk(unit).user)
        answers = [
            client.get(reverse("proposals:deny_meeting", args=[meeting.pk])),
            client.post(reverse("proposals:deny_meeting", args=[meeting.pk]), {"words": WORDS}),
            client.post(reverse("proposals:confirm_meeting", args=[meeting.pk])),
        ]
        assert [each.status_code for each in answers] == [404] * 3
        assert not any("看了桥" in each.content.decode() for each in answers)
