"""小组: whom the office may name as convenor."""

from datetime import date

from django.db.models import QuerySet

from deputies.models import Deputy, DeputyGroup


def may_convene(group: DeputyGroup, today: date) -> QuerySet[Deputy]:
    """The group's members who have an account, by 姓氏笔画."""
    now = Deputy.objects.grouped(today, membership__group=group)
    return now.exclude(user=None).in_name_order()
