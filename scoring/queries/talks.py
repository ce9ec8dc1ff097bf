"""提醒约谈: the list of a year, by what waits; one talk with all that belongs to it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from congress.shared.actors import Actor
from congress.shared.deeds import deed_words
from congress.shared.models import AuditEvent
from scoring.consequence_states import AdviceState, TalkState
from scoring.consequences import Due
from scoring.models import Grading, ReviewCycle, Talk, TalkPromise
from scoring.permissions.grounds import Past, is_in_band, talk_from
from scoring.permissions.talks import directs
from scoring.points import plain
from scoring.queries.commendation import delegations
from scoring.states import TOLD

DECIDE, COMING, SIGN, DONE, SPARED, CANCELLED = (
    *("decide", "coming", "sign", "done", "spared", "cancelled"),
)
GROUP_OF = {
    TalkState.APPOINTED: COMING,
    TalkState.HELD: SIGN,
    TalkState.SIGNED: DONE,
    TalkState.UNSIGNED: DONE,
    TalkState.SPARED: SPARED,
    TalkState.CANCELLED: CANCELLED,
}
TITLES = {
    DECIDE: "待决定",
    COMING: "待谈话",
    SIGN: "待签认",
    DONE: "已谈",
    SPARED: "不约谈",
    CANCELLED: "已撤销",
}
COLOURS = {DECIDE: "gold", COMING: "blue", SIGN: "gold", DONE: "green"}
OPEN = (DECIDE, COMING, SIGN)


@dataclass(frozen=True)
class Row:
    """One deputy of the list: still to be decided (`pk` is the grading's), or a talk."""

    pk: int
    group: str
    name: str
    delegation: str
    grade: str
    state: str
    colour: str
    when: str
    words: str

    @property
    def waits(self) -> bool:
        return self.group == DECIDE


@dataclass(frozen=True)
class Board:
    """提醒约谈 of one review: the rows asked for, and how many there are of each kind."""

    rows: list[Row]
    counts: dict[str, int]


def cycles(actor: Actor) -> list[ReviewCycle]:
    """Reviews whose grades stand, the newest first; for others those in which they have a part."""
    rows = ReviewCycle.objects.filter(state__in=TOLD).select_related("assembly")
    if not directs(actor):
        mine = Talk.objects.visible_to(actor).values("grading__cycle")
        rows = rows.filter(pk__in=mine.order_by())
    return list(rows.order_by("-year", "assembly"))


def board(
    actor: Actor, cycle: ReviewCycle, today: date, *, only: str = "", name: str = ""
) -> Board:
    """What was decided of the year and what waits; without `only` what is still open."""
    rows = [*_waiting(actor, cycle), *_talks(actor, cycle, today)]
    if name:
        rows = [row for row in rows if name in row.name]
    counts = Counter(row.group for row in rows)
    wanted = OPEN if not only else (only,)
    shown = rows if only == "all" else [row for row in rows if row.group in wanted]
    return Board(shown, {group: counts[group] for group in TITLES} | {"all": len(rows)})


def undecided(cycle: ReviewCycle) -> QuerySet[Grading]:
    """Whose standing grade asks for a decision, and who has none; by 姓氏笔画."""
    decided = Talk.objects.standing().filter(grading__cycle=cycle)
    return (
        Grading.objects.filter(cycle=cycle)
        .standing_from(talk_from(cycle))
        .exclude(pk__in=decided.values("grading"))
        .select_related("deputy", "grade", "cycle")
        .order_by("deputy__stroke_key", "pk")
    )


def how_many_wait() -> int:
    """Of every review that is over: decisions that the director owes."""
    newest = ReviewCycle.objects.filter(state__in=TOLD).order_by("assembly_id", "-year")
    return sum(undecided(cycle).count() for cycle in newest.distinct("assembly_id"))


def _waiting(actor: Actor, cycle: ReviewCycle) -> list[Row]:
    if not directs(actor):
        return []
    gradings = list(undecided(cycle))
    past = Past(cycle, [each.deputy_id for each in gradings])
    places = delegations(cycle)
    return [
        Row(
            pk=each.pk,
            group=DECIDE,
            name=each.deputy.name,
            delegation=places.get(each.deputy_id, ""),
            grade=each.standing_grade.name,
            state=TITLES[DECIDE],
            colour=COLOURS[DECIDE],
            when="",
            words=f"{plain(each.points)} 分，{each.stars} 颗星。{run_words(past, each.deputy_id)}",
        )
        for each in gradings
    ]


def run_words(past: Past, deputy: int) -> str:
    """What the director is to know before deciding."""
    found = past.consequence(deputy)
    if found.would_be_second:
        return f"上一年谈过；这次再谈就是连续 {found.running + 1} 年，可以启动劝辞程序。"
    return ""


def _talks(actor: Actor, cycle: ReviewCycle, today: date) -> list[Row]:
    rows = Talk.objects.visible_to(actor).filter(grading__cycle=cycle)
    rows = rows.select_related("grading__deputy", "grading__grade", "grading__cycle", "talker")
    rows = rows.prefetch_related("grading__amendments__grade", "promises")
    rows = rows.order_by("meets_at", "grading__deputy__stroke_key", "pk")
    places, band = delegations(cycle), talk_from(cycle)
    found = [_row(talk, places.get(talk.grading.deputy_id, ""), band, today) for talk in rows]
    order = list(TITLES)
    return sorted(found, key=lambda row: order.index(row.group))


def _row(talk: Talk, place: str, band: int, today: date) -> Row:
    group = GROUP_OF[TalkState(talk.state)]
    lifted = talk.grading.standing_grade.position < band
    words = talk.end_reason or talk.reason
    owed = [each for each in talk.promises.all() if not each.settled_at and each.due_on < today]
    if lifted and group == COMING:
        words = "等次已经更正，请撤销这次约谈。"
    elif owed:
        words = f"打算到期还没有登记落实的 {len(owed)} 条。"
    return Row(
        pk=talk.pk,
        group=group,
        name=talk.grading.deputy.name,
        delegation=place,
        grade=talk.grading.standing_grade.name,
        state=talk.get_state_display(),
        colour=COLOURS.get(group, ""),
        when=moment(talk.meets_at) if talk.meets_at else "",
        words=words,
    )


def moment(at: datetime) -> str:
    """2027 年 1 月 20 日 9:30, as the county's clocks show it."""
    here = timezone.localtime(at)
    return f"{here.year} 年 {here.month} 月 {here.day} 日 {here.hour}:{here.minute:02}"


def day(on: date) -> str:
    return f"{on.year} 年 {on.month} 月 {on.day} 日"


@dataclass(frozen=True)
class Step:
    """One line of what was done: what, who, when, and the words that belong to it."""

    what: str
    who: str
    when: str


@dataclass(frozen=True)
class Whole:
    """One talk, as each of its readers sees it."""

    talk: Talk
    delegation: str
    grade: str
    stands: bool
    """Whether the grade still calls for it."""
    promises: Sequence[TalkPromise]
    steps: Sequence[Step]
    pack_due: bool
    """Whether talks were held for two years running, and nothing was opened yet."""


def whole(talk: Talk) -> Whole:
    """Everything that belongs to this talk, in a fixed number of queries."""
    grading = talk.grading
    places = delegations(grading.cycle)
    past = Past(grading.cycle, [grading.deputy_id])
    due = past.consequence(grading.deputy_id).due == Due.PACK
    opened = talk.as_later.standing().exists() if due else True
    return Whole(
        talk=talk,
        delegation=places.get(grading.deputy_id, ""),
        grade=grading.standing_grade.name,
        stands=is_in_band(grading),
        promises=list(talk.promises.all()),
        steps=steps(Talk._meta.label, talk.pk),
        pack_due=due and not opened,
    )


DONE_IN_WORDS: Mapping[str, str] = {
    TalkState.SPARED: "决定不约谈",
    TalkState.APPOINTED: "决定约谈",
    TalkState.HELD: "写好谈话记录",
    TalkState.SIGNED: "看过签认",
    TalkState.UNSIGNED: "记明没有签认",
    TalkState.CANCELLED: "撤销约谈",
    AdviceState.OPEN: "启动劝辞程序",
    AdviceState.HEARING: "告知本人",
    AdviceState.ADVISED: "录入研究情况：劝辞",
    AdviceState.NOT_ADVISED: "录入研究情况：不劝辞",
    AdviceState.WITHDRAWN: "撤回劝辞程序",
    AdviceState.RESIGNED: "登记辞职",
}
"""What was done, where the trail keeps the state it led to."""


def steps(subject: str, pk: int) -> list[Step]:
    """办理痕迹 of one record in confidence; whoever asks may see the record."""
    rows = AuditEvent.objects.filter(subject=subject, subject_id=pk).order_by("-id")
    return [
        Step(DONE_IN_WORDS.get(row.now, deed_words(subject, row.now)), row.by_name, moment(row.at))
        for row in rows
    ]


def one(actor: Actor) -> QuerySet[Talk]:
    """The talks that this reader may open, with what their pages name."""
    named = (
        *("grading__deputy__user", "grading__grade", "grading__cycle__assembly"),
        *("talker", "handler", "decided_by", "record__recorded_by"),
    )
    rows = Talk.objects.visible_to(actor).select_related(*named)
    parts = ("promises", "acknowledgements__noted_by", "grading__amendments__grade")
    return rows.prefetch_related(*parts)


def grade_then(talk: Talk) -> str:
    """The grade that stood when the talk was decided: what the notice says stays so."""
    said = [
        each
        for each in talk.grading.amendments.all()
        if each.is_confirmed and each.second_at and each.second_at <= talk.decided_at
    ]
    return max(said, key=lambda each: each.pk).grade.name if said else talk.grading.grade.name
