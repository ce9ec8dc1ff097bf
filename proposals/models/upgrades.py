"""转类: what a class became after the letter went out, and how the deputy rates the fulfilment."""

from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.functional import cached_property

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.models import User
from congress.shared.roles import UNIT, Role
from congress.shared.sealing import Sealed, UnreadableSeal
from congress.shared.workflow import Stepped
from deputies.models import Deputy
from proposals import ballots
from proposals.ballots import FulfilmentBallot, FulfilmentPlace
from proposals.follow_states import UPGRADE_STEPS, UpgradeState
from proposals.models.asks import Ask
from proposals.models.assigning import Assignment
from proposals.models.proposal import Proposal
from proposals.models.reference import OutcomeClass, Result
from proposals.models.replies import Answer, Reply
from proposals.states import SHOWN_TO_UNIT, State


class UpgradeQuerySet(models.QuerySet["Upgrade"]):
    def waiting(self) -> Self:
        rows = self.filter(state=UpgradeState.ASKED)
        return rows.exclude(reply__assignment__proposal__state=State.WITHDRAWN)

    def confirmed(self) -> Self:
        return self.filter(state=UpgradeState.CONFIRMED)

    def visible_to(self, actor: Actor) -> Self:
        """The desk and a township's office, the unit its own, the lead deputy theirs."""
        if actor.at_the_desk:
            return self
        if actor.is_a(Role.TOWNSHIP_CLERK):
            return self.filter(reply__assignment__proposal__in=Proposal.objects.decided_by(actor))
        if actor.role in UNIT:
            return self.filter(
                reply__assignment__unit=actor.organisation_id,
                reply__assignment__state__in=SHOWN_TO_UNIT,
            )
        led = Proposal.objects.led_or_fostered_by(actor)
        return self.filter(reply__assignment__proposal__in=led)

    def with_case(self) -> Self:
        """Everything a line shows."""
        return self.select_related(
            *("ask", "was", "becomes", "reply__assignment__unit"),
            "reply__assignment__proposal__lead",
            "reply__assignment__proposal__session__term__assembly__level",
            "reply__assignment__proposal__session__term__assembly__area",
        )


