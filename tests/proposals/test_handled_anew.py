"""While 重新办理 runs no page says that all is done: each says so, with its own day and light."""

import csv
import io
import json
from datetime import date
from zipfile import ZipFile

import pytest
from django.urls import reverse

from congress.home.queries import office, organiser
from congress.shared.roles import Role
from proposals.actions import publication
from proposals.models import Proposal, Rehandling
from proposals.queries import monthly, public, public_tally
from proposals.queries.clocks import Clock
from proposals.states import State
from tests import make
from tests.proposals import keys, walk
from tests.proposals import stages_of_following as stages
from tests.proposals import verbs_rated as facts
from tests.proposals.pages import case, plain_text, sent, text, url
from tests.scoring.facts import on

pytestmark = pytest.mark.django_db
AGAIN = "县交通运输局按要求重新办理，6 月 29 日前再答复"
LIGHT = "按期 · 重新办理，还有 22 个工作日"
DONE = "各步都已走完"
NEW = ("重新办理，", "6 月 29 日", "20260629")
UNREAD = "县交通运输局按要求重新办理，再次答复还没有公开"


@pytest.fixture(autouse=True)
def _the_day_after():
    with on(facts.AFTER):
        yield


def of(order):
    return Proposal.objects.get(pk=order.assignment.proposal_id)


def test_everybody_reads_of_it_on_the_page_in_the_list_the_data_and_the_calendar(client):
    row = of(facts.ordered_openly())
    page = text(client.get(url("public_detail", row.number)))
    for words in (AGAIN, LIGHT, "现在是重新办理", "为什么是 6 月 29 日"):
        assert words in page
    assert DONE not in page
    (item,) = json.loads(client.get(url("public_json")).content)["items"]
    assert (item["light"], item["light_words"]) == tuple(LIGHT.split(" · "))
    assert (item["due_on"], item["step"]) == ("2026-06-29", "重新办理")
    assert item["last"] == "5 月 27 日要求重新办理"
    assert "重新办理，还有" in text(client.get(url("public_list")))
    sheet = client.get(url("public_export")).content.decode("utf-8-sig")
    (line,) = csv.DictReader(io.StringIO(sheet))
    assert (line["灯"], line["最近"]) == ("按期", item["last"])
    for calendar in (url("proposal_ics", row.number), url("public_ics")):
        assert "DTSTART;VALUE=DATE:20260629" in text(client.get(calendar)), calendar
    assert public_tally.tally(public.Filters(light="ok"), Clock.on(facts.AFTER)).total == 1


def test_before_the_answer_is_published_the_public_reads_none_of_it(client):
    row = of(facts.ordered())
    pages = [url("public_detail", row.number), url("proposal_ics", row.number)]
    pages += [url("public_json"), url("public_ics"), url("public_list")]
    for page in pages:
        found = text(client.get(page))
        assert not [each for each in NEW if each in found], page


def test_a_further_answer_to_what_is_not_published_is_told_to_nobody_outside(client):
    """Nobody there knows of the order, so its answer has no day, no window and no step either."""
    order = facts.ordered()
    row, unit = of(order), order.assignment.unit_id
    pages = [url(name, row.number) for name in ("public_detail", "proposal_json", "proposal_feed")]
    pages += [url(name) for name in ("public_list", "public_json", "public_export", "embed")]
    pages += [url("unit_page", unit), url("public_ics")]

    def told():
        return {page: plain_text(client.get(page)) for page in pages}

    before = told()
    facts.answered(order)
    assert told() == before


def test_a_further_answer_that_is_not_opened_ends_it_for_nobody_outside(client):
    row = facts.further()
    page = text(client.get(url("public_detail", row.number)))
    assert (UNREAD in page, DONE in page) == (True, False)
    assert ("由新的答复代替" in page, "承诺 2 步" in page) == (False, True)
    (item,) = json.loads(client.get(url("public_json")).content)["items"]
    said = (item["step"], item["last"], item["light_words"], item["answered_on"])
    assert said == ("重新办理", "5 月 27 日要求重新办理", "已答复", "2026-04-24")
    assert "现在是重新办理" in page
    sheet = client.get(url("public_export")).content.decode("utf-8-sig")
    (line,) = csv.DictReader(io.StringIO(sheet))
    assert (line["走到哪一步"], line["最近"]) == (item["step"], item["last"])
    for calendar in (url("proposal_ics", row.number), url("public_ics")):
        assert "再次答复还没有公开" in text(client.get(calendar)).replace("\r\n ", ""), calendar
    publication.publish(row, by=make.actor(), today=facts.AFTER)
    for calendar in (url("proposal_ics", row.number), url("public_ics")):
        said = text(client.get(calendar)).replace("\r\n ", "")
        assert [each in said for each in ("SUMMARY:已答复", "SUMMARY:已再次答复")] == [True, True]
        assert "再次答复还没有公开" not in said


