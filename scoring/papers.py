"""述职测评 on paper: the sheet that is filled in by hand where the ballots are counted."""

from collections.abc import Sequence

from congress.shared.pdf import render_pdf
from scoring.models import ReportMeeting
from scoring.polls import NAMES

FEWEST = 12


def count_sheet_pdf(meeting: ReportMeeting, names: Sequence[str]) -> bytes:
    """计票表: a line for each deputy, six boxes, and the places where three people sign."""
    context = {
        "meeting": meeting,
        "names": names,
        "heads": NAMES,
        "blank": range(max(0, FEWEST - len(names))),
    }
    return render_pdf("pdf/count_sheet.html", context)
