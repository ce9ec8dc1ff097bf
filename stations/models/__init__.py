from stations.models.events import Activity, Attendance, Presence
from stations.models.issues import Issue
from stations.models.places import Posting, Station, StationKind
from stations.models.rota import ReceptionDay, RotaSlot
from stations.models.swaps import RotaFeed, RotaLeave, Swap

__all__ = [
    "Activity",
    "Attendance",
    "Issue",
    "Posting",
    "Presence",
    "ReceptionDay",
    "RotaFeed",
    "RotaLeave",
    "RotaSlot",
    "Station",
    "StationKind",
    "Swap",
]
