"""述职测评: the meeting, who reports there, and the ballots as two people counted them."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from congress.shared.actors import Actor
from congress.shared.models import Area, User
from congress.shared.roles import Role
from congress.shared.workflow import Stepped
from deputies.models import Deputy, DeputyGroup
from scoring.poll_states import MEETING_STEPS, POLL_STEPS, MeetingState, Outcome, PollState
from stations.models import Station

COUNTS = ("sent", "returned", "satisfied", "fair", "unsatisfied", "blank")
"""发出、收回、满意、基本满意、不满意、弃权或无效."""
COUNTED = Q(**{f"{name}__isnull": False for name in COUNTS})
NOT_COUNTED = Q(**{f"{name}__isnull": True for name in COUNTS})


class ReportMeetingQuerySet(models.QuerySet["ReportMeeting"]):
    def visible_to(self, actor: Actor) -> Self:
        """All at the desk; the township's, the group's, the station's own to who runs them."""
        if actor.at_the_desk:
            return self
        if actor.is_a(Role.TOWNSHIP_CLERK):
            return self.filter(area=actor.area_id)
        if actor.is_a(Role.CONVENOR):
            return self.filter(group__convenor=actor.user)
        if actor.is_a(Role.KEEPER):
            return self.filter(station__keeper=actor.user)
        return self.none()

    def of_year(self, year: int) -> Self:
        return self.filter(held_on__year=year)

    def standing(self) -> Self:
        """Not called off."""
        return self.exclude(state=MeetingState.CALLED_OFF)


