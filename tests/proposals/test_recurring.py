"""反复提: people say how two proposals stand to each other, and what follows from it."""

import re
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent
from congress.shared.roles import Role
from proposals import tasks
from proposals.actions import recurring, submission
from proposals.models import Recurrence, Resemblance
from proposals.queries import likeness
from proposals.queries.matter import matter
from proposals.queries.matters import Wanted, board
from proposals.queries.origins import earlier_of, origins, repetition_of
from proposals.queries.recurring import candidates
from proposals.recurring import Likeness, matters, stars
from proposals.states import State
from tests import make
from tests.proposals import verbs_recurring, walk

pytestmark = pytest.mark.django_db


def steps():
    rows = AuditEvent.objects.filter(subject="proposals.Recurrence").order_by("pk")
    return list(rows.values_list("was", "now", "note"))


def test_confirm_likeness_orders_the_two_by_their_days_and_leaves_its_trail():
    earlier = walk.proposal(State.ACCEPTED)
    later = walk.submitted(today=walk.ACCEPTED_ON)

    row = recurring.confirm_likeness(
        earlier, other=later, kind=Likeness.REPEAT, note="同一座桥", by=make.actor()
    )

    assert (row.later, row.earlier, row.kind) == (later, earlier, Likeness.REPEAT)
    assert steps() == [("", "alike_repeat", f"和 {earlier.number} 重复提出，同一座桥。")]


def test_two_are_judged_once_whichever_of_them_is_open():
    row = verbs_recurring.judged()
    said = {"kind": Likeness.APART, "by": make.actor()}
    with pytest.raises(Refused, match="已经认定过：重复提出。要改的请用“改认定”"):
        recurring.confirm_likeness(row.earlier, other=row.later, **said)
    with pytest.raises(Refused, match="不能和自己比"):
        recurring.confirm_likeness(row.later, other=row.later, kind="repeat", by=make.actor())


def test_a_kind_that_is_none_is_refused():
    one, other = walk.accepted(2)
    with pytest.raises(Refused, match="请选一种"):
        recurring.confirm_likeness(one, other=other, kind="same", by=make.actor())


def test_revise_likeness_says_why_and_the_trail_keeps_what_was_said_before():
    row, by = verbs_recurring.judged(), make.actor()
    with pytest.raises(Refused, match="现在认定的就是“重复提出”"):
        recurring.revise_likeness(row, kind=Likeness.REPEAT, note="看过了", by=by)
    with pytest.raises(Refused, match="写明为什么"):
        recurring.revise_likeness(row, kind=Likeness.APART, note=" ", by=by)

    recurring.revise_likeness(row, kind=Likeness.APART, note="是两座桥", by=by)

    row = Recurrence.objects.get()
    assert (row.kind, row.note, row.confirmed_by) == (Likeness.APART, "是两座桥", by.user)
    assert [step[:2] for step in steps()] == [("", "alike_repeat"), ("repeat", "alike_apart")]


def test_a_townships_office_judges_what_was_raised_in_its_own_congress():
    one, other = walk.of_township(), walk.of_township()
    with pytest.raises(Refused, match="只有柳河镇人大可以认定反复提"):
        recurring.confirm_likeness(one, other=other, kind="repeat", by=make.actor())
    by = make.actor(Role.TOWNSHIP_CLERK)
    with pytest.raises(Refused, match="不在可以对照的建议里"):
        recurring.confirm_likeness(one, other=walk.submitted(), kind="repeat", by=by)
    assert recurring.confirm_likeness(one, other=other, kind="repeat", by=by).later == other


def test_what_is_connected_is_one_matter():
    assert matters([(1, 2), (5, 4), (3, 2), (9, 4), (1, 3)]) == [[1, 2, 3], [4, 5, 9]]
    assert matters([]) == []


def test_what_is_like_a_like_is_no_likeness():
    assert stars([(1, 2), (2, 3), (3, 4)]) == [[1, 2], [3, 4]]
    assert stars([(1, 2), (1, 3), (3, 4)]) == [[1, 2, 3]]


