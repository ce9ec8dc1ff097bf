"""重点督办: what the directors' meeting puts on its list of the year, and what is asked of it."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.models import Organisation, User
from congress.shared.roles import UNIT
from congress.shared.workflow import Stepped
from proposals.models.assigning import Assignment
from proposals.models.proposal import Proposal
from proposals.supervision_states import (
    KEY_STEPS,
    QUESTION_STEPS,
    QUESTION_WAITS,
    KeyKind,
    KeyState,
    QuestionStage,
    QuestionState,
)

ROUNDS = (1, 2)
"""An answer, and once more when it was sent back."""


class WorkTheme(models.Model):
    """中心工作: what the county works at from a day on; its words are looked for in proposals."""

    name = models.CharField("主题", max_length=40)
    words = models.CharField("找哪些词（用顿号隔开）", max_length=200)
    from_on = models.DateField("从哪天起")
    until_on = models.DateField("到哪天止", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "中心工作主题"
        ordering = ("-from_on", "name")
        constraints = [
            models.CheckConstraint(
                name="work_theme_ends_after_it_begins",
                condition=Q(until_on__isnull=True) | Q(until_on__gte=models.F("from_on")),
                violation_error_message="截止日期不能早于起始日期。",
            )
        ]

    def __str__(self) -> str:
        return self.name


class KeySupervisionQuerySet(models.QuerySet["KeySupervision"]):
    def standing(self) -> Self:
        return self.filter(state=KeyState.STANDING)

    def decided(self) -> Self:
        """Standing or ended: what was taken back was never one."""
        return self.exclude(state=KeyState.TAKEN_BACK)


class KeySupervision(Stepped):
    """重点督办: one proposal of one year, by the directors together, a leader, or the media."""

    STEPS = KEY_STEPS
    state = models.CharField("状态", max_length=20, choices=KeyState, default=KeyState.STANDING)
    proposal = models.ForeignKey(
        Proposal, models.PROTECT, related_name="supervisions", verbose_name="建议"
    )
    year = models.PositiveSmallIntegerField("年度")
    kind = models.CharField("督办方式", max_length=20, choices=KeyKind)
    leader = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="领衔督办的领导"
    )
    medium = models.CharField("督办的媒体", max_length=60, blank=True)
    decided_on = models.DateField("主任会议日期")
    minute_number = models.CharField("会议纪要文号", max_length=40)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    ended_on = models.DateField("结束日期", null=True)
    ending_words = models.CharField("结束或撤销的说明", max_length=200, blank=True)

    objects = KeySupervisionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "重点督办"
        ordering = ("-year", "id")
        constraints = [
            models.UniqueConstraint(
                name="key_supervision_once_per_year",
                fields=("proposal", "year"),
                condition=~Q(state=KeyState.TAKEN_BACK),
                violation_error_message="这件建议已经是这一年的重点督办建议。",
            ),
            models.CheckConstraint(
                name="key_supervision_leader_when_led",
                condition=Q(kind=KeyKind.LEADER, leader__isnull=False)
                | ~Q(kind=KeyKind.LEADER) & Q(leader__isnull=True),
            ),
            models.CheckConstraint(
                name="key_supervision_medium_when_of_media",
                condition=Q(kind=KeyKind.MEDIA) & ~Q(medium="")
                | ~Q(kind=KeyKind.MEDIA) & Q(medium=""),
            ),
            models.CheckConstraint(
                name="key_supervision_ended_has_day_and_words",
                condition=Q(state=KeyState.STANDING, ended_on__isnull=True, ending_words="")
                | ~Q(state=KeyState.STANDING) & Q(ended_on__isnull=False) & ~Q(ending_words=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} 年重点督办 {self.proposal}"

    @property
    def who(self) -> str:
        """谁来督办: the leader or the medium by name."""
        if self.leader:
            return f"{self.leader.name}领衔督办"
        return f"{self.medium}（媒体舆论督办）" if self.medium else KeyKind.DIRECTORS.label

    @property
    def part(self) -> Assignment | None:
        """The part that is asked: 主办, of several 分办 the first; 并案 the one it went into."""
        return self.proposal.handled_as.lead_assignment


class QuestionQuerySet(models.QuerySet["Question"]):
    def waiting(self) -> Self:
        """On a unit's desk, not answered or to be answered once more."""
        return self.filter(state__in=QUESTION_WAITS)

    def overdue(self, today: date) -> Self:
        """Past its day and not answered."""
        return self.waiting().filter(due_on__lt=today)

    def asked_of(self, actor: Actor) -> Self:
        """What the acting person's unit has been asked."""
        if actor.role not in UNIT:
            return self.none()
        return self.filter(unit=actor.organisation_id)

    def due_to_ask(self, today: date) -> Self:
        """Planned, and its day has come."""
        rows = self.filter(state=QuestionState.PLANNED, ask_on__lte=today)
        return rows.filter(supervision__state=KeyState.STANDING)


