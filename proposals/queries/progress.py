"""走到哪一步: the nine stops of a proposal, and one sentence of what is happening now."""

from collections.abc import Callable, Collection, Sequence
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from proposals.gate import missing_stages, stages_behind, unconfirmed
from proposals.models import Assignment, Proposal, Reply
from proposals.models.proposal import KEPT_BACK
from proposals.queries.clocks import day
from proposals.states import ANSWERED, Part, Side, Stage, State

WITHHELD = "不公开"
ENDED: dict[str, str] = {
    State.REFUSED: "不予受理：",
    State.LETTER: "转作来信办理：",
    State.WITHDRAWN: "已撤回：",
}

UNSURE = "等确认"
"""In place of a meeting's day while one side alone claims it."""


class Stop(NamedTuple):
    """One stop of the track: `state` is done, now or empty; `when` is words or empty."""

    label: str
    state: str
    when: str


Mark = tuple[str, bool, str]
"""A stop's label, whether it is behind, and its day or last day."""
Told = Callable[[Assignment], Reply | None]
"""The version of which the track tells a reader."""


def stops(
    proposal: Proposal,
    today: date,
    part: Assignment | None = None,
    *,
    handled: Proposal | None = None,
) -> list[Stop]:
    """The nine stops; with a part those of this unit's own way, and nothing of another unit's.

    `handled` is what a public reader may know it to be handled as, who knows of no version that
    is not open but the first. The rating's moves by its window alone, never by what a deputy did
    in it.
    """
    told = attrgetter("told_reply") if handled else _told
    marks = _marks(proposal, handled or proposal.handled_as, today, part, told)
    ahead = [label for label, done, _ in marks if not done]
    return [
        Stop(label, "done" if done else "now" if label == ahead[0] else "", when)
        for label, done, when in marks
    ]


def _marks(
    proposal: Proposal, handled: Proposal, today: date, own: Assignment | None, told: Told
) -> list[Mark]:
    part = own or handled.lead_assignment
    assigned_on = part.assigned_on if part else None
    accepted, published = proposal.accepted_on, _opened(proposal, [own] if own else handled.parts)
    unsent = proposal.state in (State.RETURNED, State.SIGNING)
    due_on = own.due_on if own else handled.due_on
    due = f"{day(due_on, today)}前" if due_on else ""
    unseen = part is None and proposal.state in ANSWERED
    return [
        ("提出", not unsent, day(proposal.submitted_on, today)),
        ("审查", bool(accepted), day(accepted, today) if accepted else ""),
        ("交办", unseen or bool(assigned_on), day(assigned_on, today) if assigned_on else ""),
        *(_unseen() if unseen else _middle(handled, own, today, due, told)),
        (
            "公开",
            bool(published),
            day(published, today) if published else WITHHELD if proposal.why_withheld else "",
        ),
    ]


def _opened(proposal: Proposal, parts: Sequence[Assignment]) -> date | None:
    """The day on which the answers that are public now became so."""
    if proposal.published_on is None:
        return None
    shown = (each.public_reply for each in parts)
    days = [each.opened_on for each in shown if each and each.opened_on]
    return max([proposal.published_on, *days])


def _told(part: Assignment) -> Reply | None:
    """The version of which the track tells: once one is public that, until another is."""
    return part.public_reply if part.proposal.state == State.PUBLISHED else part.reply


def _unseen() -> list[Mark]:
    """Answered together with one that is withheld: all that is behind, and no day of it."""
    return [(label, True, "") for label in (*(stage.label for stage in Stage), "答复", "评价")]


def _middle(
    handled: Proposal, own: Assignment | None, today: date, due: str, told: Told
) -> list[Mark]:
    if own and not own.answers:
        return _helping(own, today, due)
    parts = [own] if own else [each for each in handled.parts if each.answers]
    return _answering(parts, today, due, told)


def _answering(parts: Sequence[Assignment], today: date, due: str, told: Told) -> list[Mark]:
    """主办、分办: the first one's meetings, all replies, and how long they are rated.

    Who has replied alone waits at 答复 for the others, as the lists have it.
    """
    first = parts[0] if parts else None
    behind = stages_behind(first) if first else []
    waived = {each.stage: "免去" for each in first.waivers.all()} if first else {}
    met = {each.stage: day(each.met_on, today) for each in first.held} if first else {}
    claimed = {each.stage: UNSURE for each in unconfirmed(first)} if first else {}
    whens = waived | met | ({} if first and first.reply else claimed)
    replies = [reply for each in parts if (reply := told(each))]
    replied_all = bool(replies) and len(replies) == len(parts)
    whole = replied_all and parts[0].proposal.state in ANSWERED
    replied = max((each.replied_on for each in replies), default=today)
    rate_until = max((each.rate_until for each in replies), default=today)
    return [
        *((stage.label, stage in behind, whens.get(stage, "")) for stage in Stage),
        ("答复", whole, day(replied, today) if replied_all else due),
        ("评价", whole and today > rate_until, f"{day(rate_until, today)}前" if whole else ""),
    ]


def _helping(part: Assignment, today: date, due: str) -> list[Mark]:
    """会办、协办: its opinion, and then the reply that others give."""
    sent = part.done_on
    return [
        ("报送意见", bool(sent), day(sent, today) if sent else due),
        ("答复", part.proposal.state in ANSWERED, ""),
    ]


