from scoring.models.appeals import Appeal, AppealPhoto, AppealWords
from scoring.models.audit import LedgerAnchor, LedgerAudit, LedgerFault
from scoring.models.cycle import ReviewCycle, ReviewStage, StandIn
from scoring.models.ledger import Entry, YearTotal
from scoring.models.polls import DutyReport, PollResult, ReportMeeting
from scoring.models.review import Appraisal, Archive, Grade, Grading, OnBehalf, Star, StarLight
from scoring.models.rulebook import Ceiling, Rule, RuleBook

__all__ = [
    "Appeal",
    "AppealPhoto",
    "AppealWords",
    "Appraisal",
    "Archive",
    "Ceiling",
    "DutyReport",
    "Entry",
    "Grade",
    "Grading",
    "LedgerAnchor",
    "LedgerAudit",
    "LedgerFault",
    "OnBehalf",
    "PollResult",
    "ReportMeeting",
    "ReviewCycle",
    "ReviewStage",
    "Rule",
    "RuleBook",
    "StandIn",
    "Star",
    "StarLight",
    "YearTotal",
]
