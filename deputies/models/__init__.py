from deputies.models.catalogue import DutyCategory, DutyItem
from deputies.models.duties import DutyRecord, Evidence
from deputies.models.groups import DeputyGroup, Membership
from deputies.models.people import Delegation, Deputy, District, Mandate
from deputies.models.plans import AnnualPlan, PlanItem
from deputies.models.roster import RosterImport, RosterRow
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
    "Mandate",
    "Membership",
    "PlanItem",
    "RosterImport",
    "RosterRow",
    "SeatChange",
    "Suspension",
]
