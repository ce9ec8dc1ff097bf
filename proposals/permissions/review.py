"""审: what the congress's own office may decide about a proposal that waits for review."""

import re
from collections.abc import Sequence
from datetime import date

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.names import says_something, shows_something
from proposals.models import Proposal, RefusalGround
from proposals.models.reference import holds_on
from proposals.permissions.assignment import asks_seen
from proposals.permissions.office import why_not_office
from proposals.permissions.submission import (
    Signers,
    answered_along,
    signers_of_bill,
    sits,
    why_not_enough_signers,
)
from proposals.states import BEFORE_HANDOVER, State

LONGEST_ASK = 300
MOST_ASKS = 20
OWN_NUMBER = re.compile(
    r"(?:[(（]\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[)）]"  # as typed
    r"|\d{1,2}\s*[)）]"  # as typed
    r"|(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[、.．](?!\d)"  # as typed
    r"|[①-⑳])[\s、.．]*"  # as typed
)
"""1. 2、（3） 四、 ⑤ before an ask; 1.5 米 is none."""


def _why_not_review(by: Actor, proposal: Proposal, act: str, digest: str | None) -> str | None:
    if refusal := why_not_office(by, proposal.session, f"{act}建议"):
        return refusal
    if not waits(proposal):
        return f"建议目前是“{proposal.get_state_display()}”，不能再{act}。"
    return _why_not_read(proposal, digest, act)


def _why_not_read(proposal: Proposal, digest: str | None, act: str) -> str | None:
    """`digest` is of the text that was read: sent back and mended meanwhile, it is read first.

    Empty, the form said of no text that it was read.
    """
    if digest == "":
        return f"这张表单没有写明看的是哪一份正文，请重新打开这件建议，看完正文再{act}。"
    if digest is not None and digest != proposal.digest:
        return f"正文刚刚改过，请看完新的正文再{act}。"
    return None


def waits(proposal: Proposal) -> bool:
    if proposal.state == State.RETURNED:
        return cannot_be_mended(proposal)
    return proposal.state == State.SUBMITTED


def cannot_be_mended(proposal: Proposal) -> bool:
    """Sent back to a lead who has left the congress or rests: the office has the pen again."""
    left = Proposal.objects.to_review().filter(pk=proposal.pk, state=State.RETURNED)
    return left.exists()


def why_not_accept(
    by: Actor,
    proposal: Proposal,
    today: date,
    asks: Sequence[str] | None = None,
    digest: str | None = None,
    signers: Signers = signers_of_bill,
) -> str | None:
    """The office, while it waits for review and enough sign a bill; split into at least one ask."""
    if refusal := why_not_office(by, proposal.session, "受理建议"):
        return refusal
    if not waits(proposal):
        return f"建议目前是“{proposal.get_state_display()}”，不需要受理。"
    if reason := _why_not_read(proposal, digest, "受理"):
        return reason
    if reason := why_not_enough_signers(proposal, today, signers):
        return reason
    return why_not_asks(asks) if asks is not None else None


def why_not_decide_wish(proposal: Proposal, withheld_reason: str, words: str) -> str | None:
    """请求不公开: granted with a reason or refused with one, before the text is public."""
    if not proposal.confidentiality_asked:
        return "代表没有请求不公开，不用写不同意的理由。" if words.strip() else None
    if shows_something(withheld_reason) and shows_something(words):
        return "同意不公开和不同意只能留一个，请清空另一个。"
    if not says_something(withheld_reason) and not says_something(words):
        return "代表请求不公开：同意的写不公开的理由，不同意的写明为什么公开，代表会看到。"
    return None


def why_not_accept_unseen(
    by: Actor, proposal: Proposal, today: date, signers: Signers = signers_of_bill
) -> str | None:
    """Among many at once: nothing in it that a person has to weigh."""
    if proposal.confidentiality_asked:
        return "代表请求不公开，请打开来单独审查。"
    if proposal.personal_numbers:
        return "正文里有电话号码或者身份证号，请打开来单独审查。"
    if reason := why_not_accept(by, proposal, today, signers=signers):
        return reason
    if reason := why_not_asks(asks_from(proposal.request)):
        return f"{reason}请打开来单独拆分。"
    return None


