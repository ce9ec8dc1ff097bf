"""动态、订阅、导出 and the log: each costs the same for any number, and a rating moves none."""

import re
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.shared.models import AuditEvent
from congress.shared.roles import Role
from proposals.actions import objections, review
from proposals.models import Proposal
from proposals.rating_states import Satisfaction
from proposals.states import State
from tests import make
from tests.proposals import walk
from tests.proposals.pages import url
from tests.scoring.facts import on
from tests.tamper import as_owner

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
TITLE = "关于修复柳河镇桃园村过水桥的建议"


@pytest.fixture(autouse=True)
def _today():
    with on(make.TODAY):
        yield


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def entries(answer):
    return ElementTree.fromstring(answer.content).findall(f"{ATOM}entry")  # noqa: S314  # our own


READERS = {
    "lead": lambda lead: make.as_deputy(lead),
    "unit": lambda lead: walk.unit_clerk(),
    "office": lambda lead: make.actor(),
}


@pytest.mark.parametrize("who", READERS)
def test_the_news_take_the_same_queries_for_one_proposal_and_for_three(client, who):
    lead = make.deputy()
    walk.proposal(State.PUBLISHED, lead=lead)
    client.force_login(READERS[who](lead).user)
    one = queries(client, url("news"))
    for _ in range(2):
        walk.proposal(State.PUBLISHED, lead=lead)
    assert queries(client, url("news")) == one


def test_news_lead_only_to_pages_that_the_reader_may_open(client):
    row = walk.proposal(State.ASSIGNED)
    part, other, by = row.lead_assignment, make.unit("县水利局"), walk.unit_clerk()
    link = f'href="{url("detail", row.pk)}"'
    client.force_login(by.user)
    assert link in client.get(url("news")).content.decode()
    day = {"today": walk.ASSIGNED_ON}
    objection = objections.object_to(part, better_unit=other, reason="归水利。", by=by, **day)
    objections.uphold_objection(objection, unit=other, words="改交。", by=make.actor(), **day)
    page = client.get(url("news")).content.decode()
    assert row.title in page
    assert link not in page


def test_the_feed_of_all_takes_the_same_queries_for_one_proposal_and_for_three(client):
    walk.proposal(State.PUBLISHED)
    one = queries(client, url("public_feed"))
    for _ in range(2):
        walk.proposal(State.PUBLISHED)
    assert queries(client, url("public_feed")) == one


def test_the_news_are_paged_and_the_newest_come_first(client):
    lead = make.deputy()
    for number in range(4):
        walk.proposal(State.PUBLISHED, lead=lead, title=f"关于第 {number} 座桥的建议")
    client.force_login(make.as_deputy(lead).user)
    first, last = client.get(url("news")), client.get(url("news") + "?page=2")
    assert "关于第 3 座桥的建议" in first.content.decode()
    assert "关于第 0 座桥的建议" not in first.content.decode()
    assert "关于第 0 座桥的建议" in last.content.decode()


@pytest.mark.parametrize("role", sorted(set(Role)))
def test_somebody_without_proposals_reads_that_there_is_nothing_yet(client, role):
    client.force_login(make.actor(role).user)
    answer = client.get(url("news"))
    assert answer.status_code == 200
    assert "还没有动态" in answer.content.decode()


def test_a_feed_is_atom_in_chinese_with_whole_addresses(client):
    proposal = walk.proposal(State.ANSWERED)
    for answer in (
        client.get(url("public_feed")),
        client.get(url("proposal_feed", proposal.number)),
    ):
        assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
        root = ElementTree.fromstring(answer.content)  # noqa: S314  # our own
        assert root.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "zh-hans"
        links = [link.attrib["href"] for link in root.iter(f"{ATOM}link")]
        assert links
        assert all(link.startswith(settings.SITE_URL) for link in links)
        titles = [entry.findtext(f"{ATOM}title") for entry in entries(answer)]
        assert titles[-1] == f"提出：{TITLE}"
        assert len({entry.findtext(f"{ATOM}id") for entry in entries(answer)}) == len(titles)
        assert "已列计划" not in answer.content.decode()


def test_a_title_that_no_xml_may_hold_is_told_without_what_breaks_it(client):
    proposal = walk.proposal(State.ASSIGNED, title="修桥\x01\x08\x1b[31m\u202e\ufffe\n和路")
    walk.met(proposal.lead_assignment, *list(walk.MET_ON)[:1])
    with as_owner():
        proposal.lead_assignment.meetings.update(place="村委会\x0b二楼")
    for address in (url("public_feed"), url("proposal_feed", proposal.number)):
        answer = client.get(address)
        assert answer.status_code == 200
        assert entries(answer)[-1].findtext(f"{ATOM}title") == "提出：修桥[31m 和路"


