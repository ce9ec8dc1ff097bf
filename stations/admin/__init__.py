"""The app's places in the browser admin, a module for each stage."""

from stations.admin import events, fittings, issues, places, rota, visits

__all__ = ["events", "fittings", "issues", "places", "rota", "visits"]