def why_not_asks(asks: Sequence[str]) -> str | None:
    """One to twenty, each with something to answer, none too long."""
    if not [text for text in asks if shows_something(text)]:
        return "至少要有一条请求，承办单位逐条答复。"
    if len(asks) > MOST_ASKS:
        return f"最多拆成 {MOST_ASKS} 条请求，现在有 {len(asks)} 条。"
    if long := next((text for text in asks if len(text.strip()) > LONGEST_ASK), ""):
        return (
            f"每条请求最多 {LONGEST_ASK} 个字，“{long.strip()[:12]}……”有 {len(long.strip())} 个字。"
        )
    return None


def why_not_split(
    by: Actor, proposal: Proposal, asks: Sequence[str] | None = None, seen: str | None = None
) -> str | None:
    """The office, after acceptance and before anybody has been asked to answer them.

    `seen` is of the asks that were read: what a colleague has split meanwhile is read first.
    """
    if refusal := why_not_office(by, proposal.session, "拆分请求"):
        return refusal
    if proposal.state != State.ACCEPTED:
        return f"建议目前是“{proposal.get_state_display()}”，请求已经不能再拆分。"
    if seen is not None and seen != asks_seen(proposal):
        return "同事刚刚拆分过这件建议的请求，请看过现在的几条再拆。"
    return why_not_asks(asks) if asks is not None else None


def why_not_send_back(
    by: Actor, proposal: Proposal, reason: str | None = None, digest: str | None = None
) -> str | None:
    """The office, while under review, to a lead who can mend it, and saying what to mend."""
    if refusal := _why_not_review(by, proposal, "退回", digest):
        return refusal
    if not sits(proposal.lead, proposal.session, clock.today()):
        return "领衔代表已不在任，或者暂停执行职务，退回没有人能改，请按现在的正文决定。"
    if reason is not None and not says_something(reason):
        return "退回要写明请代表改什么。"
    return None


def why_not_refuse(
    by: Actor,
    proposal: Proposal,
    words: str | None = None,
    digest: str | None = None,
    ground: RefusalGround | None = None,
) -> str | None:
    """The office, on a ground in force, told to the lead in words (explain, then refuse)."""
    if refusal := _why_not_review(by, proposal, "不予受理", digest):
        return refusal
    if words is not None and not says_something(words):
        return "不予受理要写明理由，代表会看到这句话。"
    if ground is not None and not holds_on(ground, clock.today()):
        return "这种情形已经停用，请另选一种。"
    return None


def why_not_treat_as_letter(
    by: Actor, proposal: Proposal, words: str | None = None, digest: str | None = None
) -> str | None:
    """The office: what is no proposal still goes to whoever can answer it, and the lead learns."""
    if refusal := _why_not_review(by, proposal, "转作来信", digest):
        return refusal
    if words is not None and not says_something(words):
        return "请写明转给谁办理，代表会看到这句话。"
    return None


def why_not_merge(by: Actor, proposal: Proposal, into: Proposal | None = None) -> str | None:
    """The office, both numbered, neither handed over, neither already part of another."""
    if refusal := why_not_office(by, proposal.session, "并案"):
        return refusal
    if proposal.state != State.ACCEPTED:
        return f"建议目前是“{proposal.get_state_display()}”，待交办的才能并案。"
    if proposal.merged.filter(state=State.MERGED).exists():
        return "别的建议已经并入这一件，请把那一件并进来，或者先分开。"
    if into is None:
        return None
    if into.pk == proposal.pk:
        return "不能并入自己。"
    if into.state not in BEFORE_HANDOVER:
        return f"“{into.title}”目前是“{into.get_state_display()}”，只能并入还没有交办的建议。"
    if into.session_id != proposal.session_id:
        return "只能和同一次会议的建议并案。"
    return None


def why_not_unmerge(by: Actor, proposal: Proposal) -> str | None:
    """The office, before any unit has answered both: what is signed stands."""
    if refusal := why_not_office(by, proposal.session, "分开办理"):
        return refusal
    if proposal.state != State.MERGED:
        return f"建议目前是“{proposal.get_state_display()}”，不在并案办理中。"
    if names := answered_along(proposal):
        return (
            f"{names}已经一并答复，不能再分开；"
            "要补充的请单位再作一版答复，另有请求的由代表另提一件。"
        )
    return None


def _unnumbered(line: str) -> str:
    found = OWN_NUMBER.match(line)
    return line[found.end() :] if found else line


def asks_from(request: str) -> list[str]:
    """The lines, one ask each and whole, without their own numbers: pages number them again."""
    lines = [_unnumbered(line.strip()) for line in request.splitlines()]
    return [line for line in lines if shows_something(line)]
