"""一个人的全部履历, as dated rows, newest first, in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Model, Q
from django.utils import timezone

from congress.shared.deeds import deed_words
from congress.shared.models import AuditEvent, Post
from deputies.models import (
    CommitteePost,
    Deputy,
    Liaison,
    Mandate,
    Membership,
    SeatChange,
    SpecialistMembership,
    StudyInvitation,
    Suspension,
)
from deputies.states import ChangeState, StudyState

TOLD_ELSEWHERE = {"enrolled", "account", "regrouped"}
"""Deeds of the trail that a dated record tells better."""


@dataclass(frozen=True)
class Row:
    """One dated line; `to` is the last day it held, None while it holds."""

    on: date
    to: date | None
    kind: str
    text: str
    detail: str = ""

    @property
    def days(self) -> str:
        """2021 年 12 月 1 日, or from when to when."""
        return day(self.on) if self.to == self.on else f"{day(self.on)}起{self._until()}"

    def _until(self) -> str:
        return f"，{day(self.to)}止" if self.to else ""


def day(on: date) -> str:
    return f"{on.year} 年 {on.month} 月 {on.day} 日"


def rows(deputy: Deputy) -> list[Row]:
    """Everything the register knows of this person's seats, groups, posts and data."""
    parts = (seats, changes, rests, groups, fields, studies, committee, contacts, posts, amendments)
    found = [row for part in parts for row in part(deputy)]
    return sorted(found, key=lambda row: (row.on, row.kind), reverse=True)


def seats(deputy: Deputy) -> Iterable[Row]:
    """代表资格: every seat, of every congress and term."""
    held = Mandate.objects.filter(deputy=deputy)
    for seat in held.select_related("term__assembly", "district", "delegation"):
        place = seat.delegation.name if seat.delegation else ""
        words = "，".join(filter(None, (seat.district.name, place, f"证号 {seat.certificate}")))
        ended = f"，{seat.get_end_cause_display()}" if seat.end_cause else ""
        yield Row(seat.from_on, seat.to_on, "代表资格", f"{seat.term}代表", words + ended)


def changes(deputy: Deputy) -> Iterable[Row]:
    """资格变动: by which meeting, and in which announcement it was told."""
    told = SeatChange.objects.filter(mandate__deputy=deputy).exclude(state=ChangeState.REVOKED)
    for change in told.select_related("announcement", "mandate__term__assembly"):
        paper = f"，公告{change.announcement}" if change.announcement else "，还没有公告"
        yield Row(
            change.effective_on,
            change.effective_on,
            change.get_kind_display(),
            f"{change.mandate.term}：{change.reason}",
            f"{change.meeting}{paper}",
        )


def rests(deputy: Deputy) -> Iterable[Row]:
    for row in Suspension.objects.filter(deputy=deputy):
        yield Row(row.from_on, _last(row.to_on), "暂停执行职务", row.get_ground_display())


def groups(deputy: Deputy) -> Iterable[Row]:
    rows = Membership.objects.filter(deputy=deputy).select_related("group__area")
    for row in rows:
        yield Row(row.from_on, _last(row.to_on), "代表小组", row.group.name, row.group.area.name)


def fields(deputy: Deputy) -> Iterable[Row]:
    rows = SpecialistMembership.objects.filter(deputy=deputy)
    for row in rows.select_related("group__committee"):
        words = f"{row.group.field}，对口{row.group.committee}"
        yield Row(row.from_on, _last(row.to_on), "专业代表小组", row.group.name, words)


def studies(deputy: Deputy) -> Iterable[Row]:
    """对口调研: what the person was invited to, and came to."""
    rows = StudyInvitation.objects.filter(deputy=deputy).exclude(study__state=StudyState.CANCELLED)
    for row in rows.select_related("study__group"):
        said = row.get_answer_display() or "没有回复"
        study = row.study
        kind = study.get_kind_display()
        yield Row(study.starts_on, study.ends_on, kind, study.topic, f"{study.group}，{said}")


def committee(deputy: Deputy) -> Iterable[Row]:
    """常委会职务."""
    for row in CommitteePost.objects.filter(deputy=deputy).select_related("assembly"):
        office = f"{row.assembly}常务委员会"
        yield Row(row.from_on, _last(row.to_on), "常委会职务", row.get_post_display(), office)


def contacts(deputy: Deputy) -> Iterable[Row]:
    """双联: with whom, and by whom."""
    rows = Liaison.objects.filter(Q(holder=deputy) | Q(deputy=deputy))
    for row in rows.select_related("holder", "deputy", "area", "group"):
        words = f"由{row.holder.name}联系" if row.deputy == deputy else f"联系{row.target}"
        yield Row(row.from_on, _last(row.to_on), "双联", words, row.get_kind_display())


def posts(deputy: Deputy) -> Iterable[Row]:
    """任职: in which roles the person could act."""
    if deputy.user is None:
        return
    for post in Post.objects.of(deputy.user).select_related("organisation"):
        text = post.get_role_display()
        yield Row(post.from_on, post.to_on, "任职", text, post.organisation.name)


def trail(row: Model) -> list[Row]:
    """办理痕迹 of any record, newest first."""
    label = row._meta.label
    events = AuditEvent.objects.filter(subject=label, subject_id=row.pk).order_by("-at", "-pk")
    return [_event(label, event) for event in events]


def _event(label: str, event: AuditEvent) -> Row:
    on = timezone.localdate(event.at)
    return Row(on, on, deed_words(label, event.now), event.note or "—", event.by_name)


def amendments(deputy: Deputy) -> Iterable[Row]:
    """What the trail says of the person's own data."""
    label = deputy._meta.label
    events = AuditEvent.objects.filter(subject=label, subject_id=deputy.pk)
    for event in events.exclude(now__in=TOLD_ELSEWHERE):
        yield _event(label, event)


def _last(to_on: date | None) -> date | None:
    return to_on - timedelta(days=1) if to_on else None
