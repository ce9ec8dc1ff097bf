"""小组: whom the office may name as convenor."""

from django.db.models import QuerySet

from deputies.models import Deputy, DeputyGroup


def may_convene(group: DeputyGroup) -> QuerySet[Deputy]:
    """The group's members who have an account, by 姓氏笔画."""
    now = Deputy.objects.filter(membership__group=group, membership__to_on=None)
    return now.exclude(user=None).in_name_order()
