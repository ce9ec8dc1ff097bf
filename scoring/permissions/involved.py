"""谈话人、经办人: who may be named for a talk or a pack, so that few know and the right ones."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from congress.shared.models import Post, User
from congress.shared.models.places import OrganisationKind
from congress.shared.roles import STAFF, Role
from deputies.models import Deputy

_OFFICE = Q(role__in=STAFF, organisation__kind=OrganisationKind.COMMITTEE)
_DIRECTOR = Q(role=Role.STAFF_DIRECTOR, organisation__kind=OrganisationKind.COMMITTEE)


def may_lead(today: date) -> QuerySet[User]:
    """谈话人、负责领导: leaders of the standing committee and directors of the office."""
    return _holding(Q(role=Role.LEADER) | _DIRECTOR, today)


def may_handle(today: date) -> QuerySet[User]:
    """经办人: the people of the deputy-affairs office."""
    return _holding(_OFFICE, today)


def directors(today: date) -> QuerySet[User]:
    """代工委主任: who is told of what waits for the director, special committees' are not."""
    return _holding(_DIRECTOR, today)


def seconds(today: date) -> QuerySet[User]:
    """第二人: the deputy-affairs office and the committee's leaders."""
    return _holding(_OFFICE | Q(role=Role.LEADER), today)


def audited_by(today: date) -> QuerySet[User]:
    """查账发现不符告诉谁: the office's directors and the auditors."""
    return _holding(_DIRECTOR | Q(role=Role.AUDITOR), today)


def why_not_named(deputy: Deputy, leads: User, handles: User, today: date) -> str | None:
    """Why these two cannot be named for what concerns this deputy."""
    if not may_lead(today).filter(pk=leads.pk).exists():
        return f"{leads.name}不是常委会领导或者代工委主任，不能由其谈话、负责。"
    if not may_handle(today).filter(pk=handles.pk).exists():
        return f"{handles.name}不在代工委，不能经办。"
    if deputy.user_id in (leads.pk, handles.pk):
        return "不能由本人办理自己的事。"
    return None


def _holding(post: Q, today: date) -> QuerySet[User]:
    held = Post.objects.in_force(today).filter(post, user=OuterRef("pk"))
    return User.objects.filter(Exists(held)).order_by("name", "pk")
