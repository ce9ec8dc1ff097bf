"""打不开的评价: what each of them holds up now, so that nobody is asked for what nothing awaits."""

from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

from congress.shared.models import Assembly
from proposals.follow_states import LookBackState
from proposals.models import Convening, LookBack, Rating, RatingRelease, Rehandling, Reply
from proposals.queries import releases
from proposals.rating_states import ConveningState, RehandlingState


class Lost(NamedTuple):
    """打不开的一份, and what waits for it; nothing, where that is empty."""

    rating: Rating
    holds: str


def sorted_by_need(
    assembly: Assembly | None, year: int, lost: Collection[Rating]
) -> tuple[list[Lost], list[Lost]]:
    """Those that something waits for, a release before an order; then the others."""
    found = _holds(assembly, year, lost) if assembly and lost else {}
    lines = [Lost(each, found.get(each.pk, "")) for each in lost]
    order = list(dict.fromkeys(found.values()))
    held = [each for each in lines if each.holds]
    held.sort(key=lambda each: order.index(each.holds))
    return held, [each for each in lines if not each.holds]


def _holds(assembly: Assembly, year: int, lost: Collection[Rating]) -> dict[int, str]:
    """By the ballot: the next release, the one after it, a meeting of both sides, an order."""
    last = Rating.objects.filter(reply__in=[each.reply_id for each in lost]).latest_each()
    counts = set(last.values_list("pk", flat=True))
    batch = {each.pk for each in releases.replies_of(assembly, year)}
    later = set(releases.unreleased(assembly).values_list("pk", flat=True)) - batch
    answers, handed = _convened_for(lost), _handed(lost)
    before = RatingRelease.objects.with_figures().filter(assembly=assembly, year=year).count()
    kinds: tuple[tuple[str, Callable[[Rating], bool]], ...] = (
        (f"挡着 {year} 年第 {before + 1} 批公布", lambda each: each.reply_id in batch),
        (f"挡着 {year} 年第 {before + 2} 批公布", lambda each: each.reply_id in later),
        ("挡着召集双方协商", lambda each: each.reply_id in answers),
    )
    found: dict[int, str] = {}
    for words, holds in kinds:
        for each in lost:
            if each.pk in counts and holds(each):
                found.setdefault(each.pk, words)
    for each in lost:
        if each.reply.assignment_id in handed:
            found.setdefault(each.pk, "挡着重新办理：回头看转来，还没有要求")
    return found


def _convened_for(lost: Iterable[Rating]) -> set[int]:
    """Further answers of which nobody can tell whether both sides are to be convened."""
    standing = Convening.objects.exclude(state=ConveningState.CALLED_OFF)
    rows = Rehandling.objects.filter(
        state=RehandlingState.ANSWERED, answer__in=[each.reply_id for each in lost]
    ).exclude(pk__in=standing.values("rehandling"))
    newest = rows.filter(answer__in=Reply.objects.standing())
    return set(newest.values_list("answer", flat=True))


def _handed(lost: Iterable[Rating]) -> set[int]:
    """Parts whose look-back asks for an order: none is sent while words cannot be compared."""
    parts = [each.reply.assignment_id for each in lost]
    rows = LookBack.objects.filter(
        state=LookBackState.HANDED,
        reply__assignment__in=parts,
        reply__in=Reply.objects.standing(),
    )
    ordered = Rehandling.objects.standing().values("reply")
    return set(rows.exclude(reply__in=ordered).values_list("reply__assignment", flat=True))
