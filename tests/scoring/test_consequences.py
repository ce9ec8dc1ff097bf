"""连续两年, over every three years there can be: beside a second reading that only spells."""

import re
from itertools import product

import pytest

from scoring.consequences import Consequence, Due, Outcome, Spoken, Standing, consequence

TALKED = (Standing.IN_BAND, Standing.LIFTED)
KINDS = [
    (standing, spoken)
    for standing in Standing
    for spoken in Spoken
    if standing in TALKED or spoken == Spoken.UNDECIDED
]
"""What one year can be: who was never in the band was never talked to."""
LETTERS = {kind: chr(ord("a") + number) for number, kind in enumerate(KINDS)}
HELD = LETTERS[Standing.IN_BAND, Spoken.HELD]
OPEN = LETTERS[Standing.IN_BAND, Spoken.UNDECIDED] + LETTERS[Standing.IN_BAND, Spoken.CANCELLED]


def spelt(kinds, seats) -> Consequence:
    """The same rule as words: years are letters, a change of seat is a stroke between them."""
    parts = [LETTERS[kinds[0]]]
    for number in (1, 2):
        parts += ["|"] * (seats[number] != seats[number - 1]) + [LETTERS[kinds[number]]]
    run = re.search(rf"({HELD}*)([{HELD}{OPEN}])$", "".join(parts))
    if run is None:
        return Consequence(Due.NOTHING, 0)
    if run[2] != HELD:
        return Consequence(Due.TALK, len(run[1]))
    running = len(run[0])
    return Consequence(Due.PACK if running > 1 else Due.NOTHING, running)


SEATS = [((1, 1), *others) for others in product([(1, 1), (1, 2), (2, 1)], repeat=2)]
"""Congress and term of each year: who moves between congresses, and who is elected again."""


def years(kinds, seats) -> list[Outcome]:
    return [
        Outcome(2025 + number, *kind, *seat)
        for number, (kind, seat) in enumerate(zip(kinds, seats, strict=True))
    ]


def test_every_three_years_that_there_can_be():
    assert len(KINDS) == 13
    for kinds in product(KINDS, repeat=3):
        for seats in SEATS:
            told = consequence(years(kinds, seats))
            assert told == spelt(kinds, [f"{seat}" for seat in seats]), (kinds, seats)


def test_every_three_years_where_the_county_counts_across_terms():
    for kinds in product(KINDS, repeat=3):
        for seats in SEATS:
            told = consequence(years(kinds, seats), across_terms=True)
            assert told == spelt(kinds, [congress for congress, _ in seats]), (kinds, seats)


HELD_YEAR = (Standing.IN_BAND, Spoken.HELD)
OPEN_YEAR = (Standing.IN_BAND, Spoken.UNDECIDED)


@pytest.mark.parametrize(
    ("kinds", "due", "running"),
    [
        ((HELD_YEAR, HELD_YEAR, HELD_YEAR), Due.PACK, 3),
        (((Standing.CLEAR, Spoken.UNDECIDED), HELD_YEAR, HELD_YEAR), Due.PACK, 2),
        ((HELD_YEAR, (Standing.CLEAR, Spoken.UNDECIDED), HELD_YEAR), Due.NOTHING, 1),
        ((HELD_YEAR, (Standing.NOT_REVIEWED, Spoken.UNDECIDED), HELD_YEAR), Due.NOTHING, 1),
        ((HELD_YEAR, (Standing.NO_CYCLE, Spoken.UNDECIDED), HELD_YEAR), Due.NOTHING, 1),
        ((HELD_YEAR, (Standing.LIFTED, Spoken.HELD), HELD_YEAR), Due.NOTHING, 1),
        ((HELD_YEAR, HELD_YEAR, (Standing.LIFTED, Spoken.HELD)), Due.NOTHING, 0),
        ((HELD_YEAR, (Standing.IN_BAND, Spoken.SPARED), HELD_YEAR), Due.NOTHING, 1),
        ((HELD_YEAR, HELD_YEAR, (Standing.IN_BAND, Spoken.SPARED)), Due.NOTHING, 0),
        ((HELD_YEAR, HELD_YEAR, (Standing.IN_BAND, Spoken.APPOINTED)), Due.NOTHING, 0),
        ((HELD_YEAR, HELD_YEAR, OPEN_YEAR), Due.TALK, 2),
        ((HELD_YEAR, HELD_YEAR, (Standing.IN_BAND, Spoken.CANCELLED)), Due.TALK, 2),
        (((Standing.NOT_REVIEWED, Spoken.UNDECIDED),) * 2 + (OPEN_YEAR,), Due.TALK, 0),
        ((HELD_YEAR, HELD_YEAR, (Standing.NO_CYCLE, Spoken.UNDECIDED)), Due.NOTHING, 0),
    ],
)
def test_the_cases_that_people_ask_about(kinds, due, running):
    told = consequence(years(kinds, [(1, 1)] * 3))
    assert (told.due, told.running) == (due, running)
    assert told.would_be_second == (due == Due.TALK and running > 0)


def test_a_new_term_begins_anew_unless_the_county_says_otherwise():
    over_an_election = years((HELD_YEAR,) * 3, [(1, 19), (1, 19), (1, 20)])
    assert consequence(over_an_election) == Consequence(Due.NOTHING, 1)
    assert consequence(over_an_election, across_terms=True) == Consequence(Due.PACK, 3)


def test_years_that_do_not_follow_one_another_are_no_three_years():
    with pytest.raises(ValueError, match="follow"):
        consequence([Outcome(2024), Outcome(2026)])
