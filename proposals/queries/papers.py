"""What the papers about one proposal say, and who may have them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet

from congress.shared.actors import Actor
from congress.shared.models import Session, Workday
from congress.shared.roles import UNIT
from deputies.queries.seats import in_chinese
from proposals.gate import Standing, held, standings
from proposals.models import Answer, Ask, Assignment, Meeting, Proposal, Reply
from proposals.models.asks import in_order
from proposals.rules import CONFIRM_DAYS
from proposals.states import HANDLED_ALONG, Kind, Side, Stage, State

OFFICE = "县人大常委会代表工作委员会"


def letters(actor: Actor) -> QuerySet[Reply]:
    """答复函: at the desk all, an office's and a unit's own, and what one's proposals got."""
    rows = Reply.objects.select_related(
        "outcome", "assignment__unit", "assignment__handler", "assignment__proposal__lead"
    )
    if actor.at_the_desk:
        return rows
    if actor.in_an_office:
        return rows.filter(assignment__proposal__in=Proposal.objects.decided_by(actor))
    if actor.role in UNIT:
        return rows.filter(assignment__in=Assignment.objects.handled_by(actor))
    own = Proposal.objects.mine(actor).values("pk")
    into = Proposal.objects.mine(actor).filter(state__in=HANDLED_ALONG).values("merged_into")
    return rows.filter(Q(assignment__proposal__in=own) | Q(assignment__proposal__in=into))


def public_letters() -> QuerySet[Reply]:
    """Of what has been published and is not withheld, each unit's in its newest version alone."""
    rows = Reply.objects.standing().select_related(
        "outcome", "assignment__unit", "assignment__handler", "assignment__proposal__lead"
    )
    return rows.filter(
        assignment__proposal__state=State.PUBLISHED,
        assignment__proposal__withheld_reason="",
    )


class Section(NamedTuple):
    """One ask with its answer."""

    number: str
    of: str
    ask: str
    lines: list[str]
    outcome: str
    evidence: str


@dataclass(frozen=True)
class Letter:
    """答复函 in words, in the order in which it is read."""

    reply: Reply
    mark: str
    unit: str
    title: list[str]
    salutation: str
    opening: str
    lines: list[str]
    sections: list[Section]
    closing: str
    signed_on: str
    contact: str
    copies: list[str]


def letter(reply: Reply, *, public: bool = False) -> Letter:
    """对…第…号建议的答复, to every deputy who raised, signed or led a merged one.

    The public's names nobody to call, and nobody whose proposal is withheld.
    """
    part, proposal = reply.assignment, reply.assignment.proposal
    names, more = deputies(proposal, public=public), along(proposal, public=public)
    whom = "你们" if len(names) > 1 else "你"
    return Letter(
        reply=reply,
        mark=f"{reply.outcome.code}类　{'不公开' if proposal.withheld_reason else '公开'}",
        unit=full_name(part),
        title=title(proposal),
        salutation=f"{'、'.join(names)}代表：",
        opening=f"{whom}提出的《{proposal.title}》{_and(more)}收悉。{met(reply, whom)}现答复如下：",
        lines=_lines(reply.text),
        sections=_sections(reply, public=public),
        closing=(
            f"感谢{whom}对我们工作的关心和支持！请填写《代表建议办理情况征询意见表》，"
            "对办理过程和办理结果分别评价。"
        ),
        signed_on=on_paper(reply.replied_on),
        contact="" if public else _contact(part),
        copies=_copies(part),
    )


def along(proposal: Proposal, *, public: bool) -> list[Proposal]:
    """并案各件; in public none that is withheld."""
    return [each for each in proposal.along if not (public and each.withheld_reason)]


def plain_number(proposal: Proposal) -> str:
    """The number without its place, where the paper has named the congress."""
    return proposal.number.removeprefix(proposal.session.congress)


def office(session: Session) -> str:
    """Where a congress has its office, in full: 代工委, or the township's own 主席团."""
    return f"{session.congress}人民代表大会主席团" if session.of_township else OFFICE


