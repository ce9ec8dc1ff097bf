from proposals.models.asks import Ask
from proposals.models.assigning import Assignment
from proposals.models.carrying import CarriedProposal, CarryOver
from proposals.models.challenges import Challenge, Comparison
from proposals.models.clocks import Extension, Pause
from proposals.models.countersigning import Countersignature
from proposals.models.drafts import Attachment, Draft
from proposals.models.evaluation import Rating, RatingOpening
from proposals.models.exhibits import DraftExhibit, Exhibit
from proposals.models.fostering import Foster
from proposals.models.inspections import Inspection, InspectionNote
from proposals.models.invitations import Invitation
from proposals.models.lineage import Lineage
from proposals.models.lookback import LookBack
from proposals.models.meetings import Meeting, Waiver
from proposals.models.numbers import NumberSeries
from proposals.models.objections import Objection
from proposals.models.openings import Opening
from proposals.models.origins import RatingOrigin
from proposals.models.promises import DraftPromise, Promise, StepReport
from proposals.models.proposal import Proposal
from proposals.models.recurrence import LikenessRun, Recurrence, Resemblance
from proposals.models.reference import OutcomeClass, RefusalGround
from proposals.models.rehandling import Convening, Rehandling
from proposals.models.releases import RatingRelease, ReleasedCount, ReleasedReply
from proposals.models.reminders import Reminder
from proposals.models.replies import Answer, Opinion, RatingWindow, Reply
from proposals.models.reply_drafts import DraftAnswer, ReplyDraft, ReplyTemplate
from proposals.models.sheets import Sheet
from proposals.models.signing import Cosignature
from proposals.models.sources import Source
from proposals.models.supervision import KeyAnswer, KeySupervision, Question, SiteNote, WorkTheme
from proposals.models.texts import FormerText
from proposals.models.upgrades import FulfilmentRating, Upgrade
from proposals.models.voiding import RatingVoiding
from proposals.models.volumes import Volume
from proposals.models.watching import Watch, WatchAsk, Watcher

__all__ = [
    "Answer",
    "Ask",
    "Assignment",
    "Attachment",
    "CarriedProposal",
    "CarryOver",
    "Challenge",
    "Comparison",
    "Convening",
    "Cosignature",
    "Countersignature",
    "Draft",
    "DraftAnswer",
    "DraftExhibit",
    "DraftPromise",
    "Exhibit",
    "Extension",
    "FormerText",
    "Foster",
    "FulfilmentRating",
    "Inspection",
    "InspectionNote",
    "Invitation",
    "KeyAnswer",
    "KeySupervision",
    "LikenessRun",
    "Lineage",
    "LookBack",
    "Meeting",
    "NumberSeries",
    "Objection",
    "Opening",
    "Opinion",
    "OutcomeClass",
    "Pause",
    "Promise",
    "Proposal",
    "Question",
    "Rating",
    "RatingOpening",
    "RatingOrigin",
    "RatingRelease",
    "RatingVoiding",
    "RatingWindow",
    "Recurrence",
    "RefusalGround",
    "Rehandling",
    "ReleasedCount",
    "ReleasedReply",
    "Reminder",
    "Reply",
    "ReplyDraft",
    "ReplyTemplate",
    "Resemblance",
    "Sheet",
    "SiteNote",
    "Source",
    "StepReport",
    "Upgrade",
    "Volume",
    "Waiver",
    "Watch",
    "WatchAsk",
    "Watcher",
    "WorkTheme",
]
