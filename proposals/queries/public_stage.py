"""走到第几步、亮什么灯: what the public lists say of a proposal, to the database and in words."""

from datetime import date
from functools import cache
from typing import Any

from django.db.models import (
    Case,
    CharField,
    DateField,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)

from proposals.models import Meeting, Rehandling, Reply, Waiver
from proposals.queries.clocks import LIGHTS, Clock, Light
from proposals.queries.progress import Stop
from proposals.states import BEFORE_HANDOVER, Part, Stage, State

STOPS = ("提出", "审查", "交办", *(stage.label for stage in Stage), "答复", "评价", "公开")
FIRST_PUBLIC = 3
"""Before its number a proposal is between its deputy and the office."""
STILL_GIVEN = {"assignment__state__in": [part for part in Part if part != Part.REMOVED]}
ANEW = "重新办理"
UNLIT = {State.ACCEPTED: "等交办", State.REHEARSED: "等交办", State.MERGED: "并案办理"}
LIT = {kind: word for kind, word in reversed(LIGHTS) if kind != "paused"}
"""灯 by which the public filters: of a clock that stands still it reads no more than that."""


def stage_of(today: date) -> Case:
    """走到第几步: the first stop not yet done, as `progress.stops` says it."""
    handled = {"assignment__proposal": OuterRef("handled"), **STILL_GIVEN}
    led = handled | {"assignment__position": 0}
    rated = Reply.objects.window_open(today).filter(version=1, **handled)
    shown = Reply.objects.in_public().window_open(today).filter(**handled)
    rating = Q(state=State.PUBLISHED) & Exists(shown) | ~Q(state=State.PUBLISHED) & Exists(rated)
    missing = [
        ~Exists(Meeting.objects.held().filter(stage=stage, confirmed_at__isnull=False, **led))
        & ~Exists(Waiver.objects.filter(stage=stage, **led))
        & ~Exists(Reply.objects.filter(**led))
        for stage in Stage
    ]
    merged = Q(state=State.MERGED)
    in_hand, seen = Q(merged_into__state=State.ASSIGNED), Q(merged_into__withheld_reason="")
    running = Q(state=State.ASSIGNED) | merged
    return Case(
        When(state__in=BEFORE_HANDOVER, then=Value(FIRST_PUBLIC)),
        When(merged & ~(in_hand & seen), then=Value(FIRST_PUBLIC)),
        *(
            When(running & still, then=Value(place))
            for place, still in enumerate(missing, FIRST_PUBLIC + 1)
        ),
        When(running, then=Value(FIRST_PUBLIC + 1 + len(Stage))),
        When(rating, then=Value(len(STOPS) - 1)),
        default=Value(len(STOPS)),
        output_field=IntegerField(),
    )


def lamp_of(today: date, beyond: date) -> Case:
    """灯 in the database's words: the same days as `Clock.light`."""
    return Case(
        When(~Q(state=State.ASSIGNED) & Q(due=None), then=Value("")),
        When(due=None, then=Value("paused")),
        When(due__lt=today, then=Value("late")),
        When(due__lt=beyond, then=Value("soon")),
        default=Value("ok"),
        output_field=CharField(),
    )


def of_order(field: str) -> Case:
    """重新办理 that runs, of an answer that everybody may read (0042): its newest day.

    Its last day is that of the one that presses, and none while a further answer waits unread.
    """
    told = Rehandling.objects.open().told_openly().order_by("due_on", "pk")
    if field != "due_on":
        told = Rehandling.objects.running_openly().order_by(f"-{field}", "-pk")
    found = told.filter(assignment__proposal=OuterRef("handled")).values(field)[:1]
    return Case(When(state=State.PUBLISHED, then=Subquery(found)), output_field=DateField())


def light_of(line: dict[str, Any], clock: Clock) -> Light:
    if line["lamp"] == "paused":
        return Light("paused", "期限暂不计算")
    if not line["lamp"]:
        return Light("off", _unlit(line["state"]))
    found = clock.light(line["due"])
    return found._replace(words=f"{ANEW}，{found.words}") if line["ordered_on"] else found


def _unlit(state: str) -> str:
    """Where no time runs there is no light, only a word."""
    return UNLIT.get(State(state), "已答复")


def step_of(stage: int, out: bool, anew: bool) -> str:
    if anew:
        return ANEW
    if out and stage == len(STOPS):
        return "已公开"
    return f"第 {stage} 步 {STOPS[stage - 1]}"


@cache
def track(stage: int, out: bool) -> tuple[Stop, ...]:
    states = ["done"] * (stage - 1) + ["now"] + [""] * (len(STOPS) - stage)
    if out:
        states[-1] = "done"
    return tuple(Stop(*stop, "") for stop in zip(STOPS, states, strict=True))
