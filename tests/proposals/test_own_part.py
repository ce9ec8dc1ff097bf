"""A unit's page of a case is made of its own part: what another unit does moves no byte of it."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from congress.shared import clock
from proposals.actions import assignment, meetings, replies
from proposals.models import Proposal
from proposals.sharing import Share
from proposals.states import Stage, State, UnitRole
from tests import make
from tests.proposals import walk

pytestmark = pytest.mark.django_db
LEADS, BESIDE, SIGNS, HELPS = "县交通运输局", "县水利和湖泊局", "县自然资源和规划局", "县财政局"
PLACE, PEOPLE, SAID = "柳树垭活动室", "局里来了九位同志", "桥墩冲刷得先打围堰"
DENIAL, REASON = "那天下大雨没有来成", "电话里已经谈拢了"
CONTENTS = (PLACE, PEOPLE, SAID, DENIAL, REASON)


@pytest.fixture(autouse=True)
def _on_a_working_day():
    with clock.at(datetime(2026, 4, 24, 2, tzinfo=UTC)):
        yield


def shared_out(*shares):
    row = walk.proposal(State.ACCEPTED)
    shares = [Share(make.unit(name), role) for name, role in shares]
    assignment.assign(row, shares=shares, by=make.actor(), today=walk.ASSIGNED_ON)
    return part_of(row, shares[0].unit.name)


def part_of(row, name):
    return Proposal.objects.get(pk=row.pk).assignments.get(unit__name=name)


def in_four_hands():
    return shared_out(
        (LEADS, UnitRole.LEAD),
        (BESIDE, UnitRole.SEPARATE),
        (SIGNS, UnitRole.JOINT),
        (HELPS, UnitRole.ASSISTING),
    )


def page(part, by):
    """The whole page of the case but for what is new at each request."""
    client = Client()
    client.force_login(by.user)
    answer = client.get(reverse("proposals:case", args=[part.proposal_id]))
    assert answer.status_code == 200
    return re.sub(rb'csrfmiddlewaretoken" value="\w+"|X-CSRFToken": "\w+"', b"", answer.content)


def clerks(*names):
    return {name: walk.unit_clerk(make.unit(name)) for name in names}


def pages(part, people):
    """What each of them reads, to the byte."""
    return {name: page(part, by) for name, by in people.items()}


def meets(part):
    """Said and denied, said again and borne out, one waived, one only said."""
    lead, clerk = make.as_deputy(part.proposal.lead), walk.unit_clerk(part.unit)

    def told(stage):
        words = {"place": PLACE, "people": PEOPLE, "said": SAID}
        met_on, today = walk.MET_ON[stage], walk.REPLIED_ON
        return meetings.record_meeting(
            part, stage=stage, met_on=met_on, by=clerk, today=today, **words
        )

    meetings.deny_meeting(told(Stage.BEFORE), words=DENIAL, by=lead, today=walk.REPLIED_ON)
    told(Stage.BEFORE)
    walk.borne_out(part)
    meetings.waive_meeting(part, stage=Stage.DURING, reason=REASON, by=lead, today=walk.REPLIED_ON)
    told(Stage.AFTER)


def answers(part):
    walk.borne_out(part)
    draft = walk.to_sign(part)
    helper = part_of(part.proposal, SIGNS)
    replies.countersign(draft, part=helper, by=walk.unit_head(helper.unit))
    return replies.sign(draft, by=walk.unit_head(part.unit), today=walk.REPLIED_ON)


def test_what_the_lead_unit_met_and_answered_moves_no_byte_of_another_units_page():
    """An open answer is copied to them: this one is kept back."""
    part, people = in_four_hands(), clerks(BESIDE, SIGNS, HELPS)
    Proposal.objects.filter(pk=part.proposal_id).update(reply_withheld_reason="涉及商业秘密")
    before = pages(part, people)
    meets(part)
    assert pages(part, people) == before
    answers(part)
    for each in (SIGNS, HELPS):  # it has signed the reply with the lead unit; ended with it
        del before[each], people[each]
    assert pages(part, people) == before


def test_what_a_second_unit_met_moves_no_byte_of_the_first_ones_page():
    part, people = part_of(in_four_hands().proposal, BESIDE), clerks(LEADS, SIGNS, HELPS)
    before = pages(part, people)
    meets(part)
    assert pages(part, people) == before


def test_both_sides_and_the_office_read_what_was_said():
    part = in_four_hands()
    meets(part)
    own = page(part, walk.unit_clerk()).decode()
    assert [each for each in CONTENTS if each not in own] == []
    client = Client()
    for by, name in ((make.as_deputy(part.proposal.lead), "detail"), (make.actor(), "dossier")):
        client.force_login(by.user)
        said = client.get(reverse(f"proposals:{name}", args=[part.proposal_id])).content.decode()
        assert [each for each in CONTENTS if each not in said] == []


def test_who_has_signed_reads_what_was_met_and_not_what_was_denied():
    signer, row = make.deputy(), walk.submitted()
    walk.signed(row, signer)
    for step in (State.ACCEPTED, State.ASSIGNED):
        walk._take(row, step, make.unit(), [], "")
    meets(part_of(row, LEADS))
    client = Client()
    client.force_login(make.as_deputy(signer).user)
    said = client.get(reverse("proposals:detail", args=[row.pk])).content.decode()
    assert (PLACE in said, DENIAL in said) == (True, False)


def test_each_unit_reads_where_its_own_part_stands():
    part, people = in_four_hands(), clerks(LEADS, BESIDE, HELPS)
    meets(part)
    said = {name: each.decode() for name, each in pages(part, people).items()}
    assert "代表还没有确认" in said[LEADS]
    assert "接着等县交通运输局答复。" in said[LEADS]
    assert "县水利和湖泊局正在办理，下一步是办前见面。" in said[BESIDE]
    assert "等县财政局把意见送给主办单位。" in said[HELPS]
    answers(part)
    said = {name: each.decode() for name, each in pages(part, people).items()}
    assert "县交通运输局已答复，B 类（已列计划），等其他单位答复。" in said[LEADS]
    assert "主办单位已经答复代表，县财政局没有送意见。" in said[HELPS]
    assert "抄送本单位的答复" in said[HELPS]
    assert [each for each in CONTENTS if each in said[HELPS]] == []
