"""The app's places in the browser admin, a module for each stage."""

from deputies.admin import duties, roster

__all__ = ["duties", "roster"]
