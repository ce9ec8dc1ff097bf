from scoring.models.appeals import Appeal, AppealPhoto, AppealWords
from scoring.models.audit import LedgerAnchor, LedgerAudit, LedgerFault
from scoring.models.ledger import Entry, YearTotal
from scoring.models.review import Appraisal, Archive, Grade, Grading, ReviewCycle, Star, StarLight
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
    "ReviewCycle",
    "Rule",
    "RuleBook",
    "Star",
    "StarLight",
    "YearTotal",
]
