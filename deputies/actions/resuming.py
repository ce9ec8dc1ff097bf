"""复原: what ended with a seat, or rested with it, stands again when that is taken back.

Steps of the verbs that revoke a change of seat or of term, which hold the locks and ask why not.
"""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from congress.shared.actors import Actor
from congress.shared.models import AuditEvent, Organisation, Post
from congress.shared.roles import Role
from congress.shared.workflow import record, record_all
from deputies.actions.leaving import A_DAY, DROPPED, act, last_days
from deputies.models import (
    CommitteePost,
    Deputy,
    DeputyGroup,
    Liaison,
    Membership,
    SeatChange,
    SpecialistMembership,
    Suspension,
)
from deputies.states import ChangeKind, ChangeState

RESTORED = "spell_restored"
"""In the trail of a deputy: a spell that went with the seat stands again."""
Row = TypeVar("Row", bound=Model)


def resume(deputies: Iterable[Deputy], *, ended_from: date, by: Actor) -> None:
    """复原: what `leave` and `rest` ended from that day on stands as long as the seats do.

    Groups stand as they stood, the spells that were dropped included. Of what else had begun
    only later, contacts, posts of the committee and specialist groups stay dropped, as the trail
    says; the posts of the seat are given anew. All that stands again is in the trail.
    """
    named = list(deputies)
    until = last_days(named, ended_from)
    for deputy in named:
        if deputy.pk in until:
            _resume(deputy, ended_from, until[deputy.pk], by=by)


def _resume(deputy: Deputy, ended_from: date, last: date | None, *, by: Actor) -> None:
    next_on = last and last + A_DAY
    _regroup(deputy, ended_from, next_on, by=by)
    fields = SpecialistMembership.objects.filter(deputy=deputy, to_on=ended_from)
    _reopen(fields, next_on, by=by)
    _reopen(CommitteePost.objects.filter(deputy=deputy, to_on=ended_from), next_on, by=by)
    contacts = Liaison.objects.filter(Q(deputy=deputy) | Q(holder=deputy), to_on=ended_from)
    for row in contacts:
        same = {"kind": row.kind, "deputy": row.deputy_id, "area": row.area_id}
        if not Liaison.objects.running(ended_from).filter(**same, group=row.group_id).exists():
            _reopen(Liaison.objects.filter(pk=row.pk), next_on, by=by)
    reinstated = SeatChange.objects.filter(
        mandate__deputy=deputy, kind=ChangeKind.REINSTATED, effective_on=ended_from
    )
    if not reinstated.exclude(state=ChangeState.REVOKED).exists():
        _reopen(Suspension.objects.filter(deputy=deputy, to_on=ended_from), None, by=by)
    _act_again(deputy, ended_from, last, by=by)


def _reopen(rows: QuerySet[Row], until: date | None, *, by: Actor) -> None:
    """They run on until that day, with their trail."""
    found = list(rows)
    rows.model._default_manager.filter(pk__in=[row.pk for row in found]).update(to_on=until)
    record_all(found, "reopened", by=by)


def _regroup(deputy: Deputy, ended_from: date, next_on: date | None, *, by: Actor) -> None:
    """Each spell runs until the next one; the last as long as the seats."""
    spells = Membership.objects.filter(deputy=deputy)
    cut = spells.filter(to_on=ended_from).first()
    back = _dropped(deputy, ended_from)
    days = sorted(
        {*spells.filter(from_on__gte=ended_from).values_list("from_on", flat=True), *back}
    )
    for day, group in back.items():
        later = [each for each in days if each > day]
        Membership.objects.create(
            deputy=deputy, group=group, from_on=day, to_on=later[0] if later else next_on
        )
        record(deputy, RESTORED, by=by, note=f"{group.name}，{day:%Y-%m-%d} 起")
    if cut and (not days or days[0] > ended_from):
        _reopen(spells.filter(pk=cut.pk), days[0] if days else next_on, by=by)


def _dropped(deputy: Deputy, ended_from: date) -> dict[date, DeputyGroup]:
    """The spells that this ending dropped, by their first day, as the trail tells them.

    Those restored before, those whose place is taken and those of a renamed group are left out.
    """
    told = AuditEvent.objects.filter(subject=Deputy._meta.label, subject_id=deputy.pk)
    restored = told.filter(now=RESTORED).order_by("-pk").values_list("pk", flat=True).first() or 0
    found = {}
    for note in told.filter(now=DROPPED, was=f"{ended_from:%Y-%m-%d}", pk__gt=restored).values_list(
        "note", flat=True
    ):
        area, name, day = note.split("，")
        from_on = date.fromisoformat(day)
        group = DeputyGroup.objects.filter(area__name=area, name=name).first()
        taken = Membership.objects.running(from_on).filter(deputy=deputy)
        if group and not taken.exists():
            found[from_on] = group
    return found


def _act_again(deputy: Deputy, ended_from: date, last: date | None, *, by: Actor) -> None:
    """The posts of the seat run on, and the own group is convened as before."""
    if deputy.user_id is None or _rests(deputy, ended_from):
        return
    coming = Post.objects.filter(user=deputy.user_id, role=Role.DEPUTY, from_on__gt=ended_from)
    if next_post := coming.order_by("from_on").first():
        last = next_post.from_on - A_DAY
    posts = Post.objects.filter(user=deputy.user_id, to_on=ended_from - A_DAY)
    _reopen(posts.filter(role=Role.DEPUTY), last, by=by)
    for post in posts.filter(role=Role.CONVENOR).select_related("organisation"):
        if _convenes_again(deputy, post, ended_from, by=by):
            _reopen(posts.filter(pk=post.pk), last, by=by)
    own = Membership.objects.running(ended_from).filter(deputy=deputy).values("group__area")
    if Organisation.objects.townships().filter(area__in=own).exists():
        act(deputy, from_on=ended_from, by=by)


def _convenes_again(deputy: Deputy, post: Post, day: date, *, by: Actor) -> bool:
    """The own group is convened as before, unless somebody else convenes it by now."""
    own = Membership.objects.running(day).filter(deputy=deputy).values("group")
    groups = DeputyGroup.objects.filter(area=post.organisation.area_id)
    vacant = list(groups.filter(pk__in=own, convenor=None, dissolved_on=None))
    groups.filter(pk__in=[group.pk for group in vacant]).update(convenor=deputy.user_id)
    record_all(vacant, "convenor_named", by=by)
    return groups.filter(convenor=deputy.user_id).exists()


def _rests(deputy: Deputy, day: date) -> bool:
    return Suspension.objects.running(day).filter(deputy=deputy).exists()
