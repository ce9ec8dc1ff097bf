"""The app's places in the browser admin, a module for each stage."""

from stations.admin import checkins, events, fittings, issues, places, rota, visits

__all__ = ["checkins", "events", "fittings", "issues", "places", "rota", "visits"]
