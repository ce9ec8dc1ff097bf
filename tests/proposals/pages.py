"""What tests of pages say for short: an address, an answer's words, somebody's own browser."""

import re

from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags


def url(name, *args):
    return reverse(f"proposals:{name}", args=args)


def case(proposal):
    return url("case", proposal.pk)


def sent(actor):
    """A browser in which they are logged in."""
    client = Client()
    client.force_login(actor.user)
    return client


def text(answer):
    return answer.content.decode()


def answered(answer, status=200):
    """The page, which has this status; what it says instead stands in the report."""
    assert answer.status_code == status, text(answer)[:2000]
    return text(answer)


def plain_text(answer):
    """What somebody reads, without tags and without what parts the words."""
    return "".join(strip_tags(text(answer)).split())


def hidden(page, name):
    """What the page lets its form say."""
    return re.search(rf'name="{name}" value="([^"]*)"', text(page))[1]
