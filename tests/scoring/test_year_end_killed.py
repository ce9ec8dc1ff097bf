"""年终被打断: twenty kills of worker, web, Redis and PostgreSQL leave no trace in the year."""

import pytest

from tests.campaigns import kills


@pytest.mark.machine
@pytest.mark.timeout(900)
def test_killed_at_random_the_year_ends_row_for_row_and_file_for_file_the_same():
    report = kills.run(20, 2026, people=8)
    assert report["what"] == []
    assert report["tried"] == 20
    assert set(report["kinds"]) == set(kills.KILLS)
