"""A township's office reads the course of what is put to its congress, and nothing of others'."""

import html
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse

from congress.shared.models import Notice
from congress.shared.roles import Role
from proposals.queries.timeline import timeline
from proposals.states import State
from tests import make
from tests.proposals import walk
from tests.scoring.facts import on

pytestmark = pytest.mark.django_db


def said(client, name, *args, status=200, **asked):
    """What a page or a spreadsheet says."""
    answer = client.get(reverse(name, args=args), asked, follow=True)
    assert answer.status_code == status
    if "spreadsheet" in answer["Content-Type"]:
        with ZipFile(BytesIO(answer.content)) as book:
            return html.unescape(book.read("xl/sharedStrings.xml").decode())
    return html.unescape(answer.content.decode())


@pytest.mark.parametrize("reads", [True, False], ids=["its own office", "another township's"])
def test_page_export_news_search_and_notices_of_a_townships_office(client, reads):
    by = make.actor(Role.TOWNSHIP_CLERK, at=None if reads else make.far_office())
    own = walk.of_township(State.ANSWERED, title="关于村口路灯的建议", withheld="涉及隐私")
    county = walk.proposal(State.ANSWERED, title="关于县城公厕的建议", withheld="涉及隐私")
    client.force_login(by.user)
    with on(walk.REPLIED_ON):
        course = [line.words for line in timeline(own, make.actor(), walk.REPLIED_ON)]
        news = said(client, "proposals:news")
        shown = [
            said(client, f"proposals:{name}", own.pk, status=200 if reads else 404)
            for name in ("detail", "events_export")
        ]
        for name in ("detail", "events_export"):
            said(client, f"proposals:{name}", county.pk, status=404)
        found = "".join(said(client, "home:search", q=row.number) for row in (own, county))
    assert len(course) > 5
    for each in (*shown, news):
        assert {words in each for words in course} == {reads}
    heard = "".join(Notice.objects.filter(person=by.user).values_list("text", flat=True))
    assert (own.title in news, own.title in found) == (reads, reads)
    assert reads or own.title not in heard
    assert not [each for each in (news, found, heard) if county.title in each]
