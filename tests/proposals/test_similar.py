"""相近的建议: what is alike is found, what is not is not, and it is fast."""

import time
from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import Event
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from proposals.actions import publication, submission
from proposals.models import Proposal
from proposals.queries import likeness
from proposals.raise_forms import DraftForm
from proposals.review_forms import mergeable
from proposals.similar import Piece, Text, index, nearest, shared_words
from proposals.states import Kind, State
from tests import make
from tests.proposals import verbs_rated, walk
from tests.proposals.sheets import planned

BRIDGES = [
    Text(1, "关于修复罗家坡村水毁便桥的建议", "桥面塌了。"),
    Text(2, "关于改造麻家渡镇 6 座村组过水桥的建议", "护栏断了。"),
    Text(3, "关于解决城区停车难的建议", "车位少。"),
    Text(4, "关于农村安全饮水的建议", "水质差。"),
]


def test_the_same_matter_in_other_words_is_found_and_another_is_not():
    keys = [hit.key for hit in nearest(index(BRIDGES), "加固罗家坡村 3 组过水桥")]
    assert set(keys) == {1, 2}
    assert [hit.key for hit in nearest(index(BRIDGES), "停车难怎么办")] == [3]
    assert nearest(index(BRIDGES), "关于学校食堂的建议") == []


FORMULA = "请镇政府查清情况。\n今年先办最急的一处。"


def test_a_formula_that_many_texts_end_with_makes_none_of_them_alike():
    """饮水池 is not like 路灯 because three asks share two sentences."""
    titles = ("镇区农贸市场增设公共厕所", "村级饮水池定期清洗消毒", "镇区背街加装路灯")
    known = index([Text(n, f"关于{title}的建议", FORMULA) for n, title in enumerate(titles)])
    assert [hit.key for hit in nearest(known, titles[1], FORMULA)] == [1]
    own = f"{FORMULA}\n学生下晚自习要走四百米黑路。"
    assert [hit.key for hit in nearest(known, "背街照明", own)] == [2]


def test_the_words_that_two_titles_share_are_named_and_their_frame_is_not():
    pieces = shared_words("加固罗家坡村 3 组过水桥", "关于修复罗家坡村水毁便桥的建议")
    assert pieces == [
        Piece("关于修复", same=False),
        Piece("罗家坡村", same=True),
        Piece("水毁便桥的建议", same=False),
    ]
    same = "关于解决城区停车难的建议"
    assert [each.words for each in shared_words(same, same) if each.same] == ["解决城区停车难"]
    assert shared_words("路灯", "修桥") == [Piece("修桥", same=False)]
    assert shared_words("路灯", "") == []


def test_nothing_is_like_nothing():
    assert nearest(index([]), "修桥") == []
    assert nearest(index([Text(1, "")]), "修桥") == []


def test_two_thousand_are_looked_through_in_less_than_300_ms():
    dice = Random(5)  # noqa: S311  # invented words
    words = "桥路水电学校医院村镇护栏路灯公交饮水河堤广场电网改造修复新建增设解决加固"

    def some(length):
        return "".join(dice.choices(words, k=length))

    known = index([Text(n, some(20), some(160)) for n in range(2000)])
    began = time.perf_counter()
    nearest(known, some(20))
    assert time.perf_counter() - began < 0.3


@pytest.mark.django_db
def test_a_proposal_raised_meanwhile_is_found_at_the_next_letter():
    by = make.as_deputy(make.deputy())
    assert likeness.earlier("修复桃园村过水桥", by, make.TODAY) == []
    proposal = walk.submitted()
    found = likeness.earlier("修复桃园村过水桥", by, make.TODAY)
    assert [each.proposal for each in found] == [proposal]


ASKED = "修复桃园村过水桥"


def found(by):
    return [each.proposal for each in likeness.earlier(ASKED, by, make.TODAY)]


