"""并案: of what is withheld only its own deputies, its units and the office read anything."""

import html
import re
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.http import HttpResponse  # noqa: TID251 - a page in place of another
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from congress import urls
from congress.shared.errors import Refused
from congress.shared.models import Notice
from proposals import documents
from proposals.actions import review
from proposals.models import Assignment, Exhibit, Proposal, Rating, Reply
from proposals.models.proposal import KEPT_BACK
from proposals.permissions.replies import asks_of
from proposals.queries import papers
from proposals.rating_states import Fulfilment, Satisfaction
from proposals.states import State
from proposals.views import upgrades
from tests import make
from tests.architecture.test_urls import URLS
from tests.proposals import walk
from tests.scoring.facts import on
from tests.tamper import as_owner

pytestmark = pytest.mark.django_db
ASKED, TITLE, FACTS = "给家门口那盏灯换灯泡。", "关于桃园村灯光扰民的建议", "灯对着我家卧室。"


def fresh(row):
    return Proposal.objects.get(pk=row.pk)


class Two:
    """An open one and a withheld one, either merged into the other, answered, each co-signed."""

    def __init__(self, *, withheld_is_merged):
        self.open = walk.submitted(make.deputy("李桂兰"), title="关于桃园村路灯的建议")
        self.secret = walk.submitted(make.deputy("石守密"), title=TITLE, facts=FACTS, request=ASKED)
        self.signer, self.confidant = make.deputy("胡大勇"), make.deputy("周小满")
        walk.signed(self.open, self.signer)
        walk.signed(self.secret, self.confidant)
        for row, why in ((self.open, ""), (self.secret, "涉及个人隐私")):
            walk._take(row, State.ACCEPTED, make.unit(), (), why)
        pair = (self.secret, self.open) if withheld_is_merged else (self.open, self.secret)
        merged, into = (fresh(each) for each in pair)
        review.merge(merged, into=into, by=make.actor())
        walk._take(into, State.ASSIGNED, make.unit(), (), "")
        part = fresh(into).lead_assignment
        walk.gated(part)
        draft = walk.drafted(part)
        for ask in asks_of(part):
            walk.shown(draft, ask=ask)
        self.reply = walk.answered(fresh(into).lead_assignment)
        self.open, self.secret = fresh(self.open), fresh(self.secret)

    @property
    def hidden(self):
        """What somebody who is no party to the withheld one must not read."""
        return (self.secret.number, TITLE, ASKED.rstrip("。"), FACTS, "石守密", "周小满")


@pytest.fixture(autouse=True)
def papers_in_words(monkeypatch):
    """A paper is read as the words that would be printed."""
    monkeypatch.setattr(
        documents,
        "render_pdf",
        lambda name, context, **_: render_to_string(name, context).encode(),
    )


@pytest.fixture(autouse=True)
def bare_refusals(monkeypatch):
    """What is not there, or not theirs, need not be drawn: nobody reads it here."""
    for name, status in (("handler403", 403), ("handler404", 404)):
        monkeypatch.setattr(urls, name, lambda *_, now=status, **__: HttpResponse(status=now))


def words(answer):
    if answer.status_code != 200:
        return ""
    if "spreadsheet" in answer["Content-Type"]:
        with ZipFile(BytesIO(answer.content)) as book:
            return html.unescape(book.read("xl/sharedStrings.xml").decode())
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer.get("Content-Disposition", "") + html.unescape(body.decode(errors="replace"))


def everything(deputy):
    """Every page, paper, feed and export that this deputy can open, by its address."""
    by, client = make.as_deputy(deputy), Client()
    client.force_login(by.user)
    models = (Proposal, Assignment, Reply, Exhibit)
    rows = {str(pk) for model in models for pk in model.objects.values_list("pk", flat=True)}
    numbers = set(Proposal.objects.values_list("number", flat=True))
    found = {}
    with on(walk.REPLIED_ON):
        for name, route in URLS:
            fillers = rows if "<int:" in route else numbers if "<" in route else {""}
            if not name.startswith(("proposals:", "home:")) or route.count("<") > 1:
                continue
            for filler in fillers:
                path = "/" + re.sub(r"<[^>]+>", filler, route)
                answer = client.get(path, follow=True)
                if answer.status_code == 405:  # nothing is ever read at this address
                    break
                found[path] = words(answer)
    told = Notice.objects.filter(person=by.user).values_list("text", flat=True)
    return found | {"notices": "".join(told)}


