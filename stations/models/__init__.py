from stations.models.events import Activity, Attendance, Presence
from stations.models.fittings import CheckMark, Standard, StationCheck
from stations.models.issues import Issue
from stations.models.places import Posting, Station, StationKind
from stations.models.rota import ReceptionDay, RotaSlot
from stations.models.swaps import RotaFeed, RotaLeave, Swap
from stations.models.walls import WallDocument, WallVersion

__all__ = [
    "Activity",
    "Attendance",
    "CheckMark",
    "Issue",
    "Posting",
    "Presence",
    "ReceptionDay",
    "RotaFeed",
    "RotaLeave",
    "RotaSlot",
    "Standard",
    "Station",
    "StationCheck",
    "StationKind",
    "Swap",
    "WallDocument",
    "WallVersion",
]
