"""编号: gap-free within a session, and never the same in two congresses."""

from django.db import models

from congress.shared.models import Assembly, Session

WITH_CONGRESS = ("session__term__assembly__level", "session__term__assembly__area")
"""What `Session.full_name` reads, for a list of what hangs on sessions."""


def number_of(session: Session, serial: int) -> str:
    """1905001 in the county's congress, 柳河镇1905001 in a township's.

    One deployment serves one county: its congress was registered first. Another of its level, if
    ever there is one, has its place in the number like a township, so that the two never meet.

    The place is in the number itself, so that an address, a paper or a search that has only the
    number means one proposal.
    """
    assembly = session.term.assembly
    peers = Assembly.objects.filter(level=assembly.level_id).order_by("pk")
    own = session.of_county and peers.first() == assembly
    place = "" if own else assembly.area.name
    return f"{place}{session.term.number:02}{session.number:02}{serial:03}"


def without_place(number: str) -> str:
    """What `number_of` puts behind the place, whose name ends in no figure."""
    return number[len(number.rstrip("0123456789")) :]


class NumberSeries(models.Model):
    """编号: gap-free within a session, like 1902089 = term 19, session 02, serial 089."""

    session = models.OneToOneField(Session, models.PROTECT, verbose_name="会次")
    last = models.PositiveIntegerField("已用到", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "编号"

    def __str__(self) -> str:
        return f"{self.session} {self.last}"
