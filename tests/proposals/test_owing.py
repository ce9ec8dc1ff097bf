"""催办 after the reply: promised steps and questions, one digest a day; and the light boards."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from congress.shared.models import Notice, Organisation
from congress.shared.roles import Role
from proposals import tasks
from proposals.actions import deliveries
from proposals.models import Assignment, Promise, Proposal, Question
from proposals.queries import owing, reminding
from proposals.queries.owing import Owing, Told
from proposals.queries.reminding import Due, Seat
from proposals.states import Distance, Sending
from tests import make
from tests.proposals import stages_of_following as stages
from tests.proposals import verbs_rated, walk
from tests.proposals.keys import asked
from tests.scoring.facts import on

pytestmark = pytest.mark.django_db


def digests(person):
    rows = Notice.objects.filter(person=person, key__startswith="proposal.owed:")
    return list(rows.order_by("key").values_list("text", flat=True))


def test_each_distance_of_a_step_is_told_once_though_days_are_missed_and_runs_doubled():
    clerk, head, promise = walk.unit_clerk(), walk.unit_head(), stages.promise()
    due = promise.due_on
    for day in (due - timedelta(days=60), due - timedelta(days=8), due - timedelta(days=7)):
        with on(day):
            tasks.remind_owed(), tasks.remind_owed()
    assert len(digests(clerk.user)) == 1
    assert "承诺第 1 步" in digests(clerk.user)[0]
    assert digests(head.user) == []
    with on(due):  # the days between were missed
        tasks.remind_owed()
    assert (len(digests(clerk.user)), len(digests(head.user))) == (2, 1)
    with on(due + timedelta(days=1)):  # a look-back tells of it from here on
        tasks.remind_owed()
    assert len(digests(clerk.user)) == 2


def test_many_steps_are_one_digest():
    clerk, promise = walk.unit_clerk(), stages.promise()
    for position in range(10, 15):
        Promise.objects.create(
            reply=promise.reply,
            position=position,
            words=f"第 {position} 段完工",
            signed_due_on=promise.due_on,
            due_on=promise.due_on,
        )
    with on(promise.due_on):
        tasks.remind_owed()
    (said,) = digests(clerk.user)
    assert f"等 {Promise.objects.filter(due_on=promise.due_on).count()} 件" in said
    assert Notice.objects.get(person=clerk.user, text=said).link == reverse("proposals:unit_desk")


def test_a_digest_names_titles_whole_or_not_at_all_and_the_year_of_another():
    """No database: the rows are only read."""
    title = "关于推进桃园镇至梅岭镇农村公路安全生命防护工程建设的建议"
    unit = Organisation(short_name="自然资源和规划局")
    last, today = date(2027, 1, 8), date(2026, 12, 28)
    parts = [
        Assignment(proposal=Proposal(number=f"190501{each}", title=title * 2), unit=unit)
        for each in range(5)
    ]
    parts[0].proposal.title, near = title, Distance.NEAR
    words = f"承诺第 1 步“{'修' * 30}”"
    lines = [Told(None, False, Owing(each, last, today, words), near) for each in parts]
    said = owing.digest(lines, today)
    assert f"1905010“{title[2:-3]}”（自然资源和规划局）{words}，2027 年 1 月 8 日前" in said
    assert (said.endswith("前等 5 件。"), len(said) <= 300) == (True, True)
    assert owing.digest(lines[:1], last).endswith("，1 月 8 日前。")
    dues = [Due(each, near, last, None, Seat.ABOVE) for each in parts]
    told = (reminding.digest(dues), deliveries._words(parts, Sending.HANDOVER))
    for said in told:
        assert (f"“{title[2:-3]}”" in said, len(said) <= 300) == (True, True)
        assert said.count("“") == said.count("”")


def test_a_question_that_is_late_is_told_to_unit_office_and_counted_on_the_workbench(client):
    office, other = make.actor(), make.actor(Role.LEADER)
    question = asked()
    clerk = walk.unit_clerk(question.unit)
    with on(question.due_on):
        tasks.remind_owed()
    assert ["三问提醒" in each for each in digests(clerk.user)] == [True]
    assert digests(office.user) == []
    late = question.due_on + timedelta(days=1)
    with on(late):
        tasks.remind_owed()
    assert [len(digests(each.user)) for each in (clerk, office, other)] == [2, 1, 0]
    assert list(Question.objects.overdue(late)) == [question]
    client.force_login(office.user)
    with on(late):
        assert "三问逾期没有回答" in client.get(reverse("admin:index")).content.decode()


def test_an_order_of_rehandling_has_its_light_on_the_board_and_in_the_export(client):
    order = verbs_rated.ordered()
    client.force_login(make.actor().user)
    board, export = reverse("proposals:in_hand"), reverse("proposals:in_hand_export")
    for day, light in (
        (order.due_on - timedelta(days=40), "ok"),
        (order.due_on - timedelta(days=1), "soon"),
        (order.due_on + timedelta(days=1), "late"),
    ):
        with on(day):
            said = client.get(board, {"light": light}).content.decode()
            sheet = client.get(export, {"light": light}).content
        assert f"重新办理 {order.assignment.unit.short_name}" in said
        rows = CalamineWorkbook.from_filelike(BytesIO(sheet)).get_sheet_by_index(0).to_python()
        assert "重新办理" in str(rows)
    verbs_rated.answered(order)
    with on(date(2026, 12, 1)):
        assert "重新办理 " not in client.get(board).content.decode()
