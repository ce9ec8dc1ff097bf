"""结转册、换届交接册 on paper and as a spreadsheet."""

from congress.shared.pdf import render_pdf
from congress.shared.workbook import workbook
from proposals.queries.hand_over import Book

HEAD = (
    *("编号", "建议", "提出的代表", "谁来表态", "为什么没有办完", "承办单位", "状态", "时限"),
    *("没有了结的事", "结转"),
)


def hand_over_pdf(book: Book) -> bytes:
    """By unit in full, by deputy with the page: each unit and each proposal a bookmark."""
    return render_pdf("pdf/hand_over.html", {"book": book})


def hand_over_sheet(book: Book) -> bytes:
    """The same, a line for each proposal."""
    rows = [
        (
            *(each.line.proposal.number, each.line.proposal.title, each.line.proposal.lead.name),
            each.line.speaker.words,
            "；".join(reason.label for reason in each.line.open.reasons),
            *(each.shares, each.line.proposal.get_state_display(), each.clock),
            "；".join(each.waits),
            f"结转到 {book.year + 1} 年" if each.line.carried else "还没有结转",
        )
        for each in book.matters
    ]
    return workbook("结转册", HEAD, rows, title=f"{book.congress}{book.title}")
