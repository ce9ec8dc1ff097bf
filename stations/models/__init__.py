from stations.models.calls import ActivityPhoto, ActivityTag, Invitee
from stations.models.campaigns import Campaign, Squad, SquadMember, Tag, Topic, TopicKind
from stations.models.checkins import CheckIn, CheckInWay, WrongCode
from stations.models.councils import Council, CouncilDeputy, CouncilKind, CouncilPhoto, Matter
from stations.models.events import Activity, Attendance, Presence
from stations.models.findings import Finding, FindingPhoto, FindingPhotoOf
from stations.models.fittings import CheckMark, Standard, StationCheck
from stations.models.imports import StationImport
from stations.models.issues import Issue, Outcome, Route, Telling, Told
from stations.models.places import Posting, Station, StationKind
from stations.models.rota import ReceptionDay, RotaSlot
from stations.models.screens import ScreenToken
from stations.models.swaps import RotaFeed, RotaLeave, Swap
from stations.models.visits import Consent, Visit, Way
from stations.models.walls import WallDocument, WallVersion

__all__ = [
    "Activity",
    "ActivityPhoto",
    "ActivityTag",
    "Attendance",
    "Campaign",
    "CheckIn",
    "CheckInWay",
    "CheckMark",
    "Consent",
    "Council",
    "CouncilDeputy",
    "CouncilKind",
    "CouncilPhoto",
    "Finding",
    "FindingPhoto",
    "FindingPhotoOf",
    "Invitee",
    "Issue",
    "Matter",
    "Outcome",
    "Posting",
    "Presence",
    "ReceptionDay",
    "RotaFeed",
    "RotaLeave",
    "RotaSlot",
    "Route",
    "ScreenToken",
    "Squad",
    "SquadMember",
    "Standard",
    "Station",
    "StationCheck",
    "StationImport",
    "StationKind",
    "Swap",
    "Tag",
    "Telling",
    "Told",
    "Topic",
    "TopicKind",
    "Visit",
    "WallDocument",
    "WallVersion",
    "Way",
    "WrongCode",
]