@pytest.mark.django_db
@pytest.mark.parametrize("end", ["reworded", "withdrawn", "published", "merged"])
def test_what_becomes_of_a_proposal_shows_at_the_next_letter(end):
    by = make.as_deputy(make.deputy())
    if end == "merged":
        proposal, _ = walk.merged()
    elif end == "published":
        proposal = walk.proposal(State.PUBLISHED)
    else:
        proposal = walk.signing()
    assert proposal in found(by)
    lead = make.as_deputy(proposal.lead)
    if end == "reworded":
        said = {"title": "关于城区停车难的建议", "facts": "车位少。", "request": "多画车位。"}
        submission.reword(proposal, **said, by=lead, today=walk.SUBMITTED_ON)
        assert found(by) == []
        assert likeness.earlier("城区停车难", by, make.TODAY)[0].proposal == proposal
    elif end == "withdrawn":
        submission.withdraw(proposal, reason="修好了", by=lead, today=walk.SUBMITTED_ON)
        assert found(by) == []
    else:
        assert proposal in found(by)


@pytest.mark.django_db
def test_of_anothers_proposal_nobody_learns_the_class_before_it_is_published(client):
    proposal = walk.proposal(State.ANSWERED)
    lead, other = make.as_deputy(proposal.lead), make.as_deputy(make.deputy())

    def said(by):
        client.force_login(by.user)
        return client.post(reverse("proposals:similar"), {"title": ASKED}).content.decode()

    assert "B 类" in said(lead)
    assert "B 类" not in said(other)
    assert "县交通运输局已经答复，" in said(other)
    publication.publish(proposal, by=make.actor(), today=walk.REPLIED_ON)
    assert "县交通运输局的答复已经公开" in said(other)


@pytest.mark.django_db
def test_no_deputy_learns_of_a_rehearsal(client):
    part = planned()
    lead, other = make.as_deputy(part.proposal.lead), make.as_deputy(make.deputy())
    for by in (lead, other):
        told = likeness.earlier(part.proposal.title, by, make.TODAY)[0]
        assert (told.state, part.unit.name in told.now) == ("待交办", False)
    client.force_login(lead.user)
    for name, args in (("mine", []), ("detail", [part.proposal_id])):
        page = client.get(reverse(f"proposals:{name}", args=args)).content.decode()
        assert ("待交办" in page, "预交办" in page) == (True, False)
    for name in ("reword", "resubmit"):
        page = client.get(reverse(f"proposals:{name}", args=[part.proposal_id])).content.decode()
        assert ("待交办" in page, "预交办" in page) == (True, False), name
    refused = client.post(reverse("proposals:hand_in", args=[part.proposal_id]))
    assert ("待交办" in refused.content.decode(), refused.status_code) == (True, 409)


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["lead", "other", "stranger", "unit", "own unit", "desk"])
def test_the_search_tells_of_a_rehearsal_only_who_takes_part_in_it(client, who):
    part = planned()
    by = {
        "lead": lambda: make.as_deputy(part.proposal.lead).user,
        "other": lambda: make.as_deputy(make.deputy()).user,
        "stranger": make.user,
        "unit": lambda: walk.unit_clerk(make.unit("县教育局")).user,
        "own unit": lambda: walk.unit_clerk(part.unit).user,
        "desk": lambda: make.actor().user,
    }
    client.force_login(by[who]())
    page = client.get(reverse("home:search"), {"q": part.proposal.number}).content.decode()
    inner, words = who in ("own unit", "desk"), ("· 待交办", "· 预交办")
    assert [each in page for each in words] == [not inner, inner]


@pytest.mark.django_db
def test_what_was_withdrawn_marks_no_other_as_alike():
    first, second = walk.submitted(), walk.submitted()
    assert likeness.with_alike([first], make.actor()) == {first.pk}
    assert likeness.like(first, make.actor()) == [second]
    lead = make.as_deputy(second.lead)
    submission.withdraw(second, reason="修好了", by=lead, today=walk.SUBMITTED_ON)
    assert likeness.with_alike([first], make.actor()) == set()
    assert likeness.like(first, make.actor()) == []


