"""十星: whether each star is lit, and why, either way. Pure: no database and no clock.

One aspect is one star (本县星级评定办法). What the records cannot show stays unlit and says so.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from scoring.polls import percent


@dataclass(frozen=True)
class Marks:
    """点亮条件: the county's figures, read from its local rules."""

    leaves: int
    speeches: int
    led: int
    cosigned: int
    supervisions: int
    receptions: int
    rota: int
    turnout: int
    excused: int
    lessons: int
    satisfied: int


@dataclass(frozen=True)
class YearFacts:
    """What the records say of one deputy's year: verified duties, calls, proposals."""

    congress_calls: int = 0
    congress_leaves: int = 0
    congress_absences: int = 0
    speeches: int = 0
    led: int = 0
    cosigned: int = 0
    answered: int = 0
    """Led proposals whose reply's rating window closed in the year."""
    followed: int = 0
    """Of these, with three confirmed meetings and a rating in time."""
    supervisions: int = 0
    receptions: int = 0
    turns: int = 0
    """轮值 of which the desk noted who came: swapped ones are whose they became, none of leave."""
    kept: int = 0
    unnoted: int = 0
    """Turns of which nobody noted anything: that is no fault of the deputy's."""
    calls: int = 0
    came: int = 0
    on_leave: int = 0
    lessons: int = 0
    reports: int = 0
    ballots: int = 0
    """有效票 of all the year's 述职测评."""
    content: int = 0
    """Of these 满意 and 基本满意."""
    withheld: str = ""
    """政治星、守法星不亮的理由, the committee's words; empty when there is none."""


@dataclass(frozen=True)
class Light:
    """One star of one year."""

    lit: bool
    reason: str


Judge = Callable[[YearFacts, Marks], Light]


def stance(facts: YearFacts, marks: Marks) -> Light:
    """政治星: lit unless the committee withholds it."""
    return Light(not facts.withheld, facts.withheld or "评定时没有发现违反情形")


def law(facts: YearFacts, marks: Marks) -> Light:
    """守法星: lit unless the committee withholds it."""
    return Light(not facts.withheld, facts.withheld or "评定时没有违纪违法记录")


def meetings(facts: YearFacts, marks: Marks) -> Light:
    """会议星: every meeting of the congress; one approved leave is forgiven, no absence is."""
    if not facts.congress_calls:
        return Light(False, "本年没有出席人代会的登记")
    came = facts.congress_calls - facts.congress_leaves - facts.congress_absences
    words = f"人代会应到 {facts.congress_calls} 次，实到 {came} 次"
    if facts.congress_leaves:
        words += f"，请假 {facts.congress_leaves} 次"
    if facts.congress_absences:
        return Light(False, f"{words}，未经批准缺席 {facts.congress_absences} 次")
    return Light(facts.congress_leaves <= marks.leaves, words)


def speaking(facts: YearFacts, marks: Marks) -> Light:
    """审议星."""
    return _enough(facts.speeches, marks.speeches, "审议发言", "次")


def proposals(facts: YearFacts, marks: Marks) -> Light:
    """建议星: leading one or signing three, once they are accepted."""
    lit = facts.led >= marks.led or facts.cosigned >= marks.cosigned
    words = f"受理的建议领衔 {facts.led} 件，附议 {facts.cosigned} 件"
    wanted = f"；需领衔 {marks.led} 件或附议 {marks.cosigned} 件"
    return Light(lit, words if lit else words + wanted)


def follow_up(facts: YearFacts, marks: Marks) -> Light:
    """督办星: who led answered proposals met and rated in each; who led none helped supervise.

    A meeting that was waived or excused counts as met.
    """
    if facts.answered:
        words = f"领衔建议答复 {facts.answered} 件，三见面并按时评价 {facts.followed} 件"
        return Light(facts.followed == facts.answered, words)
    light = _enough(facts.supervisions, marks.supervisions, "参加督办活动", "次")
    return Light(light.lit, f"没有到期的领衔建议，{light.reason}")


def voters(facts: YearFacts, marks: Marks) -> Light:
    """联系星: enough receptions, and the turns of the rota kept; without any, receptions alone."""
    light = _enough(facts.receptions, marks.receptions, "接待选民", "次")
    unnoted = f"（另有 {facts.unnoted} 次站里没有登记，不计）" if facts.unnoted else ""
    if not facts.turns:
        return Light(light.lit, f"{light.reason}；没有登记过的轮值，不看到岗率{unnoted}")
    words = f"{light.reason}；轮值 {facts.turns} 次，到岗 {facts.kept} 次{unnoted}"
    if facts.kept * 100 >= facts.turns * marks.rota:
        return Light(light.lit, words)
    return Light(False, f"{words}，到岗率不到 {marks.rota}%")


def activities(facts: YearFacts, marks: Marks) -> Light:
    """活动星: came to enough of the activities called; approved leave is taken off, up to a limit.

    Without the limit one visit beside nine leaves would be full turnout.
    """
    if not facts.calls:
        return Light(False, "本年没有应参加的活动")
    excused = min(facts.on_leave, marks.excused)
    due = facts.calls - excused
    words = f"应参加活动 {facts.calls} 次，到场 {facts.came} 次"
    if facts.on_leave:
        words += f"，请假 {facts.on_leave} 次（{excused} 次不计入应到）"
    lit = facts.came > 0 and facts.came * 100 >= due * marks.turnout
    return Light(lit, words if lit else f"{words}，不到 {marks.turnout}%")


def learning(facts: YearFacts, marks: Marks) -> Light:
    """学习星."""
    return _enough(facts.lessons, marks.lessons, "学习培训", "次")


def image(facts: YearFacts, marks: Marks) -> Light:
    """形象星: reported to voters, and enough of the valid ballots are 满意 or 基本满意."""
    if not facts.reports:
        return Light(False, "本年没有述职")
    if not facts.ballots:
        return Light(False, f"述职 {facts.reports} 次，没有述职测评结果")
    words = (
        f"述职 {facts.reports} 次，测评有效票 {facts.ballots} 票，"
        f"满意和基本满意 {facts.content} 票（{percent(facts.content, facts.ballots)}）"
    )
    lit = facts.content * 100 >= facts.ballots * marks.satisfied
    return Light(lit, words if lit else f"{words}，不到 {marks.satisfied}%")


def _enough(done: int, wanted: int, what: str, unit: str) -> Light:
    words = f"{what} {done} {unit}"
    return Light(done >= wanted, words if done >= wanted else f"{words}，需 {wanted} {unit}")


JUDGES: Mapping[str, Judge] = {
    "stance": stance,
    "law": law,
    "meetings": meetings,
    "speaking": speaking,
    "proposals": proposals,
    "follow_up": follow_up,
    "voters": voters,
    "activities": activities,
    "learning": learning,
    "image": image,
}
"""By the code of the `Star` row, whose name the county may edit."""


def light(code: str, facts: YearFacts, marks: Marks) -> Light:
    """Whether the star with this code is lit, and why."""
    judge = JUDGES.get(code)
    return judge(facts, marks) if judge else Light(False, "这颗星还没有判定办法")


def lit(facts: YearFacts, marks: Marks) -> int:
    """星数: how many of the ten are lit."""
    return sum(judge(facts, marks).lit for judge in JUDGES.values())
