"""The app's places in the browser admin, a module for each subject."""

from scoring.admin import ledger, review, rules

__all__ = ["ledger", "review", "rules"]
