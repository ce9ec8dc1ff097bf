from scoring.models.advice import (
    AdviceDecision,
    AdviceHearing,
    AdviceInvitation,
    AdviceReply,
    Resignation,
    ResignationAdvice,
)
from scoring.models.amendments import AmendedEntry, AmendmentKind, ArchiveAmendment, YearSeal
from scoring.models.appeals import Appeal, AppealPhoto, AppealWords
from scoring.models.audit import LedgerAnchor, LedgerAudit, LedgerFault
from scoring.models.commendation import CommendationList, Commended
from scoring.models.cycle import ReviewCycle, ReviewStage, StandIn
from scoring.models.gifts import Gift, StockKind, StockMove, WriteOff
from scoring.models.grade_objections import GradeObjection
from scoring.models.grading import Grade, GradeAmendment, Grading
from scoring.models.ledger import Entry, YearTotal
from scoring.models.polls import DutyReport, PollResult, ReportMeeting
from scoring.models.purses import Purse, PurseLine, PurseLineKind
from scoring.models.redemptions import Redemption, Reversal, WrongPickup
from scoring.models.review import Appraisal, Archive, OnBehalf, Star, StarLight
from scoring.models.rulebook import Ceiling, Rule, RuleBook
from scoring.models.sealing import SealFailure, SealStart
from scoring.models.talks import Talk, TalkAcknowledgement, TalkPromise, TalkRecord
from scoring.models.vetoes import Veto, VetoKind
from scoring.models.volumes import ArchiveVolume

__all__ = [
    "AdviceDecision",
    "AdviceHearing",
    "AdviceInvitation",
    "AdviceReply",
    "AmendedEntry",
    "AmendmentKind",
    "Appeal",
    "AppealPhoto",
    "AppealWords",
    "Appraisal",
    "Archive",
    "ArchiveAmendment",
    "ArchiveVolume",
    "Ceiling",
    "CommendationList",
    "Commended",
    "DutyReport",
    "Entry",
    "Gift",
    "Grade",
    "GradeAmendment",
    "GradeObjection",
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
    "Resignation",
    "ResignationAdvice",
    "Reversal",
    "ReviewCycle",
    "ReviewStage",
    "Rule",
    "RuleBook",
    "SealFailure",
    "SealStart",
    "StandIn",
    "Star",
    "StarLight",
    "StockKind",
    "StockMove",
    "Talk",
    "TalkAcknowledgement",
    "TalkPromise",
    "TalkRecord",
    "Veto",
    "VetoKind",
    "WriteOff",
    "WrongPickup",
    "YearSeal",
    "YearTotal",
]
