"""公开: who may put the reply before everybody."""

from congress.shared.actors import Actor
from proposals.models import Proposal, ReplyDraft
from proposals.models.countersigning import waiting
from proposals.permissions.office import why_not_office
from proposals.states import State


def why_not_publish(by: Actor, proposal: Proposal) -> str | None:
    """The congress's own office, once answered, unless withheld (代表法第五十一条: 应当公开).

    Not while a further version waits for its signature: nobody could sign it any more.
    """
    if refusal := why_not_office(by, proposal.session, "公开答复"):
        return refusal
    if proposal.withheld_reason:
        return f"这件建议不公开：{proposal.withheld_reason}。"
    if proposal.merged_into and proposal.state == State.ANSWERED:
        if proposal.merged_into.withheld_reason:
            return "这一件并入的建议不公开，答复只送代表。"
        return f"这一件没有自己的答复，和并案的 {proposal.merged_into.number} 一起公开。"
    if proposal.state != State.ANSWERED:
        return f"建议目前是“{proposal.get_state_display()}”，还不能公开或已经公开。"
    if waits := waiting(ReplyDraft.objects.filter(assignment__proposal=proposal)).first():
        return f"{waits.assignment.unit.name}又作的一版答复正在等签发，签发或者退改以后再公开。"
    return None
