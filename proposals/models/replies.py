"""答复: issued ones stand for ever, each with its ask by ask; helpers give opinions."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property

from congress.shared import clock
from congress.shared.models import User
from proposals.models.asks import Ask, in_order
from proposals.models.assigning import Assignment
from proposals.models.reference import OutcomeClass, Result
from proposals.states import State


class ReplyQuerySet(models.QuerySet["Reply"]):
    def window_open(self, today: date) -> Self:
        """The last day to rate is not over."""
        return self.of_standing().filter(Q(rate_until__gte=today))

    def of_standing(self) -> Self:
        """Of proposals that nobody has taken back: of the others no rating is owed."""
        return self.exclude(assignment__proposal__state=State.WITHDRAWN)

    def window_closed(self, today: date, since: date = date.min) -> Self:
        """The last day to rate was before today, and not before that other day."""
        return self.filter(Q(rate_until__gte=since, rate_until__lt=today))

    def standing(self, day: date | None = None) -> Self:
        """Of each unit the newest version; with a day the newest of those given by then."""
        later = Reply.objects.filter(
            assignment=OuterRef("assignment"), version__gt=OuterRef("version")
        )
        return self.exclude(Exists(later.filter(replied_on__lte=day) if day else later))

    def stood_to_be_rated(self) -> Self:
        """Those whose window no newer version of the unit's cut short, replaced since or not."""
        sooner = Reply.objects.filter(
            assignment=OuterRef("assignment"),
            version__gt=OuterRef("version"),
            replied_on__lte=OuterRef("rate_until"),
        )
        return self.exclude(Exists(sooner))

    def in_public(self) -> Self:
        """Of each unit the newest version that the office has opened."""
        opened = Reply.objects.filter(assignment=OuterRef("assignment"), opened_on__isnull=False)
        later = opened.filter(version__gt=OuterRef("version"))
        return self.filter(opened_on__isnull=False).exclude(Exists(later))

    def once_public(self) -> Self:
        """What the office has opened, but for what was opened together with a newer version."""
        newer = Reply.objects.filter(
            assignment=OuterRef("assignment"),
            version__gt=OuterRef("version"),
            opened_on__lte=OuterRef("opened_on"),
        )
        return self.filter(opened_on__isnull=False).exclude(Exists(newer))

    def unopened(self) -> Self:
        """还没有公开: kept back or not."""
        return self.filter(opened_on=None)

    def to_open(self) -> Self:
        """又作的一版还没有公开: of what is published, for the office to read and open."""
        return self.unopened().filter(kept_back="", assignment__proposal__state=State.PUBLISHED)

    def copied_to(self, parts: models.QuerySet[Assignment]) -> Self:
        """抄送: the open ones of other units, to whose proposals these parts belonged by their day.

        What is kept back since then is read no more.
        """
        beside = parts.filter(
            proposal=OuterRef("assignment__proposal"), assigned_on__lte=OuterRef("replied_on")
        ).exclude(pk=OuterRef("assignment"))
        return self.filter(
            Exists(beside),
            assignment__proposal__withheld_reason="",
            assignment__proposal__reply_withheld_reason="",
        )


class ReplyManager(models.Manager["Reply"]):
    def get_queryset(self) -> ReplyQuerySet:
        """Each with `rate_until` known: the database says of many what the row says of itself."""
        moved = RatingWindow.objects.filter(reply=OuterRef("pk")).order_by("-pk")
        last = Coalesce(Subquery(moved.values("until")[:1]), F("first_rate_until"))
        rows = ReplyQuerySet(self.model, using=self._db)
        return rows.annotate(rate_until=last)  # type: ignore[no-redef]  # as Reply declares it

    def window_open(self, today: date) -> ReplyQuerySet:
        return self.get_queryset().window_open(today)

    def window_closed(self, today: date, since: date = date.min) -> ReplyQuerySet:
        return self.get_queryset().window_closed(today, since)

    def standing(self, day: date | None = None) -> ReplyQuerySet:
        return self.get_queryset().standing(day)

    def stood_to_be_rated(self) -> ReplyQuerySet:
        return self.get_queryset().stood_to_be_rated()

    def in_public(self) -> ReplyQuerySet:
        return self.get_queryset().in_public()

    def once_public(self) -> ReplyQuerySet:
        return self.get_queryset().once_public()

    def unopened(self) -> ReplyQuerySet:
        return self.get_queryset().unopened()

    def to_open(self) -> ReplyQuerySet:
        return self.get_queryset().to_open()

    def copied_to(self, parts: models.QuerySet[Assignment]) -> ReplyQuerySet:
        return self.get_queryset().copied_to(parts)


