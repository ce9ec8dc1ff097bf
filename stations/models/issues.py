"""民情: what a voter raised and one deputy alone cannot settle."""

from typing import Self

from django.db import models
from django.db.models import Q

from congress.shared.actors import Actor
from congress.shared.models import User
from congress.shared.roles import Role
from congress.shared.workflow import Stepped
from deputies.models import Message
from stations.models.places import Station
from stations.states import ISSUE_STEPS, IssueState


class IssueQuerySet(models.QuerySet["Issue"]):
    def visible_to(self, actor: Actor) -> Self:
        """All at the desk; the township's, the keeper's, the deputy's own."""
        if actor.at_the_desk:
            return self
        if actor.is_a(Role.TOWNSHIP_CLERK):
            return self.filter(station__area=actor.area_id)
        if actor.is_a(Role.KEEPER):
            return self.filter(station__keeper=actor.user)
        if actor.is_a(Role.DEPUTY, Role.CONVENOR):
            return self.filter(message__deputy__user=actor.user)
        return self.none()

    def waiting(self) -> Self:
        """Not settled, oldest first."""
        return self.filter(state=IssueState.OPEN).order_by("raised_at")


class Issue(Stepped):
    """民情事项: handed to a home or station; its result goes back to deputy and voter."""

    STEPS = ISSUE_STEPS
    state = models.CharField("状态", max_length=20, choices=IssueState, default=IssueState.OPEN)
    station = models.ForeignKey(Station, models.PROTECT, verbose_name="家站")
    message = models.OneToOneField(Message, models.PROTECT, verbose_name="群众留言")
    title = models.CharField("事项", max_length=60)
    raised_by = models.ForeignKey(User, models.PROTECT, verbose_name="转交人", related_name="+")
    raised_at = models.DateTimeField("转交时间")
    result = models.TextField("办理结果", max_length=600, blank=True)
    settled_by = models.ForeignKey(
        User, models.PROTECT, null=True, verbose_name="办结人", related_name="+"
    )
    settled_at = models.DateTimeField("办结时间", null=True)

    objects = IssueQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "民情事项"
        ordering = ("-raised_at", "-id")
        constraints = [
            models.CheckConstraint(
                name="issue_settled_has_result_who_and_when",
                condition=(
                    Q(
                        state=IssueState.SETTLED,
                        settled_by__isnull=False,
                        settled_at__isnull=False,
                    )
                    & ~Q(result="")
                )
                | Q(
                    state=IssueState.OPEN,
                    settled_by__isnull=True,
                    settled_at__isnull=True,
                    result="",
                ),
            )
        ]

    def __str__(self) -> str:
        return self.title
