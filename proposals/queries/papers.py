"""What the papers about one proposal say, and who may have them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet

from congress.shared.actors import Actor
from congress.shared.numerals import in_chinese
from congress.shared.personal_numbers import masked
from congress.shared.roles import UNIT
from proposals.models import (
    Answer,
    Ask,
    Assignment,
    DraftAnswer,
    OutcomeClass,
    Proposal,
    Reply,
    ReplyDraft,
)
from proposals.models.asks import in_order
from proposals.models.countersigning import letters_signed
from proposals.models.reference import Meaning, Result
from proposals.queries.stood import (
    Stood,
    of_draft,
    office,
    on_paper,
    plain_number,
    stood_of,
    title,
)
from proposals.queries.visibility import kept_from
from proposals.states import HANDLED_ALONG, Kind, State

UNDECIDED = OutcomeClass(code="＿", name="还没有定类")


def letters(actor: Actor) -> QuerySet[Reply]:
    """答复函: those of whose reply one has the form, and what one's unit has signed or got."""
    own, parts = answered(actor), Assignment.objects.handled_by(actor)
    signed, copied = letters_signed(parts), Reply.objects.copied_to(parts)
    among = Q(pk__in=signed.values("pk")) | Q(pk__in=copied.values("pk"))
    return own | _rows().filter(among)


def answered(actor: Actor) -> QuerySet[Reply]:
    """征询意见表: at the desk all, an office's and a unit's own, and what one's proposals got."""
    rows = _rows()
    if actor.at_the_desk:
        return rows
    if actor.in_an_office:
        return rows.filter(assignment__proposal__in=Proposal.objects.decided_by(actor))
    if actor.role in UNIT:
        return rows.filter(assignment__in=Assignment.objects.handled_by(actor))
    own = Proposal.objects.mine(actor).values("pk")
    into = Proposal.objects.mine(actor).filter(state__in=HANDLED_ALONG).values("merged_into")
    return rows.filter(Q(assignment__proposal__in=own) | Q(assignment__proposal__in=into))


def _rows() -> QuerySet[Reply]:
    return Reply.objects.select_related(
        "outcome", "assignment__unit", "assignment__handler", "assignment__proposal__lead"
    )


