"""一个人的资料: put right by hand, field by field."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from congress.shared.actors import Actor
from congress.shared.workflow import lock, record, refuse_if
from deputies.models import Deputy
from deputies.models.people import NAME_KEYS
from deputies.permissions.roster import why_not_correct_person
from deputies.queries.verdicts import PERSON


@transaction.atomic
def correct_person(deputy: Deputy, *, facts: Mapping[str, str | date], by: Actor) -> Deputy:
    """更正资料: the person's facts are as typed, and the account carries the same name.

    `facts` by the deputy's field names. The trail says what changed; telephones are not repeated.
    """
    deputy = lock(deputy)
    refuse_if(why_not_correct_person(by, deputy, facts))
    said = []
    for column, name in PERSON:
        old, new = getattr(deputy, name), facts.get(name, getattr(deputy, name))
        if old != new:
            setattr(deputy, name, new)
            said.append(column if name == "phone" else f"{column}：{_text(old)}→{_text(new)}")
    deputy.sort_by_name()
    deputy.save(update_fields=[*(name for _, name in PERSON), *NAME_KEYS])
    if deputy.user and deputy.user.name != deputy.name:
        deputy.user.name = deputy.name
        deputy.user.save(update_fields=["name"])
    record(deputy, "mended", by=by, note="；".join(said))
    return deputy


def _text(value: object) -> str:
    return f"{value:%Y.%m}" if isinstance(value, date) else str(value) or "（空）"
