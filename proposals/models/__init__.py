from proposals.models.evaluation import Rating
from proposals.models.handling import Assignment, Meeting, OutcomeClass, Reply
from proposals.models.proposal import Cosignature, NumberSeries, Proposal

__all__ = [
    "Assignment",
    "Cosignature",
    "Meeting",
    "NumberSeries",
    "OutcomeClass",
    "Proposal",
    "Rating",
    "Reply",
]
