"""签发时的情况: what a reply rests on besides its own words, put down when it is signed.

Its letter and its form say this for ever, whoever confirms, leaves or moves afterwards.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date

from congress.shared.models import Session, Workday
from congress.shared.numerals import in_chinese
from proposals.gate import OPEN, Standing, held, standings
from proposals.models import (
    Assignment,
    DraftAnswer,
    Meeting,
    OutcomeClass,
    Proposal,
    Reply,
    ReplyDraft,
)
from proposals.models.numbers import without_place
from proposals.models.promises import Step, plan_of
from proposals.models.reference import Meaning, Result
from proposals.queries.followup import look_again_on
from proposals.rules import CONFIRM_DAYS
from proposals.states import Kind, Side, Stage

OFFICE = "县人大常委会代表工作委员会"


@dataclass(frozen=True)
class Stood:
    """What stood then. `deputies` are who raised, signed or led, each with the one they are of.

    `results` are the classes by ask, `titles` the letter's by proposal: it and 并案各件.
    """

    unit: str
    signatory: str
    is_open: bool
    deputies: list[tuple[int, int, str]]
    met: list[str]
    stages: list[tuple[str, str]]
    contact: str
    copies: list[str]
    result: Result
    results: dict[str, Result]
    titles: dict[str, list[str]]
    promises: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """承诺 by ask, under "" those of what has none: each day and what is done by then."""
    look_again: str = ""
    """条件所限: when it is looked at again; empty where nothing is put off."""

    def named(self, proposals: Iterable[Proposal]) -> list[str]:
        """Those of these proposals, each once."""
        among = {each.pk for each in proposals}
        return list({deputy: name for of, deputy, name in self.deputies if of in among}.values())


def stood_of(reply: Reply) -> Stood:
    """As it was put down; of a reply from before anything was, as the records have it."""
    kept = reply.stood
    if "unit" not in kept:
        kept = {**put_down(reply.assignment, reply.replied_on, reply.outcome), **kept}
    return Stood(**kept)


def put_down(
    part: Assignment,
    today: date,
    outcome: OutcomeClass,
    answers: Sequence[DraftAnswer] = (),
    plan: Mapping[int | None, Sequence[Step]] | None = None,
) -> Mapping[str, object]:
    """What stands on the day of the signature, as it is kept with the reply."""
    proposal, meetings = part.proposal, held(part)
    offices = {each.stage: each.office for each in part.waivers.all()}
    found = standings(part, today, Workday.objects.works(), CONFIRM_DAYS.on(today))
    borne_out = [each for each in part.held if found[Stage(each.stage)] is Standing.CONFIRMED]
    return asdict(
        Stood(
            unit=full_name(part),
            signatory=part.unit.name,
            is_open=not proposal.why_withheld,
            deputies=_deputies(proposal),
            met=[on_paper(each.met_on, year=False) for each in borne_out],
            stages=[
                (stage.label, _contact_in_words(how, meetings.get(stage), offices.get(stage, "")))
                for stage, how in found.items()
            ],
            contact=_contact(part),
            copies=_copies(part),
            result=outcome.result,
            results={str(each.ask_id): each.result for each in answers if each.result},
            titles={str(each.pk): title(each) for each in [proposal, *proposal.along]},
            promises=_dated(plan or {}),
            look_again=_look_again(outcome, answers, today),
        )
    )


def of_draft(draft: ReplyDraft, today: date) -> dict[str, object]:
    """What a preview rests on beside what stands: the plan as it is written so far."""
    outcome, answers = draft.outcome, draft.answers.select_related("outcome")
    again = _look_again(outcome, answers, today) if outcome else ""
    return {"promises": _dated(plan_of(draft)), "look_again": again}


def _dated(plan: Mapping[int | None, Sequence[Step]]) -> dict[str, list[tuple[str, str]]]:
    return {
        str(ask or ""): [(step.due_on.isoformat(), step.words) for step in steps if step.due_on]
        for ask, steps in plan.items()
    }


def _look_again(outcome: OutcomeClass, answers: Iterable[DraftAnswer], today: date) -> str:
    found = [outcome, *(each.outcome for each in answers if each.outcome)]
    later = any(each.meaning == Meaning.LATER for each in found)
    return look_again_on(today).isoformat() if later else ""


def recipients(proposal: Proposal) -> list[str]:
    """Whom an answer goes to: each once."""
    return list({deputy: name for _, deputy, name in _deputies(proposal)}.values())


def _deputies(proposal: Proposal) -> list[tuple[int, int, str]]:
    """领衔、附议，并案各件的领衔和附议, in that order."""
    found = []
    for each in [proposal, *proposal.along]:
        found.append((each.pk, each.lead_id, each.lead.name))
        signatures = each.cosignatures.standing().select_related("deputy")
        found += [(each.pk, one.deputy_id, one.deputy.name) for one in signatures]
    return found


def plain_number(proposal: Proposal) -> str:
    """The number without its place, where the paper has named the congress.

    That is the place as it was called when the number was given, whatever it is called since.
    """
    return proposal.number if proposal.session.of_county else without_place(proposal.number)


def title(proposal: Proposal) -> list[str]:
    """Two lines, balanced by meaning, as 信函 wants a long title."""
    session = proposal.session
    term, number = in_chinese(session.term.number), in_chinese(session.number)
    place = session.congress
    congress = f"对{place}{term}届人大{number}次会议"
    mark = f"第{plain_number(proposal)}号"
    if proposal.kind == Kind.SESSION:
        return [congress, f"{mark}建议的答复"]
    if proposal.kind == Kind.BILL:
        return [congress, f"{mark}议案的答复"]
    word = "闭会期间建议" if proposal.kind == Kind.INTERSESSION else "代表行动建议"
    return [f"对{place}{term}届人大", f"{mark}{word}的答复"]


def office(session: Session) -> str:
    """Where a congress has its office, in full: 代工委, or the township's own 主席团."""
    return f"{session.congress}人民代表大会主席团" if session.of_township else OFFICE


