"""以前的答复: what the unit answered before it answered again stays where its readers find it."""

import pytest

from proposals.actions import publication
from proposals.models import Proposal
from tests import make
from tests.proposals import verbs_rated as facts
from tests.proposals.pages import sent, text, url
from tests.scoring.facts import on

pytestmark = pytest.mark.django_db
FORMER = "以前的答复"


def versions(row):
    return list(row.lead_assignment.replies.order_by("version"))


def test_the_deputy_and_the_office_find_the_former_one_with_its_day_and_class(client):
    order = facts.ordered_openly()
    row = order.assignment.proposal
    assert FORMER not in text(sent(make.actor()).get(url("dossier", row.pk)))
    facts.answered(order)
    first, second = versions(Proposal.objects.get(pk=row.pk))
    for page, by in (("detail", make.as_deputy(row.lead)), ("dossier", make.actor())):
        with on(facts.AFTER):
            shown = text(sent(by).get(url(page, row.pk)))
        assert (FORMER in shown, f"第 1 版 · {first.replied_on.year} 年" in shown) == (True, True)
        for each in (first, second):
            assert shown.count(url("letter", each.pk)) == 1
            assert sent(by).get(url("letter", each.pk)).status_code == 200


def test_everybody_reads_the_former_one_on_and_none_before_it_is_opened(client):
    row = facts.further()
    first, second = (url("public_letter", each.pk) for each in versions(row))
    page = url("public_detail", row.number)

    def found():
        shown = text(client.get(page))
        letters = [client.get(each).status_code for each in (first, second)]
        return letters, [each in shown for each in (first, second, FORMER)]

    assert found() == ([200, 404], [True, False, False])
    facts.kept_back(row)
    assert found() == ([200, 404], [True, False, False])
    publication.lift_withholding(row, reason="已经隐去姓名。", by=make.actor())
    row = publication.publish(Proposal.objects.get(pk=row.pk), by=make.actor(), today=facts.NEXT)
    assert found() == ([200, 200], [True, True, True])
    Proposal.objects.filter(pk=row.pk).update(withheld_reason="涉及隐私。")
    assert [client.get(each).status_code for each in (first, second, page)] == [404, 404, 404]
