"""公开: who may put the reply before everybody, keep it back, and change their mind."""

from congress.shared.actors import Actor
from congress.shared.names import says_something
from proposals.models import Proposal, ReplyDraft
from proposals.models.countersigning import waiting
from proposals.permissions.office import why_not_office
from proposals.states import NUMBERED, State


def replies_seen(proposal: Proposal) -> str:
    """The versions that stand now, for a form to say which of them its page showed."""
    return "-".join(str(each.pk) for each in proposal.replies)


def why_not_publish(by: Actor, proposal: Proposal, seen: str | None = None) -> str | None:
    """The congress's own office, once answered, unless withheld (代表法第五十一条: 应当公开).

    Not while a further version waits for its signature: nobody could sign it any more. What
    重新办理 has brought after it was published is read and opened in the same way.
    `seen` is of the versions that were read: one that came meanwhile is read first.
    """
    if refusal := why_not_office(by, proposal.session, "公开答复"):
        return refusal
    if proposal.why_withheld:
        return f"{_withheld(proposal)}：{proposal.why_withheld}。"
    into = proposal.merged_into
    if into and proposal.state == State.ANSWERED and into.state != State.PUBLISHED:
        if into.why_withheld:
            return "这一件并入的建议不公开，答复只送代表。"
        return f"这一件没有自己的答复，和并案的 {into.number} 一起公开。"
    if proposal.state != State.ANSWERED and not proposal.unopened:
        return f"建议目前是“{proposal.get_state_display()}”，还不能公开或已经公开。"
    if waits := waiting(ReplyDraft.objects.filter(assignment__proposal=proposal)).first():
        return f"{waits.assignment.unit.name}又作的一版答复正在等签发，签发或者退改以后再公开。"
    if seen == "":
        return "这张表单没有写明看的是哪一版答复，请重新打开这一页，看过答复再公开。"
    if seen is not None and seen != replies_seen(proposal.handled_as):
        return "单位刚刚又作了一版，请看过再公开。"
    return None


def why_not_withhold(
    by: Actor, proposal: Proposal, *, whole: bool = True, reason: str | None = None
) -> str | None:
    """The office, numbered and not yet published; the reply alone where there is one of its own.

    Of what is published the version alone that came after, while it is not open.
    """
    if refusal := why_not_office(by, proposal.session, "定为不公开"):
        return refusal
    further = not whole and proposal.unopened
    if proposal.state not in NUMBERED or (proposal.state == State.PUBLISHED and not further):
        return f"建议目前是“{proposal.get_state_display()}”，不能定为不公开。"
    if proposal.why_withheld:
        return f"{_withheld(proposal)}，不用再定。"
    if not whole and proposal.merged_into:
        return f"这一件没有自己的答复，请在并案的 {proposal.merged_into.number} 上定。"
    if reason is not None and not says_something(reason):
        return "请写明为什么不公开，代表会看到这句话。"
    return None


def why_not_lift_withholding(
    by: Actor, proposal: Proposal, *, reason: str | None = None
) -> str | None:
    """The office, while what is numbered is withheld, and never without saying why.

    So too of what is published, while the version that came after is kept back.
    """
    if refusal := why_not_office(by, proposal.session, "改为公开"):
        return refusal
    if proposal.state not in NUMBERED:
        return f"建议目前是“{proposal.get_state_display()}”，不能改为公开。"
    if not proposal.why_withheld and not proposal.kept_back:
        return "这件建议没有定为不公开，不用改。"
    if reason is not None and not says_something(reason):
        return "请写明为什么改为公开，代表会看到这句话。"
    return None


def _withheld(proposal: Proposal) -> str:
    return f"这件建议{'' if proposal.withheld_reason else '的答复'}不公开"
