"""提: who may raise, open to signatures, change, hand in and take back a proposal, and when."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from congress.shared.actors import Actor
from congress.shared.models import AuditEvent, Organisation, Session
from congress.shared.names import says_something
from congress.shared.roles import Role
from deputies.models import Deputy, Mandate
from proposals.models import Assignment, Attachment, Proposal
from proposals.models.assigned_rows import AssignmentQuerySet
from proposals.rules import (
    BILL_SIGNERS,
    SESSION_DAYS,
    TOWNSHIP_BILL_SIGNERS,
    WITHDRAW_IN_HAND,
)
from proposals.states import Kind, Signature, State


def kind_on(session: Session, today: date) -> Kind:
    """会议期间 from the opening until some days after the close; 闭会期间 all other days."""
    last = session.closes_on + timedelta(days=SESSION_DAYS.on(today))
    return Kind.SESSION if session.opens_on <= today <= last else Kind.INTERSESSION


def signers_of_bill(session: Session, today: date) -> int:
    """议案 needs so many deputies, the lead among them (地方组织法第二十二条: 10, township 5)."""
    rule = TOWNSHIP_BILL_SIGNERS if session.of_township else BILL_SIGNERS
    return rule.on(today)


Signers = Callable[[Session, date], int]
"""How many a bill needs there and then; who asks for many asks once for each session."""


def why_not_submit(
    by: Actor, lead: Deputy | None, session: Session | None, kind: str, today: date
) -> str | None:
    """A sitting deputy of the session's congress, in their own name (代表法第二十四、三十六条)."""
    if reason := _why_not_raise(by, lead, session, kind, today):
        return reason
    if kind == Kind.BILL and session:
        return (
            f"议案要有 {signers_of_bill(session, today)} 名代表联名，请先征集附议，"
            "人数够了再正式提出。"
        )
    return None


def why_not_call_for_signatures(
    by: Actor, lead: Deputy | None, session: Session | None, kind: str, today: date
) -> str | None:
    """Whoever may raise it may first ask others to stand behind it."""
    return _why_not_raise(by, lead, session, kind, today)


def _why_not_raise(
    by: Actor, lead: Deputy | None, session: Session | None, kind: str, today: date
) -> str | None:
    if lead is None or not by.is_a(Role.DEPUTY) or not by.same_person(lead.user_id):
        return "建议由代表本人提出，请用代表自己的账号登录。"
    if session is None:
        return "只有在任的县、乡镇人大代表可以在这里提建议，大会开幕以后就能提。"
    if session.opens_on > today:
        return "大会还没有开幕，现在还不能提建议。"
    if not sits(lead, session, today):
        congress = f"{session.congress}人大代表"
        return f"只有在任的{congress}可以提建议，您目前没有{congress}资格，或者暂停执行职务。"
    return _why_not_kind(session, kind, today)


def _why_not_kind(session: Session, kind: str, today: date) -> str | None:
    """Each kind has its days, on the day on which it is raised or handed in."""
    in_session = kind_on(session, today) == Kind.SESSION
    if kind == Kind.SESSION and not in_session:
        return f"会议期间建议在闭幕后 {SESSION_DAYS.on(today)} 天内提出，现在请按闭会期间建议提出。"
    if kind == Kind.BILL and not in_session:
        return "议案在大会期间提出，现在请按闭会期间建议提出。"
    if kind == Kind.INTERSESSION and today <= session.closes_on:
        return "大会还没有闭幕，请按会议期间建议提出。"
    return None


def why_not_word(title: str, facts: str, request: str) -> str | None:
    """明确具体: a title that fits, what is the case, and what is asked for."""
    if not says_something(title):
        return "还没有写标题：想解决什么事。"
    if len(title.strip()) > 60:
        return f"标题最多 60 个字，现在有 {len(title.strip())} 个字。"
    if not says_something(facts):
        return "还没有写情况和问题：在哪里、多久了、影响多少人。"
    if not says_something(request):
        return "还没有写具体建议：请求办什么。"
    return None


