"""主题活动: the year's theme, its topics, and the squads that take them up."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from congress.shared.actors import Actor
from congress.shared.models import Area, Assembly, User
from congress.shared.roles import Role
from congress.shared.workflow import Stepped
from deputies.models import Deputy, DeputyGroup
from stations.states import CAMPAIGN_STEPS, CampaignState


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def running(self) -> Self:
        return self.filter(state=CampaignState.OPEN)


class Campaign(Stepped):
    """主题活动: what all groups of an assembly turn to in one year."""

    STEPS = CAMPAIGN_STEPS
    state = models.CharField(
        "状态", max_length=20, choices=CampaignState, default=CampaignState.OPEN
    )
    assembly = models.ForeignKey(Assembly, models.PROTECT, verbose_name="人民代表大会")
    year = models.PositiveSmallIntegerField("年度")
    title = models.CharField("主题", max_length=60)
    words = models.TextField("方案要点", max_length=2000, blank=True)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="发起人")
    opened_at = models.DateTimeField("发起时间")
    outcome = models.TextField("总结", max_length=2000, blank=True)
    closed_at = models.DateTimeField("结束时间", null=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "主题活动"
        ordering = ("-year", "-id")
        constraints = [
            models.UniqueConstraint(
                name="campaign_once_per_assembly_and_year",
                fields=("assembly", "year", "title"),
                violation_error_message="这一年已经有这个主题活动。",
            ),
            models.CheckConstraint(
                name="campaign_closed_has_outcome_and_when",
                condition=(Q(state=CampaignState.CLOSED, closed_at__isnull=False) & ~Q(outcome=""))
                | Q(state=CampaignState.OPEN, closed_at__isnull=True, outcome=""),
                violation_error_message="结束的主题活动必须有总结和时间。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} 年“{self.title}”"


class TopicKind(models.TextChoices):
    UNIFIED = "unified", "统一定题"
    FREE = "free", "自由选题"


class TopicQuerySet(models.QuerySet["Topic"]):
    def standing(self) -> Self:
        """Not dropped, in a campaign that goes on."""
        return self.filter(dropped_at=None, campaign__state=CampaignState.OPEN)

    def open_to(self, group: DeputyGroup | None) -> Self:
        """What a group may take up: the county's, its township's, its own."""
        if group is None:
            return self.filter(kind=TopicKind.UNIFIED)
        own = Q(area=group.area_id) & (Q(group=None) | Q(group=group))
        return self.filter(Q(kind=TopicKind.UNIFIED) | own)

    def visible_to(self, actor: Actor) -> Self:
        """All at the desk; the county's and those of one's own township elsewhere."""
        if actor.at_the_desk:
            return self
        return self.filter(Q(kind=TopicKind.UNIFIED) | Q(area=actor.area_id))


class Topic(models.Model):
    """选题: set by the county for all, or chosen by a township or by one group."""

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="topics", verbose_name="主题活动"
    )
    kind = models.CharField("类别", max_length=10, choices=TopicKind)
    title = models.CharField("选题", max_length=60)
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+", verbose_name="乡镇")
    group = models.ForeignKey(
        DeputyGroup, models.PROTECT, null=True, related_name="+", verbose_name="代表小组"
    )
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="定题人")
    set_at = models.DateTimeField("定题时间")
    dropped_at = models.DateTimeField("撤题时间", null=True)
    why = models.CharField("撤题原因", max_length=100, blank=True)

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "选题"
        ordering = ("campaign", "-kind", "area__position", "id")
        constraints = [
            models.UniqueConstraint(
                name="topic_once_per_campaign_and_circle",
                fields=("campaign", "title", "area", "group"),
                condition=Q(dropped_at__isnull=True),
                nulls_distinct=False,
                violation_error_message="这个选题已经有了。",
            ),
            models.CheckConstraint(
                name="topic_of_one_s_own_names_the_township",
                condition=Q(kind=TopicKind.UNIFIED, area__isnull=True, group__isnull=True)
                | Q(kind=TopicKind.FREE, area__isnull=False),
                violation_error_message="统一定题面向全县，自由选题要写明乡镇。",
            ),
            models.CheckConstraint(
                name="topic_dropped_has_reason_and_when",
                condition=(Q(dropped_at__isnull=False) & ~Q(why=""))
                | Q(dropped_at__isnull=True, why=""),
                violation_error_message="撤题必须有原因和时间。",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Tag(models.Model):
    """活动方式: an item of 三进, 五亮, 六查; the county writes its own list."""

    family = models.CharField("类", max_length=10)
    name = models.CharField("名称", max_length=20)
    words = models.CharField("怎么做", max_length=80, blank=True)
    position = models.PositiveSmallIntegerField("次序", default=0)
    to_on = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "活动方式"
        ordering = ("position", "id")
        constraints = [
            models.UniqueConstraint(
                name="tag_once_per_family",
                fields=("family", "name"),
                violation_error_message="这一类里已经有这一项。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.family}：{self.name}"


class SquadQuerySet(models.QuerySet["Squad"]):
    def standing(self, day: date) -> Self:
        return self.filter(Q(dissolved_on=None) | Q(dissolved_on__gt=day))

    def visible_to(self, actor: Actor) -> Self:
        """Whoever may see the group's activities sees its squads."""
        if actor.at_the_desk:
            return self
        if actor.is_a(Role.TOWNSHIP_CLERK, Role.KEEPER):
            return self.filter(group__area=actor.area_id)
        if actor.is_a(Role.CONVENOR):
            return self.filter(group__convenor=actor.user)
        return self.none()


class Squad(models.Model):
    """小分队: a few deputies of one group, for a campaign or for what comes up.

    Its members stay as formed: another line-up is another squad.
    """

    group = models.ForeignKey(
        DeputyGroup, models.PROTECT, related_name="squads", verbose_name="代表小组"
    )
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, related_name="squads", verbose_name="主题活动"
    )
    name = models.CharField("名称", max_length=30)
    leader = models.ForeignKey(Deputy, models.PROTECT, related_name="+", verbose_name="队长")
    formed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="组建人")
    formed_on = models.DateField("组建日期")
    dissolved_on = models.DateField("解散日期", null=True)

    objects = SquadQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "小分队"
        ordering = ("group", "id")
        constraints = [
            models.UniqueConstraint(
                name="squad_named_once_in_a_group",
                fields=("group", "name"),
                condition=Q(dissolved_on__isnull=True),
                violation_error_message="这个小组已经有同名的小分队。",
            ),
            models.CheckConstraint(
                name="squad_dissolved_after_it_was_formed",
                condition=Q(dissolved_on__isnull=True) | Q(dissolved_on__gte=models.F("formed_on")),
                violation_error_message="解散日期不能早于组建日期。",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SquadMember(models.Model):
    """小分队队员."""

    squad = models.ForeignKey(Squad, models.PROTECT, related_name="members", verbose_name="小分队")
    deputy = models.ForeignKey(Deputy, models.PROTECT, related_name="+", verbose_name="代表")

    class Meta:
        verbose_name = verbose_name_plural = "小分队队员"
        ordering = ("deputy__stroke_key", "id")
        constraints = [
            models.UniqueConstraint(
                name="squad_member_once",
                fields=("squad", "deputy"),
                violation_error_message="同一小分队每位代表只列一次。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.deputy}"
