"""背靠背: everything that a unit can fetch, byte for byte, whatever the deputies rate.

Used by the suite with a few histories and by `make campaign ONLY=ratings` with many.
"""

import re
from datetime import date, datetime, timedelta
from html import unescape
from random import Random
from urllib.parse import urldefrag, urlsplit
from zoneinfo import ZoneInfo

import time_machine
from django.db import transaction
from django.test import Client
from django.urls import reverse

from congress.shared import chain
from congress.shared.actors import Actor
from congress.shared.roles import Role
from proposals import tasks
from proposals.actions import upgrades
from proposals.models import Proposal, Rating, Reply
from proposals.rating_states import Fulfilment, Satisfaction, Trace
from proposals.states import State
from tests import make
from tests.proposals import verbs_rated, walk
from tests.scoring.facts import on

TOKENS = re.compile(rb'(name="csrfmiddlewaretoken" value="|"X-CSRFToken": ")[A-Za-z0-9]{64}')
"""Random by nature and nothing else: the token of a form, in the page and in its cookie.

The moment at which a file was made stands in it; it is held still while a page is fetched.
"""
RANDOM_COOKIES = frozenset({"csrftoken", "sessionid"})
LINK = re.compile(r'(?:href|hx-get)="(/[^"]*)"')
LEFT_OUT = ("/static/", "/logout", "/accounts/logout", "/admin/logout")
STARTS = (
    *("home:front", "proposals:unit_desk", "proposals:public_list", "proposals:unit_export"),
    *("proposals:public_export", "proposals:public_feed", "proposals:satisfaction"),
    *("proposals:news", "proposals:planned", "home:search", "deputies:public_list"),
    *("proposals:rating_receipt", "scoring:board"),
)
MOST = 2000
"""More than anybody reaches: a crawl that comes so far has not come to its end."""
MADE_AT = datetime(2026, 11, 28, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
AFTER = walk.RATE_UNTIL + timedelta(days=3)
"""Every window is over, nothing is released."""


def unit_people() -> list[Actor]:
    """Who may look: both posts of the unit that answers, and of the township as a unit."""
    return [
        make.actor(Role.UNIT_CLERK, at=make.unit()),
        make.actor(Role.UNIT_HEAD, at=make.unit()),
        make.actor(Role.UNIT_CLERK, at=make.unit("柳河镇人民政府")),
    ]


def seen(client: Client, address: str) -> tuple[int, bytes, list[tuple[str, str]], list[str]]:
    """Status, bytes and every header, without what is random by nature."""
    with time_machine.travel(MADE_AT, tick=False):  # a workbook says when it was made
        answer = client.get(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    cookies = [
        each.OutputString() for name, each in answer.cookies.items() if name not in RANDOM_COOKIES
    ]
    return answer.status_code, TOKENS.sub(rb"\1", body), sorted(answer.items()), sorted(cookies)


def addresses(client: Client, most: int) -> list[str]:
    """What a person reaches by following links from the first pages; at most so many."""
    found, at = [], 0
    for name in STARTS:
        try:
            found.append(reverse(name))
        except Exception:  # noqa: BLE001, S112 - a page of another stage that does not exist yet
            continue
    while at < len(found) < most:
        answer = client.get(found[at])
        at += 1
        if answer.streaming or "html" not in answer.get("Content-Type", ""):
            continue
        for link in LINK.findall(answer.content.decode()):
            place = urldefrag(unescape(link)).url
            if place not in found and not urlsplit(place).path.startswith(LEFT_OUT):
                found.append(place)
    return found[:most]


def everything(client: Client) -> list[str]:
    """All that a person reaches by links, to the last one: nothing waits to be opened."""
    found = addresses(client, MOST)
    assert len(found) < MOST, "there is more to be reached than was opened"
    return found


def proposals() -> list[Proposal]:
    """Some that are answered and some public, of several leads."""
    rows = [walk.proposal(state) for state in (State.ANSWERED, State.PUBLISHED, State.ANSWERED)]
    return [Proposal.objects.get(pk=row.pk) for row in rows]


def answered_again() -> Proposal:
    """Rated and released, ordered anew and answered once more: that answer is not released."""
    order = verbs_rated.answered()
    return Proposal.objects.get(pk=order.assignment.proposal_id)


def history(rows: list[Proposal], dice: Random, kept: Reply | None = None) -> None:
    """Deputies rate at random, some twice and some not at all; then a night goes over it.

    Now and then the key of one is lost, and two people have made it void; one is asked to be
    opened, and is or is not; and of an answer whose promises are kept the keeping is rated.
    """
    for _ in range(dice.randrange(1, 7)):
        row = dice.choice(rows)
        asks = {each.ask_id: dice.choice(list(Fulfilment)) for each in row.reply.answers.all()}
        walk.rate(
            row.reply,
            process=dice.choice(list(Satisfaction)),
            result=dice.choice(list(Satisfaction)),
            asks=asks,
            words=dice.choice(["", "不要让承办单位看到这句话", "谢" * 300]),
            by=make.as_deputy(row.lead),
            today=row.reply.replied_on,
            origins={Trace.ADDRESS: [f"{dice.getrandbits(256):064x}"]},
        )
    if dice.random() < 0.3:
        row = dice.choice(rows)
        lost = verbs_rated.lost(row, row.reply.replied_on)
        day = dice.choice((row.reply.replied_on, row.reply.rate_until + timedelta(days=1)))
        verbs_rated.voided(verbs_rated.voiding(lost, today=day), today=day)
    if kept and dice.random() < 0.5:
        by, words = make.as_deputy(kept.assignment.proposal.lead), dice.choice(("", "只做了一半。"))
        upgrades.rate_fulfilment(kept, grade=dice.choice(list(Satisfaction)), by=by, words=words)
    if dice.random() < 0.4:
        with on(AFTER):
            opened(rows, dice)
    if dice.random() < 0.5:
        with on(AFTER):
            tasks.report_ratings()
            tasks.remind_rehandlings()
            chain.seal_audit()


def opened(rows: list[Proposal], dice: Random) -> None:
    """拆看 of one whose window is over: asked for, and then agreed to, refused or left."""
    rated = Rating.objects.filter(reply__assignment__proposal__in=rows).order_by("pk")
    if found := [row for row in rated if row.reply.rate_until < AFTER and not row.is_void]:
        opening = verbs_rated.asked(dice.choice(found), today=AFTER)
        decide = dice.choice((verbs_rated.unsealed, verbs_rated.refused, None))
        if decide:
            decide(opening, today=AFTER)


Seen = tuple[int, bytes, list[tuple[str, str]], list[str]]


def settled(client: Client, places: list[str], day: date) -> list[Seen]:
    """What these addresses answer on that day; whoever opens one first leaves a receipt."""
    with on(day):
        _ = [seen(client, each) for each in places]
        return [seen(client, each) for each in places]


def differing(
    client: Client,
    places: list[str],
    before: list[Seen],
    rows: list[Proposal],
    dice: Random,
    kept: Reply | None = None,
) -> list[str]:
    """The addresses that answer otherwise once a random history stands, which is gone again."""
    with transaction.atomic():
        history(rows, dice, kept)
        after = [seen(client, each) for each in places]
        transaction.set_rollback(True)
    return [place for place, was, now in zip(places, before, after, strict=True) if was != now]
