"""延期申请、异议、暂停: the deputy's no, and what ends with the proposal that it is about."""

from datetime import date

import pytest

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice, Setting
from proposals.actions import clocks, objections, submission
from proposals.models import Proposal
from proposals.queries import deputies
from proposals.queries.extensions import extension_lines, extension_rows
from proposals.queries.pages import to_consent
from proposals.queries.timeline import timeline
from proposals.states import ExtensionState, ObjectionState
from tests import make
from tests.proposals import sheets as facts
from tests.proposals import walk
from tests.proposals.stages_of_parts import ASKED_ON, asked, consented

pytestmark = pytest.mark.django_db


def grant(extension):
    return clocks.grant_extension(extension, by=make.actor(), today=ASKED_ON)


def refuse(extension):
    return clocks.refuse_extension(extension, words="请按期办结。", by=make.actor(), today=ASKED_ON)


def owed(proposal):
    """What the lead deputy reads under 待办, and whether the page offers to agree."""
    lead = make.as_deputy(proposal.lead)
    lines = deputies.mine(lead, ASKED_ON)
    offered = bool(to_consent(Proposal.objects.get(pk=proposal.pk), lead, ASKED_ON))
    return [each.act for line in lines for each in line.owed], offered


def declined(part=None):
    extension = asked(part)
    return clocks.decline_extension(extension, by=lead_of(extension))


def lead_of(extension):
    return make.as_deputy(extension.assignment.proposal.lead)


def test_decline_extension_is_the_lead_deputys_word_that_the_office_reads():
    office, part = make.actor(), facts.handed()
    extension = declined(part)
    assert (extension.state, bool(extension.declined_at)) == (ExtensionState.ASKED, True)
    assert AuditEvent.objects.get(now="extension_declined").note.startswith("领衔代表不同意")
    assert owed(part.proposal) == ([], False)
    waiting = Notice.objects.filter(key__startswith="proposal.extension.", read_at=None)
    people = {each.person_id for each in waiting}
    assert (office.user.pk in people, part.proposal.lead.user_id in people) == (True, False)
    (line,) = extension_lines(extension_rows(office), ASKED_ON)
    assert (line.deputy, "不能批准" in line.no_grant) == ("代表不同意", True)
    refuse(extension)
    assert not waiting.all().exists(), "and nobody once it is decided"


def test_decline_extension_is_refused_twice_after_consent_and_once_decided():
    extension = declined()
    lead = lead_of(extension)
    for verb in (clocks.decline_extension, clocks.consent_extension):
        with pytest.raises(Refused, match="已经答复不同意"):
            verb(extension, by=lead)
    with pytest.raises(Refused, match="领衔代表不同意延期，不能批准"):
        grant(extension)
    refuse(extension)
    with pytest.raises(Refused, match="不用再批"):
        clocks.decline_extension(extension, by=lead)
    agreed = consented()
    with pytest.raises(Refused, match="已经同意过"):
        clocks.decline_extension(agreed, by=lead_of(agreed))


def test_where_no_consent_is_needed_a_deputys_no_stops_nothing():
    Setting.objects.create(key="proposals.consent", value=0, from_on=date(2020, 1, 1))
    assert grant(declined()).state == ExtensionState.GRANTED


def test_what_is_open_ends_when_the_proposal_is_withdrawn():
    office, part = make.actor(), facts.handed()
    paused = {"from_on": walk.ASSIGNED_ON, "by": office, "today": walk.ASSIGNED_ON}
    stands = clocks.pause(part, reason="等批复。", agreed_with="领衔代表", **paused)
    objection = facts.objected(facts.again(part), today=walk.ASSIGNED_ON)
    lead = make.as_deputy(part.proposal.lead)
    submission.withdraw(part.proposal, reason="路已经修好", by=lead, today=ASKED_ON)
    stands.refresh_from_db()
    objection.refresh_from_db()
    assert (stands.until_on, objection.state) == (ASKED_ON, ObjectionState.LAPSED)
    assert (objection.decided_by, objection.decided_on) == (None, ASKED_ON)
    assert objection.words == "领衔代表撤回了建议，不再办理。"
    assert not Notice.objects.filter(key__startswith="proposal.objected", read_at=None).exists()
    read = " ".join(line.words for line in timeline(part.proposal, office, ASKED_ON))
    assert "的暂停终止" in read
    assert "的异议终止" in read
    with pytest.raises(Refused, match="这件异议已终止"):
        objections.dismiss_objection(objection, words="维持", by=office, today=ASKED_ON)
