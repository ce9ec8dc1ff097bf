"""相近的建议: what is alike is found, what is not is not, and it is fast."""

import time
from random import Random

import pytest

from proposals.queries import likeness
from proposals.similar import Text, index, nearest
from tests import make
from tests.proposals import walk

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
