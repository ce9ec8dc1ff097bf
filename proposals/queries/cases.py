"""One case on a unit's page: what it lacks, its drafts, its versions. Never a rating."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from congress.shared.actors import Actor
from congress.shared.names import says_something, shows_something
from proposals.events import DRAFT
from proposals.gate import OPEN, Standing, missing_stages, standings
from proposals.models import Assignment, Reply, ReplyDraft
from proposals.models.countersigning import letters_signed, shared_with, waiting
from proposals.permissions import (
    why_not_ask_extension,
    why_not_countersign,
    why_not_hand_on,
    why_not_object_to,
    why_not_receive,
    why_not_record_meeting,
    why_not_return_draft,
    why_not_save_reply,
    why_not_send_opinion,
    why_not_sign,
    why_not_submit_for_signing,
)
from proposals.permissions.file_numbers import number_used
from proposals.permissions.opinions import readable_opinions
from proposals.permissions.replies import asks_of, open_draft, why_not_write
from proposals.permissions.wholeness import Lack, contradictions
from proposals.queries import anew, carrying
from proposals.queries.clocks import Clock, day, weekday
from proposals.queries.follow import Follow, became, follow
from proposals.queries.objections import why_objection
from proposals.queries.parts import three_meetings
from proposals.queries.progress import situation, stops
from proposals.queries.stood import recipients
from proposals.queries.supervision import about
from proposals.queries.terms import DueDays
from proposals.queries.timeline import EventLine, timeline
from proposals.queries.units import Days, contact


def case(part: Assignment, actor: Actor, today: date) -> dict[str, object]:
    """一件建议 for a unit: of its own part alone, as `visibility` has it for 办理经过.

    No rating is looked at here, so none can show.
    """
    days, draft = Days.on(today), open_draft(part)
    follows = followed(part, actor, days.clock)
    steps = timeline(part.proposal, actor, today)
    return {
        **_matter(part, today),
        **_clock(part, days),
        **_answer(part, draft, days),
        **_may(part, draft, actor, today),
        "parts_met": three_meetings([part], actor, days.clock),
        "follows": follows,
        "opinions": opinions(part, actor),
        **about(part.proposal, actor, today),
        **carrying.about(part.proposal, actor, today),
        "editions": editions(part, steps),
        "events": [each for each in steps if not part.answers or each.key.subject != DRAFT],
    }


def _matter(part: Assignment, today: date) -> dict[str, object]:
    """What is asked, by whom, with whom it is handled, and how far it is."""
    proposal = part.proposal
    return {
        "assignment": part,
        "received": day(part.received_at and timezone.localdate(part.received_at), today),
        "proposal": proposal,
        "leads": part.answers,
        "stops": stops(proposal, today, part),
        "now": situation(proposal, part, anew=_anew(part, today), became=became),
        "along": proposal.along,
        "partners": [each for each in proposal.parts if each.pk != part.pk],
        "signatures": list(proposal.cosignatures.standing().select_related("deputy")),
        "attachments": proposal.attachments.all(),
    }


def _anew(part: Assignment, today: date) -> str:
    """重新办理 of this unit alone."""
    orders = anew.of(part.proposal)
    return anew.in_words([each for each in orders if each.assignment_id == part.pk], today)


def _clock(part: Assignment, days: Days) -> dict[str, object]:
    """Its light, its days and why they are those, and what may move them."""
    return {
        "light": days.clock.light_of(part) if part.is_running else None,
        "contact": contact(part, days),
        "due": f"{day(part.due_on, days.clock.today)} {weekday(part.due_on)}",
        "why_due": DueDays(days.clock.works).why(part),
        "asked_extension": part.extensions.first(),
        "why_objection": why_objection(part),
    }


def _answer(part: Assignment, draft: ReplyDraft | None, days: Days) -> dict[str, object]:
    """What is written, what it lacks, and what went out before."""
    return {
        "draft": draft,
        "missing": missing_stages(part) if part.answers else [],
        "lacks": lacks(part, draft, days) if not why_not_write(part) else [],
        "versions": (found := versions(part)),
        "copied": copied(part, found),
        "number_used": number_used(draft) if draft else "",
        "recipients": recipients(part.proposal) if draft else [],
        "unreachable": unreachable(part),
        "pictured": {each.ask_id for each in draft.exhibits.all()} if draft else set(),
    }


def followed(part: Assignment, actor: Actor, timing: Clock) -> list[Follow]:
    """承诺、回头看 of the answer that counts; of who helps there is none."""
    reply = part.reply if part.answers else None
    if reply is None:
        return []
    reply.assignment = part
    return [each for each in follow([reply], actor, timing) if each.says_anything]


def unreachable(part: Assignment) -> list[Lack]:
    """What the letter's 联系人 lacks, to be told before it is signed; it keeps no reply back."""
    return [
        Lack(words, place)
        for words, place, there in (
            ("没有定经办人，函上只写“办公室”", "handler", part.handler_id),
            ("本单位没有登记办公电话，函上没有电话，请告诉代工委补上", "", part.unit.phone),
        )
        if not there
    ]