def why_not_send_twice(
    proposal: Proposal,
    sent: Mapping[str, object],
    continues: Proposal | None,
    *,
    signing: bool,
) -> str | None:
    """A form sent again must be the same form, by the same button: else it did not do what it says.

    `sent` is what it carries, by the names of the proposal's fields.
    """
    earlier = getattr(proposal, "continues", None)
    same = all(getattr(proposal, name) == said for name, said in sent.items())
    if not same or (earlier and earlier.earlier) != continues:
        return "这份表单已经提交过，改动没有记上。提交的那件在“我的建议”里，退回时再改。"
    called = proposal.sign_until is not None
    if called and not signing:
        return "这份表单已经用来征集附议，这次没有提出。请到“我的建议”里打开那一件，再正式提出。"
    if signing and not called:
        return "这份表单已经提出，这次没有征集附议。提出的那件在“我的建议”里。"
    return None


def why_not_hand_in(by: Actor, proposal: Proposal, today: date) -> str | None:
    """The lead, still sitting, on a day of its kind, once enough stand behind a bill."""
    if not _leads(by, proposal):
        return "建议由领衔代表本人正式提出。"
    if proposal.state != State.SIGNING:
        return f"建议目前是“{proposal.state_to_deputies}”，已经正式提出过。"
    if not sits(proposal.lead, proposal.session, today):
        return "您目前没有这一级人大的代表资格，或者暂停执行职务，不能再提出。"
    if reason := _why_not_kind(proposal.session, proposal.kind, today):
        return f"{reason}这一件请撤回，再提一件。"
    return why_not_enough_signers(proposal, today)


def why_not_enough_signers(
    proposal: Proposal, today: date, signers: Signers = signers_of_bill
) -> str | None:
    """议案 alone: so many stand behind this very text.

    Before 提出 on signatures not run out, of deputies who sit that day; 联名 counts when it is
    handed in (地方组织法第二十二条: ……联名，可以提出), so who leaves before 受理 undoes nothing.
    """
    if proposal.kind != Kind.BILL:
        return None
    needed, signed = signers(proposal.session, today), proposal.cosignatures.all()
    if proposal.state == State.SIGNING:
        standing = list(signed.behind(proposal, today))
    else:
        standing = [each for each in proposal.signatures if each.digest == proposal.digest]
    if (there := len(standing) + 1) >= needed:
        return None
    changed = any(each.state == Signature.OUTDATED for each in signed)
    return (
        f"议案要有 {needed} 名代表联名，现在有 {there} 名，还差 {needed - there} 名。"
        f"领衔代表可以再请人附议{'（正文改过，附议过的要重新附议）' if changed else ''}，"
        "也可以撤回，改按建议另提。"
    )


def why_not_reword(by: Actor, proposal: Proposal, digest: str | None = None) -> str | None:
    """The lead, while signatures are gathered: what others signed is asked anew.

    `digest` is of the text that was changed on the page: a newer one is read first.
    """
    if not _leads(by, proposal):
        return "正文由领衔代表本人修改。"
    if proposal.state != State.SIGNING:
        return f"建议目前是“{proposal.state_to_deputies}”，正文不能再改；需要改请联系代工委退回。"
    if digest is not None and digest != proposal.digest:
        return "正文在别的页面刚刚改过，请看过现在的正文再改；您写的都还在。"
    return None


class Wishes(NamedTuple):
    """What the lead wishes besides the text: who should handle it, and why to keep it back."""

    suggested_unit: Organisation | None
    confidentiality_asked: str

    def changed(self, proposal: Proposal) -> list[str]:
        """What is another than it was, in words."""
        unit = self.suggested_unit.pk if self.suggested_unit else None
        wish = self.confidentiality_asked.strip()
        found = {
            "建议谁来办": unit != proposal.suggested_unit_id,
            "请求不公开": wish != proposal.confidentiality_asked,
        }
        return [words for words, other in found.items() if other]


