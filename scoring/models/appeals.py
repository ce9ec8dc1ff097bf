"""积分异议: what a deputy says against one line, and what another person answers."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from congress.shared.actors import Actor
from congress.shared.models import User
from congress.shared.workflow import Stepped
from scoring.models.ledger import Entry
from scoring.states import ANSWERED, APPEAL_STEPS, AppealState


class AppealQuerySet(models.QuerySet["Appeal"]):
    def visible_to(self, actor: Actor) -> Self:
        """The committee's desk sees every appeal, a deputy their own."""
        if actor.at_the_desk:
            return self
        return self.filter(entry__deputy__user=actor.user) if actor.user else self.none()

    def open(self) -> Self:
        """Not answered yet: the line is contested (有异议)."""
        return self.filter(state=AppealState.OPEN)

    def answered(self) -> Self:
        return self.filter(state__in=ANSWERED)

    def withdrawn(self) -> Self:
        return self.filter(state=AppealState.WITHDRAWN)

    def of_name(self, name: str) -> Self:
        """Of deputies whose name has these characters."""
        return self.filter(entry__deputy__name__contains=name)

    def overdue(self, today: date) -> Self:
        return self.open().filter(due_on__lt=today)

    def of_year(self, assembly_id: int, year: int) -> Self:
        """Against lines of one congress in one year."""
        return self.filter(entry__assembly=assembly_id, entry__year=year)


class Appeal(Stepped):
    """异议 against one line. While it is open nothing but its answer touches the line."""

    STEPS = APPEAL_STEPS
    state = models.CharField("状态", max_length=20, choices=AppealState, default=AppealState.OPEN)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="appeals", verbose_name="哪一笔")
    words = models.CharField("理由", max_length=300)
    opened_at = models.DateTimeField("提出时间")
    due_on = models.DateField("答复期限")
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="提出人")
    checked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="核对人")
    verified_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="核实人")
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="答复人"
    )
    answered_at = models.DateTimeField("答复时间", null=True)
    answer = models.CharField("答复", max_length=300, blank=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "积分异议"
        ordering = ("due_on", "id")
        constraints = [
            models.UniqueConstraint(
                name="appeal_once_per_line_unless_withdrawn",
                fields=("entry",),
                condition=~Q(state=AppealState.WITHDRAWN),
                violation_error_message="这一笔已经提过异议。",
            ),
            models.CheckConstraint(
                name="appeal_says_why",
                condition=~Q(words=""),
                violation_error_message="请写明哪里不对。",
            ),
            models.CheckConstraint(
                name="appeal_answered_has_who_and_when_and_words",
                condition=(
                    Q(state__in=ANSWERED, answered_by__isnull=False, answered_at__isnull=False)
                    & ~Q(answer="")
                )
                | (
                    ~Q(state__in=ANSWERED)
                    & Q(answered_by__isnull=True, answered_at__isnull=True, answer="")
                ),
                violation_error_message="答复必须有答复人、时间和说明。",
            ),
            models.CheckConstraint(
                name="appeal_is_answered_by_another",
                condition=Q(answered_by__isnull=True)
                | (
                    ~Q(answered_by=F("opened_by"))
                    & ~Q(answered_by=F("checked_by"))
                    & ~Q(answered_by=F("verified_by"))
                ),
                violation_error_message="异议须由没有经手过这一笔的人答复。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.get_state_display()}"


class AppealWords(models.Model):
    """再补一句: said later, kept beside what was said first, never edited."""

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="further", verbose_name="异议")
    words = models.CharField("补充", max_length=300)
    said_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "异议补充"
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(name="appeal_words_say_something", condition=~Q(words=""))
        ]

    def __str__(self) -> str:
        return self.words


class AppealPhotoQuerySet(models.QuerySet["AppealPhoto"]):
    def visible_to(self, actor: Actor) -> Self:
        """As `Evidence`: those who answer, and the deputy; others at the desk see there is one."""
        if actor.at_the_desk and not actor.is_staff:
            return self.none()
        return self.filter(appeal__in=Appeal.objects.visible_to(actor))


class AppealPhoto(models.Model):
    """异议的凭据: a photo drawn anew, as `deputies.Evidence` is."""

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="photos", verbose_name="异议")
    file = models.FileField("文件", upload_to="appeals/%Y", max_length=120)
    width = models.PositiveIntegerField("宽")
    height = models.PositiveIntegerField("高")
    sha256 = models.CharField("摘要", max_length=64)

    objects = AppealPhotoQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "异议凭据"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                name="appeal_photo_once_per_appeal_and_content", fields=("appeal", "sha256")
            )
        ]

    def __str__(self) -> str:
        return str(self.file.name)
