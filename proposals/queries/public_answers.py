"""答复到哪一步, as a filter of the public list and as its numbers."""

from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Q

from proposals.models import Assignment, Reply
from proposals.models.reference import Meaning
from proposals.queries.counting import counted
from proposals.states import ANSWERED, Part, State

LATE = Assignment.objects.answering().filter(
    Q(proposal=OuterRef("pk")) | Q(proposal=OuterRef("merged_into")), done_on__gt=F("due_on")
)
"""主办、分办 that answered after their own day; a merged proposal is answered by its target's."""
KNOWN = Q(merged_into=None) | Q(merged_into__withheld_reason="")
"""Whether that was in time is public: not of what was answered with one that is withheld."""


class PublicFilter(NamedTuple):
    """答复到哪一步 as a filter: its word, and the rows it keeps."""

    label: str
    rows: Q


def _published_as(meaning: Meaning) -> Q:
    """What the list shows of it once published: the first unit's class as it counts now (0039)."""
    replies = counted(Reply.objects.in_public()).filter(
        Q(assignment__proposal=OuterRef("pk")) | Q(assignment__proposal=OuterRef("merged_into")),
        assignment__position=0,
        assignment__proposal__state=State.PUBLISHED,
        assignment__proposal__withheld_reason="",
        result_now__2=meaning,
    )
    return Q(Exists(replies.exclude(assignment__state=Part.REMOVED)), state=State.PUBLISHED)


ANSWERS = {
    "open": PublicFilter("在办", ~Q(state__in=ANSWERED)),
    "answered": PublicFilter("已答复", Q(state__in=ANSWERED)),
    "on_time": PublicFilter("按期答复", Q(state__in=ANSWERED) & KNOWN & ~Q(Exists(LATE))),
    "published": PublicFilter("已公开", Q(state=State.PUBLISHED)),
    "solved": PublicFilter("公开答复：已解决", _published_as(Meaning.SOLVED)),
    "planned": PublicFilter("公开答复：正在解决", _published_as(Meaning.PLANNED)),
    "later": PublicFilter("公开答复：以后解决", _published_as(Meaning.LATER)),
}
