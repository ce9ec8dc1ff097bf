"""结转 of what both sides are to meet about: it follows a rating, so nobody else reads of it."""

import pytest
from django.urls import reverse

from proposals.actions import convening, publication
from proposals.models import Cosignature, Proposal
from proposals.queries.visibility import readable
from proposals.rolling import CarryReason
from proposals.states import State
from tests import make
from tests.proposals import verbs_rated as steps
from tests.proposals import walk
from tests.proposals.verbs_rolling import TODAY, carries, row_of
from tests.scoring.facts import on

pytestmark = pytest.mark.django_db
MARK, STORY = "滚动办理", "没有办完，结转"
OPEN_TO_ALL = ("public_list", "public_export", "public_json", "public_feed", "public_figures")


def to_be_convened(outcome, **said):
    """Published, answered anew with that class before everybody; both sides are to meet."""
    order = steps.ordered_openly()
    said |= {"outcome": outcome, "file_number": "竹交函〔2026〕91 号"}
    walk.answered(order.assignment, today=steps.AFTER, **said)
    row = Proposal.objects.get(pk=order.assignment.proposal_id)
    publication.publish(row, by=make.actor(), today=steps.AFTER)
    order = steps.rated_again(type(order).objects.get(pk=order.pk))
    walk.released(row, steps.LATER)
    said = {"meets_on": steps.LATER, "place": "代工委会议室", "today": steps.LATER}
    convening.convene(order, by=make.actor(), **said)
    return Proposal.objects.get(pk=row.pk)


def test_that_a_meeting_alone_holds_it_open_only_both_sides_and_the_office_read(client):
    row = to_be_convened("A")
    signer = make.deputy()
    Cosignature.objects.create(
        proposal=row, deputy=signer, digest=row.digest, expires_on=row.submitted_on
    )
    carries(row, make.director())
    assert (row.state, row_of(row).reason) == (State.PUBLISHED, CarryReason.CONVENED)
    about = [reverse(f"proposals:{name}") for name in OPEN_TO_ALL]
    one = ("public_detail", "proposal_json", "proposal_feed", "proposal_ics")
    about += [reverse(f"proposals:{name}", args=[row.number]) for name in one]
    with on(TODAY):
        for address in about:
            shown = client.get(address).text
            assert not [each for each in (STORY, '"carried": 2026') if each in shown], address
        listed = client.get(reverse("proposals:public_list"), {"carried": "1"}).text
        assert row.number not in listed
        client.force_login(row.lead.user)
        assert MARK in client.get(reverse("proposals:mine")).text
        assert STORY in client.get(reverse("proposals:detail", args=[row.pk])).text
        client.force_login(signer.user)
        assert MARK not in client.get(reverse("proposals:mine")).text
        shown = client.get(reverse("proposals:detail", args=[row.pk])).text
        assert (row.number in shown, MARK in shown, STORY in shown) == (True, False, False)
    assert not readable(None, [row.pk]).filter(subject="proposals.CarriedProposal").exists()
    assert readable(make.director(), [row.pk]).filter(subject="proposals.CarriedProposal").exists()


def test_where_its_class_holds_it_open_too_everybody_reads_so_and_nothing_of_the_meeting(client):
    row = to_be_convened("B")
    carries(row, make.director())
    assert row_of(row).reason == CarryReason.PROMISED
    with on(TODAY):
        shown = client.get(reverse("proposals:public_detail", args=[row.number])).text
    assert (f"{STORY}到 2027 年" in shown, "协商" in shown) == (True, False)
