from deputies.models.catalogue import DutyCategory, DutyItem
from deputies.models.duties import DutyRecord, Evidence
from deputies.models.groups import DeputyGroup, Membership
from deputies.models.people import Delegation, Deputy, District, Mandate
from deputies.models.plans import AnnualPlan, PlanItem
from deputies.models.roster import HeaderName, RosterFile, RosterImport, RosterRow
from deputies.models.seats import Announcement, SeatChange, Suspension

__all__ = [
    "Announcement",
    "AnnualPlan",
    "Delegation",
    "Deputy",
    "DeputyGroup",
    "District",
    "DutyCategory",
    "DutyItem",
    "DutyRecord",
    "Evidence",
    "HeaderName",
    "Mandate",
    "Membership",
    "PlanItem",
    "RosterFile",
    "RosterImport",
    "RosterRow",
    "SeatChange",
    "Suspension",
]
