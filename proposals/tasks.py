"""What beat finds due among proposals. Run twice, nothing doubles; miss a day, nothing is lost."""

import logging
from datetime import timedelta

from celery import shared_task
from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery, Value
from django.db.models.fields import CharField
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from congress.shared import clock
from congress.shared.actors import SYSTEM
from congress.shared.models import AccountOrigin
from congress.shared.workflow import alone
from deputies import codes
from deputies.actions import duties
from deputies.models import DutyRecord
from proposals import documents, watch_letters
from proposals.actions import (
    challenges,
    leaving,
    lookback,
    noting,
    owing,
    questions,
    recurring,
    rehandling,
    reminding,
    volumes,
    watching,
)
from proposals.models import LikenessRun, Proposal, Rating, RatingOrigin, Reply, Volume
from proposals.queries import likeness
from proposals.queries import volumes as queries
from proposals.rules import ORIGIN_DAYS
from proposals.states import ANSWERING, Stage

logger = logging.getLogger("congress.proposals")


@shared_task
def remind_due() -> int:
    """催办: one digest for each person and day, of every distance reached and not yet told of."""
    return reminding.remind_due(clock.today())


@shared_task
def remind_owed() -> int:
    """催办 after the reply: promised steps and questions of 重点督办, one digest a day."""
    return owing.remind_owed(clock.today())


@shared_task
def ask_key_questions() -> int:
    """三问: of what is key, those whose day has come; how many were asked."""
    return questions.ask_due(clock.today())


@shared_task
def forget_origins() -> int:
    """代评线索: what is older than the county keeps it is gone; how many rows."""
    until = clock.today() - timedelta(days=ORIGIN_DAYS.on(clock.today()))
    ratings, _ = RatingOrigin.objects.filter(seen_on__lt=until).delete()
    accounts, _ = AccountOrigin.objects.filter(seen_on__lt=until).delete()
    return ratings + accounts


@shared_task
def remind_rehandlings() -> int:
    """催办重新办理: each open order, once for each distance reached."""
    return rehandling.remind_rehandlings(clock.today())


@shared_task
def end_calls() -> int:
    """征集附议终止: of those whose seat has ended; how many ended."""
    return leaving.end_calls(clock.today())


@shared_task
def open_look_backs() -> int:
    """回头看: of missed steps and of what waits for better conditions; how many were opened."""
    return lookback.open_due(clock.today())


@shared_task
def open_challenges() -> int:
    """又被提出: what was accepted beside what was called solved; how many pairs were found."""
    return challenges.open_challenges(clock.today())


@shared_task
def make_volumes() -> int:
    """案卷: what the office has asked for is made, one after the other; how many were.

    One run at a time. A worker that dies leaves the ask standing, and the next look begins anew.
    """
    made = 0
    with alone("proposals.volumes", wait=False) as mine:
        for volume in queries.asked() if mine else ():
            if volumes.begin_volume(volume):
                made += _bind(volume)
    return made


def _bind(volume: Volume) -> bool:
    """One that fails stops no other."""
    try:
        cases = queries.cases(volume, timezone.localtime(clock.now()))
        pdf = documents.volume_pdf(str(volume), cases)
        book = documents.volume_sheet(cases)
        volumes.keep_volume(volume, pdf=pdf, book=book, cases=len(cases))
    except Exception:
        logger.exception("No volume of session %s", volume.session_id)
        volumes.give_up_volume(volume)
        return False
    return True


@shared_task
def find_alike() -> int:
    """疑似反复提: as soon as any text differs all are compared anew; how many pairs were kept.

    One run at a time; with the texts as they were nothing is done.
    """
    with alone("proposals.alike", wait=False) as mine:
        texts, seal = likeness.seal()
        if not mine or LikenessRun.objects.filter(texts=texts, seal=seal or 0).exists():
            return 0
        return recurring.keep_resemblances(list(likeness.pairs()), texts=texts, seal=seal)


@shared_task
def report_ratings() -> int:
    """评价入账: once its batch is released, who rated has a duty if the meetings are borne out.

    The lead, or whoever fostered it then: of several the one whose rating counts, the last.

    Whatever the rating says, and dated by the release: until then a unit, which may read what a
    deputy has done, would learn who has rated it (security.md 1.7). Once for each unit's part,
    however many versions it answers: by the first that was released.
    """
    source = Concat(Value("proposals.rating:"), Cast("pk", CharField()))
    versions = Reply.objects.filter(assignment=OuterRef("assignment")).annotate(source=source)
    told = versions.filter(Exists(DutyRecord.objects.filter(source=OuterRef("source"))))
    released = Reply.objects.filter(released_in__isnull=False)
    met = released.filter(assignment__role__in=ANSWERING)
    last = Rating.objects.filter(reply=OuterRef("pk")).order_by("-pk").values("deputy")[:1]
    due = (
        met.annotate(rater=Subquery(last))
        .filter(~Exists(told), rater__isnull=False)
        .select_related("assignment__proposal", "released_in__release")
    )
    found = [
        (reply, reply.assignment.proposal)
        for reply in due.prefetch_related("assignment__meetings")
        if len([each for each in reply.assignment.held if each.confirmed_at]) == len(Stage)
    ]
    with transaction.atomic():
        rows = Proposal.objects.filter(pk__in={proposal.pk for _, proposal in found})
        locked = rows.order_by("pk").select_for_update(no_key=True)
        notes = {each.pk: noting.note_of(each) for each in locked}
        facts = (
            duties.Fact(
                *(reply.rater, codes.RATED),
                *(reply.released_in.release.released_on, noting.rated(reply.pk)),
                note=notes[proposal.pk],
            )
            for reply, proposal in found
        )
        return duties.report_facts(facts, by=SYSTEM)


@shared_task
def ask_watchers() -> int:
    """关注确认信: to every address that somebody asked for; how many went out."""
    return watch_letters.ask_back()


@shared_task
def tell_watchers() -> int:
    """关注汇总: one letter a day to each address with news; how many went out."""
    return watch_letters.tell_all()


@shared_task
def purge_watches() -> int:
    """到期删除: addresses that nobody confirmed; how many watches went."""
    return watching.purge_watches(clock.today())
