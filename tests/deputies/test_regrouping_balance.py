"""均衡编组: as few moves as bring a township's groups within one of each other."""

import pytest

from deputies.queries.balance import Person, even_moves


def sized(*sizes, district=None):
    number = iter(range(1, 1000))
    return {
        pk: [Person(next(number), district and district(pk)) for _ in range(size)]
        for pk, size in enumerate(sizes, start=1)
    }


def after(found, moves):
    sizes = {pk: len(people) for pk, people in found.items()}
    for _, was, now in moves:
        sizes[was] -= 1
        sizes[now] += 1
    return sorted(sizes.values())


@pytest.mark.parametrize(
    ("sizes", "moved", "then"),
    [
        ((5, 5), 0, [5, 5]),
        ((5, 4), 0, [4, 5]),
        ((9, 1), 4, [5, 5]),
        ((10, 4, 4), 4, [6, 6, 6]),
        ((0, 7), 3, [3, 4]),
        ((3,), 0, [3]),
        ((), 0, []),
    ],
)
def test_even_moves_are_as_few_as_bring_sizes_within_one(sizes, moved, then):
    found = sized(*sizes)
    moves = even_moves(found, set())
    assert (len(moves), after(found, moves)) == (moved, then)


def test_even_moves_leave_convenors_and_take_neighbours_first():
    found = {1: [Person(pk, 7 if pk < 3 else 8) for pk in range(1, 5)], 2: [Person(9, 7)]}
    assert even_moves(found, {1}) == [(2, 1, 2)]


def test_even_moves_end_when_only_convenors_are_left():
    assert even_moves(sized(3, 0), {1, 2, 3}) == []
