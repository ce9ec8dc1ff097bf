"""哈希链: rows of a trail are chained in the order they are sealed, and a seal is never changed.

A sequencer seals what has been committed; a chain computed by the writers themselves would fork
under concurrency or serialise every verb. The last digest is to be printed or sent elsewhere
(`head`): a chain alone does not show that its end was cut off or that it was built anew.
"""

import hashlib
from dataclasses import dataclass

from django.core import serializers
from django.db import connection, models, transaction

from congress.shared.models import AuditEvent, Seal

START = "0" * 64
BATCH = 5000


@dataclass(frozen=True)
class Fault:
    """The first place where a trail and its seals differ."""

    number: int
    row_id: int
    sentence: str


@dataclass(frozen=True)
class Head:
    """链首: the last seal of a trail; written down elsewhere, it holds the whole trail."""

    number: int
    digest: str


def head(trail: str) -> Head:
    """The last seal there is; number 0 when nothing is sealed."""
    last = Seal.objects.filter(trail=trail).order_by("-number").first()
    return Head(last.number, last.digest) if last else Head(0, START)


def why_not_head(trail: str, known: Head) -> str | None:
    """Why a head that was written down is not this trail's; None when it is on the chain."""
    if known.number == 0:
        return None if known.digest == START else "第 0 号封签是链的起点，摘要应全是 0。"
    seal = Seal.objects.filter(trail=trail, number=known.number).first()
    if seal is None:
        return f"链上没有第 {known.number} 号封签：链尾被截去，或者号码抄错了。"
    if seal.digest != known.digest:
        return f"第 {known.number} 号封签的摘要与链上不同：链被重做过，或者摘要抄错了。"
    return None


def digest(before: str, row: models.Model) -> str:
    """The seal of `row` after the seal `before`: SHA-256 over both.

    A column that a later version added says nothing while it is empty: what was sealed holds.
    """
    later = getattr(row, "ADDED_LATER", ())
    fields = [
        field.name
        for field in row._meta.concrete_fields
        if field.name not in later or getattr(row, field.attname) is not None
    ]
    text = serializers.serialize("json", [row], fields=fields)
    return hashlib.sha256(f"{before}{text}".encode()).hexdigest()


def seal(trail: str, model: type[models.Model]) -> int:
    """Every committed row of the trail has its seal; returns how many were added."""
    added = 0
    while step := _seal_some(trail, model):
        added += step
    return added


@transaction.atomic
def _seal_some(trail: str, model: type[models.Model]) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"seal:{trail}"])
    last = head(trail)
    number, before = last.number, last.digest
    sealed = Seal.objects.filter(trail=trail, row_id=models.OuterRef("pk"))
    seals = []
    for row in model._default_manager.filter(~models.Exists(sealed)).order_by("pk")[:BATCH]:
        number, before = number + 1, digest(before, row)
        seals.append(Seal(trail=trail, number=number, row_id=row.pk, digest=before))
    Seal.objects.bulk_create(seals)
    return len(seals)


def first_fault(trail: str, model: type[models.Model]) -> Fault | None:
    """The first changed, missing or re-ordered row of the trail; None when all seals hold."""
    before, last = START, 0
    while links := list(
        Seal.objects.filter(trail=trail, number__gt=last).order_by("number")[:BATCH]
    ):
        rows = model._default_manager.in_bulk([link.row_id for link in links])
        for expected, link in enumerate(links, start=last + 1):
            if link.number != expected:
                return Fault(expected, link.row_id, "封签缺号")
            row = rows.get(link.row_id)
            if row is None:
                return Fault(link.number, link.row_id, "记录被删除")
            before = digest(before, row)
            if before != link.digest:
                return Fault(link.number, link.row_id, "记录被改动")
        last = links[-1].number
    return None


def seal_audit() -> int:
    """办理痕迹: every committed step has its seal."""
    return seal("audit", AuditEvent)


def audit_fault() -> Fault | None:
    """办理痕迹: the first place where the trail is not what was sealed."""
    return first_fault("audit", AuditEvent)
