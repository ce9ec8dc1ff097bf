"""The papers around a sealed file: 更正页, 年度封存证书. The same to the byte whenever made."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from congress.shared.pdf import picture, render_pdf
from congress.shared.qr import qr_svg
from scoring.models import ArchiveAmendment, YearSeal
from scoring.month_sheet import in_fours

SIGNATURES = ("经办人", "复核人", "代工委主任")


def verify_address(code: str) -> str:
    """Where anybody asks whether there is such a file."""
    return settings.SITE_URL + reverse("scoring:verify_file", args=[code])


def amendment_pdf(row: ArchiveAmendment, *, before: str) -> bytes:
    """更正页: one page to be laid beside the file; `before` is the digest that it follows."""
    archive = row.archive
    cycle, deputy = archive.grading.cycle, archive.grading.deputy
    context: dict[str, object] = {
        "row": row,
        "archive": archive,
        "deputy": deputy,
        "cycle": cycle,
        "committee": f"{cycle.assembly.name}常务委员会",
        "made_on": timezone.localdate(row.made_at),
        "fours": in_fours(row.sha256),
        "before": in_fours(before),
        "qr": picture(qr_svg(verify_address(archive.code)), "qr"),
        "signatures": SIGNATURES,
    }
    made_at = timezone.localtime(row.made_at)
    return render_pdf("pdf/archive_amendment.html", context, made_at=made_at, variant="pdf/a-3u")


def certificate_pdf(seal: YearSeal) -> bytes:
    """年度封存证书: one page for the minutes; who keeps its digest holds the whole year."""
    cycle = seal.cycle
    numbers = [*seal.leaves]
    context: dict[str, object] = {
        "seal": seal,
        "cycle": cycle,
        "committee": f"{cycle.assembly.name}常务委员会",
        "first": numbers[0] if numbers else "",
        "last": numbers[-1] if numbers else "",
        "sealed_at": timezone.localtime(seal.sealed_at),
        "fours": in_fours(seal.root),
        "signatures": SIGNATURES,
    }
    made_at = timezone.localtime(seal.sealed_at)
    return render_pdf("pdf/year_certificate.html", context, made_at=made_at, variant="pdf/a-3u")
