"""评: the lead deputy's rating, which nobody at the unit may see (背靠背)."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.functional import cached_property

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.models import User
from congress.shared.roles import Role
from congress.shared.sealing import Sealed, UnreadableSeal
from deputies.models import Deputy
from proposals import ballots
from proposals.ballots import Ballot, Place
from proposals.models.assigning import Assignment
from proposals.models.proposal import Proposal
from proposals.models.replies import Reply
from proposals.models.supervision import KeySupervision


class RatingQuerySet(models.QuerySet["Rating"]):
    def latest_each(self) -> Self:
        """The one that counts for each reply: the last given before the window closed."""
        return self.counting().order_by("reply_id", "-id").distinct("reply_id")

    def counting(self) -> Self:
        """Without what is void, and what it had replaced: its author has taken that back."""
        later = Rating.objects.filter(reply=OuterRef("reply"), pk__gte=OuterRef("pk"))
        return self.exclude(Exists(later.filter(voidings__voided_by__isnull=False)))

    def visible_to(self, actor: Actor) -> Self:
        """Its author, 代工委; a township's office its own, leaders those of what is key."""
        if actor.at_deputy_office:
            return self
        if actor.is_a(Role.TOWNSHIP_CLERK):
            own = Proposal.objects.decided_by(actor)
            return self.filter(reply__assignment__proposal__in=own)
        if actor.is_a(Role.LEADER):
            key = KeySupervision.objects.standing().values("proposal")
            return self.filter(reply__assignment__proposal__in=key)
        return self.filter(deputy__user=actor.user) if actor.user else self.none()


class Rating(models.Model):
    """评价: one row for each time it is given; the app's role cannot change or delete any.

    What it says is sealed; in the clear stand only that there is one, when, and the commitment.
    """

    reply = models.ForeignKey(Reply, models.PROTECT, related_name="ratings", verbose_name="答复")
    deputy = models.ForeignKey(Deputy, models.PROTECT, verbose_name="领衔代表")
    number = models.PositiveIntegerField("第几次")
    key_version = models.PositiveSmallIntegerField("密钥版本")
    sealed = models.BinaryField("密封的评价")
    commitment = models.CharField("承诺值", max_length=64)
    code = models.CharField("回执码", max_length=14, unique=True)
    rated_at = models.DateTimeField("评价时间", default=clock.now)

    objects = RatingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "评价"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(name="rating_number_once", fields=("reply", "deputy", "number"))
        ]

    def __str__(self) -> str:
        return f"评价 {self.pk}"

    @property
    def assignment(self) -> Assignment:
        return self.reply.assignment

    @property
    def place(self) -> Place:
        """What its seal is bound to."""
        return Place(self.reply_id, self.deputy_id, self.number)

    @property
    def kept(self) -> Sealed:
        return Sealed(self.key_version, bytes(self.sealed))

    @cached_property
    def ballot(self) -> Ballot:
        """What it says, unsealed: for whoever `visible_to` lets read it."""
        return ballots.read(self.kept, self.place)

    @property
    def legible(self) -> Ballot | None:
        """The same; none where its seal does not open, and whoever asks has to say so."""
        try:
            return self.ballot
        except UnreadableSeal:
            return None

    @property
    def is_void(self) -> bool:
        """作废: it does not open, two people have said so, and it counts for nothing."""
        return any(each.voided_by_id for each in self.voidings.all())

    @property
    def is_committed(self) -> bool:
        """Whether what is sealed is what the trail holds it to."""
        return ballots.is_committed(self.kept, self.place, self.commitment)


class RatingOpening(models.Model):
    """拆看: one asks with a reason, somebody else agrees, and the author is told (security 1.7).

    For some days the two may read what it says; another dispute is another opening. A row begins
    undecided, and what was decided on it stays (the triggers of migration 0075).
    """

    rating = models.ForeignKey(Rating, models.PROTECT, related_name="openings", verbose_name="评价")
    reason = models.CharField("拆看的理由", max_length=200)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="提出人")
    asked_at = models.DateTimeField("提出时间", default=clock.now)
    opened_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="同意人"
    )
    opened_at = models.DateTimeField("拆看时间", null=True)
    open_until = models.DateField("看到哪一天", null=True)
    refused_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="不同意的人"
    )
    refused_at = models.DateTimeField("不同意的时间", null=True)
    refusal = models.CharField("不同意的理由", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "评价拆看"
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                name="rating_opening_takes_two",
                condition=(Q(opened_by__isnull=True) | ~Q(opened_by=F("asked_by")))
                & (Q(refused_by__isnull=True) | ~Q(refused_by=F("asked_by"))),
                violation_error_message="拆看评价要两个人。",
            ),
            models.CheckConstraint(
                name="rating_opening_has_who_and_when",
                condition=Q(opened_by__isnull=True, opened_at__isnull=True, open_until__isnull=True)
                | Q(opened_by__isnull=False, opened_at__isnull=False, open_until__isnull=False),
            ),
            models.UniqueConstraint(
                name="rating_opening_one_waits",
                fields=("rating",),
                condition=Q(opened_by__isnull=True, refused_by__isnull=True),
            ),
            models.CheckConstraint(
                name="rating_opening_refused_by_whom_when_and_why",
                condition=Q(refused_by__isnull=True, refused_at__isnull=True, refusal="")
                | Q(refused_by__isnull=False, refused_at__isnull=False, opened_by__isnull=True)
                & ~Q(refusal=""),
            ),
            models.CheckConstraint(name="rating_opening_says_why", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.rating} 拆看"

    @property
    def assignment(self) -> Assignment:
        return self.rating.assignment

    @property
    def waits(self) -> bool:
        """Neither agreed to nor refused."""
        return self.opened_by_id is None and self.refused_by_id is None

    def is_open_to(self, actor: Actor, today: date) -> bool:
        """For the two, from the day of the consent to the last day."""
        two = actor.same_person(self.asked_by_id) or actor.same_person(self.opened_by_id)
        return two and self.open_until is not None and today <= self.open_until
