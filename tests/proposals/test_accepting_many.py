"""批量受理: many accepted at once, after it was said what that touches; accepted and merged."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from deputies.models import DutyRecord
from proposals.actions import review
from proposals.models import Proposal
from proposals.states import Kind, State
from tests import make
from tests.proposals import walk
from tests.proposals.pages import text, url
from tests.race import at_once
from tests.tamper import as_owner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_8_january")]


def test_many_are_accepted_at_once_after_it_was_said_what_that_touches(office):
    rows = [walk.submitted(title=f"关于第{n}件事的建议") for n in range(3)]
    walk.signed(rows[0])
    secret = walk.submitted(confidentiality_asked="隐私")
    keys = [row.pk for row in [*rows, secret]]
    page = text(office.get(url("accept_chosen"), {"chosen": keys}))
    assert "1905001—1905003" in page
    assert "领衔和附议共记 4 次" in page
    assert "代表请求不公开，请打开来单独审查。" in page
    assert not Proposal.objects.filter(state=State.ACCEPTED).exists()
    Proposal.objects.filter(pk=rows[1].pk).update(request=" ")
    read = {f"digest_{row.pk}": row.digest for row in Proposal.objects.filter(pk__in=keys)}
    said = text(office.post(url("accept_chosen"), {"chosen": keys, **read}, follow=True))
    assert "已受理 2 件" in said
    assert "至少要有一条请求" in said
    accepted = Proposal.objects.filter(state=State.ACCEPTED).order_by("number")
    assert [row.number for row in accepted] == ["1905001", "1905002"]
    assert DutyRecord.objects.count() == 3
    said = text(office.post(url("accept_chosen"), {"chosen": keys[0]}, follow=True))
    assert "1 件已经不在待审查" in said


def test_where_none_of_those_chosen_goes_it_is_said_that_each_is_looked_at_alone(office):
    rows = [walk.submitted(), walk.submitted()]
    page = text(office.get(url("accept_chosen"), {"chosen": [row.pk for row in rows]}))
    assert "没有选中" not in page
    assert "选中的 2 件都不能一起受理" in page
    assert "逐件打开审查" in page
    assert "没有选中" in text(office.get(url("accept_chosen")))


def test_what_accepting_many_would_touch_takes_the_same_queries_for_one_bill_and_for_three(office):
    def bill():
        row = walk.submitted()
        with as_owner():
            Proposal.objects.filter(pk=row.pk).update(kind=Kind.BILL)
        walk.signed(row)
        return row.pk

    def counted(keys):
        with CaptureQueriesContext(connection) as seen:
            page = office.get(url("accept_chosen"), {"chosen": keys})
        assert len(page.context["chosen"].left) == len(keys)
        return len(seen)

    keys = [bill()]
    counted(keys)
    one = counted(keys)
    keys += [bill(), bill()]
    counted(keys)
    assert counted(keys) == one


@pytest.mark.django_db(transaction=True)
def test_two_people_accepting_the_same_many_at_once_leave_no_gap():
    said = {
        "关于修复桃园村过水桥的建议": "加固护栏。",
        "关于城区公交线路的建议": "增加早晚班次。",
        "关于办好学校食堂的建议": "公开账目。",
        "关于清理河道垃圾的建议": "派船打捞。",
    }
    rows = [walk.submitted(title=title, request=asked) for title, asked in said.items()]
    sent = {"chosen": [row.pk for row in rows]} | {f"digest_{row.pk}": row.digest for row in rows}
    user = make.actor().user

    def accept():
        client = Client()
        client.force_login(user)
        client.post(url("accept_chosen"), sent)

    at_once(3, accept)
    numbers = Proposal.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == ["1905001", "1905002", "1905003", "1905004"]


def test_what_is_the_same_is_accepted_and_merged_in_one_go(office):
    first = walk.proposal(State.ACCEPTED)
    second = walk.submitted()
    page = text(office.get(url("to_review")))
    assert "相近的建议 1 件" in page
    assert "不并案" in page
    office.post(
        url("accept", second.pk),
        {"asks": "办。", "into": first.pk, "list": "", "digest": second.digest},
    )
    second.refresh_from_db()
    assert (second.state, second.merged_into) == (State.MERGED, first)


def test_what_cannot_be_merged_is_not_numbered_either(office, monkeypatch):
    """The other one is handed over between the form and the lock."""
    first, second = walk.proposal(State.ACCEPTED), walk.submitted(title="关于办好食堂的建议")
    refusal = f"“{first.title}”目前是“办理中”，只能并入还没有交办的建议。"
    monkeypatch.setattr(review, "why_not_merge", lambda *_: refusal)
    answer = office.post(
        url("accept", second.pk), {"asks": "办。", "into": first.pk, "digest": second.digest}
    )
    assert answer.status_code == 409
    assert refusal in text(answer)
    second.refresh_from_db()
    assert (second.state, second.number) == (State.SUBMITTED, "")
