"""卷册: sealed files bound for a deputy's term, or told in short for a group's year."""

from typing import Self

from django.db import models
from django.db.models import Q

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.models import Post, Term, User
from congress.shared.roles import Role
from congress.shared.workflow import Stepped
from deputies.models import Deputy, DeputyGroup
from scoring.models.cycle import ReviewCycle
from scoring.volume_states import VOLUME_STEPS, VolumeState


class ArchiveVolumeQuerySet(models.QuerySet["ArchiveVolume"]):
    def visible_to(self, actor: Actor) -> Self:
        """The office every one, a deputy their own term's, a convenor their group's books."""
        if actor.at_deputy_office:
            return self
        if actor.user is None:
            return self.none()
        own = Q(deputy__user=actor.user)  # also of a deputy who convenes
        return self.filter(
            own | Q(group__convenor=actor.user) if actor.is_a(Role.CONVENOR) else own
        )

    def waiting(self) -> Self:
        """Asked for and not made; who waits longest is first."""
        return self.filter(state=VolumeState.ASKED).order_by("asked_at", "pk")


class ArchiveVolume(Stepped):
    """任期卷 of a deputy, or 小组年册; what was made last can be read while it is made anew."""

    STEPS = VOLUME_STEPS
    state = models.CharField("状态", max_length=20, choices=VolumeState, default=VolumeState.ASKED)
    deputy = models.ForeignKey(Deputy, models.PROTECT, null=True, verbose_name="代表")
    term = models.ForeignKey(Term, models.PROTECT, null=True, verbose_name="届")
    group = models.ForeignKey(DeputyGroup, models.PROTECT, null=True, verbose_name="代表小组")
    cycle = models.ForeignKey(ReviewCycle, models.PROTECT, null=True, verbose_name="年度评价")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="谁要的")
    asked_post = models.ForeignKey(
        Post, models.PROTECT, null=True, related_name="+", verbose_name="职务"
    )
    asked_at = models.DateTimeField("什么时候要的", default=clock.now)
    tries = models.PositiveSmallIntegerField("开始过几次", default=0)
    holds = models.PositiveIntegerField("份数", default=0)
    pages = models.PositiveIntegerField("页数", default=0)
    file = models.CharField("文件", max_length=120, blank=True)
    made_at = models.DateTimeField("生成时间", null=True)
    why = models.CharField("为什么没有成功", max_length=120, blank=True)

    objects = ArchiveVolumeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "档案卷册"
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(
                name="archive_volume_is_of_a_term_or_of_a_groups_year",
                condition=Q(
                    deputy__isnull=False,
                    term__isnull=False,
                    group__isnull=True,
                    cycle__isnull=True,
                )
                | Q(
                    deputy__isnull=True,
                    term__isnull=True,
                    group__isnull=False,
                    cycle__isnull=False,
                ),
                violation_error_message="卷册要么是一位代表的任期卷，要么是一个小组的年册。",
            ),
            models.UniqueConstraint(
                name="archive_volume_once_per_deputy_and_term",
                fields=("deputy", "term"),
                violation_error_message="这位代表这一届的任期卷已经有了，可以重新生成。",
            ),
            models.UniqueConstraint(
                name="archive_volume_once_per_group_and_year",
                fields=("group", "cycle"),
                violation_error_message="这个小组这一年的年册已经有了，可以重新生成。",
            ),
            models.CheckConstraint(
                name="archive_volume_has_its_file_and_moment_or_neither",
                condition=Q(file="", made_at__isnull=True)
                | (~Q(file="") & Q(made_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="archive_volume_made_has_its_file",
                condition=~Q(state=VolumeState.MADE) | ~Q(file=""),
            ),
        ]

    def __str__(self) -> str:
        if self.deputy and self.term:
            return f"{self.deputy.name}第{self.term.number}届任期卷"
        return f"{self.group}{self.cycle.year if self.cycle else ''}年册"
