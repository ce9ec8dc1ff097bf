"""Rows that break a constraint of what was said or computed of two proposals."""

from operator import attrgetter

from proposals.models import Resemblance
from tests.architecture.broken_shared import UNCHANGED
from tests.proposals import verbs_recurring


def resemblance():
    row = verbs_recurring.judged()
    return Resemblance.objects.create(one=row.earlier, other=row.later, score=0.9)


RECURRING = {
    "recurrence_once_per_pair": (
        verbs_recurring.judged,
        {"later": attrgetter("earlier"), "earlier": attrgetter("later")},
    ),
    "recurrence_never_of_itself": (verbs_recurring.judged, {"earlier": attrgetter("later")}),
    "recurrence_of_a_known_kind": (verbs_recurring.judged, {"kind": "same"}),
    "resemblance_once_per_pair": (resemblance, UNCHANGED),
    "resemblance_smaller_number_first": (resemblance, {"other": attrgetter("one")}),
}