def full_name(part: Assignment) -> str:
    """竹山县交通运输局 for 县交通运输局: the letterhead says which county."""
    county = part.unit.area.name
    name = part.unit.name
    return f"{county}{name.removeprefix('县')}" if name.startswith("县") else name


def on_paper(day: date | None, *, year: bool = True) -> str:
    """2026年4月24日, in Arabic numerals without leading zeros."""
    if day is None:
        return ""
    return f"{day.year}年{day.month}月{day.day}日" if year else f"{day.month}月{day.day}日"


def _contact(part: Assignment) -> str:
    person = part.handler.name if part.handler else "办公室"
    phone = part.unit.phone
    return f"联系人：{person}，电话：{phone}" if phone else f"联系人：{person}"


def _copies(part: Assignment) -> list[str]:
    """抄送: the office of the congress, its government's, the other units; nobody to itself."""
    session = part.proposal.session
    government = f"{session.congress}人民政府" if session.of_township else "县人民政府办公室"
    others = [each.unit.name for each in part.proposal.parts if each.pk != part.pk]
    copies = dict.fromkeys([office(session), government, *others])
    return [each for each in copies if each != part.unit.name]


def _contact_in_words(how: Standing, meeting: Meeting | None, office: str) -> str:
    """What the form says of one of the three; what one side alone has written down is called so."""
    if meeting is None:
        if how is Standing.EXCUSED:
            return f"{office}免去"
        return how.value if how in OPEN else "没有记录"
    words = f"{on_paper(meeting.met_on)}，{meeting.place}"
    if how is Standing.CONFIRMED:
        return words
    writer, silent = ("单位", "代表") if meeting.side == Side.UNIT else ("代表", "单位")
    return f"{words}（{writer}单方记录，{silent}没有确认）"
