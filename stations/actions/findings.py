"""发现的问题: written down, handed on, solved or not taken; whoever found it hears how it ends."""

import secrets
from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse

from congress.shared import clock, notices
from congress.shared.actors import Actor
from congress.shared.calendar import add_working_days
from congress.shared.errors import Refused
from congress.shared.local_rules import LocalRule
from congress.shared.models import Area, Organisation, Post, User, Workday
from congress.shared.roles import STAFF, UNIT, Role
from congress.shared.workflow import lock, move, record, refuse_if
from deputies.actions.photos import Photo
from deputies.models import Membership
from stations.models import Activity, Council, Finding, FindingPhoto, FindingPhotoOf
from stations.permissions.findings import (
    Noticed,
    why_not_decline_finding,
    why_not_hand_finding,
    why_not_propose_finding,
    why_not_raise_finding,
    why_not_solve_finding,
    why_not_withdraw_finding,
)
from stations.rules import HAND_DAYS, SOLVE_DAYS
from stations.states import FindingState

SAID = ("deputy", "topic", "title", "words", "place", "found_on")
TWICE = "这个问题已经登记过，写的不一样。登记过的在“发现的问题”里；是另一个问题，请重新打开登记。"


def _due(rule: LocalRule, today: date) -> date:
    return add_working_days(today, rule.on(today), Workday.objects.works())


@transaction.atomic
def raise_finding(
    source: Activity | Council, *, noticed: Noticed, token: UUID, by: Actor, today: date
) -> Finding:
    """登记问题: the township has some days to hand it on; sent twice it is one.

    What is sent again in other words is refused, so that nobody believes it has been kept.
    """
    source = lock(source)
    if known := Finding.objects.filter(token=token).first():
        refuse_if(None if _same(known, source, noticed, by) else TWICE)
        return known
    refuse_if(why_not_raise_finding(by, source, noticed, today=today))
    if by.user is None:
        raise Refused("问题须由人来登记。")
    council = source if isinstance(source, Council) else None
    activity = None if isinstance(source, Council) else source
    finding = Finding.objects.create(
        activity=activity,
        council=council,
        topic=noticed.topic,
        area=_area(source, noticed),
        deputy=noticed.deputy,
        title=noticed.title,
        words=noticed.words,
        place=noticed.place,
        found_on=noticed.found_on,
        raised_by=by.user,
        raised_at=clock.now(),
        token=token,
        due_on=_due(HAND_DAYS, today),
    )
    _keep(finding, noticed.photos, FindingPhotoOf.FOUND)
    record(finding, FindingState.FOUND, by=by, note=finding.title)
    said = f"{noticed.deputy.name}代表发现一个问题：{finding.title}。请交办。"
    _tell(finding, _clerks(finding, today) - {by.user}, "found", said)
    return finding


def _same(known: Finding, source: Activity | Council, noticed: Noticed, by: Actor) -> bool:
    """Whether the second sending says what the first did."""
    said = all(getattr(known, name) == getattr(noticed, name) for name in SAID)
    return said and known.raised_by == by.user and source in (known.activity, known.council)


def _area(source: Activity | Council, noticed: Noticed) -> Area:
    """Where it is dealt with: of the station, of the group, else of the deputy's own group."""
    if isinstance(source, Council):
        return source.station.area
    if source.group:
        return source.group.area
    spells = Membership.objects.filter(deputy=noticed.deputy, from_on__lte=noticed.found_on)
    spell = spells.select_related("group__area").order_by("-from_on").first()
    if spell is None:
        raise Refused(f"{noticed.deputy.name}没有编组，不知道问题归哪个乡镇，请代工委先编组。")
    return spell.group.area


def _keep(finding: Finding, photos: Collection[Photo], of: FindingPhotoOf) -> None:
    known = set(finding.photos.values_list("digest", flat=True))
    for photo in {each.sha256: each for each in photos if each.sha256 not in known}.values():
        kept = FindingPhoto(finding=finding, of=of, digest=photo.sha256)
        kept.file.save(f"{secrets.token_urlsafe(24)}.jpg", ContentFile(photo.content), save=False)
        kept.save(force_insert=True)


