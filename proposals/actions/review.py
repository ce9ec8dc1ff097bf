"""审: take in and number, split, send back, refuse, treat as a letter, merge and part again."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction

from congress.shared.actors import Actor
from congress.shared.models import Session
from congress.shared.names import shows_something
from congress.shared.workflow import lock, move, record, refuse_if
from deputies import codes
from deputies.actions import duties
from proposals.actions import noting
from proposals.actions.invitations import end_invitations
from proposals.actions.keeping import end_draft
from proposals.actions.locking import together_locked
from proposals.actions.parting import clear_answers
from proposals.actions.telling import (
    tell_answering,
    tell_deputies,
    tell_helping,
    tell_lead,
    tell_signers,
    times,
)
from proposals.models import Ask, Cosignature, NumberSeries, Proposal, RefusalGround
from proposals.models.numbers import number_of
from proposals.models.proposal import KEPT_BACK
from proposals.permissions.review import (
    asks_from,
    why_not_accept,
    why_not_decide_wish,
    why_not_merge,
    why_not_refuse,
    why_not_send_back,
    why_not_split,
    why_not_treat_as_letter,
    why_not_unmerge,
)
from proposals.states import Kind, State


@transaction.atomic
def accept(
    proposal: Proposal,
    *,
    by: Actor,
    today: date,
    withheld_reason: str = "",
    wish_words: str = "",
    asks: Sequence[str] = (),
    digest: str | None = None,
    into: Proposal | None = None,
) -> Proposal:
    """受理并编号: numbered, split into asks, and lead and co-signers have done a duty.

    Without `asks` the deputy's own lines are taken. A withheld proposal has a reason and appears
    on no public page; where the deputy asked for that and is refused, `wish_words` say why.
    `digest` is of the text that the office has read, here and below.
    `into` merges it at once: what cannot be merged is not numbered either.
    """
    proposal = together_locked(proposal, into) if into else lock(proposal)
    points = list(asks) or asks_from(proposal.request)
    refuse_if(why_not_accept(by, proposal, today, points, digest))
    refuse_if(why_not_decide_wish(proposal, withheld_reason, wish_words))
    signatures = list(proposal.cosignatures.behind(proposal, today))
    wish = {"withheld_reason": withheld_reason.strip(), "wish_words": wish_words.strip()}
    _number(proposal, len(signatures), wish, by, today)
    end_draft(proposal.pk)
    end_invitations(proposal, "审查后已经受理。", by=by)
    _write_asks(proposal, points)
    duties.report_facts(_duties_done(proposal, signatures, today), by=by)
    answer = f"请求不公开：{proposal.wish_answer}" if proposal.wish_answer else ""
    tell_deputies(proposal, "accepted", f"已受理，编号 {proposal.number}。{answer}")
    return merge(proposal, into=into, by=by) if into else proposal


def _number(
    proposal: Proposal, signed: int, wish: Mapping[str, str], by: Actor, today: date
) -> None:
    """The next of its session, for good; with what was decided about publishing it."""
    number = _next_number(proposal.session)
    joined = f"，附议 {signed} 人" if signed else ""
    note = f"审查后受理，编号 {number}{joined}。"
    said = {"number": number, "accepted_on": today, **wish}
    move(proposal, State.ACCEPTED, by=by, note=note, **said)


@transaction.atomic
def split(
    proposal: Proposal, *, asks: Sequence[str], by: Actor, seen: str | None = None
) -> Proposal:
    """拆分请求: these points must be answered, in this order, instead of those seen.

    Those that stand already, word for word, stay as they are.
    """
    proposal = lock(proposal)
    refuse_if(why_not_split(by, proposal, asks))
    said = [text.strip() for text in asks if shows_something(text)]
    if said == list(proposal.asks.order_by("position").values_list("text", flat=True)):
        return proposal
    refuse_if(why_not_split(by, proposal, asks, seen))
    proposal.asks.all().delete()
    _write_asks(proposal, asks)
    record(proposal, "split", by=by, note=f"请求拆分为 {proposal.asks.count()} 条。")
    return proposal


def _write_asks(proposal: Proposal, asks: Sequence[str]) -> None:
    said = [text.strip() for text in asks if shows_something(text)]
    Ask.objects.bulk_create(
        Ask(proposal=proposal, position=position, text=text)
        for position, text in enumerate(said, start=1)
    )


def _next_number(session: Session) -> str:
    """Gap-free within the session, because the series is locked until the number is used."""
    NumberSeries.objects.get_or_create(session=session)
    series = lock(NumberSeries.objects.get(session=session))
    series.last += 1
    series.save(update_fields=["last"])
    return number_of(session, series.last)


def _duties_done(
    proposal: Proposal, signatures: list[Cosignature], today: date
) -> list[duties.Fact]:
    """One item for the lead, another for those who signed: 领衔与联名差异化."""
    in_session = proposal.kind in (Kind.SESSION, Kind.BILL)
    code = codes.LED if in_session else codes.LED_BETWEEN_SESSIONS
    note = noting.note_of(proposal)
    led = duties.Fact(proposal.lead_id, code, today, noting.led(proposal), note=note)
    signed = [
        duties.Fact(each.deputy_id, codes.COSIGNED, today, noting.cosigned(each.pk), note=note)
        for each in signatures
    ]
    return [led, *signed]


@transaction.atomic
def send_back(proposal: Proposal, *, reason: str, by: Actor, digest: str | None = None) -> Proposal:
    """退回修改: the lead reads exactly this reason; the trail, which the public reads, has none."""
    proposal = lock(proposal)
    refuse_if(why_not_send_back(by, proposal, reason, digest))
    note = "退回领衔代表修改。"
    move(proposal, State.RETURNED, by=by, note=note, return_reason=reason.strip())
    text = f"您领衔的“{proposal.title}”退回修改：{reason.strip()}"
    tell_lead(proposal, f"returned.{times(proposal, State.RETURNED)}", text)
    return proposal


@transaction.atomic
def refuse(
    proposal: Proposal, *, ground: RefusalGround, words: str, by: Actor, digest: str | None = None
) -> Proposal:
    """不予受理: on a ground of the list; lead and co-signers read why."""
    proposal = lock(proposal)
    refuse_if(why_not_refuse(by, proposal, words, digest, ground))
    facts = {"ground": ground, "closing_words": words.strip()}
    move(proposal, State.REFUSED, by=by, note="审查后不予受理。", **facts)
    end_draft(proposal.pk)
    end_invitations(proposal, "审查后不予受理。", by=by)
    _tell_all(proposal, "refused", f"“{proposal.title}”不予受理（{ground.name}）：{words.strip()}")
    return proposal


@transaction.atomic
def treat_as_letter(
    proposal: Proposal, *, words: str, by: Actor, digest: str | None = None
) -> Proposal:
    """转作来信: no proposal, but not lost: lead and co-signers read who answers it."""
    proposal = lock(proposal)
    refuse_if(why_not_treat_as_letter(by, proposal, words, digest))
    move(proposal, State.LETTER, by=by, note="审查后转作来信办理。", closing_words=words.strip())
    end_draft(proposal.pk)
    end_invitations(proposal, "审查后转作来信办理。", by=by)
    _tell_all(proposal, "letter", f"“{proposal.title}”转作来信办理：{words.strip()}")
    return proposal


@transaction.atomic
def merge(proposal: Proposal, *, into: Proposal, by: Actor) -> Proposal:
    """并案: handled together with another, under its own number; each deputy is answered."""
    proposal, into = together_locked(proposal, into), Proposal.objects.get(pk=into.pk)
    refuse_if(why_not_merge(by, proposal, into))
    note = f"与 {into.number}“{into.title}”并案办理。"
    move(proposal, State.MERGED, by=by, note=note, merged_into=into)
    line = record(into, "took_in", by=by, note=f"{proposal.number}“{proposal.title}”并入本件。")
    more = f"并入本件，请一并逐条答复，多了 {proposal.asks.count()} 条。"
    step, name = f"took_in.{line.pk}", f"{proposal.number}“{proposal.title}”"
    tell_answering(into, step, f"{name}{more}")
    tell_helping(into, step, f"{name}并入本件，由主办、分办单位一并答复。")
    other = KEPT_BACK if into.withheld_reason else f" {into.number}“{into.title}”"
    text = f"“{proposal.title}”与{other}并案办理，答复同样送您。"
    _tell_all(proposal, f"merged.{times(proposal, State.MERGED)}", text)
    return proposal


@transaction.atomic
def unmerge(proposal: Proposal, *, by: Actor) -> Proposal:
    """分开办理: waits for its own units again."""
    proposal = together_locked(proposal)
    refuse_if(why_not_unmerge(by, proposal))
    clear_answers(proposal, proposal.merged_into, by)
    move(proposal, State.ACCEPTED, by=by, note="不再并案，单独办理。", merged_into=None)
    text = f"“{proposal.title}”不再并案，单独办理。"
    _tell_all(proposal, f"unmerged.{times(proposal, State.ACCEPTED)}", text)
    return proposal


def _tell_all(proposal: Proposal, step: str, text: str) -> None:
    tell_lead(proposal, step, text)
    tell_signers(proposal, proposal.signatures, step, text)
