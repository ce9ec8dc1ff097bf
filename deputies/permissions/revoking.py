"""撤销登记: which change of a seat may be taken back."""

from congress.shared.actors import Actor
from congress.shared.workflow import why_not_move
from deputies.models import SeatChange
from deputies.permissions.seats import most_held, why_not_office
from deputies.states import ENDS, ChangeState


def why_not_revoke_change(by: Actor, change: SeatChange) -> str | None:
    """撤销登记: the newest change of the person, told in no paper yet, with the seat still free."""
    return (
        why_not_office(by, change.mandate.deputy)
        or why_not_move(change, ChangeState.REVOKED)
        or _why_not_in_part(change)
        or _why_not_before_newer(change)
        or _why_not_without_room(change)
    )


def _why_not_in_part(change: SeatChange) -> str | None:
    """What was registered of all seats together is taken back of all, or of none."""
    told = SeatChange.objects.registered_with(change).exclude(announcement=None).first()
    if told is None:
        return None
    return f"{_words(told)}已在公告{told.announcement}里公布（{told.mandate.term}），不能再撤销。"


def _why_not_before_newer(change: SeatChange) -> str | None:
    """Each change was made on what the one before had left."""
    whole = SeatChange.objects.registered_with(change)
    later = SeatChange.objects.standing().filter(mandate__deputy=change.mandate.deputy_id)
    newest = later.filter(pk__gt=change.pk).exclude(pk__in=whole.values("pk")).order_by("-pk")
    if (newer := newest.first()) is None:
        return None
    if newer.announcement:
        return f"这以后登记的{_words(newer)}已经公告，这一项不能再撤销。"
    return f"这以后还登记了{_words(newer)}，请先撤销那一项。"


def _why_not_without_room(change: SeatChange) -> str | None:
    """An end that is taken back fills the seat again."""
    term = change.mandate.term
    if change.kind not in ENDS or term.seats is None:
        return None
    if most_held(term, change.effective_on) < term.seats:
        return None
    return f"{term}名额 {term.seats} 名已满，空出的名额已经有人，这一项不能再撤销。"


def _words(change: SeatChange) -> str:
    name, kind, day = change.mandate.deputy.name, change.get_kind_display(), change.effective_on
    return f"{name}{kind}（{day:%Y-%m-%d} 生效）"
