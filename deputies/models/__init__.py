from deputies.models.catalogue import DutyCategory, DutyItem, Placement
from deputies.models.duties import DutyRecord, Evidence
from deputies.models.groups import DeputyGroup, Membership
from deputies.models.liaison import CommitteePost, ContactRecord, Liaison
from deputies.models.messages import Message, Pledge, RetiredCode, WrongReceipt
from deputies.models.people import Delegation, Deputy, District, Mandate
from deputies.models.plans import AnnualPlan, PlanItem
from deputies.models.regroupings import Move, Regrouping
from deputies.models.roster import HeaderName, RosterFile, RosterImport, RosterRow
from deputies.models.seats import Announcement, SeatChange, Suspension
from deputies.models.specialists import SpecialistGroup, SpecialistMembership
from deputies.models.studies import Study, StudyFinding, StudyInvitation

__all__ = [
    "Announcement",
    "AnnualPlan",
    "CommitteePost",
    "ContactRecord",
    "Delegation",
    "Deputy",
    "DeputyGroup",
    "District",
    "DutyCategory",
    "DutyItem",
    "DutyRecord",
    "Evidence",
    "HeaderName",
    "Liaison",
    "Mandate",
    "Membership",
    "Message",
    "Move",
    "Placement",
    "PlanItem",
    "Pledge",
    "Regrouping",
    "RetiredCode",
    "RosterFile",
    "RosterImport",
    "RosterRow",
    "SeatChange",
    "SpecialistGroup",
    "SpecialistMembership",
    "Study",
    "StudyFinding",
    "StudyInvitation",
    "Suspension",
    "WrongReceipt",
]
