from scoring.models.appeals import Appeal, AppealPhoto, AppealWords
from scoring.models.audit import LedgerAnchor, LedgerAudit, LedgerFault
from scoring.models.cycle import ReviewCycle, ReviewStage, StandIn
from scoring.models.ledger import Entry, YearTotal
from scoring.models.review import Appraisal, Archive, Grade, Grading, OnBehalf, Star, StarLight
from scoring.models.rulebook import Ceiling, Rule, RuleBook

__all__ = [
    "Appeal",
    "AppealPhoto",
    "AppealWords",
    "Appraisal",
    "Archive",
    "Ceiling",
    "Entry",
    "Grade",
    "Grading",
    "LedgerAnchor",
    "LedgerAudit",
    "LedgerFault",
    "OnBehalf",
    "ReviewCycle",
    "ReviewStage",
    "Rule",
    "RuleBook",
    "StandIn",
    "Star",
    "StarLight",
    "YearTotal",
]
