"""The app's places in the browser admin, a module for each stage."""

from stations.admin import events, places

__all__ = ["events", "places"]
