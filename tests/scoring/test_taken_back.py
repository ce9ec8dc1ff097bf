"""What was taken back stands nowhere as if it counted: lists say 已冲销, or leave it out."""

import pytest
from django.urls import reverse

from scoring.actions import appeals, posting
from scoring.models import Appeal, Entry, Rule
from scoring.queries.appeals import hearing, one
from scoring.queries.evidence import resembling
from tests import make
from tests.scoring import facts

pytestmark = pytest.mark.django_db


def test_the_list_of_what_one_verified_says_what_stands(client):
    facts.book()
    facts.book("township")
    director = make.director()
    person = make.deputy(levels=("county", "township"))
    with facts.on(facts.DAY.replace(day=22)):
        plain, gone, half, right = (
            facts.posted(person, "A3", by=director, on=facts.DAY.replace(day=day))
            for day in (1, 2, 3, 4)
        )
        lines = Entry.objects.filter(record__in=[gone.record_id])
        for line in [*lines, half]:
            posting.reverse(line, reason="重复", by=make.director())
        better = Rule.objects.get(item__code="A2", book=right.rule.book)
        appeals.uphold(facts.contested(right), answer="按 A2。", rule=better, by=make.director())
        client.force_login(director.user)
        rows = client.get(reverse("scoring:verify_done")).context["rows"]
    assert {row.pk: row.points for row in rows} == {
        plain.record_id: "+1.5",
        gone.record_id: "已冲销",
        half.record_id: "+1.5",
        right.record_id: "+2.0",
    }


def test_beside_a_record_stands_that_the_other_was_taken_back():
    facts.book()
    entry = facts.posted(make.deputy(), "C1")
    twin = facts.checked(entry.deputy, "C1")
    assert resembling(twin)[0].outcome.startswith("已核实 2.0 分")
    posting.reverse(entry, reason="重复", by=make.director())
    assert resembling(twin)[0].outcome.startswith("已核实 已冲销")


def test_a_line_taken_back_in_another_congress_is_not_named_beside_an_appeal():
    facts.book()
    facts.book("township")
    line = facts.posted(make.deputy(levels=("county", "township")), "A3")
    other = Entry.objects.exclude(assembly=line.assembly_id).get()
    appeal, by = facts.contested(line), make.director()

    def elsewhere() -> list[str]:
        row = one(Appeal.objects.all(), facts.DAY).get(pk=appeal.pk)
        return hearing(by, row, facts.DAY).elsewhere

    assert len(elsewhere()) == 1
    posting.reverse(other, reason="重复", by=make.director())
    assert elsewhere() == []
