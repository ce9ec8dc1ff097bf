"""并案: the deputy of a merged proposal reads the reply on a page of their own."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from congress.shared.models import Notice
from proposals.actions import publication, review
from proposals.models import Proposal
from proposals.states import State
from tests import make
from tests.proposals import walk
from tests.scoring.facts import on

pytestmark = pytest.mark.django_db
TEXT = "已列入今年第二批计划，十月底前完工。"


def merged(state=State.ANSWERED, *, withheld=""):
    """Two of one matter, the first handled as far as `state` for both."""
    into = walk.proposal(State.ACCEPTED, title="关于修复桃园村过水桥的建议", withheld=withheld)
    again = walk.proposal(State.ACCEPTED, title="关于改造桃园村过水桥的建议")
    review.merge(again, into=into, by=make.actor())
    for step in walk.ORDER[2 : walk.ORDER.index(state) + 1]:
        walk._take(into, step, make.unit(), (), "")
    return Proposal.objects.get(pk=into.pk), Proposal.objects.get(pk=again.pk)


def read(path, by=None):
    client = Client()
    if by:
        client.force_login(by.user)
    with on(walk.REPLIED_ON):
        answer = client.get(path)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_the_merged_ones_deputy_is_sent_to_the_reply_and_reads_it():
    into, again = merged()
    by = make.as_deputy(again.lead)
    notice = Notice.objects.get(person=by.user, key__startswith="proposal.answered_along")
    assert notice.link == reverse("proposals:detail", args=[again.pk])
    text = read(notice.link, by)
    assert TEXT in text
    assert f"与 {into.number} 并案办理，县交通运输局已答复" in text
    assert "等代工委交给承办单位" not in text


def test_the_public_page_of_the_merged_one_shows_the_reply_once_both_are_published():
    _, again = merged(State.PUBLISHED)
    page = reverse("proposals:public_detail", args=[again.number])
    assert TEXT not in read(page)
    publication.publish(again, by=make.actor(), today=walk.REPLIED_ON)
    assert TEXT in read(page)


def test_what_is_withheld_from_the_public_is_not_shown_by_way_of_the_merged_one():
    _, again = merged(withheld="涉及个人隐私")
    publication.publish(again, by=make.actor(), today=walk.REPLIED_ON)
    text = read(reverse("proposals:public_detail", args=[again.number]))
    assert TEXT not in text
    assert "和另一件建议并案办理" in text
