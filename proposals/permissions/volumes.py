"""案卷: who has a session's volume made."""

from congress.shared.actors import Actor
from congress.shared.models import Session
from proposals.models import Proposal, Volume
from proposals.states import VolumeState


def why_not_ask_volume(by: Actor, session: Session) -> str | None:
    """The office, once there is something to bind and while nobody waits for it."""
    if not by.is_staff:
        return "只有代工委可以生成案卷。"
    if not Proposal.objects.filter(session=session).exclude(number="").exists():
        return "这次会议还没有编号的建议，没有案卷可以生成。"
    if Volume.objects.filter(session=session, state=VolumeState.ASKED).exists():
        return "正在生成，好了以后才能再生成一次。"
    return None
