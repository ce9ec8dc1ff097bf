"""正文对照: whoever signed another text reads what was taken out of it and what was put in."""

import time
from datetime import UTC, datetime
from random import Random

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from congress.shared import clock
from proposals.actions import review, submission
from proposals.comparing import Change, compare
from proposals.models import FormerText
from proposals.states import State
from tests import make
from tests.proposals import walk

MARKS = {Change.SAME: "{}", Change.GONE: "[-{}]", Change.NEW: "[+{}]"}
TEXTS = st.text(alphabet="桥路。！\n，村", max_size=40)


def marked(before, after):
    return "".join(MARKS[each.change].format(each.words) for each in compare(before, after))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("护栏断了。", "护栏断了。", "护栏断了。"),
        ("", "护栏断了。", "[+护栏断了。]"),
        ("护栏断了。", "", "[-护栏断了。]"),
        (
            "护栏断了 4 米。三百人要过。",
            "护栏断了 6 米。三百人要过。",
            "护栏断了 [-4][+6] 米。三百人要过。",
        ),
        ("护栏断了。", "护栏断了。桥墩空了。", "护栏断了。[+桥墩空了。]"),
        ("请求加固护栏。", "资金由县财政出。", "[-请求加固护栏。][+资金由县财政出。]"),
        (
            "桥长十八米。护栏断了四米。",
            "护栏断了四米。桥长十八米。",
            "[+护栏断了四米。]桥长十八米。[-护栏断了四米。]",
        ),
    ],
)
def test_sentences_are_matched_first_and_then_characters(before, after, said):
    assert marked(before, after) == said


@given(TEXTS, TEXTS)
def test_what_is_not_new_is_the_old_text_and_what_is_not_gone_the_new_one(before, after):
    found = compare(before, after)
    assert "".join(each.words for each in found if each.change != Change.NEW) == before
    assert "".join(each.words for each in found if each.change != Change.GONE) == after


@pytest.mark.parametrize("alphabet", ["桥路水电学校医院", "ab", "。x", "。"])
def test_the_longest_texts_are_compared_in_less_than_a_second(alphabet):
    dice = Random(3)  # noqa: S311  # invented words
    one, other = ("".join(dice.choices(alphabet, k=4000)) for _ in range(2))
    began = time.perf_counter()
    compare(one, other)
    assert time.perf_counter() - began < 1


@pytest.fixture
def on_6_january():
    with clock.at(datetime(2026, 1, 6, 2, tzinfo=UTC)):
        yield


def page(client, proposal, deputy):
    client.force_login(make.as_deputy(deputy).user)
    return client.get(reverse("proposals:detail", args=[proposal.pk])).content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("on_6_january")
def test_a_former_signer_reads_both_texts_before_signing_anew(client):
    former = walk.former_text()
    proposal = former.proposal
    signer = proposal.cosignatures.get().deputy
    html = page(client, proposal, signer)
    assert "您附议以后，正文改了什么" in html
    assert '<del><b class="unseen">删去：</b>4</del>' in html
    assert '<ins><b class="unseen">新加：</b>6</ins>' in html
    assert html.index("compared") < html.index("附议这件")
    assert "您附议以后" not in page(client, proposal, make.deputy())
    assert "您附议以后" not in page(client, proposal, proposal.lead)
    walk.signed(proposal, signer)
    assert "您附议以后" not in page(client, proposal, signer)


@pytest.mark.django_db
@pytest.mark.usefixtures("on_6_january")
def test_a_text_mended_after_its_return_is_compared_with_what_was_signed(client):
    proposal = walk.submitted()
    signature = walk.signed(proposal)
    review.send_back(proposal, reason="请写清是哪一座桥。", by=make.actor())
    said = walk.words() | {"request": "加固护栏。装上路灯。"}
    by = make.as_deputy(proposal.lead)
    submission.resubmit(proposal, **said, by=by, today=walk.ACCEPTED_ON)
    assert FormerText.objects.get().digest == signature.digest
    proposal.refresh_from_db()
    assert proposal.state == State.SUBMITTED
    assert "新加：</b>装上路灯。</ins>" in page(client, proposal, signature.deputy)


@pytest.mark.django_db
@pytest.mark.usefixtures("on_6_january")
def test_a_text_changed_back_says_so(client):
    former = walk.former_text()
    proposal, by = former.proposal, make.as_deputy(former.proposal.lead)
    signer = proposal.cosignatures.get().deputy
    submission.reword(proposal, **walk.words(), by=by, today=walk.SUBMITTED_ON)
    assert "和您附议时一样" in page(client, proposal, signer)


@pytest.mark.django_db
def test_what_nobody_had_signed_is_not_kept():
    proposal = walk.signing()
    by = make.as_deputy(proposal.lead)
    submission.reword(proposal, **walk.words("换一个题目"), by=by, today=walk.SUBMITTED_ON)
    assert not FormerText.objects.exists()
