"""Rows that break a constraint of the local rules' lists: a good one, what to change in it."""

from congress.shared import clock
from proposals.models import OutcomeClass, RefusalGround

OTHER_CODE, OTHER_PLACE = {"code": "Z"}, {"position": 99}
BACKWARDS = {"from_on": clock.today, "to_on": clock.today, **OTHER_CODE, **OTHER_PLACE}

REFERENCE = {
    "outcome_class_meaning": (OutcomeClass.objects.first, {"meaning": ""}),
    "outcome_class_ends_after_it_begins": (OutcomeClass.objects.first, BACKWARDS),
    "outcome_class_code_once_a_day": (OutcomeClass.objects.first, OTHER_PLACE),
    "outcome_class_position_once_a_day": (OutcomeClass.objects.first, OTHER_CODE),
    "refusal_ground_ends_after_it_begins": (RefusalGround.objects.first, BACKWARDS),
    "refusal_ground_code_once_a_day": (RefusalGround.objects.first, OTHER_PLACE),
    "refusal_ground_position_once_a_day": (RefusalGround.objects.first, OTHER_CODE),
}
