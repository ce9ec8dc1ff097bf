"""双联: who of the committee keeps contact with whom, and each time they did."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q

from congress.shared.actors import Actor
from congress.shared.models import Area, Assembly, User
from deputies.models.groups import DateRange, DeputyGroup
from deputies.models.people import Deputy
from deputies.states import CommitteePostKind, ContactWay, LiaisonKind

SPAN = (DateRange("from_on", "to_on", RangeBoundary()), RangeOperators.OVERLAPS)
DIRECTORS = (CommitteePostKind.HEAD, CommitteePostKind.VICE)
HOLDERS = {
    LiaisonKind.MEMBER: (*DIRECTORS, CommitteePostKind.MEMBER),
    LiaisonKind.DIRECTOR: DIRECTORS,
    LiaisonKind.OFFICE: (CommitteePostKind.OFFICE,),
}
"""Which posts may hold which kind of liaison."""


class CommitteePostQuerySet(models.QuerySet["CommitteePost"]):
    def visible_to(self, actor: Actor) -> Self:
        """Kept at the committee's desk."""
        return self if actor.at_the_desk else self.none()

    def running(self, day: date) -> Self:
        """Posts held on that day."""
        return self.filter(Q(to_on=None) | Q(to_on__gt=day), from_on__lte=day)

    def holding(self, kind: LiaisonKind) -> Self:
        """Posts that may hold this kind of liaison."""
        return self.filter(post__in=HOLDERS[kind])


class CommitteePost(models.Model):
    """常委会职务: 组成人员 (directors and members), and deputies who work in its offices."""

    deputy = models.ForeignKey(
        Deputy, models.PROTECT, related_name="committee_posts", verbose_name="代表"
    )
    assembly = models.ForeignKey(Assembly, models.PROTECT, verbose_name="人民代表大会")
    post = models.CharField("职务", max_length=10, choices=CommitteePostKind)
    from_on = models.DateField("任职日期")
    to_on = models.DateField("卸任日期", null=True, blank=True, help_text="当天起不再担任")

    objects = CommitteePostQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "常委会职务"
        ordering = ("post", "deputy__stroke_key")
        constraints = [
            ExclusionConstraint(
                name="committee_post_once_at_a_time",
                expressions=[
                    (F("deputy"), RangeOperators.EQUAL),
                    (F("assembly"), RangeOperators.EQUAL),
                    (F("post"), RangeOperators.EQUAL),
                    SPAN,
                ],
                violation_error_message="此人已经担任这个职务。",
            ),
            models.CheckConstraint(
                name="committee_post_ends_after_it_begins",
                condition=Q(to_on__isnull=True) | Q(to_on__gt=F("from_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} {self.get_post_display()}"


class LiaisonQuerySet(models.QuerySet["Liaison"]):
    def visible_to(self, actor: Actor) -> Self:
        """All at the desk; a holder sees their own."""
        if actor.at_the_desk:
            return self
        return self.filter(holder__user=actor.user) if actor.user else self.none()

    def running(self, day: date) -> Self:
        """Who keeps contact with whom on that day."""
        return self.filter(Q(to_on=None) | Q(to_on__gt=day), from_on__lte=day)


class Liaison(models.Model):
    """联系: one holder and one deputy, township or group, from when to when."""

    kind = models.CharField("方式", max_length=10, choices=LiaisonKind)
    holder = models.ForeignKey(
        Deputy, models.PROTECT, related_name="liaisons", verbose_name="联系人"
    )
    deputy = models.ForeignKey(
        Deputy,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contacted_by",
        verbose_name="联系的代表",
    )
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="督导的乡镇"
    )
    group = models.ForeignKey(
        DeputyGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contacted_by",
        verbose_name="包联的小组",
    )
    from_on = models.DateField("开始日期")
    to_on = models.DateField("结束日期", null=True, blank=True, help_text="当天起不再联系")

    objects = LiaisonQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "联系"
        ordering = ("kind", "holder__stroke_key", "from_on", "id")
        constraints = [
            models.CheckConstraint(
                name="liaison_has_the_one_target_of_its_kind",
                condition=Q(
                    kind=LiaisonKind.MEMBER,
                    deputy__isnull=False,
                    area__isnull=True,
                    group__isnull=True,
                )
                | Q(
                    kind=LiaisonKind.DIRECTOR,
                    deputy__isnull=True,
                    area__isnull=False,
                    group__isnull=True,
                )
                | Q(
                    kind=LiaisonKind.OFFICE,
                    deputy__isnull=True,
                    area__isnull=True,
                    group__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="liaison_is_with_somebody_else",
                condition=Q(deputy__isnull=True) | ~Q(deputy=F("holder")),
                violation_error_message="不能自己联系自己。",
            ),
            models.CheckConstraint(
                name="liaison_ends_after_it_begins",
                condition=Q(to_on__isnull=True) | Q(to_on__gt=F("from_on")),
            ),
            ExclusionConstraint(
                name="liaison_one_holder_per_deputy",
                expressions=[(F("deputy"), RangeOperators.EQUAL), SPAN],
                violation_error_message="这位代表已经有组成人员联系。",
            ),
            ExclusionConstraint(
                name="liaison_one_holder_per_area",
                expressions=[(F("area"), RangeOperators.EQUAL), SPAN],
                violation_error_message="这个乡镇已经有主任会议成员督导。",
            ),
            ExclusionConstraint(
                name="liaison_once_per_holder_and_group",
                expressions=[
                    (F("holder"), RangeOperators.EQUAL),
                    (F("group"), RangeOperators.EQUAL),
                    SPAN,
                ],
                violation_error_message="此人已经包联这个小组。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder}：{self.target}"

    @property
    def target(self) -> str:
        """Whom or what the contact is with."""
        return str(self.deputy or self.area or self.group)


class ContactRecordQuerySet(models.QuerySet["ContactRecord"]):
    def visible_to(self, actor: Actor) -> Self:
        """All at the desk; a holder sees their own."""
        if actor.at_the_desk:
            return self
        return self.filter(liaison__holder__user=actor.user) if actor.user else self.none()


class ContactRecord(models.Model):
    """联系记录: when, how, and what was said."""

    liaison = models.ForeignKey(
        Liaison, models.PROTECT, related_name="contacts", verbose_name="联系"
    )
    done_on = models.DateField("联系日期")
    way = models.CharField("方式", max_length=10, choices=ContactWay)
    words = models.TextField("谈了什么", max_length=400)
    asked = models.TextField("反映的意见", max_length=400, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, verbose_name="登记人", related_name="+")
    made_at = models.DateTimeField("登记时间")

    objects = ContactRecordQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "联系记录"
        ordering = ("-done_on", "-id")
        constraints = [
            models.UniqueConstraint(
                name="contact_once_per_liaison_day_and_way",
                fields=("liaison", "done_on", "way"),
                violation_error_message="这一天的这次联系已经登记过。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.liaison} {self.done_on:%Y-%m-%d}"