@pytest.mark.parametrize(
    ("withheld_is_merged", "who"), [(True, "signer"), (False, "signer"), (True, "lead")]
)
def test_no_page_paper_feed_export_or_notice_names_it_to_others(withheld_is_merged, who):
    two = Two(withheld_is_merged=withheld_is_merged)
    found = everything(two.signer if who == "signer" else two.open.lead)
    found.pop(reverse("proposals:invite", args=[two.open.pk]))  # names every deputy there is
    assert len([path for path, said in found.items() if said]) > 20
    leaks = [(path, each) for path, said in found.items() for each in two.hidden if each in said]
    assert leaks == []
    detail = found[reverse("proposals:detail", args=[two.open.pk])]
    assert KEPT_BACK in detail
    assert "已列入今年第二批计划" in detail
    letter = found[reverse("proposals:letter", args=[two.reply.pk])]
    assert f"《{two.open.title}》收悉" in letter
    assert "加固护栏" in letter


@pytest.mark.parametrize("withheld_is_merged", [True, False])
def test_its_own_deputies_its_unit_and_the_office_read_the_whole(withheld_is_merged):
    two = Two(withheld_is_merged=withheld_is_merged)
    for by in (make.as_deputy(two.confidant), make.as_deputy(two.secret.lead)):
        letter = papers.letter(two.reply, by)
        assert "石守密、周小满" in letter.salutation
        assert TITLE in letter.opening
        assert ASKED.rstrip("。") in [each.ask for each in letter.sections]
    for by in (make.actor(), walk.unit_clerk()):
        whole = papers.letter(two.reply, by)
        assert "石守密、周小满" in whole.salutation
        assert TITLE in whole.opening
        assert len(whole.sections) == 2


def test_a_picture_beside_an_answer_to_it_is_not_found_by_others():
    two = Two(withheld_is_merged=True)
    shown = Exhibit.objects.get(answer__ask__proposal=two.secret)
    path = reverse("proposals:exhibit", args=[shown.pk])
    for by, status in (
        (make.as_deputy(two.signer), 404),
        (make.as_deputy(two.confidant), 200),
        (walk.unit_clerk(), 200),
        (make.actor(), 200),
    ):
        client = Client()
        client.force_login(by.user)
        answer = client.get(path)
        assert answer.status_code == status
        if answer.streaming:
            assert b"".join(answer.streaming_content)


def test_the_lead_rates_each_ask_that_they_may_read_and_no_other():
    two = Two(withheld_is_merged=True)
    by, client = make.as_deputy(two.open.lead), Client()
    client.force_login(by.user)
    own, kept = two.open.asks.get().pk, two.secret.asks.get().pk
    good = {"process": Satisfaction.SATISFIED, "result": Satisfaction.SATISFIED}
    path, sent = reverse("proposals:rate", args=[two.reply.pk]), {f"ask_{own}": Fulfilment.DONE}
    with on(walk.REPLIED_ON):
        assert client.post(path, good | sent).status_code == 302
    assert Rating.objects.get().ballot.asks == {own: Fulfilment.DONE}
    for asks in ({}, {own: Fulfilment.DONE, kept: Fulfilment.DONE}):
        with pytest.raises(Refused) as refused:
            walk.rate(two.reply, asks=asks, by=by, today=walk.REPLIED_ON, **good)
        assert two.secret.number not in str(refused.value)


def test_whoever_signed_is_led_back_to_their_own_from_asking_for_a_better_class():
    two = Two(withheld_is_merged=False)
    by, client = make.as_deputy(two.signer), Client()
    client.force_login(by.user)
    with on(walk.REPLIED_ON):
        page = words(client.get(reverse("proposals:ask_upgrade", args=[two.reply.pk])))
    assert two.open.title in page
    assert reverse("proposals:detail", args=[two.open.pk]) in page
    assert reverse("proposals:detail", args=[two.secret.pk]) not in page


def test_of_what_could_be_upgraded_others_read_no_ask_of_it(monkeypatch):
    two = Two(withheld_is_merged=True)
    monkeypatch.setattr(
        upgrades, "to_upgrade", lambda reply: [each.ask_id for each in reply.answers.all()]
    )
    path, client = reverse("proposals:ask_upgrade", args=[two.reply.pk]), Client()
    for by, reads in ((make.as_deputy(two.signer), False), (walk.unit_clerk(), True)):
        client.force_login(by.user)
        with on(walk.REPLIED_ON):
            page = words(client.get(path))
        assert two.open.asks.get().text in page
        assert (ASKED in page) is reads


def test_the_order_of_the_public_list_tells_no_day_of_what_was_answered_with_a_withheld_one(client):
    pair, others = Two(withheld_is_merged=False), ("关于增设公交站的建议", "关于修水渠的建议")
    rows = [walk.proposal(State.ANSWERED, title=title) for title in others]

    def listed(on):
        with as_owner():
            Proposal.objects.filter(pk=pair.open.pk).update(answered_on=on)
            Proposal.objects.filter(pk=rows[0].pk).update(answered_on=walk.DUE_ON)
        items = client.get(reverse("proposals:public_json")).json()["items"]
        return [each["number"] for each in items]

    assert listed(walk.REPLIED_ON - timedelta(days=1)) == listed(walk.DUE_ON + timedelta(days=1))