def test_one_tap_judges_and_another_form_says_it_otherwise(client):
    earlier, later = walk.proposal(State.ACCEPTED), walk.submitted(today=walk.ACCEPTED_ON)
    client.force_login(make.actor().user)
    address = reverse("proposals:confirm_likeness", args=[later.pk])

    said = client.post(address, {"other": earlier.pk, "kind": "repeat"}, follow=True)
    assert "已认定：重复提出" in said.text
    again = client.post(address, {"other": earlier.pk, "kind": "apart"})
    assert (again.status_code, "已经认定过" in again.text) == (409, True)
    assert client.post(address, {"other": "x"}).status_code == 409

    revise = reverse("proposals:revise_likeness", args=[Recurrence.objects.get().pk])
    assert "现在认定为重复提出" in client.get(revise).text
    wrong = client.post(revise, {"kind": "partly", "note": ""})
    assert (wrong.status_code, "改认定要写明为什么" in wrong.text) == (422, True)
    done = client.post(revise, {"kind": "partly", "note": "只有护栏相同"}, follow=True)
    assert "已改认定" in done.text


BRIDGE = {"title": "关于修复柳河镇桃园村过水桥的建议", "request": "加固护栏。"}
AGAIN = {"title": "柳河镇桃园村过水桥桥面破损，请加宽", "request": "加宽桥面。"}
LAMPS = {"title": "关于县城路灯亮化的建议", "request": "装上路灯。"}
LATER_ON = date(2026, 1, 7)


def compared():
    """The texts as they are now stand in rows."""
    return tasks.find_alike()


def twice():
    """Raised, answered and public; and raised again two days later in other words."""
    first = walk.proposal(State.PUBLISHED, **BRIDGE)
    return first, walk.proposal(State.ACCEPTED, today=LATER_ON, **AGAIN)


def same(one, other, kind=Likeness.REPEAT):
    return recurring.confirm_likeness(one, other=other, kind=kind, by=make.actor())


def text(answer):
    return re.sub(r"<[^>]+>|\s", "", answer.content.decode())


def test_all_are_compared_once_for_one_state_of_the_texts():
    first, second = twice()
    walk.submitted(**LAMPS)
    assert (compared(), compared()) == (1, 0)
    pair = Resemblance.objects.get()
    assert (pair.one, pair.other) == (first, second)
    submission.withdraw(
        second, reason="修好了", by=make.as_deputy(second.lead), today=walk.REPLIED_ON
    )
    walk.submitted(**LAMPS)
    compared()
    assert {(pair.one.title, pair.other.title) for pair in Resemblance.objects.all()} == {
        (LAMPS["title"], LAMPS["title"])
    }


def test_review_says_why_two_are_alike_in_words_and_no_figure(client):
    first, _ = twice()
    by, row = make.actor(), walk.submitted(today=LATER_ON, **AGAIN)
    client.force_login(by.user)
    page = client.get(reverse("proposals:accept", args=[row.pk]))
    assert "很像·同一地点：柳河镇、桃园村·同一类事：桥梁" in text(page)
    assert '<mark class="place">柳河镇桃园村</mark>' in page.text
    assert not re.search(r"0\.\d", page.text)
    said = {"other": first.pk, "kind": "repeat", "page": "accept"}
    back = client.post(reverse("proposals:confirm_likeness", args=[row.pk]), said, follow=True)
    assert back.redirect_chain[-1][0].endswith("/accept/#alike")
    assert "已认定：重复提出改认定" in text(back)


def test_what_is_told_apart_is_proposed_no_more():
    first, second = twice()
    compared()
    by = make.actor()
    assert [each.proposal for each in candidates(second, by, make.TODAY)] == [first]
    assert repetition_of([second])[second.pk].likely == 1
    same(first, second, Likeness.APART)
    assert candidates(second, by, make.TODAY) == []
    assert likeness.with_alike([second], by) == set()
    assert repetition_of([second])[second.pk] == (0, (), 0)
    assert (matter(second, by, make.TODAY), board(by).matters) == (None, [])


