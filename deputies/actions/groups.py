"""代表小组: who convenes it."""

from datetime import date

from django.db import transaction

from congress.shared.accounts import hold_office, lay_down, take_up
from congress.shared.actors import Actor
from congress.shared.models import Organisation, User
from congress.shared.roles import Role
from congress.shared.workflow import lock, record, refuse_if
from deputies.models import Deputy, DeputyGroup
from deputies.permissions.groups import why_not_name_convenor


@transaction.atomic
def name_convenor(group: DeputyGroup, *, deputy: Deputy, by: Actor, today: date) -> DeputyGroup:
    """指定召集人: the deputy convenes the group from today on, in a post at 乡镇人大.

    Whoever convened it before loses that post, unless they convene another group there.
    """
    group, deputy = lock(group), lock(deputy)
    refuse_if(why_not_name_convenor(by, group, deputy, today=today))
    office = hold_office(group.area)
    former, group.convenor = group.convenor, deputy.user
    group.save(update_fields=["convenor"])
    _hand_over(office, former, deputy.user, by=by, today=today)
    record(group, "convenor_named", by=by, note=deputy.name)
    return group


def _hand_over(
    office: Organisation, former: User | None, user: User | None, *, by: Actor, today: date
) -> None:
    if user:
        take_up(user, organisation=office, role=Role.CONVENOR, from_on=today, by=by)
    others = DeputyGroup.objects.filter(convenor=former, area=office.area_id)
    if former and not others.exists():
        lay_down(former, organisation=office, role=Role.CONVENOR, before=today, by=by)
