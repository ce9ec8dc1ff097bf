"""会办、协办 that did nothing: the final reply ends their part as what it is, and pages say so."""

from datetime import date
from importlib import import_module

import pytest
from django.db import connection
from django.urls import reverse

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from deputies.models import DutyRecord
from proposals.actions import assignment, clocks, objections, opinions, replies
from proposals.models import Assignment, Objection, Opinion, Proposal
from proposals.queries import units
from proposals.queries.progress import situation
from proposals.queries.timeline import timeline
from proposals.sharing import Share
from proposals.states import ObjectionState, Part, State, UnitRole
from tests import make
from tests.proposals import walk

pytestmark = pytest.mark.django_db
ROADS, MONEY, FARMS = "县交通运输局", "县财政局", "县农业农村局"
WATER = "县水利和湖泊局"


def in_hand(*, withheld=""):
    """主办, 会办 and 协办, met; nobody has received anything."""
    row = walk.proposal(State.ACCEPTED, withheld=withheld)
    roles = ((ROADS, UnitRole.LEAD), (MONEY, UnitRole.JOINT), (FARMS, UnitRole.ASSISTING))
    shares = [Share(make.unit(name), role) for name, role in roles]
    row = assignment.assign(row, shares=shares, by=make.actor(), today=walk.ASSIGNED_ON)
    lead = Proposal.objects.get(pk=row.pk).lead_assignment
    walk.gated(lead)
    return lead


def signed(lead):
    joint = part_of(MONEY)
    draft = walk.to_sign(lead)
    replies.countersign(draft, part=joint, by=walk.unit_head(joint.unit))
    replies.sign(draft, by=walk.unit_head(lead.unit), today=walk.REPLIED_ON)
    return Proposal.objects.get(pk=lead.proposal_id)


def part_of(name):
    return Assignment.objects.get(unit__name=name)


def states():
    return [part_of(name).state for name in (ROADS, MONEY, FARMS)]


def test_the_final_reply_ends_the_parts_of_who_sent_no_opinion():
    signed(in_hand())
    assert states() == [Part.DONE, Part.SIGNED_ALONG, Part.SILENT]
    assert part_of(FARMS).done_on is None
    steps = AuditEvent.objects.filter(subject="proposals.Assignment", now__in=states()[1:])
    assert sorted(steps.values_list("was", "now", "note")) == [
        ("handed", "signed_along", f"{MONEY}会签了答复，没有另送意见。"),
        ("handed", "silent", f"{FARMS}没有送意见，主办单位已经答复代表。"),
    ]


def test_only_who_did_nothing_is_told_that_nobody_waits_any_more():
    clerks = [walk.unit_clerk(make.unit(name)).user for name in (MONEY, FARMS)]
    signed(in_hand())
    told = Notice.objects.filter(text__contains="不用再送")
    assert list(told.values_list("person", flat=True)) == [clerks[1].pk]


def test_an_objection_and_a_pause_that_were_open_end_too():
    lead, office, today = in_hand(), make.actor(), walk.ASSIGNED_ON
    part = part_of(FARMS)
    pause = {"from_on": today, "reason": "等规划", "agreed_with": "主任"}
    clocks.pause(part, by=office, today=today, **pause)
    other = make.unit("县水利和湖泊局")
    by = walk.unit_clerk(part.unit)
    objections.object_to(part, better_unit=other, reason="归水利管", by=by, today=today)
    signed(lead)
    part = part_of(FARMS)
    assert part.state == Part.SILENT
    assert Objection.objects.get().state == ObjectionState.LAPSED
    assert part.stands_still_since is None
    told = timeline(part.proposal, office, walk.REPLIED_ON)
    assert any("不用再送意见，从" in each.words for each in told)


def test_its_own_pages_say_that_it_sent_none(client):
    row = signed(in_hand())
    clerk = walk.unit_clerk(make.unit(FARMS))
    assert situation(row, part_of(FARMS)) == f"代表已得到答复，{FARMS}没有送意见。"
    assert f"主办单位已经答复代表，{FARMS}没有送意见" in [
        each.words for each in timeline(row, clerk, walk.REPLIED_ON)
    ]
    client.force_login(clerk.user)
    case = client.get(reverse("proposals:case", args=[row.pk])).content.decode()
    assert "未送意见" in case
    assert "请把意见送给主办单位" not in case
    assert [each.pk for each in units.desk(clerk, walk.REPLIED_ON).done] == [part_of(FARMS).pk]
    assert units.desk(clerk, date(2027, 4, 24)).done == []


def test_the_office_reads_each_part_as_what_it_became(client):
    row = signed(in_hand())
    client.force_login(make.actor().user)
    page = client.get(reverse("proposals:dossier", args=[row.pk])).content.decode()
    assert "已会签" in page
    assert "未送意见" in page
    assert "待签收" not in page


