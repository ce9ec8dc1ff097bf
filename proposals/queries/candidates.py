"""重点候选: every proposal that the list may take, what it weighs, and why to the last point."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from proposals.models import (
    KeySupervision,
    Lineage,
    Objection,
    Proposal,
    Recurrence,
    Watch,
    WorkTheme,
)
from proposals.models.proposal_rows import ProposalQuerySet
from proposals.permissions.supervision import ON_THE_LIST
from proposals.queries.clocks import Clock, Light
from proposals.recurring import ONE_MATTER
from proposals.states import BEFORE_HANDOVER, ObjectionState, State
from proposals.supervision_rules import (
    FOLLOWER_WEIGHT,
    FOLLOWERS_COUNTED,
    LATE_WEIGHT,
    OBJECTION_WEIGHT,
    REPEAT_WEIGHT,
    SIGNER_WEIGHT,
    SIGNERS_COUNTED,
    THEME_WEIGHT,
    UNIT_WEIGHT,
)

PARTS = ("附议", "承办单位", "中心工作", "反复提", "群众关注", "超期", "异议")
"""What the sum is made of, in the order of the columns."""
SORTS = {"weight": "分高的在前", "due": "期限近的在前", "number": "按编号"}
ONLY = {"theme": "合中心工作", "repeat": "反复提", "late": "超期或有异议"}


class Weight(NamedTuple):
    """One part of the sum: its points, and what they are for."""

    name: str
    points: int
    why: str


class Candidate(NamedTuple):
    proposal: Proposal
    weights: tuple[Weight, ...]
    light: Light | None

    @property
    def total(self) -> int:
        return sum(each.points for each in self.weights)

    @property
    def units(self) -> str:
        return "、".join(each.unit.short_name for each in self.proposal.parts)

    def has(self, *names: str) -> bool:
        return any(each.points for each in self.weights if each.name in names)


FOUND_BY = {"theme": ("中心工作",), "repeat": ("反复提",), "late": ("超期", "异议")}


def candidates(
    today: date, *, year: int | None = None, only: str = "", sort: str = "", words: str = ""
) -> list[Candidate]:
    """Of the county's own congress, accepted this year or still open, and not key that year yet."""
    open_now = Q(state__in=(*BEFORE_HANDOVER, State.ASSIGNED))
    rows = Proposal.objects.decided_at_the_desk().filter(
        Q(accepted_on__year=today.year) | open_now, state__in=ON_THE_LIST, merged_into=None
    )
    keyed = KeySupervision.objects.decided().filter(year=year or today.year)
    rows = rows.exclude(pk__in=keyed.values("proposal"))
    if words:
        rows = rows.filter(Q(number=words) | Q(title__icontains=words))
    found = [each for each in weighed(rows, today) if not only or each.has(*FOUND_BY[only])]
    return sorted(found, key=_order(sort))


def _order(sort: str) -> Callable[[Candidate], tuple[int, date, str]]:
    """What is alike by the chosen one follows by its day and its number."""

    def place(each: Candidate) -> tuple[int, date, str]:
        due, number = each.proposal.due_on or date.max, each.proposal.number
        if sort == "number":
            return (0, date.min, number)
        return (0 if sort == "due" else -each.total, due, number)

    return place


def weighed(rows: ProposalQuerySet, today: date) -> list[Candidate]:
    """Each with its sum: a fixed number of queries for any number of them."""
    found = list(rows.with_progress())
    facts = _Facts(found, today)
    return [Candidate(each, facts.weights(each), facts.clock.light_on(each)) for each in found]


class _Facts:
    """What the parts of the sum are made of, each kind fetched once."""

    def __init__(self, rows: list[Proposal], today: date) -> None:
        self.clock, self.today = Clock.on(today), today
        numbers = [each.pk for each in rows]
        self.themes = [
            (theme.name, [word for word in theme.words.replace("，", "、").split("、") if word])
            for theme in WorkTheme.objects.filter(from_on__lte=today).filter(
                Q(until_on=None) | Q(until_on__gte=today)
            )
        ]
        self.earlier = _earlier(numbers)
        followed = Watch.objects.confirmed().filter(proposal__in=numbers).order_by()
        self.followers = Counter(followed.values_list("proposal", flat=True))
        disputed = Objection.objects.filter(
            state=ObjectionState.OPEN, assignment__proposal__in=numbers
        )
        self.disputed = set(disputed.values_list("assignment__proposal", flat=True))
        self.rules = {
            rule: rule.on(today)
            for rule in (
                *(SIGNER_WEIGHT, SIGNERS_COUNTED, UNIT_WEIGHT, THEME_WEIGHT, REPEAT_WEIGHT),
                *(FOLLOWER_WEIGHT, FOLLOWERS_COUNTED, LATE_WEIGHT, OBJECTION_WEIGHT),
            )
        }

    def weights(self, row: Proposal) -> tuple[Weight, ...]:
        """In the order of `PARTS`; a zero says of what there is none."""
        rules = self.rules
        signed, units = len(row.signatures), len(row.parts)
        followers = self.followers[row.pk]
        counted, seen = (
            min(signed, rules[SIGNERS_COUNTED]),
            min(followers, rules[FOLLOWERS_COUNTED]),
        )
        theme, earlier = self._theme(row), self.earlier.get(row.pk, "")
        light = self.clock.light_on(row)
        late = light is not None and light.kind == "late"
        more = max(units - 1, 0)
        said = (
            (counted * rules[SIGNER_WEIGHT], f"附议 {signed} 人，算 {counted} 人"),
            (more * rules[UNIT_WEIGHT], f"承办单位 {units} 个"),
            (rules[THEME_WEIGHT] if theme else 0, theme or "没有对上中心工作"),
            (rules[REPEAT_WEIGHT] if earlier else 0, earlier or "以前没有提过"),
            (seen * rules[FOLLOWER_WEIGHT], f"订阅进展的群众 {followers} 人，算 {seen} 人"),
            (rules[LATE_WEIGHT] if late else 0, light.words if late and light else "没有超期"),
            (
                rules[OBJECTION_WEIGHT] if row.pk in self.disputed else 0,
                "单位有异议，还没有答复" if row.pk in self.disputed else "没有待答复的异议",
            ),
        )
        return tuple(
            Weight(name, points, why) for name, (points, why) in zip(PARTS, said, strict=True)
        )

    def _theme(self, row: Proposal) -> str:
        """The first theme whose words stand in it, with the word."""
        text = "".join(row.text)
        hits = ((name, word) for name, words in self.themes for word in words if word in text)
        return next((f"“{name}”：{word}" for name, word in hits), "")


def _earlier(numbers: Iterable[int]) -> Mapping[int, str]:
    """By the row of a proposal, which earlier ones it goes on from, or was confirmed to repeat."""
    wanted = list(numbers)
    found: dict[int, list[str]] = defaultdict(list)
    told = Lineage.objects.filter(proposal__in=wanted).select_related("earlier")
    for each in told:
        found[each.proposal_id].append(each.earlier.number or each.earlier.title)
    same = Recurrence.objects.filter(kind__in=ONE_MATTER, later__in=wanted)
    for row in same.select_related("earlier"):
        found[row.later_id].append(row.earlier.number or row.earlier.title)
    return {pk: f"接 {'、'.join(dict.fromkeys(names))}" for pk, names in found.items()}