@transaction.atomic
def hand_finding(
    finding: Finding, *, unit: Organisation | None = None, handler: str = "", by: Actor, today: date
) -> Finding:
    """交办: to a county unit or to somebody named; another way than before is told anew."""
    finding = lock(finding)
    refuse_if(why_not_hand_finding(by, finding, unit, handler))
    _asked_no_more(finding)
    whom = unit.name if unit else handler
    way: dict[str, Any] = {"unit": unit, "handler": handler, "due_on": _due(SOLVE_DAYS, today)}
    if finding.state == FindingState.HANDED:
        for name, value in way.items():
            setattr(finding, name, value)
        finding.save(update_fields=[*way])
        record(finding, "finding_rehanded", by=by, note=whom)
    else:
        finding = move(finding, FindingState.HANDED, by=by, note=whom, **way)
    day = f"{finding.due_on:%-m 月 %-d 日}前" if finding.due_on else ""
    said = f"您发现的“{finding.title}”已交办：{whom}。"
    kind = f"handed:{unit.pk if unit else handler[:20]}:{finding.due_on}"
    _tell(finding, {finding.deputy.user}, kind, said)
    if unit:
        posts = Post.objects.filter(role__in=UNIT, organisation=unit).in_force(today)
        people = set(User.objects.filter(posts__in=posts))
        said = f"代表发现的问题交您单位办理，{day}解决：{finding.title}。"
        _tell(finding, people, f"unit:{unit.pk}:{finding.due_on}", said)
    return finding


@transaction.atomic
def solve_finding(
    finding: Finding, *, result: str, photos: Collection[Photo] = (), by: Actor
) -> Finding:
    """解决: with what was done, and pictures of it where there are any."""
    finding = lock(finding)
    refuse_if(why_not_solve_finding(by, finding, result))
    _keep(finding, photos, FindingPhotoOf.SOLVED)
    return _ended(finding, FindingState.SOLVED, by=by, note=result[:200], result=result)


@transaction.atomic
def decline_finding(finding: Finding, *, reason: str, by: Actor) -> Finding:
    """不予采纳: the deputy reads why."""
    finding = lock(finding)
    refuse_if(why_not_decline_finding(by, finding, reason))
    return _ended(finding, FindingState.DECLINED, by=by, note=reason, why=reason)


@transaction.atomic
def withdraw_finding(finding: Finding, *, reason: str, by: Actor) -> Finding:
    """撤回: it stays with its reason and counts nowhere."""
    finding = lock(finding)
    refuse_if(why_not_withdraw_finding(by, finding))
    return _ended(finding, FindingState.WITHDRAWN, by=by, note=reason, why=reason)


@transaction.atomic
def note_proposing_finding(finding: Finding, *, by: Actor) -> str:
    """据此写建议: the trail has it; where and when it was found, in words.

    A part of `congress.home.proposing.begin_proposal_of_finding`, which makes the draft.
    """
    finding = lock(finding)
    refuse_if(why_not_propose_finding(by, finding))
    record(finding, "proposing", by=by)
    on, source = finding.found_on, finding.activity or finding.council
    return f"{on.year} 年 {on.month} 月 {on.day} 日“{source}”中发现：{finding.title}"[:120]


def _ended(finding: Finding, to: FindingState, *, by: Actor, note: str, **words: object) -> Finding:
    _asked_no_more(finding)
    ended = {"due_on": None, "ended_by": by.user, "ended_at": clock.now(), **words}
    finding = move(finding, to, by=by, note=note, **ended)
    if finding.deputy.user_id != (by.user.pk if by.user else None):
        said = f"您发现的“{finding.title}”{to.label}：{note}"
        _tell(finding, {finding.deputy.user}, "ended", said)
    return finding


def _key(finding: Finding, kind: str) -> str:
    return f"stations.finding:{finding.pk}:{kind}"


def _tell(finding: Finding, people: Collection[User | None], kind: str, text: str) -> None:
    link = reverse("stations:finding", args=[finding.pk])
    notices.write(people, key=_key(finding, kind), text=text[:200], link=link)


def _asked_no_more(finding: Finding) -> None:
    """Nobody is asked for what is done."""
    kind = f"unit:{finding.unit_id}:{finding.due_on}" if finding.unit_id else "found"
    notices.settle_for_all(key=_key(finding, kind), at=clock.now())


def _clerks(finding: Finding, today: date) -> set[User]:
    """The township's clerks; the office where it has none."""
    posts = Post.objects.in_force(today)
    clerks = posts.filter(role=Role.TOWNSHIP_CLERK, organisation__area=finding.area_id)
    found = set(User.objects.filter(posts__in=clerks))
    return found or set(User.objects.filter(posts__in=posts.filter(role__in=STAFF)))
