"""积分月报: one sheet of A4 with the month's points and the head of the chain, to be signed.

Made anew whenever it is asked for, from the anchor and from lines that cannot change: equal bytes.
"""

from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from congress.shared.pdf import picture, render_pdf
from congress.shared.qr import qr_svg
from scoring.models import LedgerAnchor
from scoring.points import ZERO
from scoring.queries.audits import in_words
from scoring.queries.months import CategoryMonth, by_category

GROUP = 4


@dataclass(frozen=True)
class SheetRow:
    """One category as it is printed."""

    name: str
    lines: str
    points: str
    reversals: str
    taken: str
    net: str


def in_fours(digest: str) -> list[str]:
    """The digest in groups of four, so that a person can compare it."""
    return [digest[at : at + GROUP] for at in range(0, len(digest), GROUP)]


def sheet_rows(anchor: LedgerAnchor) -> list[SheetRow]:
    """Category by category, and what they come to."""
    rows = by_category(anchor.assembly, anchor.month)
    whole = CategoryMonth(
        "合计",
        sum(row.lines for row in rows),
        sum((row.points for row in rows), ZERO),
        sum(row.reversals for row in rows),
        sum((row.taken for row in rows), ZERO),
    )
    return [_printed(row) for row in (*rows, whole)]


def _printed(row: CategoryMonth) -> SheetRow:
    return SheetRow(
        row.name,
        f"{row.lines:,}",
        _signed(row.points),
        f"{row.reversals:,}",
        _signed(row.taken),
        _signed(row.net),
    )


def _signed(points: Decimal) -> str:
    return f"{points:,.1f}".replace("-", "−")


def verify_address(anchor: LedgerAnchor) -> str:
    """Where the seal is compared, filled in."""
    query = urlencode({"number": anchor.head_number, "digest": anchor.head_digest})
    return f"{settings.SITE_URL}{reverse('scoring:verify_head')}?{query}"


def month_sheet_pdf(anchor: LedgerAnchor) -> bytes:
    """积分月报 as PDF."""
    context: dict[str, object] = {
        "anchor": anchor,
        "rows": sheet_rows(anchor),
        "words": in_words(anchor.audit),
        "number": f"{anchor.head_number:,}",
        "fours": in_fours(anchor.head_digest),
        "qr": picture(qr_svg(verify_address(anchor)), "qr"),
        "signatures": ("制表人", "复核人", "代工委主任"),
    }
    made_at = timezone.localtime(anchor.made_at)  # the same words of it, fresh or read again
    return render_pdf("pdf/month_sheet.html", context, made_at=made_at)
