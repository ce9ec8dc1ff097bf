"""代表一直不认可：the office may excuse the unit from a meeting that the deputy has denied."""

import pytest
from django.db import IntegrityError
from django.urls import reverse
from lxml import html

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from congress.shared.roles import Role
from proposals.actions import meetings
from proposals.gate import Standing, standings
from proposals.models import Assignment, Proposal, Waiver
from proposals.states import Stage, State
from tests import make
from tests.proposals import walk
from tests.race import at_once

pytestmark = pytest.mark.django_db
WHY = "单位约了三次，代表都没有答复，情况已由代工委核实。"


def in_hand(**kept):
    return walk.proposal(State.ASSIGNED, **kept).lead_assignment


def lead_of(part):
    return make.as_deputy(part.proposal.lead)


def again(part):
    return Assignment.objects.get(pk=part.pk)


def denied(part=None, by=None):
    """The unit wrote down 办前见面 and the deputy says no."""
    part = part or in_hand()
    walk.met(part, Stage.BEFORE, by=by)
    words = {"words": "那天没有见面。", "today": walk.REPLIED_ON}
    meetings.deny_meeting(part.meetings.last(), by=lead_of(part), **words)
    return again(part)


def excuse(part, **changes):
    given = {"stage": Stage.BEFORE, "reason": WHY, "by": make.actor(), "today": walk.REPLIED_ON}
    return meetings.excuse_meeting(part, **(given | changes))


def test_excuse_meeting_opens_the_gate_there_and_tells_both_sides():
    part, clerk = denied(), walk.unit_clerk()
    waiver = excuse(part)
    assert (waiver.stage, waiver.office, waiver.reason) == (Stage.BEFORE, "代工委", WHY)
    event = AuditEvent.objects.get(now="excused_before")
    assert (event.subject_id, event.note) == (waiver.pk, "代表不认可登记的办前见面，代工委免去。")
    told = {
        each.person: each for each in Notice.objects.filter(key=f"proposal.excused:{waiver.pk}")
    }
    assert set(told) >= {clerk.user, lead_of(part).user}
    assert make.actor().user not in told
    assert all(WHY in each.text and "代工委免去" in each.text for each in told.values())
    pages = {"case": clerk.user, "detail": lead_of(part).user}
    for name, person in pages.items():
        assert told[person].link == reverse(f"proposals:{name}", args=[part.proposal_id])
    found = standings(again(part), walk.REPLIED_ON, lambda _: True, 5)
    assert found[Stage.BEFORE] is Standing.EXCUSED
    walk.met(again(part), Stage.DURING)


def test_the_reply_goes_out_though_the_deputy_denies_every_meeting():
    part = denied()
    excuse(part)
    for stage in (Stage.DURING, Stage.AFTER):
        walk.met(again(part), stage)
        walk.borne_out(again(part))
    assert walk.answered(again(part)).stood["stages"][0] == ["办前见面", "代工委免去"]


def test_excuse_meeting_is_the_office_of_its_congress_alone():
    part = denied()
    others = set(Role) - {Role.DEPUTY, Role.STAFF_CLERK, Role.STAFF_DIRECTOR}
    for by in [*(make.actor(role) for role in others), lead_of(part), walk.unit_clerk()]:
        with pytest.raises(Refused, match="只有代工委可以免去代表不认可的见面"):
            excuse(part, by=by)
    there = denied(walk.of_township(State.ASSIGNED).lead_assignment)
    with pytest.raises(Refused, match="只有柳河镇人大可以"):
        excuse(there)
    assert excuse(there, by=walk.office_of(there.proposal)).office == "柳河镇人大"


