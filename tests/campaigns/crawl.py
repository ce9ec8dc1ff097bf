"""`make campaign ONLY=crawl N=3000`: N addresses as a stranger, in a county full of secrets.

Every link, form, filter, feed, table, calendar and frame is followed in a random order, from every
public address of every row, hidden or not; what comes back is searched for every private value.
"""

import random
import tempfile
import time

from django.test import Client, override_settings

from congress.shared import clock
from tests.architecture.test_urls import URLS, filled
from tests.campaigns.scratch import say, scratch
from tests.home import county
from tests.home.crawl import Crawl, leaks
from tests.home.test_public_privacy import every_object
from tests.scoring import year

MANY = 200
"""How often one path is asked with the same names in its query."""


def run(number: int, seed: int) -> dict[str, object]:
    """How many addresses were asked for, and how many of them told a secret or failed."""
    say(f"crawl: {number} addresses, seed {seed}; again: make campaign ONLY=crawl N=… SEED={seed}")
    began, broken = time.monotonic(), 0
    dice = random.Random(seed)  # noqa: S311 - the same walk for the same seed
    with (
        scratch(),
        tempfile.TemporaryDirectory() as media,
        override_settings(MEDIA_ROOT=media),
        clock.at(year.NOW),
    ):
        county.seeded()
        secrets = county.secrets()
        client = Client(raise_request_exception=False)
        crawl = Crawl(client, frugal=False, variants=MANY)
        waiting = ["/", *every_object(), *(filled(route) for _, route in URLS)]
        while waiting and len(crawl.said) < number:
            address = waiting.pop(dice.randrange(len(waiting)))
            if not crawl.is_new(address):
                continue
            faults = crawl.statuses[500]
            waiting += crawl.visit(address)
            found = leaks(crawl.said[address], secrets)
            crawl.said[address] = ""  # judged: thousands of pages need not be kept
            if found or crawl.statuses[500] > faults:
                broken += 1
                say(f"{address}: {found or 'a fault'}")
    return {
        "tried": len(crawl.said),
        "broken": broken,
        "seed": seed,
        "secrets": len(secrets),
        "views": len(crawl.views),
        "statuses": {str(code): count for code, count in sorted(crawl.statuses.items())},
        "seconds": round(time.monotonic() - began, 1),
    }
