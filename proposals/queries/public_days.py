"""最近: of the public lists, what happened last and which days count now, to the database.

Of what is published these are the days of the answer that is before everybody, as
`progress.stops` says them of a row, and of what became of it (0039).
"""

from datetime import date
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce, Greatest

from proposals.follow_states import ChallengeState
from proposals.models import Challenge, Rehandling, Reply, Upgrade
from proposals.queries.clocks import day
from proposals.queries.public_stage import STILL_GIVEN
from proposals.states import Stage, State

_OUT = Q(state=State.PUBLISHED)
_OPENED = Reply.objects.filter(
    assignment__proposal=OuterRef("handled"), opened_on__isnull=False, **STILL_GIVEN
)
_LATER = {
    "reply__assignment__proposal": OuterRef("handled"),
    "reply__opened_on__isnull": False,
    **{f"reply__{field}": these for field, these in STILL_GIVEN.items()},
}
_AGAIN = Challenge.objects.raised_again()


def _newest(rows: "QuerySet[Any]", field: str) -> Subquery:
    return Subquery(rows.order_by(f"-{field}").values(field)[:1])


ANSWERED_ON = Case(
    When(merged_into__withheld_reason__gt="", then=None),
    When(_OUT, then=Coalesce(_newest(_OPENED, "replied_on"), F("answered_on"))),
    default=F("answered_on"),
)
"""答复日期: of the newest version that is public; of what a withheld one answers no day at all."""
_ANEW = Rehandling.objects.answered_openly().filter(
    assignment__proposal=OuterRef("handled"), **STILL_GIVEN
)
TIMED_ON = Case(
    When(merged_into__withheld_reason__gt="", then=None),
    When(_OUT, then=Coalesce(Subquery(_ANEW.values("answer__replied_on")[:1]), F("answered_on"))),
    default=F("answered_on"),
)
"""答复日期 that belongs to `TIMED_DUE`: a version that nobody ordered had no day of its own."""
TIMED_DUE = Case(
    When(_OUT, then=Coalesce(Subquery(_ANEW.values("due_on")[:1]), F("due_on"))),
    default=F("due_on"),
)
"""答复期限 that this answer had: of a further one the order's, once it is before everybody."""
PUBLISHED_ON = Case(When(_OUT, then=Greatest("published_on", _newest(_OPENED, "opened_on"))))
"""公开日期 of it."""
RAISED_AGAIN = Exists(
    Reply.objects.in_public().filter(
        Exists(_AGAIN.filter(reply=OuterRef("pk"))),
        assignment__proposal=OuterRef("handled"),
        **STILL_GIVEN,
    )
)
"""又被提出, as people have confirmed it: of what is published, what its page marks."""
SINCE = {
    "upgraded_on": _newest(Upgrade.objects.confirmed().filter(**_LATER), "decided_on"),
    "raised_on": _newest(_AGAIN.filter(**_LATER), "confirmed_on"),
    "revoked_on": _newest(
        Challenge.objects.filter(state=ChallengeState.REVOKED, **_LATER), "decided_on"
    ),
}
"""When the class that counts came about, and when the answer was raised again."""
WORDS = {
    "opened": "公开答复",
    "upgraded_on": "转类",
    "raised_on": "又被提出",
    "revoked_on": "撤销已解决",
    "ordered_on": "要求重新办理",
}


def last(line: dict[str, Any], today: date) -> str:
    """What happened last, with its day."""
    if line["opened"]:
        found = [(line[each], words) for each, words in WORDS.items() if line[each]]
        when, words = max(reversed(found), key=lambda each: each[0])
        return f"{day(when, today)}{words}"
    if line["answered"]:
        return f"{day(line['answered'], today)}答复"
    if line["met_on"]:
        return f"{day(line['met_on'], today)}{Stage(line['met_at']).label}"
    if line["hand__assigned_on"]:
        return f"{day(line['hand__assigned_on'], today)}交办"
    return along(line) or "已受理，等着交给承办单位"


def along(line: dict[str, Any]) -> str:
    """并案: with which other, unless that one is withheld from the public."""
    if not line["merged_into__number"]:
        return ""
    hidden = line["merged_into__withheld_reason"]
    return "并案办理" if hidden else f"与 {line['merged_into__number']} 并案办理"