class ReportMeeting(Stepped):
    """述职评议会 of a township, of one of its groups or at one of its stations."""

    STEPS = MEETING_STEPS
    state = models.CharField(
        "状态", max_length=20, choices=MeetingState, default=MeetingState.CALLED
    )
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="乡镇")
    group = models.ForeignKey(
        DeputyGroup, models.PROTECT, null=True, related_name="+", verbose_name="代表小组"
    )
    station = models.ForeignKey(
        Station, models.PROTECT, null=True, related_name="+", verbose_name="家站"
    )
    held_on = models.DateField("日期")
    place = models.CharField("地点", max_length=60)
    why = models.CharField("取消原因", max_length=100, blank=True)
    called_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="安排人")
    called_at = models.DateTimeField("安排时间")

    objects = ReportMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "述职评议会"
        ordering = ("-held_on", "-id")
        constraints = [
            models.UniqueConstraint(
                name="report_meeting_once_per_day_and_place",
                fields=("area", "held_on", "place"),
                condition=~Q(state=MeetingState.CALLED_OFF),
                violation_error_message="这个乡镇这一天在这个地点已经安排了述职评议会。",
            ),
            models.CheckConstraint(
                name="report_meeting_called_off_says_why",
                condition=(Q(state=MeetingState.CALLED_OFF) & ~Q(why=""))
                | (~Q(state=MeetingState.CALLED_OFF) & Q(why="")),
                violation_error_message="取消要写明原因。",
            ),
            models.CheckConstraint(
                name="report_meeting_of_a_group_or_a_station",
                condition=Q(group__isnull=True) | Q(station__isnull=True),
                violation_error_message="述职评议会由小组或者家站召开，只选一个。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.circle}述职评议会"

    @property
    def circle(self) -> str:
        """Whose meeting it is: 花桥镇第一代表小组, 桃园村代表联络站, or the whole 花桥镇."""
        return str(self.group or self.station or self.area.name)


class DutyReportQuerySet(models.QuerySet["DutyReport"]):
    def visible_to(self, actor: Actor) -> Self:
        """Who may see the meeting sees its reports; a deputy their own."""
        if actor.user is None:
            return self.none()
        run = ReportMeeting.objects.visible_to(actor).order_by()
        return self.filter(Q(deputy__user=actor.user) | Q(meeting__in=run))

    def expected(self) -> Self:
        """Of meetings that stand."""
        return self.exclude(meeting__state=MeetingState.CALLED_OFF)

    def unsettled(self) -> Self:
        """Nothing is entered yet of what became of it, or only what was found wrong."""
        live = (PollState.COUNTED, PollState.CONFIRMED)
        settled = PollResult.objects.filter(state__in=live).values("report")
        return self.expected().exclude(pk__in=settled)


class DutyReport(models.Model):
    """一名代表在一次会上的述职: the report itself, handed in before or after it is given."""

    meeting = models.ForeignKey(
        ReportMeeting, models.PROTECT, related_name="reports", verbose_name="述职评议会"
    )
    deputy = models.ForeignKey(
        Deputy, models.PROTECT, related_name="duty_reports", verbose_name="代表"
    )
    text = models.TextField("述职报告", max_length=5000, blank=True)
    file = models.FileField("述职报告文件", upload_to="reports/%Y", max_length=120, blank=True)
    handed_in_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="提交人"
    )
    handed_in_at = models.DateTimeField("提交时间", null=True)

    objects = DutyReportQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "述职"
        ordering = ("meeting", "deputy__stroke_key", "id")
        constraints = [
            models.UniqueConstraint(
                name="duty_report_once_per_meeting_and_deputy",
                fields=("meeting", "deputy"),
                violation_error_message="同一次会每位代表只述职一次。",
            ),
            models.CheckConstraint(
                name="duty_report_handed_in_has_words_who_and_when",
                condition=(
                    Q(handed_in_by__isnull=False, handed_in_at__isnull=False) & ~Q(text="", file="")
                )
                | Q(handed_in_by__isnull=True, handed_in_at__isnull=True, text="", file=""),
                violation_error_message="提交的述职报告要有内容、提交人和时间。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} {self.meeting.held_on}"


class PollResultQuerySet(models.QuerySet["PollResult"]):
    def standing(self) -> Self:
        """What two people counted alike and nobody has corrected since."""
        return self.filter(state=PollState.CONFIRMED)

    def waiting(self) -> Self:
        return self.filter(state=PollState.COUNTED)

    def between(self, first: date, last: date) -> Self:
        """Of meetings held on one of these days."""
        return self.filter(report__meeting__held_on__range=(first, last))


class PollResult(Stepped):
    """计票 of one deputy at one meeting: whether they reported, and the ballots if any were cast.

    No row says who voted how: there is none that could.
    """

    STEPS = POLL_STEPS
    state = models.CharField("状态", max_length=20, choices=PollState, default=PollState.COUNTED)
    report = models.ForeignKey(
        DutyReport, models.PROTECT, related_name="results", verbose_name="述职"
    )
    outcome = models.CharField("述职情况", max_length=10, choices=Outcome)
    sent = models.PositiveSmallIntegerField("发出", null=True)
    returned = models.PositiveSmallIntegerField("收回", null=True)
    satisfied = models.PositiveSmallIntegerField("满意", null=True)
    fair = models.PositiveSmallIntegerField("基本满意", null=True)
    unsatisfied = models.PositiveSmallIntegerField("不满意", null=True)
    blank = models.PositiveSmallIntegerField("弃权或无效", null=True)
    note = models.CharField("请假或拒绝的情况", max_length=100, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="计票人")
    entered_at = models.DateTimeField("登记时间")
    settled_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="复核人"
    )
    settled_at = models.DateTimeField("复核时间", null=True)
    answer = models.CharField("复核不符之处", max_length=100, blank=True)
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="corrected_by", verbose_name="更正哪一条"
    )
    reason = models.CharField("更正原因", max_length=100, blank=True)

    objects = PollResultQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "述职测评结果"
        ordering = ("report", "id")
        constraints = [
            models.UniqueConstraint(
                name="poll_result_one_waits_per_report",
                fields=("report",),
                condition=Q(state=PollState.COUNTED),
                violation_error_message="这位代表的计票还在等复核。",
            ),
            models.UniqueConstraint(
                name="poll_result_one_stands_per_report",
                fields=("report",),
                condition=Q(state=PollState.CONFIRMED),
                violation_error_message="这位代表的测评结果已经复核。",
            ),
            models.CheckConstraint(
                name="poll_result_counts_go_together",
                condition=NOT_COUNTED | (COUNTED & Q(outcome=Outcome.REPORTED)),
                violation_error_message="票数要么都填，要么都不填；没有述职就没有票数。",
            ),
            models.CheckConstraint(
                name="poll_result_returned_within_sent",
                condition=Q(sent__gte=1, returned__lte=F("sent")),
                violation_error_message="收回的票不能多于发出的票。",
            ),
            models.CheckConstraint(
                name="poll_result_ballots_add_up",
                condition=Q(returned=F("satisfied") + F("fair") + F("unsatisfied") + F("blank")),
                violation_error_message="满意、基本满意、不满意、弃权或无效加起来要等于收回的票数。",
            ),
            models.CheckConstraint(
                name="poll_result_excused_or_refused_says_what",
                condition=(Q(outcome=Outcome.REPORTED) & Q(note=""))
                | (~Q(outcome=Outcome.REPORTED) & ~Q(note="")),
                violation_error_message="请假、拒绝述职要写明情况。",
            ),
            models.CheckConstraint(
                name="poll_result_settled_has_who_and_when",
                condition=Q(
                    state=PollState.COUNTED, settled_by__isnull=True, settled_at__isnull=True
                )
                | (
                    ~Q(state=PollState.COUNTED)
                    & Q(settled_by__isnull=False, settled_at__isnull=False)
                ),
                violation_error_message="复核必须有人和时间。",
            ),
            models.CheckConstraint(
                name="poll_result_is_settled_by_another",
                condition=Q(settled_by__isnull=True) | ~Q(settled_by=F("entered_by")),
                violation_error_message="计票和复核须由两个人办理。",
            ),
            models.CheckConstraint(
                name="poll_result_rejected_says_why",
                condition=(Q(state=PollState.REJECTED) & ~Q(answer=""))
                | (~Q(state=PollState.REJECTED) & Q(answer="")),
                violation_error_message="复核不符要写明哪里不符。",
            ),
            models.CheckConstraint(
                name="poll_result_correction_says_why",
                condition=Q(corrects__isnull=True, reason="")
                | (Q(corrects__isnull=False) & ~Q(reason="")),
                violation_error_message="更正要写明原因。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.get_outcome_display()}"

    @property
    def valid(self) -> int:
        """有效票: returned, without 弃权 and 无效."""
        return (self.returned or 0) - (self.blank or 0)

    @property
    def content(self) -> int:
        """满意和基本满意."""
        return (self.satisfied or 0) + (self.fair or 0)
