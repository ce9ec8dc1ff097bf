"""结果类别 as it counts now, to the database: signed, upgraded since, or 已解决 revoked (0039).

The one truth of lists, numbers and exports; `queries.follow.counts_now` says the same of a row.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    Exists,
    F,
    Func,
    JSONField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Coalesce

from proposals.follow_states import ChallengeState
from proposals.models import Answer, Challenge, OutcomeClass, Reply, Upgrade
from proposals.models.reference import Result

TAKEN_BACK = Result("", "已解决已撤销", "")
"""已解决 was revoked, and no other class has come in its place."""

_REVOKED = Challenge.objects.filter(reply=OuterRef("pk"), state=ChallengeState.REVOKED)
_OF_ASK = Upgrade.objects.confirmed().filter(reply=OuterRef("reply"), ask=OuterRef("ask"))
_OF_WHOLE = Upgrade.objects.confirmed().filter(reply=OuterRef("pk"), ask=None)
_ANSWERS = Answer.objects.filter(reply=OuterRef("pk")).annotate(
    counts=Coalesce(
        Subquery(_OF_ASK.order_by("-pk").values("becomes")[:1]),
        F("outcome"),
        output_field=BigIntegerField(),
    ),
    place=Coalesce(
        Subquery(_OF_ASK.order_by("-pk").values("becomes__position")[:1]), F("outcome__position")
    ),
)
_CLASS = Coalesce(
    Subquery(_ANSWERS.order_by("-place").values("counts")[:1]),
    Subquery(_OF_WHOLE.order_by("-pk").values("becomes")[:1]),
    F("outcome"),
    output_field=BigIntegerField(),
)
"""`whole_class_of`: the lowest of its asks, each by its newest confirmed upgrade."""
_CALLED = OutcomeClass.objects.filter(pk=OuterRef("counted")).values(
    called=Func("code", "name", "meaning", function="jsonb_build_array", output_field=JSONField())
)

_COUNTED = {
    "counted": _CLASS,
    "result_now": Case(
        When(Exists(_REVOKED), then=Value(list(TAKEN_BACK), JSONField())),
        When(counted=F("outcome"), then=KeyTransform("result", "stood")),
        default=Subquery(_CALLED),
        output_field=JSONField(),
    ),
}


def counted(replies: "QuerySet[Reply]") -> "QuerySet[Any, Any]":
    """With `result_now`, the class that counts and what it is called."""
    return replies.annotate(**_COUNTED)


def called(result_now: Sequence[str] | None) -> Result:
    """Of one `result_now`; nothing where there is no answer to read."""
    return Result(*result_now) if result_now else Result("", "", "")


def became_of(replies: Iterable[Reply]) -> Callable[[Reply], str]:
    """`queries.follow.became` of all of these, in one statement; in none where there are none."""
    now = now_of(replies)
    return lambda reply: since(reply.result, now[reply.pk])


def now_of(replies: Iterable[Reply]) -> Mapping[int, Result]:
    """The class that counts now of each of these by its row, in one statement at most."""
    about = {each.pk for each in replies}
    found = counted(Reply.objects.filter(pk__in=about)).values_list("pk", "result_now")
    return {pk: called(result) for pk, result in found} if about else {}


def since(signed: Result, now: Result) -> str:
    """What the letter says and what has come of it; nothing where the letter's class counts."""
    if now == signed:
        return ""
    then = f"后转为 {now.code} 类（{now.name}）" if now.code else "后来撤销"
    return f"答复时为 {signed.code} 类（{signed.name}），{then}"