@pytest.mark.django_db(transaction=True)
def test_a_text_changed_by_another_process_is_known_though_its_step_has_an_older_number():
    """It writes its step, another step is written and committed, and only then does it commit."""
    by, changed, other = make.as_deputy(make.deputy()), walk.signing(), walk.submitted()
    submission.withdraw(
        other, reason="修好了", by=make.as_deputy(other.lead), today=walk.SUBMITTED_ON
    )
    lead, written, seen = make.as_deputy(changed.lead), Event(), Event()
    said = {"title": "关于城区停车难的建议", "facts": "车位少。", "request": "多画车位。"}

    def elsewhere():
        try:
            with transaction.atomic():
                submission.reword(changed, **said, by=lead, today=walk.SUBMITTED_ON)
                written.set()
                assert seen.wait(30)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(elsewhere)
        assert written.wait(30)
        third = walk.submitted(title="关于乡村学校食堂的建议")
        assert found(by) == [changed]
        seen.set()
        done.result()
    assert third.state == State.SUBMITTED
    assert found(by) == []
    assert likeness.earlier("城区停车难", by, make.TODAY)[0].proposal == changed


@pytest.mark.django_db
def test_two_thousand_texts_are_known_to_be_the_same_in_less_than_a_tenth_of_a_second():
    row = walk.submitted()
    copies = []
    for _ in range(2000):
        copy = Proposal.objects.get(pk=row.pk)
        copy.pk, copy.token, copy.request = None, uuid4(), "加固护栏。" * 500
        copies.append(copy)
    Proposal.objects.bulk_create(copies)
    likeness.like(row, make.actor())
    began = time.perf_counter()
    likeness.index()
    assert time.perf_counter() - began < 0.1


@pytest.mark.django_db
def test_what_it_may_be_merged_into_names_the_most_alike_first():
    titles = ("关于学校食堂的建议", "关于农村安全饮水的建议", "关于加固桃园村过水桥的建议")
    rows = [walk.submitted(title=title) for title in titles]
    for each in rows:
        walk._take(each, State.ACCEPTED, make.unit(), [], "")
    one = walk.submitted(title="关于修复桃园村过水桥的建议")
    offered = [row.title for row in mergeable(one)]
    assert offered == [titles[2], *titles[:2]]


@pytest.mark.django_db
def test_of_one_that_was_merged_the_other_goes_on(client):
    row, into = walk.merged()
    Proposal.objects.filter(pk=row.pk).update(title="关于石板沟水渠清淤的建议")
    deputy = make.deputy("新提的")
    client.force_login(deputy.user)
    asked = {"title": "石板沟水渠清淤", "continues": ""}
    page = client.post(reverse("proposals:similar"), asked).content.decode()
    assert f'value="{row.pk}"' not in page
    assert f'value="{into.pk}"' in page
    assert f"接着它并入的 {into.number} 再提" in page
    Proposal.objects.filter(pk=into.pk).update(title="关于石板沟水渠防渗的建议")
    page = client.post(reverse("proposals:similar"), asked).content.decode()
    assert page.count(f'value="{into.pk}"') == 1
    assert f"它并入的 {into.number} 也在这里" in page
    Proposal.objects.filter(pk=into.pk).update(withheld_reason="涉及个人隐私")
    page = client.post(reverse("proposals:similar"), asked).content.decode()
    assert f'value="{row.pk}"' in page
    assert into.number not in page


@pytest.mark.django_db
def test_a_draft_that_went_on_from_one_merged_since_is_raised_from_the_other():
    row, into = walk.merged()
    by = make.as_deputy(make.deputy("新提的"))
    known = Proposal.objects.known_to(by)
    for kept, goes_on in (("", into), ("涉及个人隐私", row)):
        Proposal.objects.filter(pk=into.pk).update(withheld_reason=kept)
        sent = {"token": uuid4(), "continues": row.pk, **walk.words()}
        form = DraftForm(sent, congresses={}, kinds=[Kind.INTERSESSION], known=known)
        assert form.is_valid(), form.errors
        assert form.cleaned_data["continues"] == goes_on


@pytest.mark.django_db
def test_lines_of_similar_ones_say_that_one_is_handled_anew():
    order = verbs_rated.ordered_openly()
    row = order.assignment.proposal
    for by in (make.as_deputy(row.lead), make.as_deputy(make.deputy())):
        with CaptureQueriesContext(connection) as ran:
            (line,) = likeness.earlier(row.title, by, verbs_rated.AFTER)
        assert f"{order.assignment.unit.name}按要求重新办理" in line.now
    assert len([each for each in ran if "rehandling" in each["sql"]]) <= 2
