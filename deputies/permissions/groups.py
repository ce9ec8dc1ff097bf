"""小组: who may name a convenor, and whom."""

from datetime import date

from congress.shared.accounts import why_not_to_self
from congress.shared.actors import Actor
from deputies.models import Deputy, DeputyGroup, Membership


def why_not_name_convenor(
    by: Actor, group: DeputyGroup, deputy: Deputy | None = None, *, today: date
) -> str | None:
    """指定召集人: by the office, one of the group's members who can sign in."""
    if not by.is_staff:
        return "只有代工委可以指定小组召集人。"
    if deputy is None:
        return None
    if not Membership.objects.running(today).filter(deputy=deputy, group=group).exists():
        return f"{deputy.name}现在不在{group.name}，请从本组代表中选。"
    if deputy.user is None:
        return f"{deputy.name}还没有账号，请先给{deputy.name}开户。"
    if deputy.user_id == group.convenor_id:
        return f"{deputy.name}已经是{group.name}的召集人。"
    return why_not_to_self(by, deputy.user)
