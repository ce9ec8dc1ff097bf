"""The app's places in the browser admin, a module for each stage."""

from deputies.admin import duties

__all__ = ["duties"]
