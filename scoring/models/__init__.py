from scoring.models.appeals import Appeal, AppealPhoto, AppealWords
from scoring.models.audit import LedgerAnchor, LedgerAudit, LedgerFault
from scoring.models.cycle import ReviewCycle, ReviewStage, StandIn
from scoring.models.gifts import Gift, StockKind, StockMove, WriteOff
from scoring.models.ledger import Entry, YearTotal
from scoring.models.polls import DutyReport, PollResult, ReportMeeting
from scoring.models.purses import Purse, PurseLine, PurseLineKind
from scoring.models.redemptions import Redemption, Reversal, WrongPickup
from scoring.models.review import Appraisal, Archive, Grade, Grading, OnBehalf, Star, StarLight
from scoring.models.rulebook import Ceiling, Rule, RuleBook
from scoring.models.sealing import SealFailure

__all__ = [
    "Appeal",
    "AppealPhoto",
    "AppealWords",
    "Appraisal",
    "Archive",
    "Ceiling",
    "DutyReport",
    "Entry",
    "Gift",
    "Grade",
    "Grading",
    "LedgerAnchor",
    "LedgerAudit",
    "LedgerFault",
    "OnBehalf",
    "PollResult",
    "Purse",
    "PurseLine",
    "PurseLineKind",
    "Redemption",
    "ReportMeeting",
    "Reversal",
    "ReviewCycle",
    "ReviewStage",
    "Rule",
    "RuleBook",
    "SealFailure",
    "StandIn",
    "Star",
    "StarLight",
    "StockKind",
    "StockMove",
    "WriteOff",
    "WrongPickup",
    "YearTotal",
]