def _may(
    part: Assignment, draft: ReplyDraft | None, actor: Actor, today: date
) -> dict[str, object]:
    """Of every act of a unit why this person cannot do it now; None where they can."""
    shared = others_draft(part)
    return {
        "shared_draft": shared,
        "no_receive": why_not_receive(actor, part),
        "no_hand_on": why_not_hand_on(actor, part),
        "no_meeting": why_not_record_meeting(actor, part),
        "no_opinion": why_not_send_opinion(actor, part),
        "no_save": why_not_save_reply(actor, part),
        "no_submit": why_not_submit_for_signing(actor, part, today),
        "no_sign": why_not_sign(actor, draft, today) if draft else None,
        "no_return": why_not_return_draft(actor, draft) if draft else None,
        "no_countersign": why_not_countersign(actor, shared, part) if shared else None,
        "no_extension": why_not_ask_extension(actor, part, today),
        "no_object": why_not_object_to(actor, part, today),
    }


def lacks(part: Assignment, draft: ReplyDraft | None, days: Days) -> list[Lack]:
    """还差几样: everything, each with its place, in the order of the page."""
    if not part.answers:
        return []
    wrong = contradictions(draft, days.clock.today) if draft else []
    return [*_unanswered(part, draft), *_unwritten(part, draft), *wrong, *_unmet(part, days)]


def _unanswered(part: Assignment, draft: ReplyDraft | None) -> list[Lack]:
    answers = {answer.ask_id: answer for answer in draft.answers.all()} if draft else {}
    found = []
    for ask in asks_of(part):
        answer = answers.get(ask.pk)
        words = bool(answer and says_something(answer.text))
        if not (words and answer and answer.outcome_id):
            what = "没有定类" if words else "没有答复"
            found.append(Lack(f"{ask.called_in(part.proposal_id)}{what}", f"ask-{ask.pk}"))
    return found


def _unwritten(part: Assignment, draft: ReplyDraft | None) -> list[Lack]:
    asks = asks_of(part)
    return [
        Lack(words, place)
        for words, place, there in (
            ("结果类别没有选", "id_outcome", asks or (draft and draft.outcome_id)),
            ("答复内容没有写", "id_text", draft and says_something(draft.text)),
            ("文号没有写", "id_file_number", draft and shows_something(draft.file_number)),
        )
        if not there
    ]


def _unmet(part: Assignment, days: Days) -> list[Lack]:
    found = standings(part, days.clock.today, days.clock.works, days.confirm)
    return [
        Lack(f"{stage.label}{how.value}", "record" if how is Standing.MISSING else "meetings")
        for stage, how in found.items()
        if how not in OPEN
    ]


def editions(part: Assignment, lines: Sequence[EventLine]) -> list[EventLine]:
    """Who saved, sent, returned and signed which edition, newest first."""
    return [line for line in lines if line.key.subject == DRAFT][:12] if part.answers else []


def versions(part: Assignment) -> list[Reply]:
    """类别的变化: the issued replies with their classes, newest first, their answers loaded.

    Of a joint unit those that it has signed with the lead unit.
    """
    own = Assignment.objects.filter(pk=part.pk)
    found = part.replies.all() if part.answers else letters_signed(own)
    rows = found.select_related("outcome", "signed_by", "assignment__unit")
    loaded = rows.prefetch_related(
        "answers__ask__proposal", "answers__outcome", "answers__exhibits"
    )
    return list(loaded.order_by("-version"))


def copied(part: Assignment, signed: Sequence[Reply]) -> list[Reply]:
    """抄送本单位的: others' open letters, but for those that it has signed itself."""
    rows = Reply.objects.copied_to(Assignment.objects.filter(pk=part.pk))
    rows = rows.exclude(pk__in=[each.pk for each in signed])
    return list(rows.select_related("outcome", "assignment__unit").order_by("-replied_on", "-pk"))


def others_draft(part: Assignment) -> ReplyDraft | None:
    """For a joint unit: the lead unit's draft that waits for its signature too."""
    rows = waiting(shared_with(Assignment.objects.filter(pk=part.pk)))
    return (
        rows.select_related("assignment__unit", "assignment__proposal", "saved_by", "outcome")
        .prefetch_related("answers__ask__proposal", "answers__outcome", "exhibits__ask__proposal")
        .first()
    )


def opinions(part: Assignment, actor: Actor) -> list[object]:
    """What this reader may see of the helpers' opinions, the newest of each first."""
    return list(readable_opinions(actor, part.proposal.parts))
