"""The app's places in the browser admin, a module for each stage."""

from deputies.admin import duties, messages, plans, roster, seats

__all__ = ["duties", "messages", "plans", "roster", "seats"]
