"""The app's places in the browser admin, a module for each stage."""

from stations.admin import events, issues, places, rota

__all__ = ["events", "issues", "places", "rota"]