class Question(Stepped):
    """三问之一: asked on its day by the timetable or the office, answered by the unit."""

    STEPS = QUESTION_STEPS
    state = models.CharField(
        "状态", max_length=20, choices=QuestionState, default=QuestionState.PLANNED
    )
    supervision = models.ForeignKey(
        KeySupervision, models.PROTECT, related_name="questions", verbose_name="重点督办"
    )
    stage = models.CharField("问什么", max_length=10, choices=QuestionStage)
    ask_on = models.DateField("计划哪天问")
    unit = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", verbose_name="问哪个单位"
    )
    asked_on = models.DateField("哪天问的", null=True)
    due_on = models.DateField("哪天前回答", null=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "三问"
        ordering = ("ask_on", "id")
        constraints = [
            models.UniqueConstraint(
                name="question_once_per_stage", fields=("supervision", "stage")
            ),
            models.CheckConstraint(
                name="question_asked_has_unit_and_days",
                condition=Q(state=QuestionState.PLANNED, unit=None, asked_on=None, due_on=None)
                | Q(state=QuestionState.LAPSED)
                | ~Q(state__in=(QuestionState.PLANNED, QuestionState.LAPSED))
                & Q(unit__isnull=False, asked_on__isnull=False, due_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} {self.supervision}"

    @property
    def proposal(self) -> Proposal:
        return self.supervision.proposal

    @property
    def answer(self) -> "KeyAnswer | None":
        """The newest."""
        return max(self.answers.all(), key=lambda each: each.round, default=None)


class KeyAnswer(models.Model):
    """回答: never changed; one that was sent back stands beside the second."""

    question = models.ForeignKey(
        Question, models.PROTECT, related_name="answers", verbose_name="三问"
    )
    round = models.PositiveSmallIntegerField("第几次回答")
    text = models.TextField("回答", max_length=2000)
    answered_on = models.DateField("回答日期")
    answered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="回答人")
    answered_at = models.DateTimeField("回答时间", default=clock.now)
    comment = models.CharField("领导批注", max_length=300, blank=True)
    commented_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="批注人"
    )
    commented_at = models.DateTimeField("批注时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "三问的回答"
        ordering = ("round", "id")
        constraints = [
            models.UniqueConstraint(name="key_answer_once_per_round", fields=("question", "round")),
            models.CheckConstraint(name="key_answer_twice_at_most", condition=Q(round__in=ROUNDS)),
            models.CheckConstraint(
                name="key_answer_comment_has_who_and_when",
                condition=Q(comment="", commented_by=None, commented_at=None)
                | ~Q(comment="") & Q(commented_by__isnull=False, commented_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question} {self.round}"

    @property
    def proposal(self) -> Proposal:
        return self.question.proposal


class SiteNote(models.Model):
    """现场督办: who went where on which day, what was seen, and what comes next."""

    supervision = models.ForeignKey(
        KeySupervision, models.PROTECT, related_name="site_notes", verbose_name="重点督办"
    )
    went_on = models.DateField("哪天去的")
    place = models.CharField("地点", max_length=60)
    people = models.CharField("哪些人去了", max_length=120)
    seen = models.TextField("看到什么", max_length=1000)
    next_step = models.CharField("下一步", max_length=200)
    photo = models.FileField("照片", upload_to="supervision/%Y/%m", blank=True)
    digest = models.CharField("照片摘要", max_length=64, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="记录人")
    recorded_at = models.DateTimeField("记录时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "现场督办记录"
        ordering = ("-went_on", "-id")
        constraints = [
            models.UniqueConstraint(
                name="site_note_once",
                fields=("supervision", "went_on", "place"),
                violation_error_message="这一天在这里的现场督办已经记过。",
            ),
            models.CheckConstraint(
                name="site_note_photo_has_its_digest",
                condition=Q(photo="", digest="") | ~Q(photo="") & ~Q(digest=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.went_on} {self.place}"

    @property
    def proposal(self) -> Proposal:
        return self.supervision.proposal