def test_a_feed_that_has_not_changed_is_not_sent_again(client):
    proposal = walk.proposal(State.ASSIGNED)
    for address in (url("public_feed"), url("proposal_feed", proposal.number)):
        first = client.get(address)
        assert set(first["Cache-Control"].split(", ")) == {"private", "max-age=60"}
        again = client.get(address, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
    walk.met(proposal.lead_assignment)
    changed = client.get(address, headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200


def test_a_meeting_that_is_denied_leaves_the_feed(client):
    proposal = walk.proposal(State.ASSIGNED)
    part = proposal.lead_assignment
    walk.met(part, *list(walk.MET_ON)[:1])
    address = url("proposal_feed", proposal.number)
    assert "桃园村村委会" in client.get(address).content.decode()
    lead = make.as_deputy(proposal.lead)
    walk.meetings.deny_meeting(
        part.meetings.get(), words="那天没有来", by=lead, today=walk.REPLIED_ON
    )
    assert "桃园村村委会" not in client.get(address).content.decode()


@pytest.mark.parametrize("state", [State.SUBMITTED, State.RETURNED])
def test_what_has_no_number_is_in_no_feed(client, state):
    walk.proposal(state)
    assert entries(client.get(url("public_feed"))) == []
    assert client.get(url("proposal_feed", "0")).status_code == 404


def test_what_is_withheld_or_withdrawn_is_in_no_feed(client):
    hidden = walk.proposal(State.ASSIGNED, withheld="涉及个人隐私")
    gone = walk.proposal(State.ACCEPTED)
    lead = make.as_deputy(gone.lead)
    walk.submission.withdraw(gone, reason="修好了", by=lead, today=make.TODAY)
    assert entries(client.get(url("public_feed"))) == []
    for proposal in (hidden, gone):
        assert client.get(url("proposal_feed", proposal.number)).status_code == 404


def test_a_return_and_a_dropped_sheet_leave_no_trace_in_public(client):
    """Mended and accepted again reads like accepted at once."""
    proposal = walk.proposal(State.RETURNED)
    lead = make.as_deputy(proposal.lead)
    text = walk.words("关于修复桃园村 3 组过水桥的建议")
    walk.submission.resubmit(proposal, by=lead, today=walk.SUBMITTED_ON, **text)
    review.accept(proposal, by=make.actor(), today=walk.ACCEPTED_ON)
    proposal.refresh_from_db()
    found = entries(client.get(url("proposal_feed", proposal.number)))
    titles = [entry.findtext(f"{ATOM}title").partition("：")[0] for entry in found]
    assert titles == ["审查", "提出"]


def test_the_export_is_what_the_page_shows_and_another_units_is_not_there(client):
    proposal = walk.proposal(State.ANSWERED)
    client.force_login(walk.unit_clerk().user)
    answer = client.get(url("events_export", proposal.pk))
    with ZipFile(BytesIO(answer.content)) as book:
        said = book.read("xl/sharedStrings.xml").decode()
    assert f"予以受理，编号 {proposal.number}" in said
    assert "桃园村村委会，双方已确认" in said
    client.force_login(walk.unit_clerk(make.unit("县教育局")).user)
    assert client.get(url("events_export", proposal.pk)).status_code == 404


def stable(answer):
    """The bytes without the token that is new on every request and the file's own clock."""
    if "spreadsheet" in answer["Content-Type"]:
        with ZipFile(BytesIO(answer.content)) as book:
            return book.read("xl/sharedStrings.xml") + book.read("xl/worksheets/sheet1.xml")
    return re.sub(rb'(X-CSRFToken": "|csrfmiddlewaretoken" value=")\w+', b"", answer.content)


def addresses(proposal, who):
    if who is None:
        open_ones = ("public_detail", "proposal_feed")
        return [url("public_feed"), *(url(name, proposal.number) for name in open_ones)]
    page = "case" if who.role == Role.UNIT_CLERK else "detail"
    return [url("news"), url("events_export", proposal.pk), url(page, proposal.pk)]


@pytest.mark.parametrize("who", ["public", "signer", "unit", "office"])
def test_a_rating_changes_no_byte_of_what_anybody_else_is_told(client, who):
    lead, signer = make.deputy(), make.deputy()
    row = walk.submitted(lead)
    walk.signed(row, signer)
    review.accept(row, by=make.actor(), today=walk.ACCEPTED_ON)
    by = {"by": make.actor(), "today": walk.ASSIGNED_ON}
    row = walk.assignment.assign(row, shares=walk.shares(), **by)
    walk.gated(row.lead_assignment)
    walk.answered(row.lead_assignment)
    row = Proposal.objects.get(pk=row.pk)
    actor = {
        "public": lambda: None,
        "signer": lambda: make.as_deputy(signer),
        "unit": walk.unit_clerk,
        "office": make.actor,
    }[who]()
    if actor:
        client.force_login(actor.user)
    before = [stable(client.get(each, follow=True)) for each in addresses(row, actor)]
    walk.rate(
        row.reply,
        process=Satisfaction.UNSATISFIED,
        result=Satisfaction.UNSATISFIED,
        words="没有下文",
        by=make.as_deputy(lead),
        today=walk.REPLIED_ON,
    )
    after = [stable(client.get(each, follow=True)) for each in addresses(row, actor)]
    assert after == before


@pytest.mark.parametrize("role", [Role.STAFF_DIRECTOR, Role.LEADER, Role.SYSADMIN, Role.AUDITOR])
def test_the_log_of_the_browser_admin_has_everything_but_the_rating(client, role):
    proposal = walk.proposal(State.ANSWERED)
    client.force_login(make.actor(role).user)
    log = reverse("admin:shared_auditevent_changelist")
    before = stable(client.get(log))
    walk.rate(
        proposal.reply,
        process=Satisfaction.FAIR,
        result=Satisfaction.FAIR,
        by=make.as_deputy(proposal.lead),
        today=walk.REPLIED_ON,
    )
    assert stable(client.get(log)) == before
    assert "保存第 1 稿" in before.decode()
    rated = AuditEvent.objects.get(now="rated")
    page = reverse("admin:shared_auditevent_change", args=[rated.pk])
    assert client.get(page).status_code == 404


def test_the_newest_step_stands_first_whenever_it_was_written_down(client):
    """A county's earlier years are taken in after this one's."""
    with on(make.TODAY.replace(day=2)):
        walk.submitted(title="关于后一件事的建议")
    with on(make.TODAY.replace(day=1)):
        walk.submitted(title="关于前一件事的建议")
    client.force_login(make.actor().user)
    page = client.get(url("news")).content.decode()
    assert page.index("关于后一件事的建议") < page.index("关于前一件事的建议")
