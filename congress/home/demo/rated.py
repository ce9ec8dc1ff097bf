"""评价以后: figures released in batches, answers to be done anew, and both sides convened."""

from datetime import date, timedelta

from congress.home.demo.cast import Cast, moment
from congress.home.demo.promises import steps_of
from congress.shared import clock
from congress.shared.models import Assembly
from proposals.actions import (
    convening,
    evaluation,
    publication,
    rehandling,
    releasing,
    replies,
    unsealing,
)
from proposals.models import Rating, Rehandling, Reply
from proposals.permissions.replies import asks_of
from proposals.queries.rehandling import candidates
from proposals.rating_states import Fulfilment, Satisfaction

GOOD, BAD = Satisfaction.SATISFIED, Satisfaction.UNSATISFIED
LAST_YEAR, SPRING, SUMMER = date(2026, 1, 23), date(2026, 5, 8), date(2026, 7, 15)
"""When the year before is released, what of it was answered again, and this year's session."""
WORDS = (
    "请把还没有落实的部分列出清单，写明每一项的完工日子。",
    "请到现场再看一次，说明今年能办到哪一步。",
)
AGO = (25, 12)
"""So many days before the county is opened: one order nears its day, one has just gone out."""
AGAIN, ANSWERED, RATED = date(2026, 2, 10), date(2026, 3, 3), date(2026, 3, 11)
MET, RECORDED = date(2026, 5, 20), date(2026, 5, 21)
AGREED = "六月底前把剩下的一段做完，单位每月十日把进度告诉领衔代表。"


def release(cast: Cast, year: int, day: date) -> None:
    """公布: one batch of that year, of all whose windows are over by then."""
    if cast.today >= day:
        county = Assembly.objects.get(level__code="county")
        with clock.at(moment(day, 10)):
            releasing.release_ratings(county, year=year, by=cast.director, today=day)


def handled_again(cast: Cast, year: int) -> None:
    """重新办理 of the year before, answered and rated anew; one side stays unsatisfied."""
    if cast.today < RECORDED:
        return
    with clock.at(moment(AGAIN, 10)):
        found = _batch([each.reply for each in candidates(cast.clerk, AGAIN, year)])
        orders = [(reply, WORDS[1]) for reply in found]
        made = rehandling.order_rehandling(orders, by=cast.clerk, today=AGAIN)
    for number, order in enumerate(made):
        lead = cast.actors[order.assignment.proposal.lead_id]
        reply = _answered(cast, order)
        grade, mark = (BAD, Fulfilment.NOT_DONE) if number == 0 else (GOOD, Fulfilment.DONE)
        with clock.at(moment(RATED, 20)):
            evaluation.rate(
                reply,
                process=GOOD,
                result=grade,
                asks=dict.fromkeys((each.ask_id for each in reply.answers.all()), mark),
                words="还是只有计划，没有动工。" if grade == BAD else "",
                by=lead,
                today=RATED,
            )
    release(cast, year, SPRING)
    _convened(cast, made[0])


def _answered(cast: Cast, order: Rehandling) -> Reply:
    """Written by the ordinary verbs, with the class of the first answer."""
    part, first = order.assignment, order.reply
    name = part.unit.name
    text = "按要求又到现场看了一遍，逐项列了清单，能办的已经动手，办不了的写明了原因。"
    listed = "清单已交领衔代表，已经动手的月底前再报一次进度。"
    one = replies.Words(first.outcome, listed, "现场察看记录", steps_of(first.outcome, ANSWERED))
    with clock.at(moment(ANSWERED, 10)):
        replies.save_reply(
            part,
            outcome=first.outcome,
            text=text,
            file_number=f"竹{part.unit.short_name[:1]}函〔{ANSWERED.year}〕{90 + order.pk}号",
            answers={ask.pk: one for ask in asks_of(part)},
            by=cast.units[name],
        )
        draft = replies.submit_for_signing(part, by=cast.units[name], today=ANSWERED)
        reply = replies.sign(draft, by=cast.heads[name], today=ANSWERED)
    with clock.at(moment(RATED, 10)):
        publication.publish(part.proposal, by=cast.director, today=RATED)
    return reply


def _convened(cast: Cast, order: Rehandling) -> None:
    """召集双方: the one that stayed unsatisfied, and what both sides agreed."""
    order = Rehandling.objects.get(pk=order.pk)
    with clock.at(moment(SPRING, 15)):
        row = convening.convene(
            order, meets_on=MET, place="代工委会议室", by=cast.clerk, today=SPRING
        )
    lead, unit = order.assignment.proposal.lead.name, order.assignment.unit.name
    with clock.at(moment(RECORDED, 9)):
        people = f"{lead}代表、{unit}负责人、代工委"
        convening.record_convening(row, people=people, agreed=AGREED, by=cast.clerk, today=RECORDED)


def tell(cast: Cast, year: int) -> None:
    """Two more batches of the year before are ordered anew; one rating is asked to be opened."""
    if cast.today < LAST_YEAR:
        return
    for words, ago in zip(WORDS, AGO, strict=True):
        day = cast.today - timedelta(days=ago)
        with clock.at(moment(day, 10)):
            found = _batch([each.reply for each in candidates(cast.clerk, day, year - 1)])
            if found:
                orders = [(reply, words) for reply in found]
                rehandling.order_rehandling(orders, by=cast.clerk, today=day)
    _disputed(cast)


def _disputed(cast: Cast) -> None:
    """One rating that its deputy disowns: the director has asked, the auditor has to agree."""
    day = cast.today - timedelta(days=1)
    closed = Rating.objects.filter(reply__in=Reply.objects.window_closed(day))
    with clock.at(moment(day, 16)):
        for rating in closed.order_by("-pk")[:1]:
            why = "代表来电说不是本人评的，要核对。"
            unsealing.request_opening(rating, reason=why, by=cast.director, today=day)


def _batch(replies: list[Reply]) -> list[Reply]:
    """Three, of more than one unit; none when there are not so many."""
    first = replies[:2]
    others = [
        each for each in replies[2:] if each.assignment.unit_id != first[0].assignment.unit_id
    ]
    return [*first, *others[:1]] if others else []
