"""解决程度: what a class means is its row's own, whatever letter a place gives it."""

from importlib import import_module

import pytest
from django.apps import apps
from django.template.loader import render_to_string
from django.urls import reverse

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent
from congress.shared.roles import Role
from proposals.actions import publication, replies
from proposals.models import OutcomeClass, Proposal, Reply
from proposals.models.reference import Meaning
from proposals.queries import public, public_page
from proposals.queries.clocks import Clock
from proposals.queries.public_numbers import solved
from proposals.states import State
from tests import make, tamper
from tests.proposals import walk

pytestmark = pytest.mark.django_db


def relettered():
    """A county that counts 甲乙丙, and to which A is what is kept for reference."""
    OutcomeClass.objects.filter(code="A").update(code="甲")
    OutcomeClass.objects.create(
        code="A",
        name="留作参考",
        definition="留作参考",
        meaning=Meaning.REFERENCE,
        position=9,
    )


def gated():
    row = walk.proposal(State.ASSIGNED)
    walk.gated(row.lead_assignment)
    return Proposal.objects.get(pk=row.pk).lead_assignment


def unshown(part, code):
    """A draft of that class that shows nothing, sent to be signed."""
    one = replies.Words(OutcomeClass.objects.get(code=code), "已经修好。")
    ask = part.proposal.asks.get().pk
    walk.to_sign(part, answers={ask: one})


def published(code):
    part = gated()
    walk.answered(part, outcome=code)
    row = Proposal.objects.get(pk=part.proposal_id)
    return publication.publish(row, by=make.actor(), today=walk.REPLIED_ON)


def test_what_is_solved_is_shown_whatever_its_letter():
    relettered()
    with pytest.raises(Refused, match="第 1 条定为 甲 类，要写依据或者加照片"):
        unshown(gated(), "甲")


def test_what_only_has_the_letter_need_not_be_shown():
    relettered()
    unshown(gated(), "A")


def test_a_township_has_solved_what_means_solved():
    relettered()
    row = published("甲")
    assert [each.title for each in solved(row.delegation.area_id, walk.REPLIED_ON)] == [
        row.title.removeprefix("关于").removesuffix("的建议")
    ]


def test_what_only_has_the_letter_is_not_solved():
    relettered()
    assert solved(published("A").delegation.area_id, walk.REPLIED_ON) == []


def test_a_signed_reply_means_what_it_meant():
    row = published("A")
    OutcomeClass.objects.filter(code="A").update(meaning=Meaning.LATER)
    reply = Reply.objects.get()
    assert (reply.result.meaning, reply.answers.get().result.meaning) == ("solved", "solved")
    assert len(solved(row.delegation.area_id, walk.REPLIED_ON)) == 1


def test_every_list_and_page_colours_a_class_by_what_it_means():
    OutcomeClass.objects.filter(code="B").update(code="乙")
    row = published("乙")
    page = public_page.page(public_page.find(row.number), walk.REPLIED_ON)
    (line,) = public.rows(public.Filters(), Clock.on(walk.REPLIED_ON))
    assert (line.outcome_meaning, page.replies[0].outcome_meaning) == ("planned", "planned")
    badge = '<span class="class-planned badge"><b>乙</b>已列计划</span>'
    assert badge in render_to_string("proposals/_public_row.html", {"row": line})


def test_earlier_classes_and_replies_are_given_what_their_letters_mean():
    step = import_module("proposals.migrations.0037_meanings_of_classes")
    published("A")
    kept = Reply.objects.get().stood
    told = {"D": "留存", "A1": "基本解决", "乙": "已列计划", "四": "留作参考", "X": "待研究"}
    for position, (code, name) in enumerate(told.items(), start=20):
        OutcomeClass.objects.create(
            code=code, name=name, definition=name, meaning="later", position=position
        )
    with tamper.as_owner():
        OutcomeClass.objects.update(meaning=Meaning.LATER)
        step.forget(apps, None)
        assert Reply.objects.get().stood["result"] == ["A", "已解决"]
        step.fill(apps, None)
    assert dict(OutcomeClass.objects.values_list("code", "meaning")) == {
        "A": "solved",
        "B": "planned",
        "C": "later",
        "D": "reference",
        "A1": "solved",
        "乙": "planned",
        "四": "reference",
        "X": "later",
    }
    assert Reply.objects.get().stood == kept


def test_the_director_chooses_what_a_class_means(client):
    client.force_login(make.director().user)
    said = {"code": "D", "name": "留作参考", "definition": "供今后参考", "position": 4}
    add = reverse("admin:proposals_outcomeclass_add")
    assert client.post(add, said).status_code == 422
    assert client.post(add, said | {"meaning": "reference"}).status_code == 302
    row = OutcomeClass.objects.get(code="D")
    assert row.meaning == Meaning.REFERENCE
    assert AuditEvent.objects.filter(subject="proposals.OutcomeClass", now="added").count() == 1
    page = client.get(reverse("admin:proposals_outcomeclass_changelist")).content.decode()
    assert Meaning.REFERENCE.label in page
    client.force_login(make.actor(Role.STAFF_CLERK).user)
    assert client.get(add).status_code == 403
