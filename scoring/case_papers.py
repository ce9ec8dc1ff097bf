"""约谈、劝辞的文书和表扬名单: official sheets, the same bytes for the same record."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from congress.shared.pdf import render_pdf
from scoring.models import CommendationList, ResignationAdvice, ReviewCycle, Talk
from scoring.queries.advices import Pack, YearOf
from scoring.queries.commendation import Honoured
from scoring.queries.talks import day, grade_then, moment


def body_of(cycle: ReviewCycle) -> str:
    """Who signs: the standing committee's office for deputies."""
    return f"{cycle.assembly.name}常务委员会代表工作委员会"


def talk_notice_pdf(talk: Talk) -> bytes:
    """约谈通知书."""
    context: dict[str, object] = {
        "talk": talk,
        "body": body_of(talk.grading.cycle),
        "grade": grade_then(talk),
        "when": moment(talk.meets_at) if talk.meets_at else "",
        "on": day(timezone.localdate(talk.decided_at)),
    }
    return render_pdf("pdf/talk_notice.html", context, made_at=talk.decided_at)


def talk_record_pdf(talk: Talk) -> bytes:
    """谈话记录, with what was signed, added or noted as unsigned."""
    signs = list(talk.acknowledgements.all())
    context: dict[str, object] = {
        "talk": talk,
        "body": body_of(talk.grading.cycle),
        "promises": list(talk.promises.all()),
        "acknowledgements": signs,
    }
    at = max([talk.record.recorded_at, *(each.noted_at for each in signs)])
    return render_pdf("pdf/talk_record.html", context, made_at=at)


def advice_notice_pdf(pack: Pack) -> bytes:
    """告知书: the facts, what the deputy may do and until when."""
    advice = pack.advice
    context: dict[str, object] = {
        "advice": advice,
        "years": pack.years,
        "body": body_of(advice.later.grading.cycle),
        "on": day(advice.served_on) if advice.served_on else "",
        "until": day(advice.reply_until) if advice.reply_until else "",
    }
    return render_pdf("pdf/advice_notice.html", context, made_at=advice.opened_at)


def advice_letter_pdf(advice: ResignationAdvice) -> bytes:
    """劝辞意见书: advice, never a verdict."""
    context: dict[str, object] = {
        "advice": advice,
        "decision": advice.decision,
        "body": body_of(advice.later.grading.cycle),
        "on": day(advice.decision.decided_on),
    }
    return render_pdf("pdf/advice_letter.html", context, made_at=advice.decision.recorded_at)


def advice_pack_pdf(pack: Pack, *, made_at: datetime) -> bytes:
    """劝辞程序材料: cover, contents, grounds, records, reply, what was considered, the law."""
    advice = pack.advice
    records = [_record(number, each) for number, each in zip(("二", "三"), pack.years, strict=True)]
    contents = [
        ("ground", "一、依据的事实"),
        *((f"talk-{each['year']}", str(each["title"])) for each in records),
        ("heard", "四、告知、陈述申辩和听取意见"),
        ("considered", "五、研究情况"),
        ("law", "六、法律依据和说明"),
    ]
    context: dict[str, object] = {
        "pack": pack,
        "advice": advice,
        "body": body_of(advice.later.grading.cycle),
        "records": records,
        "contents": contents,
        "replies": list(advice.replies.all()),
        "invitations": list(advice.invitations.all()),
        "hearings": list(advice.hearings.all()),
        "decision": getattr(advice, "decision", None),
        "resignation": getattr(advice, "resignation", None),
    }
    return render_pdf("pdf/advice_pack.html", context, made_at=made_at)


def _record(number: str, of: YearOf) -> dict[str, object]:
    return {
        "year": of.year,
        "title": f"{number}、{of.year} 年度提醒约谈",
        "talk": of.talk,
        "when": moment(of.talk.meets_at) if of.talk.meets_at else "",
        "promises": list(of.talk.promises.all()),
        "signs": list(of.talk.acknowledgements.all()),
    }


def commendation_pdf(found: CommendationList, people: Sequence[Honoured]) -> bytes:
    """表扬名单; before it is published it says so."""
    on = found.published_on or timezone.localdate(found.confirmed_at)
    context: dict[str, object] = {
        "found": found,
        "people": people,
        "body": f"{found.cycle.assembly.name}常务委员会",
        "on": day(on),
    }
    return render_pdf("pdf/commendation.html", context, made_at=found.confirmed_at)
