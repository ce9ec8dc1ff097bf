"""The app's places in the browser admin, a module for each subject."""

from scoring.admin import grading, ledger, review, rules, stars

__all__ = ["grading", "ledger", "review", "rules", "stars"]
