from congress.shared.models.calendar import Setting, Workday
from congress.shared.models.origins import AccountOrigin
from congress.shared.models.people import Post, User
from congress.shared.models.places import Area, Assembly, Level, Organisation, Session, Term
from congress.shared.models.trail import AuditEvent, Notice, Seal

__all__ = [
    "AccountOrigin",
    "Area",
    "Assembly",
    "AuditEvent",
    "Level",
    "Notice",
    "Organisation",
    "Post",
    "Seal",
    "Session",
    "Setting",
    "Term",
    "User",
    "Workday",
]