def test_the_matter_is_told_on_the_page_of_each_reader(client):
    first, second = twice()
    same(first, second)
    wanted = "2026年曾提出", f"{first.number}{BRIDGE['title']}", "B类", "再次提出，就是这一件"
    public = text(client.get(reverse("proposals:public_detail", args=[second.number])))
    assert all(words in public for words in wanted)
    pages = {"detail": make.as_deputy(second.lead), "dossier": make.actor()}
    for name, by in pages.items():
        client.force_login(by.user)
        assert all(
            words in text(client.get(reverse(f"proposals:{name}", args=[second.pk])))
            for words in wanted
        )


def test_the_public_reads_of_public_ones_alone_and_of_no_class_before_it_is_published(client):
    answered = walk.proposal(State.ANSWERED, **BRIDGE)
    kept = walk.proposal(State.ACCEPTED, withheld="涉及个人隐私", **BRIDGE)
    last = walk.proposal(State.ACCEPTED, today=LATER_ON, **AGAIN)
    same(answered, last)
    same(kept, last)
    page = text(client.get(reverse("proposals:public_detail", args=[last.number])))
    assert (answered.number in page, kept.number in page, "B类" in page) == (True, False, False)


def test_what_the_writer_said_counts_until_the_office_says_otherwise():
    first = walk.proposal(State.PUBLISHED, **BRIDGE)
    second = walk.proposal(State.ACCEPTED, today=LATER_ON, continues=first, **AGAIN)
    assert earlier_of(second) == [first]
    assert repetition_of([first, second])[second.pk] == (1, (2026,), 0)
    same(first, second, Likeness.PARTLY)
    assert earlier_of(second) == []
    assert [each.head for each in origins(second, None)] == [
        "2026 年有一件部分相同",
        "2026 年这一件",
    ]


def test_the_board_says_how_often_when_where_by_whom_and_with_which_answer(client):
    first, second = twice()
    third = walk.submitted(today=LATER_ON, **AGAIN)
    alone = [walk.submitted(**LAMPS), walk.submitted(**LAMPS)]
    same(first, second)
    compared()
    client.force_login(make.actor().user)
    seen = client.get(reverse("proposals:recurring_board"))
    bridge, lamps = board(make.actor()).shown(Wanted())
    assert (bridge.times, bridge.likely, bridge.units) == (2, [third.pk], ["县交通运输局"])
    assert (bridge.results, bridge.last.on) == (["B 已列计划 1 次"], walk.REPLIED_ON)
    assert (lamps.sure, [row.pk for row in lamps.rows]) == (False, [row.pk for row in alone])
    assert "2次另有1件待认定" in text(seen)
    only = client.get(reverse("proposals:recurring_board"), {"sure": "likely", "unit": "x"})
    assert "0件事，这个条件下没有" in text(only)
    book = client.get(reverse("proposals:recurring_export"), {"theme": lamps.theme})
    shared = ZipFile(BytesIO(book.content)).read("xl/sharedStrings.xml").decode()
    assert (LAMPS["title"] in shared, AGAIN["title"] in shared) == (True, False)
    page = client.get(reverse("proposals:matter", args=[first.pk]))
    assert "提了2次" in text(page)
    assert "待认定1件" in text(page)
    said = {"other": second.pk, "kind": "repeat", "matter": first.pk}
    done = client.post(reverse("proposals:confirm_likeness", args=[third.pk]), said, follow=True)
    assert "提了3次" in text(done)


def test_the_board_has_as_many_statements_for_many_matters_as_for_one(django_assert_num_queries):
    def another(title):
        same(*(walk.submitted(title=title) for _ in range(2)))
        compared()

    by = make.actor()
    another("关于修复桃园村过水桥的建议")
    with CaptureQueriesContext(connection) as one:
        board(by)
    another("关于县城路灯亮化的建议")
    with django_assert_num_queries(len(one)):
        assert len(board(by).matters) == 2


def test_others_are_kept_from_the_board_and_a_single_one_has_no_matter(client):
    row = walk.submitted()
    client.force_login(make.as_deputy(row.lead).user)
    assert client.get(reverse("proposals:recurring_board")).status_code == 403
    client.force_login(make.actor().user)
    assert client.get(reverse("proposals:matter", args=[row.pk])).status_code == 404