def why_not_resubmit(
    by: Actor,
    proposal: Proposal,
    today: date,
    words: tuple[str, str, str] | None = None,
    wishes: Wishes | None = None,
) -> str | None:
    """The lead deputy, still sitting, after the office has sent it back, with something mended."""
    if not _leads(by, proposal):
        return "退回的建议由领衔代表本人修改。"
    if proposal.state != State.RETURNED:
        return f"建议目前是“{proposal.state_to_deputies}”，不能再改。"
    if not sits(proposal.lead, proposal.session, today):
        return "您目前没有这一级人大的代表资格，或者暂停执行职务，不能再提出。"
    wished = wishes and wishes.changed(proposal)
    if words is not None and not wished and _is_as_it_was(proposal, words):
        return f"正文和附件都还没有改。请您改的是：{proposal.return_reason}"
    return None


def _is_as_it_was(proposal: Proposal, words: tuple[str, str, str]) -> bool:
    """Neither the text nor a file is another than when it was sent back."""
    there = (proposal.title, proposal.facts, proposal.request)
    if [text.split() for text in words] != [text.split() for text in there]:
        return False
    if Attachment.objects.filter(draft__proposal=proposal).exists():
        return False
    return not files_taken_out(proposal)


def files_taken_out(proposal: Proposal) -> int:
    """How many since it was sent back."""
    steps = AuditEvent.objects.filter(subject=proposal._meta.label, subject_id=proposal.pk)
    returned = steps.filter(now=State.RETURNED).order_by("-pk").values("pk")[:1]
    return steps.filter(now="detached", pk__gt=returned).count()


def why_not_withdraw(
    by: Actor, proposal: Proposal, today: date, reason: str | None = None
) -> str | None:
    """The lead, in writing, before it is answered; once handed over only where the rule allows."""
    if not _leads(by, proposal):
        return "建议由领衔代表本人撤回。"
    if State.WITHDRAWN not in proposal.STEPS[proposal.state]:
        return f"建议目前是“{proposal.state_to_deputies}”，不能撤回。"
    if proposal.state == State.ASSIGNED and not WITHDRAW_IN_HAND.on(today):
        return "建议已经交办，按本县办理办法不能再撤回。"
    if names := answered_by(proposal):
        return f"{names}已经答复，不能再撤回；另有请求的请另提一件。"
    if names := answered_along(proposal):
        return f"{names}已经一并答复，不能再撤回；另有请求的请另提一件。"
    if proposal.merged.filter(state=State.MERGED).exists():
        return "别的建议已经并入这一件，请联系代工委先分开，再撤回。"
    if reason is not None and not says_something(reason):
        return "请写明撤回的理由。"
    return None


def answered_by(proposal: Proposal) -> str:
    """分办: the units that have signed a reply to it already, by name."""
    return _signed_for(Assignment.objects.filter(proposal=proposal))


def answered_along(proposal: Proposal) -> str:
    """并案: the units whose signed replies answer it too, by name."""
    if not proposal.merged_into_id:
        return ""
    return _signed_for(Assignment.objects.filter(proposal=proposal.merged_into_id))


def _signed_for(parts: AssignmentQuerySet) -> str:
    units = parts.filter(replies__isnull=False).distinct()
    return "、".join(units.order_by("position").values_list("unit__name", flat=True))


def _leads(by: Actor, proposal: Proposal) -> bool:
    return by.is_a(Role.DEPUTY) and by.same_person(proposal.lead.user_id)


def sits(deputy: Deputy, session: Session, today: date) -> bool:
    """Holds a seat of the session's term, and does not rest (代表法第六十一条)."""
    seats = Mandate.objects.running(today).filter(deputy=deputy, term=session.term_id)
    return seats.exists() and Deputy.objects.serving(today).filter(pk=deputy.pk).exists()
