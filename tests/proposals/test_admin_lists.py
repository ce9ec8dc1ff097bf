"""The browser admin shows of proposals what the pages show: none that no office may see yet."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.urls import reverse

from congress.shared.models import Notice
from congress.shared.roles import DESK
from proposals.states import State
from tests import make
from tests.proposals import walk

pytestmark = pytest.mark.django_db
ADMIN_CSS = settings.BASE_DIR / "static/css/admin.css"
HIDDEN = "关于给两户申请救助的建议"


def text(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def sheet(answer):
    with ZipFile(BytesIO(answer.content)) as book:
        return book.read("xl/sharedStrings.xml").decode()


@pytest.fixture
def called():
    """One is out for signatures only, and a deputy was asked by name; another is in hand."""
    row = walk.signing(title=HIDDEN, confidentiality_asked="涉及两户的隐私")
    asked = walk.invitation(row)
    walk.proposal(State.ANSWERED)
    return asked.proposal


@pytest.fixture(params=sorted(DESK))
def desk(request, client):
    client.force_login(make.actor(request.param).user)
    return client


def test_list_search_and_export_leave_out_what_no_office_may_see_yet(desk, called):
    page = reverse("admin:proposals_proposal_changelist")
    for asked in ({}, {"q": "救助"}, {"q": called.lead.name}, {"state": State.SIGNING}):
        assert HIDDEN not in text(desk.get(page, asked))
    assert "过水桥" in text(desk.get(page))
    exported = sheet(desk.get(reverse("admin:proposals_proposal_export")))
    assert HIDDEN not in exported
    assert "过水桥" in exported


@pytest.mark.parametrize("name", ["assignment", "meeting", "reply"])
def test_the_lists_beside_it_show_what_is_in_hand(desk, called, name):
    page = text(desk.get(reverse(f"admin:proposals_{name}_changelist")))
    assert HIDDEN not in page
    assert "过水桥" in page


def test_notices_about_it_are_read_by_those_they_were_written_to_alone(desk, called):
    page = reverse("admin:shared_notice_changelist")
    about = Notice.objects.filter(text__contains=HIDDEN)
    assert about.exists()
    for asked in ({}, {"q": "救助"}):
        assert HIDDEN not in text(desk.get(page, asked))
    one = reverse("admin:shared_notice_change", args=[about.first().pk])
    assert desk.get(one).status_code == 404
    assert "过水桥" in text(desk.get(page))


def test_a_last_day_stands_on_one_line(client, called):
    client.force_login(make.actor().user)
    page = client.get(reverse("admin:proposals_proposal_changelist")).content.decode()
    assert "field-due" in page
    assert "#result_list .field-due { white-space: nowrap; }" in ADMIN_CSS.read_text("utf-8")
