"""提: who may raise, sign, take in, send back and mend a proposal, and when."""

from datetime import date, timedelta

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.models import Session
from congress.shared.roles import Role
from deputies.models import Deputy, Mandate
from proposals.models import Proposal
from proposals.rules import SESSION_DAYS
from proposals.states import Kind, State


def kind_on(session: Session, today: date) -> Kind:
    """会议期间 from the opening until some days after the close; 闭会期间 all other days."""
    last = session.closes_on + timedelta(days=SESSION_DAYS.on(today))
    return Kind.SESSION if session.opens_on <= today <= last else Kind.INTERSESSION


def why_not_submit(
    by: Actor, lead: Deputy | None, session: Session | None, kind: str, today: date
) -> str | None:
    """A sitting deputy of the session's congress, in their own name (代表法第二十四、三十六条)."""
    if lead is None or not by.is_a(Role.DEPUTY) or not by.same_person(lead.user_id):
        return "建议由代表本人提出，请用代表自己的账号登录。"
    if session is None:
        return "只有在任的县人大代表可以在这里提建议，大会开幕以后就能提。"
    if session.opens_on > today:
        return "大会还没有开幕，现在还不能提建议。"
    if not _sits(lead, session, today):
        return "只有在任的县人大代表可以提建议，您目前没有县人大代表资格，或者暂停执行职务。"
    if kind == Kind.SESSION and kind_on(session, today) != Kind.SESSION:
        return f"会议期间建议在闭幕后 {SESSION_DAYS.on(today)} 天内提出，现在请按闭会期间建议提出。"
    if kind == Kind.INTERSESSION and today <= session.closes_on:
        return "大会还没有闭幕，请按会议期间建议提出。"
    return None


def why_not_word(title: str, facts: str, request: str) -> str | None:
    """明确具体: a title that fits, what is the case, and what is asked for."""
    if not title.strip():
        return "还没有写标题：想解决什么事。"
    if len(title.strip()) > 60:
        return f"标题最多 60 个字，现在有 {len(title.strip())} 个字。"
    if not facts.strip():
        return "还没有写情况和问题：在哪里、多久了、影响多少人。"
    if not request.strip():
        return "还没有写具体建议：请求办什么。"
    return None


def why_not_cosign(by: Actor, proposal: Proposal, deputy: Deputy | None) -> str | None:
    """Another deputy of the same congress, once, while the proposal is under review."""
    if deputy is None or not by.is_a(Role.DEPUTY) or not by.same_person(deputy.user_id):
        return "附议由代表本人办理，请用代表自己的账号登录。"
    if proposal.lead_id == deputy.pk:
        return "这件建议由您领衔，不用再附议。"
    if proposal.cosignatures.filter(deputy=deputy).exists():
        return "您已经附议过这件建议。"
    if proposal.state != State.SUBMITTED:
        return f"建议目前是“{proposal.get_state_display()}”，附议要在受理之前。"
    if not _sits(deputy, proposal.session, clock.today()):
        return "只有同一级人大的在任代表可以附议。"
    return None


def why_not_accept(by: Actor, proposal: Proposal) -> str | None:
    """The deputy-affairs office, while the proposal waits for review."""
    if not by.is_staff:
        return "只有代工委可以受理建议。"
    if proposal.state != State.SUBMITTED:
        return f"建议目前是“{proposal.get_state_display()}”，不需要受理。"
    return None


def why_not_send_back(by: Actor, proposal: Proposal, reason: str | None = None) -> str | None:
    """The deputy-affairs office, while under review, and never without saying what to mend."""
    if not by.is_staff:
        return "只有代工委可以退回建议。"
    if proposal.state != State.SUBMITTED:
        return f"建议目前是“{proposal.get_state_display()}”，不能退回。"
    if reason is not None and not reason.strip():
        return "退回要写明请代表改什么。"
    return None


def why_not_resubmit(by: Actor, proposal: Proposal, today: date) -> str | None:
    """The lead deputy, still sitting, after the office has sent it back."""
    if not by.is_a(Role.DEPUTY) or not by.same_person(proposal.lead.user_id):
        return "退回的建议由领衔代表本人修改。"
    if proposal.state != State.RETURNED:
        return f"建议目前是“{proposal.get_state_display()}”，不能再改。"
    if not _sits(proposal.lead, proposal.session, today):
        return "您目前没有这一级人大的代表资格，或者暂停执行职务，不能再提出。"
    return None


def _sits(deputy: Deputy, session: Session, today: date) -> bool:
    """Holds a seat of the session's term, and does not rest (代表法第六十一条)."""
    seats = Mandate.objects.running(today).filter(deputy=deputy, term=session.term_id)
    return seats.exists() and Deputy.objects.serving(today).filter(pk=deputy.pk).exists()
