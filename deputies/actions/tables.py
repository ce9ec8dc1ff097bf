"""小组表、双联安排表: what a previewed table says comes about by the verbs people use one by one.

So nothing can come in by a table that could not be done by hand, and every step leaves its trail.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.models import Area
from congress.shared.workflow import lock, move, refuse_if
from deputies.actions import groups, liaison
from deputies.actions.reading import refuse_drift
from deputies.models import CommitteePost, Deputy, DeputyGroup, Liaison, RosterImport
from deputies.permissions.groups import why_not_name_convenor
from deputies.permissions.liaison import Target, why_not_assign
from deputies.permissions.roster import why_not_apply_table, why_not_undo_table
from deputies.queries import judging
from deputies.queries.group_verdicts import GroupRow
from deputies.queries.liaison_verdicts import LiaisonRow
from deputies.queries.verdicts import Judged
from deputies.sheets import Line
from deputies.states import ImportState, LiaisonKind, SheetKind, Verdict

Noted = dict[str, list[Any]]
"""What a table made and changed, for an undo; kept with the batch."""


@transaction.atomic
def apply_table(batch: RosterImport, *, by: Actor, today: date) -> RosterImport:
    """确认导入: groups, convenors, posts and contacts stand as the rows without error say.

    What the table does not name stays as it is; the same table again changes nothing.
    """
    batch = lock(batch)
    refuse_if(why_not_apply_table(by, batch))
    lock(batch.county)
    rows = list(batch.rows.exclude(verdict=Verdict.ERROR).order_by("number"))
    lines = [Line(row.number, row.cells) for row in rows]
    judged = list(judging.judge_each(batch, lines, today))
    refuse_drift(rows, judged)
    write = _write_groups if batch.kind == SheetKind.GROUPS else _write_liaisons
    noted: Noted = {}
    for one in judged:
        _row(one, write, noted, by=by, today=today)
    facts = {"applied_by": by.user, "applied_at": clock.now(), "made": noted}
    return move(batch, ImportState.APPLIED, by=by, note=f"{len(rows)} 行", **facts)


def _row(one: Judged, write: Callable[..., None], noted: Noted, *, by: Actor, today: date) -> None:
    """A verb's refusal says of which row it speaks."""
    try:
        write(one, noted, by=by, today=today)
    except Refused as refusal:
        raise Refused(f"第 {one.line.number} 行：{refusal.reason}") from refusal


def _write_groups(one: GroupRow, noted: Noted, *, by: Actor, today: date) -> None:
    if one.group is None:
        assert one.area is not None, "a judged row has its township"  # noqa: S101  # for mypy
        made = groups.form_group(one.area, name=one.name, by=by)
        noted.setdefault("groups", []).append(made.pk)
    elif one.changes and one.convenor:
        noted.setdefault("convenors", []).append(
            [one.group.pk, one.group.convenor_id, one.convenor.user_id]
        )
        groups.name_convenor(one.group, deputy=one.convenor, by=by, today=today)


def _write_liaisons(one: LiaisonRow, noted: Noted, *, by: Actor, today: date) -> None:
    assert one.holder is not None, "a judged row has its holder"  # noqa: S101  # for mypy
    if one.post:
        assert one.assembly is not None, "posts are a congress's"  # noqa: S101  # for mypy
        post = liaison.appoint(one.holder, assembly=one.assembly, post=one.post, by=by, today=today)
        noted.setdefault("posts", []).append(post.pk)
    for aim in one.aims:
        if aim.was and aim.was.holder_id == one.holder.pk:
            continue
        if aim.was:
            before = [aim.was.holder_id, aim.kind.value, aim.target.pk]
            noted.setdefault("ended", []).append(before)
            liaison.end_liaison(aim.was, by=by, today=today)
        made = liaison.assign(one.holder, kind=aim.kind, target=aim.target, by=by, today=today)
        noted.setdefault("liaisons", []).append(made.pk)


@transaction.atomic
def undo_table(batch: RosterImport, *, by: Actor, today: date) -> RosterImport:
    """撤回导入: from today on groups, convenors, posts and contacts are as before the table.

    What was changed by hand since stays; the batch names it.
    """
    batch = lock(batch)
    refuse_if(why_not_undo_table(by, batch, now=clock.now()))
    lock(batch.county)
    kept: list[str] = []
    undo = _undo_groups if batch.kind == SheetKind.GROUPS else _undo_liaisons
    undone = undo(batch.made, kept, by=by, today=today)
    words = f"撤回 {undone} 项"
    if kept:
        more = "等" if len(kept) > 10 else ""
        words += f"，保留 {len(kept)} 项（后来又改过）：{'、'.join(kept[:10])}{more}"
    facts = {"problem": words[:200], "undone_by": by.user, "undone_at": clock.now()}
    return move(batch, ImportState.UNDONE, by=by, note=words, **facts)


def _undo_groups(noted: Mapping[str, Any], kept: list[str], *, by: Actor, today: date) -> int:
    done = 0
    for pk, former, named in noted.get("convenors", []):
        group = DeputyGroup.objects.select_related("area").get(pk=pk)
        deputy = Deputy.objects.filter(user=former).first() if former else None
        if group.convenor_id != named:
            kept.append(group.name)
        elif deputy and not why_not_name_convenor(by, group, deputy, today=today):
            groups.name_convenor(group, deputy=deputy, by=by, today=today)
            done += 1
        else:
            groups.release_convenor(group, by=by, today=today)
            done += 1
    for group in DeputyGroup.objects.filter(pk__in=noted.get("groups", [])):
        try:
            with transaction.atomic():
                group.delete()
            done += 1
        except ProtectedError:
            kept.append(group.name)
    return done


def _undo_liaisons(noted: Mapping[str, Any], kept: list[str], *, by: Actor, today: date) -> int:
    done = 0
    running = Liaison.objects.running(today).select_related("holder", "deputy", "area", "group")
    for row in running.filter(pk__in=noted.get("liaisons", [])):
        liaison.end_liaison(row, by=by, today=today)
        done += 1
    for holder, kind, number in noted.get("ended", []):
        of, person = LiaisonKind(kind), Deputy.objects.get(pk=holder)
        target = _target(of, number)
        if why_not_assign(by, of, person, target, today=today):
            kept.append(f"{person.name}联系{target}")
        else:
            liaison.assign(person, kind=of, target=target, by=by, today=today)
    for post in CommitteePost.objects.running(today).filter(pk__in=noted.get("posts", [])):
        if running.filter(holder=post.deputy_id).exists():
            kept.append(f"{post.deputy.name}的职务")
            continue
        liaison.step_down(post, by=by, today=today)
        done += 1
    return done


def _target(kind: LiaisonKind, number: int) -> Target:
    if kind == LiaisonKind.MEMBER:
        return Deputy.objects.get(pk=number)
    if kind == LiaisonKind.DIRECTOR:
        return Area.objects.get(pk=number)
    return DeputyGroup.objects.get(pk=number)
