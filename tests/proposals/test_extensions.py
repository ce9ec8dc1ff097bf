"""延期: asked for, agreed to, granted or refused, and ended by what overtakes it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice, Setting
from proposals.actions import clocks, objections, submission
from proposals.models import Extension, Pause, Proposal
from proposals.queries import deputies
from proposals.queries.extensions import extension_lines, extension_rows
from proposals.queries.pages import to_consent
from proposals.queries.timeline import timeline
from proposals.states import ExtensionState, State
from tests import make
from tests.proposals import sheets as facts
from tests.proposals import walk
from tests.proposals.test_clocks import ASKED_ON, UNTIL, pause

pytestmark = pytest.mark.django_db


def ask(part, **changes):
    given = {
        "months": 2,
        "reason": "汛期不能施工。",
        "by": walk.unit_clerk(part.unit),
        "today": ASKED_ON,
    }
    return clocks.ask_extension(part, **(given | changes))


def consented(part=None):
    asked = ask(part or facts.handed())
    lead = make.as_deputy(asked.assignment.proposal.lead)
    return clocks.consent_extension(asked, by=lead)


def grant(extension, **changes):
    given = {"by": make.actor(), "today": ASKED_ON}
    return clocks.grant_extension(extension, **(given | changes))


def refuse(extension, **changes):
    given = {"words": "请按期办结。", "by": make.actor(), "today": ASKED_ON}
    return clocks.refuse_extension(extension, **(given | changes))


def test_ask_extension_waits_for_deputy_and_office_and_moves_nothing_yet():
    office, part = make.actor(), facts.handed()
    asked = ask(part)
    assert (asked.state, facts.again(part).due_on) == (ExtensionState.ASKED, walk.DUE_ON)
    told = Notice.objects.filter(key__startswith="proposal.extension.")
    assert {each.person_id for each in told} >= {office.user.pk, part.proposal.lead.user_id}
    assert AuditEvent.objects.get(now="extension_asked").note.endswith("延期 2 个月。")


def test_ask_extension_is_refused_twice_when_late_beyond_six_months_and_to_helpers():
    part = facts.handed()
    with pytest.raises(Refused, match="最多延 3 个月"):
        ask(part, months=4)
    with pytest.raises(Refused, match="已经超期"):
        ask(part, today=walk.DUE_ON + timedelta(days=1))
    ask(part)
    with pytest.raises(Refused, match="已经申请延期，等代工委批复"):
        ask(part)
    helper = make.unit(facts.OTHER)
    row = walk.proposal(State.ASSIGNED, assisting=[helper])
    with pytest.raises(Refused, match="由主办、分办单位申请"):
        ask(row.assignments.get(unit=helper))


def test_consent_extension_is_the_lead_deputys_word():
    assert consented().consented_at
    assert AuditEvent.objects.get(now="extension_consented").note.startswith("领衔代表同意")


def test_consent_extension_is_refused_twice_and_once_decided():
    extension = consented()
    lead = make.as_deputy(extension.assignment.proposal.lead)
    with pytest.raises(Refused, match="已经同意过"):
        clocks.consent_extension(extension, by=lead)
    grant(extension)
    with pytest.raises(Refused, match="不用再批"):
        clocks.consent_extension(extension, by=lead)


def owed(proposal):
    """What the lead deputy reads under 待办, and whether the page offers to agree."""
    lead = make.as_deputy(proposal.lead)
    lines = deputies.mine(lead, ASKED_ON)
    offered = bool(to_consent(Proposal.objects.get(pk=proposal.pk), lead, ASKED_ON))
    return [each.act for line in lines for each in line.owed], offered


def test_an_extension_waits_for_the_deputy_only_while_it_can_be_granted():
    part = facts.handed()
    ask(part)
    assert owed(part.proposal) == ([deputies.Act.CONSENT], True)
    walk.gated(part)
    walk.answered(facts.again(part))
    acts, offered = owed(part.proposal)
    assert (deputies.Act.CONSENT in acts, offered) == (False, False)


def test_an_extension_waits_for_no_deputy_where_the_county_asks_for_no_consent():
    Setting.objects.create(key="proposals.consent", value=0, from_on=date(2020, 1, 1))
    part = facts.handed()
    grant(ask(part))
    other = facts.handed()
    ask(other)
    assert owed(other.proposal) == ([], False)


def lapsed(asked, clerk, why):
    """The request has ended with that reason, and its unit has been told and reads of it."""
    asked.refresh_from_db()
    assert (asked.state, asked.words, asked.decided_by) == (ExtensionState.LAPSED, why, None)
    told = Notice.objects.get(key__startswith="proposal.extension_lapsed", person=clerk.user)
    assert told.text.endswith(why)
    assert not Notice.objects.filter(key__startswith="proposal.extension.", read_at=None).exists()
    read = [line.words for line in timeline(asked.assignment.proposal, clerk, ASKED_ON)]
    assert any(words.endswith(why) for words in read)
    decided = extension_lines(extension_rows(make.actor(), decided=True), ASKED_ON, decided=True)
    assert [line.extension.get_state_display() for line in decided] == ["已终止"]
    with pytest.raises(Refused, match="这次延期已终止"):
        refuse(asked)


def test_a_request_for_more_months_ends_when_the_reply_goes_out():
    clerk, part = walk.unit_clerk(), facts.handed()
    make.actor()
    asked = ask(part, by=clerk)
    walk.gated(part)
    walk.answered(facts.again(part))
    lapsed(asked, clerk, "单位已经答复，不用再延期。")


def test_a_request_for_more_months_ends_when_the_proposal_is_withdrawn():
    clerk, part = walk.unit_clerk(), facts.handed()
    asked = ask(part, by=clerk)
    lead = make.as_deputy(part.proposal.lead)
    submission.withdraw(part.proposal, reason="路已经修好", by=lead, today=ASKED_ON)
    lapsed(asked, clerk, "领衔代表撤回了建议，不再办理。")


def test_a_request_for_more_months_ends_when_the_part_goes_to_another_unit():
    clerk, part = walk.unit_clerk(), facts.handed()
    asked = ask(part, by=clerk, today=walk.ASSIGNED_ON)
    other, on = make.unit(facts.OTHER), {"today": walk.ASSIGNED_ON}
    how = {"better_unit": other, "reason": "归别的单位管", "by": clerk}
    objection = objections.object_to(facts.again(part), **how, **on)
    words = {"unit": other, "words": "确实归它管", "by": make.actor()}
    objections.uphold_objection(objection, **words, **on)
    lapsed(asked, clerk, f"采纳单位的异议，改由{other.name}办理。")


def test_grant_extension_counts_all_months_from_the_assignment():
    extension = grant(consented())
    part = facts.again(extension.assignment)
    assert part.due_on == part.proposal.due_on == date(2026, 8, 6)
    assert "8 月 6 日前答复" in AuditEvent.objects.get(now=ExtensionState.GRANTED).note
    deeds = AuditEvent.objects.filter(subject=Extension._meta.label).order_by("pk")
    steps = ["extension_asked", "extension_consented", ExtensionState.GRANTED]
    assert list(deeds.values_list("now", flat=True)) == steps, "one deed, one row"


def test_grant_extension_is_refused_without_consent_and_twice():
    asked = ask(facts.handed())
    with pytest.raises(Refused, match="领衔代表同意"):
        grant(asked)
    clocks.consent_extension(asked, by=make.as_deputy(asked.assignment.proposal.lead))
    grant(asked)
    with pytest.raises(Refused, match="不用再批"):
        grant(asked)


def test_a_lead_who_is_silent_for_so_many_working_days_keeps_nothing_back():
    asked = ask(facts.handed())
    last = date(2026, 5, 19)
    with pytest.raises(Refused, match="满 5 个工作日不答复，由代工委决定"):
        grant(asked, today=last)
    assert extension_lines(extension_rows(make.actor()), last)[0].no_grant
    (line,) = extension_lines(extension_rows(make.actor()), last + timedelta(days=1))
    assert (line.deputy, line.no_grant) == ("代表没有答复", "")
    grant(asked, today=last + timedelta(days=1))
    note = AuditEvent.objects.get(now=ExtensionState.GRANTED).note
    assert note.endswith("代表没有答复，由代工委决定。")


def test_silence_is_as_long_as_the_county_says():
    asked = ask(facts.handed())
    Setting.objects.create(key="proposals.consent_days", value=1, from_on=ASKED_ON)
    with pytest.raises(Refused, match="满 1 个工作日"):
        grant(asked, today=ASKED_ON + timedelta(days=1))
    assert grant(asked, today=ASKED_ON + timedelta(days=2)).state == ExtensionState.GRANTED


def test_a_lead_who_has_left_is_waited_for_by_nobody():
    asked = ask(facts.handed())
    make.leaves(asked.assignment.proposal.lead, ASKED_ON)
    (line,) = extension_lines(extension_rows(make.actor()), ASKED_ON)
    assert (line.deputy, line.no_grant) == ("领衔代表不在任", "")
    assert grant(asked).state == ExtensionState.GRANTED
    note = AuditEvent.objects.get(now=ExtensionState.GRANTED).note
    assert note.endswith("领衔代表不在任，由代工委决定。")


def test_what_the_lead_has_declined_stays_declined_however_long_it_waits():
    asked = ask(facts.handed())
    clocks.decline_extension(asked, by=make.as_deputy(asked.assignment.proposal.lead))
    with pytest.raises(Refused, match="领衔代表不同意延期"):
        grant(asked, today=ASKED_ON + timedelta(days=30))


def test_refuse_extension_leaves_the_day_and_lets_the_unit_ask_again():
    clerk, part = walk.unit_clerk(), facts.handed()
    refuse(ask(part, by=clerk))
    assert facts.again(part).due_on == walk.DUE_ON
    told = Notice.objects.get(person=clerk.user, key__startswith="proposal.extension_refused")
    assert "请按期办结。" in told.text
    assert ask(part, by=clerk).state == ExtensionState.ASKED


def test_refuse_extension_is_refused_twice_and_without_words():
    asked = ask(facts.handed())
    with pytest.raises(Refused, match="为什么不同意"):
        refuse(asked, words=" ")
    refuse(asked)
    with pytest.raises(Refused, match="不用再批"):
        refuse(asked)


def test_the_database_knows_no_two_pauses_at_a_time_and_no_second_extension():
    part = facts.handed()
    found = pause(part)
    with pytest.raises(IntegrityError, match="one_at_a_time"), transaction.atomic():
        Pause.objects.create(
            assignment=part,
            from_on=UNTIL,
            reason="又停",
            agreed_with="代表",
            recorded_by=found.recorded_by,
        )
    other = consented()
    with pytest.raises(IntegrityError, match="once_per_assignment"), transaction.atomic():
        Extension.objects.create(
            assignment=other.assignment,
            months=1,
            reason="再延",
            asked_by=other.asked_by,
            asked_on=ASKED_ON,
        )


def test_an_extension_is_asked_again_after_a_refusal_and_never_after_a_grant():
    part = facts.handed()
    refuse(ask(part))
    grant(consented(part))
    with pytest.raises(Refused, match="已经批准过一次延期，一件建议只延一次"):
        ask(part)
