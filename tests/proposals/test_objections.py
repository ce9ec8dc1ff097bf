"""异议: raised in the window, moved to the better unit or left where it was."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from proposals.actions import objections, sheets
from proposals.models import Assignment, Objection, Proposal
from proposals.permissions.objections import Windows
from proposals.queries.objections import of_unit
from proposals.sharing import Share
from proposals.states import ObjectionState, Part, SheetState, State, UnitRole
from tests import make
from tests.proposals import sheets as facts
from tests.proposals import walk
from tests.proposals.test_tasks import at_eight
from tests.race import at_once

pytestmark = pytest.mark.django_db
LAST_DAY = date(2026, 3, 13)
"""The fifth working day after 交办."""


def uphold(objection, **changes):
    given = {
        "unit": objection.better_unit,
        "words": "按“三定”方案归水利。",
        "by": make.actor(),
        "today": facts.REHEARSED_ON,
    }
    return objections.uphold_objection(objection, **(given | changes))


def dismiss(objection, **changes):
    given = {"words": "道路归贵局养护。", "by": make.actor(), "today": facts.REHEARSED_ON}
    return objections.dismiss_objection(objection, **(given | changes))


def test_object_to_lets_the_part_wait_and_tells_the_office():
    office, part = make.actor(), facts.planned()
    objection = facts.objected(part)
    assert (facts.again(part).state, objection.back_to) == (Part.OBJECTED, Part.PLANNED)
    assert "认为应由县水利和湖泊局办理" in AuditEvent.objects.filter(now="objected").last().note
    assert Notice.objects.filter(person=office.user, key__startswith="proposal.objected").exists()


def test_object_to_is_open_on_a_part_in_hand_for_its_days_and_then_never_again():
    objection = facts.objected(facts.handed(), today=LAST_DAY)
    assert objection.back_to == Part.HANDED
    with pytest.raises(Refused, match="3 月 13 日截止，交办不再变更"):
        facts.objected(facts.handed(), today=LAST_DAY + timedelta(days=1))


def test_who_was_heard_on_the_sheet_has_no_second_window_after_it_is_settled():
    part = facts.sheet(SheetState.SETTLED, count=1).lines.get()
    with pytest.raises(Refused, match="3 月 4 日截止，交办不再变更"):
        facts.objected(part, today=facts.SETTLED_ON)
    assert of_unit(walk.unit_clerk(), facts.SETTLED_ON)["lines"] == []


@pytest.mark.parametrize("days", [-1, 0, 1], ids=["within", "on the last day", "after"])
def test_a_unit_that_was_given_it_late_has_days_of_its_own_once_it_is_handed_over(days):
    moved_on, after = (facts.OBJECT_UNTIL + timedelta(days=each) for each in (days, 1))
    part = facts.planned()
    objection = facts.objected(part, today=min(moved_on, facts.OBJECT_UNTIL))
    new = uphold(objection, today=moved_on)
    assert Windows([new]).ends(new) == facts.OBJECT_UNTIL
    with pytest.raises(Refused, match="交办以后，本单位还可以提"):
        facts.objected(new, today=after, to="县财政局")
    sheets.settle(part.sheet, by=make.actor(), today=facts.SETTLED_ON)
    new = facts.again(new)
    assert Windows([new]).ends(new) == LAST_DAY
    assert facts.objected(new, today=LAST_DAY, to="县财政局").back_to == Part.HANDED


def test_what_other_units_object_to_their_own_parts_takes_no_unit_its_objection():
    money, farms = make.unit("县财政局"), make.unit("县农业农村局")
    row = walk.proposal(State.ASSIGNED, assisting=(money, farms))
    lead, *helpers = row.parts
    better = ("县自然资源和规划局", "县教育局")
    for part, to in zip(helpers, better, strict=True):
        facts.objected(part, to=to, today=walk.ASSIGNED_ON)
    second = uphold(facts.objected(lead, today=walk.ASSIGNED_ON), today=walk.ASSIGNED_ON)
    third = uphold(
        facts.objected(facts.again(second), to="县住房和城乡建设局", today=walk.ASSIGNED_ON),
        today=walk.ASSIGNED_ON,
    )
    with pytest.raises(Refused, match="这一份已经提过 2 次异议"):
        facts.objected(facts.again(third), to="县民政局", today=walk.ASSIGNED_ON)


def test_objections_to_a_sheet_that_was_taken_back_are_not_counted():
    first = facts.planned()
    proposal = first.proposal
    second = uphold(facts.objected(first))
    facts.objected(second, to="县自然资源和规划局")
    sheets.drop_sheet(first.sheet, reason="先不办。", by=make.actor(), today=facts.REHEARSED_ON)
    proposal.refresh_from_db()
    walk.assignment.assign(proposal, shares=walk.shares(), by=make.actor(), today=walk.ASSIGNED_ON)
    part = proposal.assignments.standing().get()
    assert facts.objected(part, today=LAST_DAY).back_to == Part.HANDED


def test_who_is_heard_on_another_sheet_has_no_second_window_for_what_the_first_one_left():
    late = facts.OBJECT_UNTIL + timedelta(days=1)
    part, office = facts.planned(), make.actor()
    uphold(facts.objected(part, today=facts.OBJECT_UNTIL), today=late)
    sheets.drop_sheet(part.sheet, reason="先不办。", by=office, today=late)
    found = Proposal.objects.get(pk=part.proposal_id)
    lines = [(found, walk.shares())]
    asked = {"session": found.session, "name": "补充交办单", "by": office, "today": late}
    again = sheets.draw_up_sheet(lines=lines, **asked)
    again = sheets.rehearse(again, by=office, today=late)
    after = again.object_until + timedelta(days=1)
    sheets.settle(again, by=office, today=after)
    with pytest.raises(Refused, match="截止，交办不再变更"):
        facts.objected(again.lines.get(), today=after)


def test_object_to_is_refused_after_the_sheets_window_and_while_one_is_open():
    part = facts.planned()
    with pytest.raises(Refused, match="截止"):
        facts.objected(part, today=facts.OBJECT_UNTIL + timedelta(days=1))
    facts.objected(part)
    with pytest.raises(Refused, match="已经提过异议"):
        facts.objected(part)


def test_object_to_needs_another_unit_and_a_reason():
    part, by = facts.planned(), walk.unit_clerk()
    with pytest.raises(Refused, match="另一个单位"):
        facts.objected(part, to=part.unit.name)
    with pytest.raises(Refused, match="写明理由"):
        objections.object_to(
            part,
            better_unit=make.unit(facts.OTHER),
            reason=" ",
            by=by,
            today=facts.REHEARSED_ON,
        )


def test_object_to_may_ask_a_unit_that_has_a_part_to_lead_and_the_record_says_so():
    lead, beside = make.unit(), make.unit(facts.OTHER)
    row = walk.proposal(State.ACCEPTED)
    shares = [Share(lead, UnitRole.LEAD), Share(beside, UnitRole.ASSISTING)]
    walk.assignment.assign(row, shares=shares, by=make.actor(), today=walk.ASSIGNED_ON)
    part, helper = row.assignments.order_by("position")
    with pytest.raises(Refused, match="请选应当替本单位协办的单位"):
        facts.objected(helper, today=LAST_DAY, to=lead.name)
    objection = facts.objected(part, today=LAST_DAY, to=beside.name)
    note = f"{lead.name}提出异议，认为应由{beside.name}牵头。"
    assert AuditEvent.objects.filter(now="objected").last().note == note
    assert Objection.objects.with_case().get().asks_to_lead
    third = make.unit("县财政局")
    assert uphold(objection, unit=third, today=LAST_DAY).role == UnitRole.LEAD


def test_a_part_is_thrown_back_twice_at_most_whoever_holds_it():
    second = uphold(facts.objected())
    third = uphold(facts.objected(second, to="县自然资源和规划局"))
    with pytest.raises(Refused, match="已经提过 2 次异议"):
        facts.objected(third, to="县财政局")


def test_uphold_objection_gives_the_part_to_the_other_unit_in_its_place():
    part = facts.planned()
    new = uphold(facts.objected(part))
    assert facts.again(part).state == Part.REMOVED
    assert (new.unit.name, new.role, new.position) == (facts.OTHER, part.role, part.position)
    assert (facts.again(new).state, new.sheet_id, new.assigned_on) == (
        Part.PLANNED,
        part.sheet_id,
        None,
    )
    assert "改由县水利和湖泊局主办" in AuditEvent.objects.get(now=ObjectionState.UPHELD).note
    deeds = AuditEvent.objects.filter(subject=Objection._meta.label).order_by("pk")
    assert list(deeds.values_list("now", flat=True)) == ["objected", ObjectionState.UPHELD]


def test_uphold_objection_of_a_part_in_hand_starts_a_new_clock_today():
    today = LAST_DAY
    new = uphold(facts.objected(facts.handed(), today=today), today=today)
    assert (new.state, new.assigned_on, new.due_on) == (Part.HANDED, today, date(2026, 6, 15))
    new.proposal.refresh_from_db()
    assert new.proposal.due_on == date(2026, 6, 15)


def test_uphold_objection_may_choose_a_third_unit_but_not_the_same():
    objection = facts.objected()
    with pytest.raises(Refused, match="另一个单位"):
        uphold(objection, unit=make.unit())
    assert uphold(objection, unit=make.unit("县财政局")).unit.name == "县财政局"


def test_uphold_objection_is_refused_once_decided_and_without_words():
    objection = facts.objected()
    with pytest.raises(Refused, match="为什么这样定"):
        uphold(objection, words="")
    dismiss(objection)
    with pytest.raises(Refused, match="不用再答复"):
        uphold(objection)


def test_no_other_unit_is_asked_to_help_once_the_reply_has_come():
    proposal = walk.proposal(State.ASSIGNED, assisting=[make.unit("县财政局")])
    lead, helper = proposal.assignments.order_by("position")
    facts.objected(helper, today=walk.ASSIGNED_ON)
    walk.gated(lead)
    walk.answered(lead)
    with pytest.raises(Refused, match="终止"):
        uphold(facts.again(helper).objections.get(), today=walk.REPLIED_ON)
    assert facts.again(helper).state == Part.SILENT


@pytest.mark.django_db(transaction=True)
def test_two_clicks_uphold_once_and_leave_one_lead_unit():
    objection = facts.objected()
    how = {"unit": objection.better_unit, "words": "归水利。", "by": make.actor()}
    outcomes = at_once(3, objections.uphold_objection, objection, today=facts.REHEARSED_ON, **how)
    assert outcomes == ["done", "refused", "refused"]
    assert Assignment.objects.standing().count() == 1


def test_dismiss_objection_puts_the_part_back_and_tells_the_unit_why():
    clerk, part = walk.unit_clerk(), facts.handed()
    dismiss(facts.objected(part, by=clerk, today=LAST_DAY), today=LAST_DAY)
    assert facts.again(part).state == Part.HANDED
    told = Notice.objects.get(person=clerk.user, key__startswith="proposal.objection_decided")
    assert "道路归贵局养护。" in told.text


def test_dismiss_objection_is_refused_twice_and_without_words():
    objection = facts.objected()
    with pytest.raises(Refused, match="为什么这样定"):
        dismiss(objection, words=" ")
    dismiss(objection)
    with pytest.raises(Refused, match="不用再答复"):
        dismiss(objection)


def test_the_database_knows_one_open_objection_and_none_decided_without_words():
    objection = facts.objected()
    with pytest.raises(IntegrityError, match="one_open_per_assignment"), transaction.atomic():
        Objection.objects.create(
            assignment=objection.assignment,
            back_to=Part.PLANNED,
            reason="再提一次。",
            better_unit=objection.better_unit,
            raised_by=objection.raised_by,
            raised_on=facts.REHEARSED_ON,
        )
    with pytest.raises(IntegrityError, match="who_when_and_words"), transaction.atomic():
        Objection.objects.update(state=ObjectionState.UPHELD)


def test_the_units_desk_says_what_may_be_objected_to_until_when_and_opens_every_case(client):
    planned, handed = facts.planned(), facts.handed()
    client.force_login(walk.unit_clerk().user)
    with at_eight(facts.REHEARSED_ON):
        page = client.get(reverse("proposals:unit_desk")).content.decode()
    case = reverse("proposals:case", args=[handed.proposal_id])
    assert page.count(f'<a class="plain" href="{case}">{handed.proposal.title}</a>') == 2
    assert f"{handed.proposal.number} · {handed.proposal.lead.name}领衔" in page
    assert f'href="{reverse("proposals:object_to", args=[handed.proposal_id])}">有异议…' in page
    assert "预交办和异议 2 件</a>，其中预交办 1 件" in page
    assert f"3 月 4 日前：{planned.proposal.title}" in page


def test_a_units_objection_stands_on_its_page_while_it_waits_and_with_its_answer(client):
    part = facts.handed()
    objection = facts.objected(part, today=walk.ASSIGNED_ON)
    clerk, page = walk.unit_clerk(), reverse("proposals:planned")

    def read(by=clerk):
        client.force_login(by.user)
        with clock.at(datetime(2026, 3, 6, 2, tzinfo=UTC)):
            return client.get(page).content.decode()

    assert "等答复的异议 1 件" in read()
    assert "等代工委答复" in read()
    assert part.proposal.title not in read(walk.unit_clerk(make.unit(facts.OTHER)))
    dismiss(objection, today=walk.ASSIGNED_ON)
    answered = read()
    assert "等答复的异议" not in answered
    assert "3 月 6 日代工委答复：道路归贵局养护。" in answered
    row = answered[answered.index("提异议…") - 900 : answered.index("提异议…")]
    assert "3 月 6 日提过异议，不予采纳。代工委：道路归贵局养护。" in row