def test_a_further_version_is_signed_by_who_signed_the_first():
    lead = in_hand()
    signed(lead)
    again = walk.to_sign(part_of(ROADS), file_number="竹交函〔2026〕19 号")
    replies.countersign(again, part=part_of(MONEY), by=walk.unit_head(make.unit(MONEY)))
    replies.sign(again, by=walk.unit_head(make.unit(ROADS)), today=walk.REPLIED_ON)
    assert states() == [Part.DONE, Part.SIGNED_ALONG, Part.SILENT]


def beside_a_separate_unit():
    """主办, 分办, 会办 and 协办, met; 分办 answers for itself and has not yet."""
    row = walk.proposal(State.ACCEPTED)
    roles = ((ROADS, UnitRole.LEAD), (WATER, UnitRole.SEPARATE), (MONEY, UnitRole.JOINT))
    shares = [Share(make.unit(name), role) for name, role in roles]
    shares.append(Share(make.unit(FARMS), UnitRole.ASSISTING))
    row = assignment.assign(row, shares=shares, by=make.actor(), today=walk.ASSIGNED_ON)
    lead = Proposal.objects.get(pk=row.pk).lead_assignment
    walk.gated(lead)
    return lead


def test_the_leads_reply_ends_the_helpers_while_a_separate_unit_still_answers(client):
    lead = beside_a_separate_unit()
    clerk = walk.unit_clerk(make.unit(FARMS))
    row = signed(lead)
    assert (row.state, part_of(WATER).state) == (State.ASSIGNED, Part.HANDED)
    assert states() == [Part.DONE, Part.SIGNED_ALONG, Part.SILENT]
    words = f"{FARMS}没有送意见，主办单位已经答复代表。"
    assert AuditEvent.objects.get(now=Part.SILENT).note == words
    (told,) = Notice.objects.filter(text__contains="不用再送")
    assert (told.person, "主办单位已经答复代表" in told.text) == (clerk.user, True)
    assert situation(row, part_of(FARMS)) == f"主办单位已经答复代表，{FARMS}没有送意见。"
    desk = units.desk(clerk, walk.REPLIED_ON)
    assert ([each.pk for each in desk.done], desk.cases) == ([part_of(FARMS).pk], [])
    client.force_login(clerk.user)
    case = client.get(reverse("proposals:case", args=[row.pk])).content.decode()
    assert "未送意见" in case
    assert "send-opinion" not in case


def test_no_opinion_goes_to_a_lead_unit_that_has_replied():
    lead = beside_a_separate_unit()
    clerk, joint = (walk.unit_clerk(make.unit(name)) for name in (FARMS, MONEY))
    said = {"text": "同意。", "file_number": "竹农函〔2026〕2 号", "signer": "周局长"}
    opinions.send_opinion(part_of(MONEY), by=joint, today=walk.REPLIED_ON, **said)
    signed(lead)
    for name, by in ((FARMS, clerk), (MONEY, joint)):
        with pytest.raises(Refused, match="主办单位已经答复代表，不用再报送意见"):
            opinions.send_opinion(part_of(name), by=by, today=walk.REPLIED_ON, **said)
    assert Opinion.objects.count() == 1
    assert part_of(MONEY).state == Part.DONE


def test_the_separate_units_reply_ends_no_helper():
    beside_a_separate_unit()
    walk.gated(part_of(WATER))
    walk.answered(part_of(WATER))
    assert states() == [Part.HANDED] * 3


def migrated():
    migration = import_module("proposals.migrations.0027_helpers_that_ended_along")
    with connection.cursor() as cursor:
        for each in migration.Migration.operations[-4:]:
            cursor.execute(each.sql)
    rows = AuditEvent.objects.filter(note__startswith="补记：").order_by("pk")
    return list(rows.values_list("subject", "was", "now", "by_name", "note"))


def test_what_earlier_replies_left_open_ends_once():
    signed(in_hand())
    Assignment.objects.filter(unit__name__in=(MONEY, FARMS)).update(state=Part.HANDED)
    steps = [
        ("handed", "signed_along", "系统", f"补记：{MONEY}会签了答复，没有另送意见。"),
        ("handed", "silent", "系统", f"补记：{FARMS}没有送意见，建议已经答复代表。"),
    ]
    assert migrated() == migrated() == [("proposals.Assignment", *each) for each in steps]
    assert states() == [Part.DONE, Part.SIGNED_ALONG, Part.SILENT]


def test_what_still_waits_is_left_alone_and_a_withheld_title_leaves_the_duties():
    row = in_hand(withheld="涉及未成年人").proposal
    DutyRecord.objects.update(note=f"{row.number} {row.title}")
    assert migrated() == []
    assert states()[1:] == [Part.HANDED] * 2
    assert set(DutyRecord.objects.values_list("note", flat=True)) == {row.number}