class Upgrade(Stepped):
    """转类: asked by the unit with what shows it, confirmed by the office; the letter stays."""

    STEPS = UPGRADE_STEPS
    state = models.CharField(
        "状态", max_length=20, choices=UpgradeState, default=UpgradeState.ASKED
    )
    reply = models.ForeignKey(Reply, models.PROTECT, related_name="upgrades", verbose_name="答复")
    ask = models.ForeignKey(
        Ask, models.PROTECT, null=True, related_name="upgrades", verbose_name="请求"
    )
    was = models.ForeignKey(
        OutcomeClass, models.PROTECT, related_name="+", verbose_name="原来的类别"
    )
    becomes = models.ForeignKey(OutcomeClass, models.PROTECT, related_name="+", verbose_name="转为")
    evidence = models.CharField("依据", max_length=300)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="申请人")
    asked_on = models.DateField("申请日期")
    words = models.CharField("核实意见", max_length=200, blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="核实人"
    )
    decided_on = models.DateField("核实日期", null=True)

    objects = UpgradeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "转类"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                name="upgrade_one_waits",
                fields=("reply", "ask"),
                condition=Q(state=UpgradeState.ASKED),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="upgrade_changes_the_class", condition=~Q(was=F("becomes"))
            ),
            models.CheckConstraint(name="upgrade_shows_something", condition=~Q(evidence="")),
            models.CheckConstraint(
                name="upgrade_decided_has_who_and_when",
                condition=Q(
                    state=UpgradeState.ASKED, decided_by__isnull=True, decided_on__isnull=True
                )
                | Q(state=UpgradeState.CONFIRMED, decided_by__isnull=False)
                & Q(decided_on__isnull=False)
                | Q(state=UpgradeState.REFUSED, decided_by__isnull=False)
                & Q(decided_on__isnull=False)
                & ~Q(words="")
                | Q(state=UpgradeState.REPLACED, decided_by__isnull=True, decided_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reply} {self.was.code} → {self.becomes.code}"

    @property
    def assignment(self) -> Assignment:
        return self.reply.assignment


class FulfilmentRatingQuerySet(models.QuerySet["FulfilmentRating"]):
    def latest_each(self) -> Self:
        """The one that counts for each reply: the last."""
        return self.order_by("reply_id", "-id").distinct("reply_id")

    def standing(self) -> Self:
        """What no later one of the same reply has replaced."""
        later = FulfilmentRating.objects.filter(reply=OuterRef("reply"), pk__gt=OuterRef("pk"))
        return self.exclude(Exists(later))

    def visible_to(self, actor: Actor) -> Self:
        """Its author, 代工委, and a township's office those of its own; nobody else whatever."""
        if actor.at_deputy_office:
            return self
        if actor.is_a(Role.TOWNSHIP_CLERK):
            own = Proposal.objects.decided_by(actor)
            return self.filter(reply__assignment__proposal__in=own)
        return self.filter(deputy__user=actor.user) if actor.user else self.none()


class FulfilmentRating(models.Model):
    """兑现评价: one row each time it is given; the app's role cannot change or delete any.

    What it says is sealed as a rating is (评价): the trail holds the commitment.
    """

    reply = models.ForeignKey(
        Reply, models.PROTECT, related_name="fulfilment_ratings", verbose_name="答复"
    )
    deputy = models.ForeignKey(Deputy, models.PROTECT, verbose_name="领衔代表")
    number = models.PositiveIntegerField("第几次")
    key_version = models.PositiveSmallIntegerField("密钥版本")
    sealed = models.BinaryField("密封的评价")
    commitment = models.CharField("承诺值", max_length=64)
    code = models.CharField("回执码", max_length=14, unique=True)
    rated_at = models.DateTimeField("评价时间", default=clock.now)

    objects = FulfilmentRatingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "兑现评价"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                name="fulfilment_rating_number_once", fields=("reply", "deputy", "number")
            )
        ]

    def __str__(self) -> str:
        return f"兑现评价 {self.pk}"

    @property
    def place(self) -> FulfilmentPlace:
        """What its seal is bound to."""
        return FulfilmentPlace(self.reply_id, self.deputy_id, self.number)

    @property
    def kept(self) -> Sealed:
        return Sealed(self.key_version, bytes(self.sealed))

    @cached_property
    def ballot(self) -> FulfilmentBallot:
        """What it says, unsealed: for whoever `visible_to` lets read it."""
        return ballots.read_fulfilment(self.kept, self.place)

    @property
    def legible(self) -> FulfilmentBallot | None:
        """The same; none where its seal does not open, and whoever asks has to say so."""
        try:
            return self.ballot
        except UnreadableSeal:
            return None

    @property
    def is_committed(self) -> bool:
        """Whether what is sealed is what the trail holds it to."""
        return ballots.is_committed(self.kept, self.place, self.commitment)


def class_of(reply: Reply, ask: int | None) -> OutcomeClass:
    """The class that counts for one ask, or for a reply without any: signed, or upgraded since."""
    confirmed = [
        each
        for each in reply.upgrades.all()
        if each.state == UpgradeState.CONFIRMED and each.ask_id == ask
    ]
    if confirmed:
        return max(confirmed, key=lambda each: each.pk).becomes
    answer = next((each for each in reply.answers.all() if each.ask_id == ask), None)
    return answer.outcome if answer else reply.outcome


def whole_class_of(reply: Reply) -> OutcomeClass:
    """整件的类别 as it counts now: the lowest of its asks, as where it was signed."""
    asks: list[Answer] = list(reply.answers.all())
    found = [class_of(reply, each.ask_id) for each in asks] or [class_of(reply, None)]
    return max(found, key=lambda each: each.position)


def result_now(reply: Reply) -> Result:
    """As the letter calls it while nothing was upgraded."""
    now = whole_class_of(reply)
    return reply.result if now == reply.outcome else now.result
