"""履职档案: the tree of what a file says, and the paper made of it."""

from scoring.documents.paper import duty_file_pdf, page
from scoring.documents.tree import (
    STAGES,
    ActivityLine,
    CategoryLine,
    DutyFile,
    Figure,
    Hand,
    LedgerLine,
    MatterLine,
    OpinionLine,
    Person,
    PollLine,
    ProposalLine,
    ReceptionLine,
    StarLine,
    Verdict,
)

__all__ = [
    "STAGES",
    "ActivityLine",
    "CategoryLine",
    "DutyFile",
    "Figure",
    "Hand",
    "LedgerLine",
    "MatterLine",
    "OpinionLine",
    "Person",
    "PollLine",
    "ProposalLine",
    "ReceptionLine",
    "StarLine",
    "Verdict",
    "duty_file_pdf",
    "page",
]
