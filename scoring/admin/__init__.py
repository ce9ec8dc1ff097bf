"""The app's places in the browser admin, a module for each subject."""

from scoring.admin import archive, grading, ledger, review, rules, stars

__all__ = ["archive", "grading", "ledger", "review", "rules", "stars"]
