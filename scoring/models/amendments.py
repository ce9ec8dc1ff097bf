"""封存以后: amendments beside a sealed file, and the one digest of a year's files."""

import hashlib
import json
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.models import User
from scoring.models.cycle import ReviewCycle
from scoring.models.grading import GradeAmendment
from scoring.models.ledger import Entry
from scoring.models.review import Archive


class AmendmentKind(models.TextChoices):
    POINTS = "points", "积分补记"
    GRADE = "grade", "等次变更"
    CORRECTION = "correction", "内容更正"


class ArchiveAmendmentQuerySet(models.QuerySet["ArchiveAmendment"]):
    def visible_to(self, actor: Actor) -> Self:
        """Whoever may read the file may read what stands beside it."""
        return self.filter(archive__in=Archive.objects.visible_to(actor))


class ArchiveAmendment(models.Model):
    """档案更正: beside the seal, numbered, each bound by its digest to the one before it.

    What the clock adds (积分补记) has no person behind it; what people change rests on a minute.
    """

    archive = models.ForeignKey(
        Archive, models.PROTECT, related_name="amendments", verbose_name="履职档案"
    )
    number = models.PositiveSmallIntegerField("第几号")
    kind = models.CharField("种类", max_length=12, choices=AmendmentKind)
    text = models.CharField("更正内容", max_length=360)
    reason = models.CharField("理由", max_length=300)
    minute = models.CharField("会议纪要号", max_length=60, blank=True)
    made_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="经办人"
    )
    made_at = models.DateTimeField("更正时间", default=clock.now)
    regrading = models.OneToOneField(
        GradeAmendment,
        models.PROTECT,
        null=True,
        related_name="in_archive",
        verbose_name="哪一项等次更正",
    )
    sha256 = models.CharField("摘要", max_length=64, unique=True)

    objects = ArchiveAmendmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "档案更正"
        ordering = ("archive", "number")
        constraints = [
            models.UniqueConstraint(
                name="archive_amendment_number_once",
                fields=("archive", "number"),
                violation_error_message="这份档案已经有这个号的更正。",
            ),
            models.CheckConstraint(
                name="archive_amendment_has_minute_and_who_or_is_points",
                condition=Q(kind=AmendmentKind.POINTS, minute="", made_by__isnull=True)
                | (~Q(kind=AmendmentKind.POINTS) & ~Q(minute="") & Q(made_by__isnull=False)),
                violation_error_message="更正要有会议纪要号和经办人；积分补记由系统作出。",
            ),
            models.CheckConstraint(
                name="archive_amendment_of_a_grade_names_it",
                condition=Q(kind=AmendmentKind.GRADE, regrading__isnull=False)
                | (~Q(kind=AmendmentKind.GRADE) & Q(regrading__isnull=True)),
                violation_error_message="等次变更要对应一项已确认的等次更正。",
            ),
            models.CheckConstraint(
                name="archive_amendment_says_what_and_why",
                condition=~Q(text="") & ~Q(reason=""),
                violation_error_message="请写明更正什么、为什么更正。",
            ),
        ]

    def __str__(self) -> str:
        return f"第{self.number}号更正"

    def digest_after(self, before: str) -> str:
        """The digest of what is said here, after the digest of the amendment before or the file's.

        Told by its own words and numbers: a person's new name changes nothing.
        """
        said = {
            "archive": self.archive_id,
            "number": self.number,
            "kind": str(self.kind),
            "text": self.text,
            "reason": self.reason,
            "minute": self.minute,
            "made_by": self.made_by_id,
            "made_at": timezone.localtime(self.made_at).isoformat(),
        }
        text = json.dumps(said, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(f"{before}{text}".encode()).hexdigest()


class AmendedEntry(models.Model):
    """补记的一笔: which amendment tells of it, so that none is told twice."""

    amendment = models.ForeignKey(
        ArchiveAmendment, models.PROTECT, related_name="entries", verbose_name="档案更正"
    )
    entry = models.OneToOneField(
        Entry, models.PROTECT, related_name="amended", verbose_name="哪一笔积分"
    )

    class Meta:
        verbose_name = verbose_name_plural = "补记的积分"

    def __str__(self) -> str:
        return f"{self.amendment_id} {self.entry_id}"


class YearSeal(models.Model):
    """年度封存: written once when a year's last file is sealed; its digest is for the minutes."""

    cycle = models.OneToOneField(
        ReviewCycle, models.PROTECT, related_name="year_seal", verbose_name="年度评价"
    )
    files = models.PositiveIntegerField("份数")
    register = models.TextField("封存目录")
    """A line for each file: its number, a space, its leaf; in the order of the numbers."""
    root = models.CharField("年度摘要", max_length=64)
    sealed_at = models.DateTimeField("封存时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "年度封存"
        ordering = ("-cycle__year", "cycle")

    def __str__(self) -> str:
        return f"{self.cycle.year}年度封存"

    @property
    def leaves(self) -> dict[str, str]:
        """Each file's leaf by its number."""
        rows = (line.rpartition(" ") for line in self.register.splitlines())
        return {number: leaf for number, _, leaf in rows}