def public_letters() -> QuerySet[Reply]:
    """Of what is published and not withheld each version that has stood before everybody."""
    return _rows().filter(
        pk__in=Reply.objects.once_public().values("pk"),
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
    promised: str


ALONE = "你"
"""Whom a letter addresses when it goes to one deputy."""


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
    promised: str
    sections: list[Section]
    closing: str
    signed_on: str
    contact: str
    copies: list[str]
    file_number: str


def letter(reply: Reply, reader: Actor | None = None) -> Letter:
    """对…第…号建议的答复, to every deputy who raised, signed or led a merged one.

    Of what is withheld nothing to whom it is kept from. The public's, whose reader is nobody,
    names nobody to call, has no private number, and answers nothing whose answer is withheld.
    """
    kept = kept_from(reader)
    answers = answers_of(reply, kept)
    if reader:
        return _written(reply, answers, kept, public=False)
    shown = [each for each in answers if not each.ask.proposal.why_withheld]
    return _without_numbers(_written(reply, shown, kept, public=True))


def _without_numbers(letter: Letter) -> Letter:
    """What deputy and unit have written, as the public reads it."""
    sections = [
        each._replace(
            ask=masked(each.ask),
            lines=[masked(line) for line in each.lines],
            evidence=masked(each.evidence),
            promised=masked(each.promised),
        )
        for each in letter.sections
    ]
    return replace(
        letter,
        opening=masked(letter.opening),
        lines=[masked(line) for line in letter.lines],
        promised=masked(letter.promised),
        sections=sections,
        file_number=masked(letter.file_number),
    )


def preview(draft: ReplyDraft, today: date) -> Letter:
    """答复函 as it would go out today, marked as a draft; what is missing is said in its place."""
    reply = Reply(
        assignment=draft.assignment,
        outcome=draft.outcome or UNDECIDED,
        text=draft.text,
        file_number=draft.file_number or "文号还没有写",
        signer="还没有签发",
        replied_on=today,
        stood=of_draft(draft, today),
    )
    letter = _written(reply, draft.in_order, (), public=False)
    return replace(letter, mark=f"预览稿，还没有签发　{letter.mark}")


def _written(
    reply: Reply, answers: Sequence[Answer | DraftAnswer], kept: Collection[int], *, public: bool
) -> Letter:
    stood = stood_of(reply)
    proposal, *more = addressed(reply, kept)
    names = stood.named([proposal, *more])
    whom = "你们" if len(names) > 1 else ALONE
    own = reply.assignment.proposal
    talks = met(stood, whom, own if own.pk not in kept else None)
    return Letter(
        reply=reply,
        mark=f"{reply.result.code}类　{'公开' if stood.is_open else '不公开'}",
        unit=stood.unit,
        title=stood.titles.get(str(proposal.pk)) or title(proposal),
        salutation=f"{'、'.join(names)}代表：",
        opening=f"{whom}提出的《{proposal.title}》{_and(more)}收悉。{talks}现答复如下：",
        lines=_lines(reply.text),
        promised="" if answers else _promised(stood, "", reply.result),
        sections=_sections(proposal, answers, stood),
        closing=(
            f"感谢{whom}对我们工作的关心和支持！请填写《代表建议办理情况征询意见表》，"
            "对办理态度和办理结果分别评价。"
        ),
        signed_on=on_paper(reply.replied_on),
        contact="" if public else stood.contact,
        copies=stood.copies,
        file_number=reply.file_number,
    )


def addressed(reply: Reply, kept: Collection[int]) -> list[Proposal]:
    """The proposal and 并案各件, but for those kept from the reader: one of them at least."""
    proposal = reply.assignment.proposal
    found = [proposal, *proposal.along]
    return [each for each in found if each.pk not in kept]


def _and(more: Sequence[Proposal]) -> str:
    return "".join(f"和并案办理的《{each.title}》（第{plain_number(each)}号）" for each in more)


def met(stood: Stood, whom: str, proposal: Proposal | None) -> str:
    """三见面 in one sentence, each day once, of what both sides bear out: the rest is no fact.

    It is the lead deputy who was met: among several the letter says so, unless who that is is kept
    from the reader, with the proposal.
    """
    if not stood.met:
        return ""
    lead = stood.named([proposal])[:1] if proposal else []
    if whom != ALONE and lead:
        whom = f"领衔代表{lead[0]}"
    return f"{'、'.join(dict.fromkeys(stood.met))}，我单位与{whom}见面沟通，听取了意见。"


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def answers_of(reply: Reply, kept: Collection[int] = ()) -> list[Answer]:
    """逐条答复, those of merged proposals behind; none of what is kept from the reader."""
    rows = reply.answers.select_related("ask__proposal", "outcome").prefetch_related("exhibits")
    shown = rows.exclude(ask__proposal__in=kept)
    return in_order(shown, reply.assignment.proposal_id)


def _promised(stood: Stood, ask: object, result: Result | None) -> str:
    """承诺: each step with its day; of what is put off, when it is looked at again."""
    steps = stood.promises.get(str(ask), ())
    if steps:
        days = (f"{on_paper(date.fromisoformat(day))}前，{words}" for day, words in steps)
        return f"我单位承诺：{'；'.join(each.rstrip('。；') for each in days)}。"
    if stood.look_again and result and result.meaning == Meaning.LATER:
        again = on_paper(date.fromisoformat(stood.look_again))
        return f"我单位将于{again}再次研究，条件具备即着手办理。"
    return ""


def _sections(
    proposal: Proposal, answers: Sequence[Answer | DraftAnswer], stood: Stood
) -> list[Section]:
    return [
        Section(
            f"（{in_chinese(number)}）",
            _of(each.ask, proposal),
            each.ask.text.rstrip("。；;，"),
            _lines(each.text),
            f"{each.result.code}类，{each.result.name}" if each.result else "还没有定类",
            each.evidence,
            _promised(stood, each.ask_id, each.result),
        )
        for number, each in enumerate(answers, start=1)
    ]


def _of(ask: Ask, proposal: Proposal) -> str:
    """Of another than the letter's own its number."""
    if ask.proposal_id == proposal.pk:
        return ""
    word = "议案" if ask.proposal.kind == Kind.BILL else "建议"
    return f"第{plain_number(ask.proposal)}号{word}的"


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


def feedback(reply: Reply, reader: Actor) -> Feedback:
    """The form that goes with the letter: contacts as recorded by then, ratings left open."""
    part, stood, kept = reply.assignment, stood_of(reply), kept_from(reader)
    proposal, *more = addressed(reply, kept)
    return Feedback(
        proposal=proposal,
        reply=reply,
        unit=stood.signatory,
        along="、".join(f"{each.number} {each.title}" for each in more),
        answers=answers_of(reply, kept),
        stages=stood.stages,
        until=on_paper(reply.rate_until),
        address=office(part.proposal.session),
    )
