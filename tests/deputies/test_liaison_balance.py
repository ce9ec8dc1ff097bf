"""双联怎样均衡: who has too few or too many, and who is left without anybody."""

import pytest

from deputies.queries.rebalancing import even

ANY = range(3, 6)


def loads(load, steps):
    sizes = {pk: len(targets) for pk, targets in load.items()}
    for _, was, to in steps:
        if was is not None:
            sizes[was] -= 1
        sizes[to] += 1
    return sizes


def far(holder, target):
    return False


@pytest.mark.parametrize(
    ("load", "free", "then"),
    [
        ({1: [11, 12, 13], 2: [21, 22, 23]}, [], {1: 3, 2: 3}),
        ({1: [11, 12, 13, 14, 15, 16], 2: []}, [], {1: 3, 2: 3}),
        ({1: [], 2: []}, [31, 32, 33, 34], {1: 2, 2: 2}),
        ({1: [11, 12, 13, 14, 15]}, [31], {1: 5}),
        ({}, [31], {}),
    ],
)
def test_even_covers_what_there_is_room_for(load, free, then):
    assert loads(load, even(load, free, far, ANY)) == then


def test_even_leaves_alone_what_fits():
    assert even({1: [11, 12, 13, 14], 2: [21, 22, 23]}, [], far, ANY) == []


def test_even_prefers_the_same_place():
    steps = even({1: [], 2: []}, [31], lambda holder, target: holder == 2, ANY)
    assert steps == [(31, None, 2)]
