from stations.models.events import Activity, Attendance, Presence
from stations.models.places import Posting, Station, StationKind

__all__ = ["Activity", "Attendance", "Posting", "Presence", "Station", "StationKind"]
