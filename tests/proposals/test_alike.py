"""What the measure of likeness reaches on labelled proposals, printed: docs/assurance.md has it."""

from random import Random

import pytest

from proposals import concepts
from proposals.concepts import MANNER, WAYS, lexicon, lines_of, read
from proposals.similar import LEAST, Text, index, nearest, neighbours
from tests.proposals.alike import of_one_place, raised, reached


@pytest.fixture
def said(capsys):
    """Print past pytest: the figures stand in every run's output."""

    def say(what, figures):
        with capsys.disabled():
            print(f"\n相近 {what}: " + ", ".join(f"{k} {v:.3f}" for k, v in figures.items()))  # noqa: T201

    return say


def fewer_words(share, seed=2026):
    """The county's lexicon with so many of its words only."""
    dice = Random(seed)  # noqa: S311  # which words are left out
    kept = []
    for section, line in lines_of(concepts.DATA):
        name, _, words = line.partition(":")
        left = [word for word in words.split() if word == "；" or dice.random() < share]
        kept.append((section, f"{name}: {' '.join(left)}"))
    return read(kept)


def test_of_unseen_proposals_nine_in_ten_are_among_five_and_four_in_five_shown_are_right(said):
    unseen = raised("unseen")
    got = reached(unseen)
    said("unseen", got._asdict())
    assert (got.recall >= 0.97, got.precision >= 0.86, got.shown >= 0.88) == (True, True, True)
    assert len({row.matter for row in unseen}) > 60


def test_of_unseen_long_texts_the_same_holds(said):
    """A long text names much in passing: 学校、卫生室都在路边."""
    got = reached(raised("unseen_long"))
    said("unseen, long texts", got._asdict())
    assert (got.recall >= 0.93, got.precision >= 0.85, got.shown >= 0.65) == (True, True, True)


def test_beside_the_villages_of_another_county_it_holds_too(said):
    got = reached(raised("unseen"), of_one_place(raised("developed")))
    said("unseen beside another county", got._asdict())
    assert (got.recall >= 0.97, got.precision >= 0.8) == (True, True)


def test_what_it_was_developed_with_is_not_worse(said):
    got = reached(raised("developed"))
    said("developed", got._asdict())
    assert (got.recall >= 0.96, got.precision >= 0.85, got.shown >= 0.78) == (True, True, True)
    got = reached(raised("developed_long"))
    said("developed, long texts", got._asdict())
    assert (got.recall >= 0.96, got.precision >= 0.75, got.shown >= 0.85) == (True, True, True)


def test_with_half_of_the_words_it_still_finds_most(said):
    """How it fares where people use words that nobody has written down yet."""
    got = reached(raised("unseen"), words=fewer_words(0.5))
    said("unseen, half of the lexicon", got._asdict())
    assert (got.recall >= 0.84, got.precision >= 0.78) == (True, True)


def test_what_the_lexicon_does_not_know_is_found_by_its_characters_alone(said):
    """Honest: two wordings without a common character are not found."""
    got = reached(raised("unknown"), [*raised("developed"), *raised("unseen")])
    said("unknown to the lexicon", got._asdict())
    assert (got.recall >= 0.25, got.shown < 0.1) == (True, True)


@pytest.mark.parametrize(
    ("asked", "same", "others"),
    [
        ("石板沟村路灯", "石板沟村亮化工程", ("柳树湾村亮化工程", "石板沟村自来水改造")),
        ("解决石板沟村吃水难", "石板沟自来水管网改造", ("李家湾村自来水管网改造",)),
        ("第三小学学位不足", "扩建县第三小学", ("第三小学门口堵车", "扩建县第五小学")),
        ("治理耕地撂荒", "闲置土地流转", ("占用耕地建房的查处",)),
        ("王家湾村通组路硬化", "王家湾村修建水泥路", ("李家湾村修建水泥路",)),
    ],
)
def test_the_same_matter_is_first_and_other_matters_are_not_shown(asked, same, others):
    titles = [same, *others, "县图书馆延长开放", "推广杂交种子"]
    known = index([Text(n, f"关于{title}的建议") for n, title in enumerate(titles)])
    assert [hit.key for hit in nearest(known, f"关于{asked}的建议")] == [0]


def test_every_line_of_the_lexicon_says_each_word_once():
    for section, line in lines_of(concepts.DATA):
        name, _, words = line.partition(":")
        listed = words.replace("；", " ").split()
        assert (section != "", name != "", len(listed)) == (True, True, len(set(listed))), name
    sections = set(lexicon().sections.values())
    assert {WAYS, MANNER} < sections
    assert not sections & (set(lexicon().sections) - {WAYS, MANNER})


def test_another_group_of_a_village_is_another_place():
    titles = (
        "硬化桃园村三组道路",
        "硬化桃园村四组道路",
        "桃园村三组至五组泥巴路硬化",
        "桃园村道路硬化",
    )
    known = index([Text(key, f"关于{title}的建议") for key, title in enumerate(titles)])
    near = {hit.key for hit in neighbours(known, 0, 3) if hit.score >= LEAST}
    assert near == {2, 3}