def test_excuse_meeting_is_refused_for_what_the_deputy_has_not_denied():
    part = in_hand()
    with pytest.raises(Refused, match="代表没有不认可"):
        excuse(part)
    walk.met(part, Stage.BEFORE)
    with pytest.raises(Refused, match="代表没有不认可"):
        excuse(again(part))
    part = denied()
    with pytest.raises(Refused, match="办中见面代表没有不认可"):
        excuse(part, stage=Stage.DURING)
    with pytest.raises(Refused, match="请写明"):
        excuse(part, reason=" ")
    walk.met(part, Stage.BEFORE)
    with pytest.raises(Refused, match="代表没有不认可"):
        excuse(again(part))


def test_excuse_meeting_is_refused_for_what_the_unit_has_denied_and_after_the_reply():
    part = in_hand()
    walk.met(part, Stage.BEFORE, by=lead_of(part))
    words = {"words": "那天没有见面。", "today": walk.REPLIED_ON}
    meetings.deny_meeting(part.meetings.get(), by=walk.unit_clerk(), **words)
    with pytest.raises(Refused, match="代表没有不认可"):
        excuse(again(part))
    with pytest.raises(Refused, match="已答复"):
        excuse(walk.proposal(State.ANSWERED).lead_assignment)


@pytest.mark.django_db(transaction=True)
def test_four_clicks_excuse_once():
    outcomes = at_once(4, excuse, denied())
    assert outcomes == ["done", "refused", "refused", "refused"]


def test_the_database_keeps_one_waiver_whether_the_deputys_or_the_offices():
    part = denied()
    waiver = excuse(part)
    same = {"assignment": part, "stage": waiver.stage, "reason": "电话里说清楚了。"}
    with pytest.raises(IntegrityError, match="waiver_once_per_stage"):
        Waiver.objects.create(waived_by=lead_of(part).user, **same)


def test_the_office_finds_the_act_on_its_dossier_and_both_sides_read_who_excused(client):
    part = denied()
    by, dossier = make.actor(), reverse("proposals:dossier", args=[part.proposal_id])
    act = reverse("proposals:excuse_meeting", args=[part.pk])
    client.force_login(by.user)
    (link,) = html.fromstring(client.get(dossier).content.decode()).xpath(
        f"//li[.//h3 = '办前见面']//a[@href = '{act}?stage=before']"
    )
    assert link.text == "免去这次见面…"
    assert "办中见面" not in client.get(act).content.decode()
    answer = client.post(act, {"stage": "before", "reason": ""})
    assert answer.status_code == 422
    assert client.post(act, {"stage": "during", "reason": WHY}).status_code == 422
    assert client.post(act, {"stage": "before", "reason": WHY}).status_code == 302
    assert client.post(act, {"stage": "before", "reason": WHY}).status_code in {409, 422}
    for reader, name in (
        (by, "dossier"),
        (lead_of(part), "detail"),
        (walk.unit_clerk(), "case"),
    ):
        client.force_login(reader.user)
        page = client.get(reverse(f"proposals:{name}", args=[part.proposal_id])).content.decode()
        assert f"代工委免去：{WHY}" in page
        assert "人大免去" in page
        assert "代表同意免去" not in page
        assert "代工委免去县交通运输局的办前见面" in page
        assert act not in page


def test_the_unit_reads_whom_it_may_ask_and_strangers_find_no_act(client):
    part = denied()
    page = reverse("proposals:case", args=[part.proposal_id])
    client.force_login(walk.unit_clerk().user)
    assert "可以请人大免去" in client.get(page).content.decode()
    client.force_login(lead_of(part).user)
    said = client.get(reverse("proposals:detail", args=[part.proposal_id])).content.decode()
    assert "可以请人大免去" not in said
    act = reverse("proposals:excuse_meeting", args=[part.pk])
    for by in (walk.unit_clerk(), lead_of(part)):
        client.force_login(by.user)
        assert client.get(act).status_code == 403
    far = make.actor(Role.TOWNSHIP_CLERK)
    client.force_login(far.user)
    assert client.get(act).status_code == 404
    assert not Proposal.objects.visible_to(far).filter(pk=part.proposal_id).exists()