def named(other: Proposal, kept: Collection[int]) -> str:
    """并案: the other by number and title, unless it is kept from the reader."""
    return KEPT_BACK if other.pk in kept else f" {other.number}“{other.title}”"


def situation(
    proposal: Proposal,
    part: Assignment | None = None,
    *,
    kept: Collection[int] = (),
    anew: str = "",
    became: Callable[[Reply], str] = lambda _: "",
) -> str:
    """现在怎样、接着怎样, in one sentence; with a part what this unit may know of.

    `kept` is what is kept from the reader, as `visibility` has it; `anew` the 重新办理 that runs,
    `became` what an answer counts as now, where a page has loaded that.
    """
    if proposal.state == State.SUBMITTED:
        return f"{proposal.session.office}正在审查，受理后编号，再交给承办单位。"
    if proposal.state == State.RETURNED:
        return f"退回修改：{proposal.return_reason}"
    if proposal.state in ENDED:
        return ENDED[proposal.state] + proposal.closing_words
    if proposal.state == State.SIGNING:
        return f"正在征集附议，{day(proposal.sign_until)}截止；人数够了由领衔代表正式提出。"
    if proposal.state == State.MERGED and proposal.merged_into:
        other = proposal.merged_into
        return f"与{named(other, kept)}并案办理，答复同样送领衔代表。"
    parts = [part] if part else proposal.handled_as.parts
    if not parts or not parts[0].is_handed:
        return f"已受理，等{proposal.session.office}交给承办单位。"
    if part and not part.answers:
        return _helps(proposal, part)
    answers = [each for each in parts if each.answers]
    said = _answers(proposal, answers, kept, became)
    return f"{anew}。先前{said}" if anew else said


def _answers(
    proposal: Proposal,
    parts: Sequence[Assignment],
    kept: Collection[int],
    became: Callable[[Reply], str],
) -> str:
    outcome = "；".join(_answer(each.reply, became) for each in parts if each.reply)
    if silent := [each for each in parts if not each.reply]:
        return f"{outcome}；{_waiting(silent)}" if outcome else _waiting(silent)
    if proposal.merged_into:
        into = proposal.merged_into
        known = KEPT_BACK if into.pk in kept else f" {into.number} "
        outcome = f"与{known}并案办理，{outcome}"
    if proposal.state == State.PUBLISHED:
        return f"{outcome}{_published(parts)}。"
    if proposal.handled_as.state == State.ASSIGNED:
        return f"{outcome}，等其他单位答复。"
    if proposal.why_withheld or proposal.handled_as.why_withheld:
        return f"{outcome}。"
    other = proposal.merged_into
    public = f"随 {other.number} 一起公开" if other else f"等{proposal.session.office}公开"
    return f"{outcome}，{public}。"


def _published(parts: Sequence[Assignment]) -> str:
    """Whether what was answered is what is public: a further version waits to be opened."""
    newest = (each.reply for each in parts)
    waits = [each for each in newest if each and not each.opened_on]
    if not waits:
        return "，答复已公开"
    kept = "暂缓公开" if all(each.kept_back for each in waits) else "还没有公开"
    return f"，先前的答复已公开，再次答复的这一版{kept}"


def _answer(reply: Reply, became: Callable[[Reply], str]) -> str:
    signed = f"{reply.result.code} 类（{reply.result.name}）"
    return f"{reply.assignment.unit.name}已答复，{became(reply) or signed}"


def _waiting(parts: Sequence[Assignment]) -> str:
    return together(parts, _next_step)


def together(parts: Sequence[Assignment], say: Callable[[Assignment], str]) -> str:
    """What is said of each unit, those named together of whom the same is true."""
    told: dict[str, list[str]] = {}
    for part in parts:
        told.setdefault(say(part), []).append(part.unit.name)
    return "；".join(words.format("、".join(units)) for words, units in told.items()) + "。"


def _next_step(part: Assignment) -> str:
    unsure = unsure_of(part)
    if missing := missing_stages(part):
        so_far = f"，{unsure}" if unsure else ""
        return f"{{}}正在办理{so_far}，下一步是{missing[0].label}"
    if unsure:
        return f"{unsure}，接着等{{}}答复"
    met = "登记或者免去" if part.waivers.all() else "登记"
    return f"三次见面都已{met}，等{{}}答复"


def unsure_of(part: Assignment) -> str:
    """Which meetings one side alone claims, and who has not borne them out; empty when none."""
    claims: dict[str, list[str]] = {}
    for each in unconfirmed(part):
        silent = "代表" if each.side == Side.UNIT else "单位"
        claims.setdefault(silent, []).append(each.get_stage_display())
    return "，".join(f"{silent}还没有确认{'、'.join(met)}" for silent, met in claims.items())


def _helps(proposal: Proposal, part: Assignment) -> str:
    """会办、协办: whether 主办 has answered, never how far another unit is, nor its class."""
    silent = f"，{part.unit.name}没有送意见" if part.state == Part.SILENT else ""
    if proposal.state in ANSWERED:
        public = "，答复已公开" if proposal.state == State.PUBLISHED else ""
        return f"代表已得到答复{public}{silent}。"
    lead = proposal.lead_assignment
    if lead and lead.state == Part.DONE:
        return f"主办单位已经答复代表{silent}。"
    if part.state == Part.DONE:
        return f"{part.unit.name}的意见已送给主办单位，等主办单位答复。"
    return f"等{part.unit.name}把意见送给主办单位。"
