"""附议: who stands behind which text, and who no longer does."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from congress.shared import clock
from congress.shared.workflow import Stepped
from deputies.models import Deputy, Mandate
from proposals.states import SIGNATURE_STEPS, Signature, State

if TYPE_CHECKING:
    from proposals.models.proposal import Proposal


def over(today: date, of: str = "") -> Q:
    """The last day has passed before 提出; after it none runs out. `of` leads to the signature."""
    gathering, last = f"{of}proposal__state", f"{of}expires_on__lt"
    return Q(**{gathering: State.SIGNING, last: today})


def in_force(today: date, of: str = "") -> Q:
    """Neither ended nor run out."""
    return Q(**{f"{of}state": Signature.STANDING}) & ~over(today, of)


def sits(today: date, of: str = "") -> Q:
    """Whose signer holds a seat of the congress it is put to, and does not rest."""
    seats = Mandate.objects.running(today).filter(
        deputy=OuterRef(f"{of}deputy"), term=OuterRef(f"{of}proposal__session__term")
    )
    serves = Deputy.objects.serving(today).filter(pk=OuterRef(f"{of}deputy"))
    return Q(Exists(seats)) & Q(Exists(serves))


def counted(today: date, of: str = "") -> Q:
    """联名 counts when handed in (提出): until then of those alone who sit, after it for good.

    Whoever leaves between 提出 and 受理 has put it forward; whose seat ended before has not.
    """
    return in_force(today, of) & (~Q(**{f"{of}proposal__state": State.SIGNING}) | sits(today, of))


class CosignatureQuerySet(models.QuerySet["Cosignature"]):
    def standing(self) -> Self:
        """Neither taken back, nor run out, nor left behind by a changed text."""
        return self.filter(state=Signature.STANDING)

    def in_force(self, today: date) -> Self:
        """Standing and not run out: whoever counts signatures of a text counts these."""
        return self.filter(in_force(today))

    def counted(self, today: date) -> Self:
        """In force, and given by whoever sits, as long as that may still change."""
        return self.filter(counted(today))

    def who_left(self, today: date) -> Self:
        """Standing before 提出, though their signers sit no more."""
        return self.standing().filter(~sits(today), proposal__state=State.SIGNING)

    def behind(self, proposal: "Proposal", today: date) -> Self:
        """Those that stand behind this text today, by its digest."""
        return self.counted(today).filter(proposal=proposal, digest=proposal.digest)

    def run_out(self, today: date) -> Self:
        """Standing, though their last day is over."""
        return self.standing().filter(over(today))

    def lapsed(self, today: date) -> Self:
        """Run out, whether a step has already put it down or not."""
        return self.filter(Q(state=Signature.EXPIRED) | Q(state=Signature.STANDING) & over(today))


class Cosignature(Stepped):
    """附议: bound to the text by its digest; a changed text is signed anew, in a new row."""

    STEPS = SIGNATURE_STEPS
    state = models.CharField("状态", max_length=20, choices=Signature, default=Signature.STANDING)
    proposal = models.ForeignKey(
        "proposals.Proposal", models.PROTECT, related_name="cosignatures", verbose_name="建议"
    )
    deputy = models.ForeignKey(Deputy, models.PROTECT, verbose_name="代表")
    digest = models.CharField("正文摘要", max_length=64)
    signed_at = models.DateTimeField("附议时间", default=clock.now)
    expires_on = models.DateField("有效期至")

    objects = CosignatureQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "附议"
        ordering = ("signed_at", "id")
        constraints = [
            models.UniqueConstraint(
                name="cosignature_once_per_deputy",
                fields=("proposal", "deputy"),
                condition=Q(state=Signature.STANDING),
            )
        ]

    def __str__(self) -> str:
        return f"{self.deputy} {self.proposal}"

    def has_run_out(self, today: date) -> bool:
        """`lapsed`, of one row."""
        late = self.proposal.state == State.SIGNING and self.expires_on < today
        return self.state == Signature.EXPIRED or (self.state == Signature.STANDING and late)
