"""反复提: who says how two proposals that look alike stand to each other."""

from congress.shared.actors import Actor
from congress.shared.names import says_something
from proposals.models import Proposal, Recurrence
from proposals.permissions.office import why_not_office
from proposals.recurring import UNCOUNTED, Likeness


def why_not_confirm_likeness(
    by: Actor, proposal: Proposal, other: Proposal | None = None, kind: str | None = None
) -> str | None:
    """The office, of two that were raised and that nobody has judged together before."""
    if reason := why_not_office(by, proposal.session, "认定反复提"):
        return reason
    if proposal.state in UNCOUNTED:
        return f"建议目前是“{proposal.get_state_display()}”，提出来还在的才能认定。"
    if other is None:
        return None
    if other.pk == proposal.pk:
        return "不能和自己比。"
    if other.state in UNCOUNTED or not Proposal.objects.visible_to(by).filter(pk=other.pk).exists():
        return "要对照的那一件不在可以对照的建议里，请刷新后再认定。"
    if judged := judgement(proposal, other):
        return f"这两件已经认定过：{judged.get_kind_display()}。要改的请用“改认定”。"
    return None if kind is None else _why_not_kind(kind)


def why_not_revise_likeness(
    by: Actor, recurrence: Recurrence, kind: str | None = None, note: str | None = None
) -> str | None:
    """The office, to another kind than now and saying why."""
    if reason := why_not_office(by, recurrence.later.session, "改认定"):
        return reason
    if kind == recurrence.kind:
        return f"现在认定的就是“{recurrence.get_kind_display()}”。"
    if kind is not None and (reason := _why_not_kind(kind)):
        return reason
    if note is not None and not says_something(note):
        return "改认定要写明为什么。"
    return None


def judgement(one: Proposal, other: Proposal) -> Recurrence | None:
    """What was said of these two, whichever came first."""
    pair = (one.pk, other.pk)
    return Recurrence.objects.filter(later__in=pair, earlier__in=pair).first()


def _why_not_kind(kind: str) -> str | None:
    return (
        None if kind in Likeness.values else "请选一种：重复提出、接续提出、部分相同、不是同一件。"
    )
