"""Random histories of the shop beside a model; tests/campaigns/shop.py has more, and races."""

from random import Random

import pytest

from tests.scoring.shop_world import World


@pytest.mark.django_db
def test_a_random_history_ends_as_its_model():
    world = World(Random(20261128))  # noqa: S311 - the same history in every run
    for _ in range(60):
        world.step()
    assert world.wrongs() == []
    assert all(world.did[name] for name in ("reserve", "hand_out", "cancel"))


@pytest.mark.machine
@pytest.mark.django_db
@pytest.mark.timeout(1_800)
def test_five_thousand_steps_of_shops_break_nothing():
    for seed in range(10):
        world = World(Random(seed), deputies=8)  # noqa: S311 - as above
        for number in range(500):
            world.step()
            if number % 50 == 0:
                assert world.wrongs() == [], seed
        assert world.wrongs() == [], seed
