"""评先表优: who may confirm the list of a review, and publish it."""

from congress.shared.actors import Actor
from congress.shared.workflow import why_not_move
from scoring.consequence_states import ListState
from scoring.models import CommendationList, ReviewCycle
from scoring.states import CycleState

ONLY_DIRECTOR = "只有代工委主任可以录入表扬名单。"


def why_not_confirm_commendation(by: Actor, cycle: ReviewCycle) -> str | None:
    """确定名单: the director, once, when the year's grades stand."""
    if not by.directs_office:
        return ONLY_DIRECTOR
    if cycle.state != CycleState.SEALED:  # the stars are lit when the files are sealed
        return f"{cycle.year} 年的履职档案还没有归档，星级点亮以后再确定表扬名单。"
    if CommendationList.objects.filter(cycle=cycle).exists():
        return f"{cycle.year} 年的表扬名单已经确定，不能再改。"
    return None


def why_not_publish_commendation(by: Actor, found: CommendationList) -> str | None:
    """公布名单: the director, once it is confirmed."""
    if not by.directs_office:
        return ONLY_DIRECTOR
    return why_not_move(found, ListState.PUBLISHED)
