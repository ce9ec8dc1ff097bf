"""签发以后改了类别名称、会次的: what was signed is read everywhere as it was signed."""

from importlib import import_module

import pytest
from django.apps import apps
from django.template.loader import render_to_string
from django.urls import reverse

from congress.shared.models import Area, Session
from proposals.actions import assignment, publication, review
from proposals.models import OutcomeClass, Proposal, Reply
from proposals.queries import bundles, papers, public, public_page
from proposals.queries.clocks import Clock
from proposals.queries.progress import situation
from proposals.queries.public_numbers import solved
from proposals.queries.stood import title
from proposals.queries.timeline import timeline
from proposals.states import State
from tests import make, tamper
from tests.proposals import walk

pytestmark = pytest.mark.django_db


def published(**kept):
    row = walk.proposal(State.ASSIGNED)
    walk.gated(row.lead_assignment)
    walk.answered(Proposal.objects.get(pk=row.pk).lead_assignment, **kept)
    return publication.publish(
        Proposal.objects.get(pk=row.pk), by=make.actor(), today=walk.REPLIED_ON
    )


def renamed():
    """What the year's new rules call them, and a session whose number was typed wrong."""
    OutcomeClass.objects.filter(code="B").update(code="乙", name="正在解决")
    OutcomeClass.objects.filter(code="A").update(code="甲", name="办成了")
    Session.objects.update(number=6)


def said(reply):
    """Everything in which somebody reads the class of a signed reply."""
    reply, today = Reply.objects.get(pk=reply), walk.REPLIED_ON
    row = Proposal.objects.get(pk=reply.assignment.proposal_id)
    letter = papers.letter(reply, make.actor())
    form = papers.feedback(reply, make.actor())
    page = public_page.page(public_page.find(row.number), today)
    case = bundles.bundles([bundles.of_session(row.session).get()], make.actor(), today)
    file = render_to_string("pdf/proposal_bundle.html", {"title": "案卷", "cases": case})
    (line,) = public.rows(public.Filters(), Clock.on(today))
    told = [each.words for each in timeline(row, None, today)]
    return {
        "letter": (letter.mark, letter.title, [each.outcome for each in letter.sections]),
        "form": render_to_string("pdf/feedback.html", {"form": form}),
        "public page": [(each.outcome, each.outcome_name) for each in page.replies],
        "public list": (line.outcome, line.outcome_name),
        "timeline": [words for words in told if "答复，" in words],
        "file": "B类（已列计划）" in file and "B类：" in file,
        "record": str(reply).endswith("B 已列计划"),
        "situation": situation(row, row.lead_assignment),
    }


def test_whatever_reads_a_signed_reply_reads_its_class_and_session_as_signed(client):
    reply = published().reply.pk
    before = said(reply)
    assert before["letter"] == (
        "B类　公开",
        [
            "对县十九届人大五次会议",
            f"第{Reply.objects.get().assignment.proposal.number}号建议的答复",
        ],
        ["B类，已列计划"],
    )
    assert (before["file"], before["record"]) == (True, True)
    renamed()
    assert said(reply) == before
    client.force_login(walk.unit_head().user)
    case = reverse("proposals:case", args=[Reply.objects.get().assignment.proposal_id])
    page = client.get(case).content.decode()
    assert "乙" not in page
    assert "正在解决" not in page


def test_the_workbench_shows_a_reply_with_its_class_as_signed(client):
    reply = published().reply.pk
    renamed()
    client.force_login(make.actor().user)
    page = client.get(reverse("admin:proposals_reply_change", args=[reply])).content.decode()
    assert "B 已列计划" in page
    assert "正在解决" not in page


def test_a_township_of_another_name_has_its_numbers_as_they_were_given():
    into, along = walk.of_township(State.ACCEPTED), walk.of_township(State.ACCEPTED)
    office = walk.office_of(into)
    review.merge(along, into=into, by=office)
    assignment.assign(into, shares=walk.shares(), by=office, today=walk.ASSIGNED_ON)
    part = Proposal.objects.get(pk=into.pk).lead_assignment
    walk.gated(part)
    reply = walk.answered(part).pk

    def letter():
        found = papers.letter(Reply.objects.get(pk=reply), make.actor())
        return found.title, found.opening, [each.of for each in found.sections]

    before = letter()
    serial = along.number.removeprefix("柳河镇")
    assert f"（第{serial}号）" in before[1]
    assert before[2] == ["", f"第{serial}号建议的"]
    Area.objects.filter(name="柳河镇").update(name="柳河街道")
    assert letter() == before
    assert title(Proposal.objects.get(pk=into.pk))[1] == before[0][1]


def test_what_was_solved_stays_solved():
    row = published(outcome="A")
    area = row.delegation.area_id
    assert len(solved(area, walk.REPLIED_ON)) == 1
    renamed()
    assert len(solved(area, walk.REPLIED_ON)) == 1


def test_earlier_replies_keep_what_stands_when_they_are_migrated():
    reply = published().reply
    whole = reply.stood
    news = ("result", "results", "titles")
    for kept in ({}, {key: each for key, each in whole.items() if key not in news}):
        with tamper.as_owner():
            Reply.objects.update(stood=kept)
            import_module("proposals.migrations.0031_classes_as_signed").keep(apps, None)
            import_module("proposals.migrations.0037_meanings_of_classes").fill(apps, None)
        assert Reply.objects.get().stood == kept | {key: whole[key] for key in news}
    with tamper.as_owner():
        Reply.objects.update(stood={key: whole[key] for key in news})
    renamed()
    assert papers.letter(Reply.objects.get(), make.actor()).mark == "B类　公开"