def _and(more: Sequence[Proposal]) -> str:
    return "".join(f"和并案办理的《{each.title}》（第{plain_number(each)}号）" for each in more)


def deputies(proposal: Proposal, *, public: bool) -> list[str]:
    """领衔、附议，并案各件的领衔和附议: each once, in that order; in public not of one withheld."""
    found: dict[int, str] = {}
    for each in [proposal, *along(proposal, public=public)]:
        found.setdefault(each.lead_id, each.lead.name)
        for signature in each.cosignatures.standing().select_related("deputy"):
            found.setdefault(signature.deputy_id, signature.deputy.name)
    return list(found.values())


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


def met(reply: Reply, whom: str) -> str:
    """三见面 in one sentence, of what both sides bear out: one side's word alone is no fact."""
    found = _standings(reply)
    borne_out = [
        each for each in reply.assignment.held if found[Stage(each.stage)] is Standing.CONFIRMED
    ]
    if not borne_out:
        return ""
    days = [on_paper(each.met_on, year=False) for each in borne_out]
    return f"{'、'.join(days)}，我单位与{whom}见面沟通，听取了意见。"


def _standings(reply: Reply) -> Mapping[Stage, Standing]:
    """How the three stood at the reply."""
    on, works = reply.replied_on, Workday.objects.works()
    return standings(reply.assignment, on, works, CONFIRM_DAYS.on(on))


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


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def answers_of(reply: Reply) -> list[Answer]:
    """逐条答复, those of merged proposals behind."""
    rows = reply.answers.select_related("ask__proposal", "outcome").prefetch_related("exhibits")
    return in_order(rows, reply.assignment.proposal_id)


def _sections(reply: Reply, *, public: bool) -> list[Section]:
    """In public nothing of a merged proposal that is withheld."""
    rows = answers_of(reply)
    if public:
        rows = [each for each in rows if not each.ask.proposal.withheld_reason]
    return [
        Section(
            f"（{in_chinese(number)}）",
            _of(each.ask, reply),
            each.ask.text.rstrip("。；;，"),
            _lines(each.text),
            f"{each.outcome.code}类，{each.outcome.name}",
            each.evidence,
        )
        for number, each in enumerate(rows, start=1)
    ]


def _of(ask: Ask, reply: Reply) -> str:
    """Of a merged proposal its number."""
    if ask.proposal_id == reply.assignment.proposal_id:
        return ""
    word = "议案" if ask.proposal.kind == Kind.BILL else "建议"
    return f"第{plain_number(ask.proposal)}号{word}的"


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


@dataclass(frozen=True)
class Feedback:
    """征询意见表: what the deputy fills in by hand who does not do it on the screen."""

    proposal: Proposal
    reply: Reply
    unit: str
    along: str
    answers: Sequence[Answer]
    stages: Sequence[tuple[str, str]]
    until: str
    address: str


def feedback(reply: Reply) -> Feedback:
    """The form that goes with the letter: contacts as recorded, ratings left open."""
    part = reply.assignment
    meetings = held(part)
    stages = [
        (stage.label, _contact_in_words(how, meetings.get(stage)))
        for stage, how in _standings(reply).items()
    ]
    return Feedback(
        proposal=part.proposal,
        reply=reply,
        unit=part.unit.name,
        along="、".join(f"{each.number} {each.title}" for each in part.proposal.along),
        answers=answers_of(reply),
        stages=stages,
        until=on_paper(reply.rate_until),
        address=office(part.proposal.session),
    )


def _contact_in_words(how: Standing, meeting: Meeting | None) -> str:
    """What the form says of one of the three; what one side alone has written down is called so."""
    if meeting is None:
        return "代表同意免去" if how is Standing.WAIVED else "没有记录"
    words = f"{on_paper(meeting.met_on)}，{meeting.place}"
    if how is Standing.CONFIRMED:
        return words
    writer, silent = ("单位", "代表") if meeting.side == Side.UNIT else ("代表", "单位")
    return f"{words}（{writer}单方记录，{silent}没有确认）"
