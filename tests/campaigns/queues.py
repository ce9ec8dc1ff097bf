"""`make campaign ONLY=queues N=158`: a year's proposals, carried by people who know no address."""

import time

from tests.campaigns.scratch import say, scratch
from tests.proposals.three_people import carry


def run(number: int, seed: int) -> dict[str, object]:
    """What it cost each of them; the first step that no page offers stops it."""
    began, cost, broken = time.monotonic(), {}, 0
    with scratch():
        try:
            cost = carry(number)
        except AssertionError as stuck:
            say(str(stuck)[:500])
            broken = 1
    return {
        "tried": number,
        "broken": broken,
        "seconds": round(time.monotonic() - began, 1),
        "people": {
            name: {
                "requests": each.requests,
                "clicks": each.clicks,
                "fields": each.fields,
                "seconds": round(each.seconds, 1),
            }
            for name, each in cost.items()
        },
    }
