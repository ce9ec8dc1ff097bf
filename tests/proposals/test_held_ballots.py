"""打不开的评价: what holds something up stands first, in words; what nothing waits for, below."""

import pytest
from django.urls import reverse

from tests import make
from tests.proposals import verbs_rated as verbs
from tests.proposals import walk
from tests.scoring.facts import on

pytestmark = pytest.mark.django_db


def seen(client, today):
    client.force_login(make.actor().user)
    with on(today):
        return client.get(f"{reverse('proposals:unreadable_ratings')}?year=2026").text


def number(rating):
    return f">{rating.assignment.proposal.number}</a>"


def test_what_holds_up_a_release_stands_first_and_what_is_released_below(client):
    gone = verbs.lost(verbs.released())
    last = verbs.lost(verbs.rated())
    shown = seen(client, verbs.AFTER)
    first, _, rest = shown.partition("没有事在等的 1 份")
    assert "有事在等的 1 份" in first
    assert (number(last) in first, number(gone) in first, number(gone) in rest) == (
        *(True, False, True),
    )
    assert first.count("挡着 2026 年第 2 批公布") == 1
    assert "挡着" not in rest
    assert "没有哪一批公布、哪一次协商在等它们" in rest


def test_a_further_answer_holds_up_its_batch_and_then_the_meeting_of_both_sides(client, settings):
    order = verbs.rated_again(verbs.answered())
    known, settings.RATING_KEYS = settings.RATING_KEYS, {1: b"the key of another clone"}
    shown = seen(client, verbs.LATER)
    assert ("挡着 2026 年第 2 批公布" in shown, "没有事在等的 1 份" in shown) == (True, True)
    settings.RATING_KEYS = known
    walk.released(order.assignment.proposal, verbs.LATER)
    settings.RATING_KEYS = {1: b"the key of another clone"}
    shown = seen(client, verbs.LATER)
    assert ("挡着召集双方协商" in shown, "批公布</b>" in shown) == (True, False)


def test_the_answers_to_order_lead_to_what_does_not_open_and_say_what_to_do_once(client, settings):
    for _ in range(2):
        row = verbs.rated()
    walk.released(row)
    settings.RATING_KEYS = {1: b"the key of another clone"}
    client.force_login(make.actor().user)
    with on(verbs.AFTER):
        shown = client.get(reverse("proposals:rehandlings")).text
    page = f'href="{reverse("proposals:unreadable_ratings")}?year=2026">打不开</a>'
    assert (shown.count(page), shown.count("请系统管理员核对评价密钥")) == (2, 1)
