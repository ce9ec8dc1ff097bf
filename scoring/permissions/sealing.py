"""没有做成的档案: who may have it made again, and when."""

from congress.shared.actors import SYSTEM, Actor
from scoring.models import Grading, ReviewCycle, SealFailure
from scoring.states import CycleState

NOT_HERE = "只有代工委的工作人员可以重试没有做成的档案。"


def why_not_retry_file(
    by: Actor, grading: Grading | None = None, failure: SealFailure | None = None
) -> str | None:
    """重试: the deputy-affairs office or the operators' command, what failed and is not sealed."""
    if by != SYSTEM and not by.at_deputy_office:
        return NOT_HERE
    if grading is None:
        return None
    if Grading.objects.sealed().filter(pk=grading.pk).exists():
        return "这份档案已经做好，不用重试。"
    if failure is None:
        return "这份档案没有失败过，轮到它就会做，不用重试。"
    if failure.is_asked_for:
        return "这份档案已经在等着重做，几秒钟后开始。"
    return None


def why_not_retry_file_all(by: Actor, cycle: ReviewCycle, failed: int) -> str | None:
    """全部重试: while the files are made, and some could not be."""
    if by != SYSTEM and not by.at_deputy_office:
        return NOT_HERE
    if cycle.state != CycleState.FINAL:
        return "现在不在归档，没有要重试的档案。"
    return None if failed else "没有做失败的档案，不用重试。"
