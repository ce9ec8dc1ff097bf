"""星级对应的等次: of which reviews a change of the data is, and what no grade covers."""

from scoring.models import Grade, ReviewCycle
from scoring.states import UNDECIDED, CycleState

ALL_STARS = 10
MOST_NAMED = 3


def under_way() -> bool:
    """Whether a decided year is not sealed yet: its files still read the stars' own names."""
    done = {*UNDECIDED, CycleState.SEALED}
    return ReviewCycle.objects.exclude(state__in=done).exists()


def applies() -> str:
    """改动用于哪些年度, in a sentence."""
    rows = list(ReviewCycle.objects.select_related("assembly").order_by("-year", "pk"))
    done = [row for row in rows if row.state not in UNDECIDED]
    waiting = [row for row in done if row.state != CycleState.SEALED]
    if waiting:
        names = _listed(waiting)
        return f"{names}已经评定、还没有全部归档，归档以后才能改。"
    opened = [row for row in rows if row.state in UNDECIDED]
    of = f"改动用于还没有评定的年度：{_listed(opened)}" if opened else "改动用于以后启动的年度评价"
    return f"{of}。已经评定的{_listed(done)}照当时的，不变。" if done else f"{of}。"


def _listed(rows: list[ReviewCycle]) -> str:
    said = "、".join(f"{row.assembly}{row.year} 年" for row in rows[:MOST_NAMED])
    return f"{said}等 {len(rows)} 次" if len(rows) > MOST_NAMED else said


def uncovered() -> list[int]:
    """Numbers of stars to which no grade belongs."""
    covered: set[int] = set()
    for low, high in Grade.objects.order_by().values_list("stars_from", "stars_to"):
        covered |= set(range(low, high + 1))
    return sorted(set(range(ALL_STARS + 1)) - covered)
