"""逐条请求: the points that a reply must answer one by one."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from django.db import models
from django.db.models import Q

from proposals.models.proposal import Proposal


class Ask(models.Model):
    """一条请求: a proposal split into the points that must be answered one by one."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="asks", verbose_name="建议")
    position = models.PositiveSmallIntegerField("次序")
    text = models.CharField("请求", max_length=300)

    class Meta:
        verbose_name = verbose_name_plural = "逐条请求"
        ordering = ("proposal", "position")
        constraints = [
            models.UniqueConstraint(
                name="ask_position_once_per_proposal", fields=("proposal", "position")
            ),
            models.CheckConstraint(name="ask_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.text}"

    def called_in(self, proposal: int) -> str:
        """第 1 条; one of a merged proposal with its own number before it: 1902090 号第 1 条."""
        name = f"第 {self.position} 条"
        return name if self.proposal_id == proposal else f"{self.proposal.number} 号{name}"


class AboutAsk(Protocol):
    @property
    def ask(self) -> Ask: ...


About = TypeVar("About", bound=AboutAsk)


def in_order(rows: Iterable[About], proposal: int) -> list[About]:
    """What is said of its asks one by one, the proposal's own first, then each merged one's."""
    return sorted(
        rows,
        key=lambda each: (
            each.ask.proposal_id != proposal,
            each.ask.proposal_id,
            each.ask.position,
        ),
    )