class Reply(models.Model):
    """答复: the unit's answer with its class; later versions come beside it, never over it."""

    assignment = models.ForeignKey(
        Assignment, models.PROTECT, related_name="replies", verbose_name="交办"
    )
    version = models.PositiveSmallIntegerField("版本", default=1)
    outcome = models.ForeignKey(OutcomeClass, models.PROTECT, verbose_name="结果类别")
    text = models.TextField("答复内容", max_length=8000)
    file_number = models.CharField("文号", max_length=40)
    signer = models.CharField("签发人", max_length=40)
    replied_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="答复人")
    signed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="签发账号"
    )
    replied_on = models.DateField("答复日期")
    first_rate_until = models.DateField("签发时的评价截止")
    stood = models.JSONField("签发时的情况", default=dict, help_text="答复函和征询意见表照此写")
    opened_on = models.DateField("公开日期", null=True)
    kept_back = models.CharField("这一版不公开的理由", max_length=120, blank=True)

    objects = ReplyManager()

    class Meta:
        verbose_name = verbose_name_plural = "答复"
        ordering = ("assignment", "version")
        constraints = [
            models.UniqueConstraint(name="reply_version_once", fields=("assignment", "version")),
        ]

    def __str__(self) -> str:
        return f"{self.file_number} {self.result}"

    @property
    def waits_to_open(self) -> bool:
        """Neither before everybody nor kept back."""
        return not self.opened_on and not self.kept_back

    @property
    def result(self) -> Result:
        """The class as it was called at the signature; until there is one, as it is called now."""
        kept = self.stood.get("result")
        return Result(*kept) if kept else self.outcome.result

    @cached_property
    def rate_until(self) -> date:
        """评价截止, as the calendar has moved it, however this row was loaded."""
        moved = self.rating_windows.first()
        return moved.until if moved else self.first_rate_until

    @property
    def in_order(self) -> "list[Answer]":
        """逐条答复, those of merged proposals behind."""
        return in_order(self.answers.all(), self.assignment.proposal_id)


class RatingWindow(models.Model):
    """评价期: the last day to rate a reply, moved after the reply went out; the newest counts."""

    reply = models.ForeignKey(
        Reply, models.PROTECT, related_name="rating_windows", verbose_name="答复"
    )
    until = models.DateField("评价截止")
    moved_at = models.DateTimeField("调整时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "评价期"
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.reply_id} {self.until}"


class Answer(models.Model):
    """逐条答复: one ask, its class, what is done, and what shows it."""

    reply = models.ForeignKey(Reply, models.PROTECT, related_name="answers", verbose_name="答复")
    ask = models.ForeignKey(Ask, models.PROTECT, related_name="answers", verbose_name="请求")
    outcome = models.ForeignKey(OutcomeClass, models.PROTECT, verbose_name="结果类别")
    text = models.TextField("怎么办的", max_length=1000)
    evidence = models.CharField("依据", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "逐条答复"
        ordering = ("reply", "ask__position")
        constraints = [
            models.UniqueConstraint(name="answer_once_per_ask", fields=("reply", "ask")),
            models.CheckConstraint(name="answer_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.ask} {self.result}"

    @property
    def result(self) -> Result:
        """As `Reply.result`, of this ask."""
        kept = self.reply.stood.get("results", {}).get(str(self.ask_id))
        return Result(*kept) if kept else self.outcome.result

    @property
    def label(self) -> str:
        return self.ask.called_in(self.reply.assignment.proposal_id)


class Opinion(models.Model):
    """会办、协办意见: goes to the lead unit, signed; never to the deputy, never to the public."""

    assignment = models.ForeignKey(
        Assignment, models.PROTECT, related_name="opinions", verbose_name="交办"
    )
    version = models.PositiveSmallIntegerField("版本", default=1)
    text = models.TextField("意见", max_length=4000)
    file_number = models.CharField("文号", max_length=40)
    signer = models.CharField("签发人", max_length=40)
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="报送人")
    sent_on = models.DateField("报送日期")

    class Meta:
        verbose_name = verbose_name_plural = "会办协办意见"
        ordering = ("assignment", "version")
        constraints = [
            models.UniqueConstraint(name="opinion_version_once", fields=("assignment", "version")),
            models.CheckConstraint(name="opinion_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.assignment} {self.file_number}"
