"""接续代表: speaks for a proposal while its lead does not sit; the reply stays the lead's."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from deputies.models import DutyRecord, Membership
from proposals import tasks
from proposals.actions import clocks, fostering, meetings
from proposals.models import Proposal, Rating
from proposals.queries import papers
from proposals.rating_states import Satisfaction
from proposals.states import Stage, State
from tests import make
from tests.proposals import walk
from tests.proposals.verbs_rolling import TODAY, WHY, fostered

pytestmark = pytest.mark.django_db
LEFT_ON = date(2026, 3, 8)


@pytest.fixture(autouse=True)
def _in_april():
    with clock.at(datetime(2026, 4, 23, 2, tzinfo=UTC)):
        yield


def orphan(state=State.ASSIGNED):
    row = walk.proposal(state)
    make.leaves(row.lead, LEFT_ON)
    return Proposal.objects.get(pk=row.pk)


def test_appoint_foster_lets_the_deputy_speak_and_tells_both_sides():
    clerk = walk.unit_clerk()
    row = fostered(orphan())
    assert (row.since_on, row.until_on) == (TODAY, None)
    step = AuditEvent.objects.get(subject="proposals.Foster", now="fostered")
    assert step.subject_id == row.pk
    told = Notice.objects.filter(key=f"proposal.fostered.{row.pk}:{row.proposal_id}")
    assert set(told.values_list("person", flat=True)) == {row.deputy.user_id, clerk.user.pk}


def test_a_reason_that_ends_with_a_full_stop_gets_no_second_one():
    by, deputy = make.actor(), make.deputy()
    fostering.appoint_foster(orphan(), deputy=deputy, reason=f"{WHY}。", by=by, today=TODAY)
    assert Notice.objects.filter(person=deputy.user).get().text.endswith(f"{WHY}。")
    assert not Notice.objects.filter(text__contains="。。").exists()


def test_end_foster_takes_the_word_back():
    row = fostered(orphan())
    fostering.end_foster(row, words="换一位", by=make.actor(), today=TODAY)
    found = Proposal.objects.get(pk=row.proposal_id)
    assert found.speaker_pk is None
    with pytest.raises(Refused, match="已经结束"):
        fostering.end_foster(row, words="再来", by=make.actor(), today=TODAY)


def test_while_the_lead_sits_nobody_else_speaks():
    row, deputy = walk.proposal(State.ASSIGNED), make.deputy()
    with pytest.raises(Refused, match="领衔代表仍然在任"):
        fostering.appoint_foster(row, deputy=deputy, reason=WHY, by=make.actor(), today=TODAY)


def test_only_one_who_sits_in_that_congress_can_foster():
    row, other = orphan(), make.deputy("镇代表", levels=("township",))
    with pytest.raises(Refused, match="镇代表目前不是这一级人大的代表"):
        fostering.appoint_foster(row, deputy=other, reason=WHY, by=make.actor(), today=TODAY)


def test_the_foster_meets_consents_and_rates_and_the_one_who_left_does_not():
    row = orphan()
    foster = fostered(row).deputy
    new, old = make.as_deputy(foster), make.as_deputy(row.lead)
    part = row.lead_assignment
    asked = {"months": 1, "reason": "汛期", "today": walk.REPLIED_ON}
    extension = clocks.ask_extension(part, by=walk.unit_clerk(), **asked)
    walk.met(part, Stage.BEFORE)
    meeting = part.meetings.get()
    for verb, on in ((meetings.confirm_meeting, meeting), (clocks.consent_extension, extension)):
        with pytest.raises(Refused, match="本人"):
            verb(on, by=old)
        verb(on, by=new)
    for stage in (Stage.DURING, Stage.AFTER):
        walk.met(part, stage)
        meetings.confirm_meeting(part.meetings.get(stage=stage), by=new)
    reply = walk.answered(part)
    said = {"process": Satisfaction.FAIR, "result": Satisfaction.FAIR, "today": walk.REPLIED_ON}
    with pytest.raises(Refused, match="本人评价"):
        walk.rate(reply, by=old, **said)
    walk.rate(reply, by=new, **said)
    assert Rating.objects.get().deputy == foster
    assert papers.letter(reply, make.actor()).salutation == f"{row.lead.name}代表："


def test_the_foster_finds_it_among_their_own_and_opens_its_page(client):
    row = orphan()
    foster = fostered(row).deputy
    client.force_login(foster.user)
    make.as_deputy(foster)
    page = client.get(reverse("proposals:mine")).content.decode()
    assert row.title in page
    assert "接续代表" in page
    assert client.get(reverse("proposals:detail", args=[row.pk])).status_code == 200


def test_a_foster_who_leaves_speaks_no_more_and_the_next_takes_over():
    row = fostered(orphan())
    make.leaves(row.deputy, date(2026, 4, 20))
    proposal = Proposal.objects.get(pk=row.proposal_id)
    assert proposal.speaker_pk is None
    new = fostered(proposal)
    row.refresh_from_db()
    assert row.ending_words == fostering.GONE
    assert Proposal.objects.get(pk=proposal.pk).speaker_pk == new.deputy_id


def test_a_lead_elected_again_speaks_in_the_next_term():
    row = orphan()
    term = make.term()
    again = type(term).objects.create(assembly=term.assembly, number=20, from_on=date(2026, 3, 9))
    old = row.lead.mandates.get()
    old.pk, old.term, old.from_on = None, again, date(2026, 3, 9)
    old.to_on, old.end_cause, old.certificate = None, "", "C99999"
    old.delegation = None
    old.save()
    spell = {"deputy": row.lead, "group": make.group(), "from_on": date(2026, 3, 9)}
    Membership.objects.create(**spell)
    assert Proposal.objects.get(pk=row.pk).speaker_pk == row.lead_id


def test_the_office_appoints_and_ends_on_its_own_pages(client):
    row, deputy = orphan(), make.deputy()
    client.force_login(make.actor().user)
    address = reverse("proposals:appoint_foster", args=[row.pk])
    assert "确定接续代表" in client.get(address).content.decode()
    client.post(address, {"deputy": deputy.pk, "reason": WHY})
    foster = row.fosters.get()
    page = client.get(reverse("proposals:dossier", args=[row.pk])).content.decode()
    ending = reverse("proposals:end_foster", args=[foster.pk])
    assert ending in page
    client.post(ending, {"words": "本人提出"})
    foster.refresh_from_db()
    assert foster.ending_words == "本人提出"


def test_what_a_foster_says_is_the_fosters_task_and_duty_and_under_the_fosters_name(client):
    row = orphan()
    foster = fostered(row).deputy
    new, part = make.as_deputy(foster), row.lead_assignment
    for stage in Stage:
        walk.met(part, stage)
        if stage == Stage.BEFORE:
            said = {"words": "那天没有见面。", "today": walk.REPLIED_ON}
            meetings.deny_meeting(part.meetings.get(), by=new, **said)
            walk.met(part, stage)
        meetings.confirm_meeting(part.meetings.filter(stage=stage).latest("pk"), by=new)
    reply = walk.answered(part)
    client.force_login(walk.unit_clerk().user)
    case = client.get(reverse("proposals:case", args=[row.pk])).content.decode()
    said = [f"{each.name}代表说：那天没有见面" in case for each in (foster, row.lead)]
    assert said == [True, False]
    client.force_login(foster.user)
    home = client.get(reverse("home:front")).content.decode()
    assert ("评价答复" in home, row.title in home) == (True, True)
    fair = Satisfaction.FAIR
    walk.rate(reply, process=fair, result=fair, by=new, today=walk.REPLIED_ON)
    walk.released(Proposal.objects.get(pk=row.pk))
    with clock.at(datetime(2026, 5, 28, 2, tzinfo=UTC)):
        assert [tasks.report_ratings(), tasks.report_ratings()] == [1, 0]
    assert DutyRecord.objects.get(item__code="P4").deputy == foster