def test_the_deputy_the_unit_and_the_office_read_of_it_wherever_they_look():
    row = of(facts.ordered())
    lead, office = make.as_deputy(row.lead), make.actor()
    for reader, page in (
        (lead, url("mine")),
        (lead, url("detail", row.pk)),
        (office, url("dossier", row.pk)),
        (walk.unit_clerk(), case(row)),
    ):
        found = text(sent(reader).get(page))
        assert (AGAIN in found, "重新办理，还有 22 个工作日" in found) == (True, True), page
    dossier = plain_text(sent(office).get(url("dossier", row.pk)))
    assert ("已办结" in dossier, "6月29日前再答复" in dossier) == (False, True)
    rolling = text(sent(make.director()).get(url("carried_year") + "?year=2026"))
    assert LIGHT in rolling


def test_every_board_of_lights_has_its_light_and_none_calls_it_done():
    row = of(facts.ordered())
    (lights,) = office.unit_lights(Clock.on(facts.AFTER))
    assert (lights.ok, lights.done) == (1, 0)
    key = keys.decided(row, today=facts.AFTER, decided_on=facts.AFTER)
    desk, board = sent(make.actor()), LIGHT.replace(" · ", "")
    for page in (
        reverse("admin:proposals_proposal_changelist"),
        url("key_list") + "?year=2026",
        url("key_page", key.pk),
    ):
        assert board in text(desk.get(page)).replace(" · ", ""), page
    sheet = desk.get(reverse("admin:proposals_proposal_export"))
    with ZipFile(io.BytesIO(b"".join(sheet) if sheet.streaming else sheet.content)) as book:
        assert LIGHT.replace(" · ", " ") in book.read("xl/sharedStrings.xml").decode()


def test_one_past_its_own_day_is_late_at_the_desk_in_the_list_and_for_the_leaders():
    row, late = of(facts.ordered()), date(2026, 7, 2)
    listed = reverse("admin:proposals_proposal_changelist") + "?timing=late"
    with on(facts.AFTER):
        assert (office.desk(make.actor(), facts.AFTER).late, row.title in at(listed)) == (0, False)
    with on(late):
        desk, (sheet,) = office.desk(make.actor(), late), leaders_sheet(row, late)
        assert row.title in at(listed)
        assert Proposal.objects.overdue(late).get() == row
    (alarm,) = desk.alarms
    assert (desk.late, alarm.title) == (1, "办理超期")
    assert (
        alarm.words == f"{row.number} {row.title}（县交通运输局重新办理，应于 6 月 29 日前再答复）"
    )
    assert (sheet.light, sheet.light_of) == (("late", "3 个工作日"), "重新办理")


def test_a_townships_own_that_is_late_anew_is_in_its_number_as_in_its_list():
    clerk, reply = make.actor(Role.TOWNSHIP_CLERK), walk.of_township(State.ANSWERED).reply
    said = {"words": facts.ORDER, "ordered_by": clerk.user, "ordered_on": facts.AFTER}
    of_reply = {"assignment": reply.assignment, "reply": reply, "due_on": date(2026, 6, 29)}
    Rehandling.objects.create(**said, **of_reply)
    with on(date(2026, 7, 2)):
        titles = [each.title for each in organiser.desk(clerk, date(2026, 7, 2)).tasks]
    assert "1 件建议办理超期" in titles


def at(page):
    return text(sent(make.actor()).get(page))


def leaders_sheet(row, today):
    keys.decided(row, today=facts.AFTER, decided_on=facts.AFTER)
    return monthly.leader_sheets(today, [make.actor(Role.LEADER).user])[0].common


def published(reply):
    row = Proposal.objects.get(pk=reply.assignment.proposal_id)
    return publication.publish(row, by=make.actor(), today=stages.TODAY)


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (stages.answered, "承诺 2 步，已兑现 0 步，下一步应在"),
        (lambda: stages.challenge_settled().reply, "“已解决”已经撤销"),
        (lambda: stages.challenge_confirmed().reply, "又被提出，还没有了结"),
        (lambda: stages.answered("C"), "受条件限制的"),
    ],
)
def test_all_is_done_only_once_nothing_of_the_answer_is_open(client, made, says):
    row = published(made())
    assert row.state == State.PUBLISHED
    with on(stages.AGAIN_ON):
        page = text(client.get(url("public_detail", row.number)))
    assert (says in page, DONE in page) == (True, False)
