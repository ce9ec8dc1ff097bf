from stations.models.events import Activity, Attendance, Presence
from stations.models.issues import Issue
from stations.models.places import Posting, Station, StationKind

__all__ = ["Activity", "Attendance", "Issue", "Posting", "Presence", "Station", "StationKind"]
