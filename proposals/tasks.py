"""What beat finds due among proposals. Run twice, nothing doubles; miss a day, nothing is lost."""

from datetime import date

from celery import shared_task
from django.db.models import Exists, OuterRef, Value
from django.db.models.fields import CharField
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from congress.shared import clock, notices
from congress.shared.actors import SYSTEM
from congress.shared.models import User
from deputies import codes
from deputies.actions import duties
from deputies.models import DutyRecord
from proposals.models import Proposal, Rating, Reply
from proposals.queries import people
from proposals.queries.clocks import Clock
from proposals.states import ANSWERING, Stage


@shared_task
def remind_due() -> int:
    """临近、超期提醒: everything near or past its day has its notice, whenever it became so."""
    today = clock.today()
    lights, office, reminded = Clock.on(today), people.of_office(today), 0
    for proposal in Proposal.objects.in_hand().with_progress():
        light = lights.light(proposal.due_on or today)
        if light.kind != "ok":
            _remind(proposal, light.kind, light.words, office, today)
            reminded += 1
    return reminded


def _remind(proposal: Proposal, kind: str, words: str, office: list[User], today: date) -> None:
    word = "超期 " if kind == "late" else "临近期限，"
    key = f"proposal.{'overdue' if kind == 'late' else 'near'}:{proposal.pk}"
    text = f"{proposal.number}“{proposal.title}”{word}{words}。"
    units = [each.unit for each in proposal.parts]
    to_case = reverse("proposals:case", args=[proposal.pk])
    notices.write(people.of_units(units, today), key=key, text=text, link=to_case)
    notices.write(office, key=key, text=text, link=reverse("proposals:dossier", args=[proposal.pk]))


@shared_task
def report_ratings() -> int:
    """评价入账: once a window has closed, a lead who rated and bore out the meetings has a duty.

    Whatever the rating says, and dated by the window, so that neither fact nor day tells a thing.
    """
    source = Concat(Value("proposals.rating:"), Cast(OuterRef("pk"), CharField()))
    met = Reply.objects.filter(rate_until__lt=clock.today(), assignment__role__in=ANSWERING)
    due = met.filter(
        Exists(
            Rating.objects.filter(
                reply=OuterRef("pk"), deputy=OuterRef("assignment__proposal__lead")
            )
        ),
        ~Exists(DutyRecord.objects.filter(source=source)),
    ).select_related("assignment__proposal")
    facts = [
        duties.Fact(
            reply.assignment.proposal.lead_id,
            codes.RATED,
            reply.rate_until,
            f"proposals.rating:{reply.pk}",
            note=f"{reply.assignment.proposal.number} {reply.assignment.proposal.title}",
        )
        for reply in due.prefetch_related("assignment__meetings")
        if len([each for each in reply.assignment.held if each.confirmed_at]) == len(Stage)
    ]
    return duties.report_facts(facts, by=SYSTEM)
