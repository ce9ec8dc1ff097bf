"""议事: who takes a meeting down, withdraws it, and says what became of a matter."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from congress.shared.actors import Actor
from congress.shared.names import says_something
from congress.shared.workflow import why_not_move
from deputies.actions.photos import Photo
from deputies.models import Deputy
from stations.models import Council, CouncilKind, Finding, Matter, Station
from stations.permissions.rota import runs_station
from stations.permissions.visits import receives_at
from stations.states import CouncilState, FindingState, MatterState, StationState

ENTER_DAYS = timedelta(days=60)
MOST_MATTERS = 10


@dataclass(frozen=True)
class Talked:
    """What a record of 议事 says."""

    kind: CouncilKind
    held_on: date
    place: str
    topic: str
    people: int
    notes: str
    deputies: Collection[Deputy]
    matters: Collection[str] = ()
    photos: Collection[Photo] = ()


def why_not_note_council(
    by: Actor, station: Station, talked: Talked | None = None, *, today: date
) -> str | None:
    """登记议事: whoever runs the place, or a deputy who serves there."""
    if not (runs_station(by, station) or receives_at(by, station, today)):
        return "请由这个家站的站长、进驻代表、乡镇人大或者代工委登记。"
    if station.state == StationState.CLOSED:
        return f"{station}已经撤并，不再登记议事。"
    return _why_not_so(station, talked, today) if talked else None


def _why_not_so(station: Station, talked: Talked, today: date) -> str | None:
    if talked.held_on > today:
        return "议事日期不能晚于今天。"
    if today - talked.held_on > ENTER_DAYS:
        return f"只能登记最近 {ENTER_DAYS.days} 天的议事。"
    if not says_something(talked.notes):
        return "请写明议了什么、大家怎么说。"
    if not talked.deputies:
        return "请写明哪位代表参加了议事。"
    if len(talked.matters) > MOST_MATTERS:
        return f"议定事项一次最多 {MOST_MATTERS} 件。"
    same = Council.objects.held().filter(station=station, held_on=talked.held_on)
    if same.filter(topic=talked.topic).exists():
        return "这个家站这一天的这个议题已经登记过。"
    return None


def took_part(by: Actor, council: Council) -> bool:
    """A deputy who was there."""
    return by.user is not None and council.deputies.filter(deputy__user=by.user).exists()


def _why_not_own(by: Actor, council: Council) -> str | None:
    if runs_station(by, council.station) or took_part(by, council):
        return None
    return "请由这个家站的站长、参加的代表、乡镇人大或者代工委办理。"


def why_not_withdraw_council(by: Actor, council: Council) -> str | None:
    """撤回议事: before anything that was agreed on has an end, and while no finding rests on it."""
    if refusal := _why_not_undo(by, council, "撤回"):
        return refusal
    if Finding.objects.filter(council=council).exclude(state=FindingState.WITHDRAWN).exists():
        return "这次议事还有登记的问题，先撤回那几条，再撤回议事；问题已经在办的，议事不能撤回。"
    return None


def why_not_correct_council(by: Actor, council: Council) -> str | None:
    """改正议事: as long as nothing has come of it that hangs on this record."""
    if refusal := _why_not_undo(by, council, "改正"):
        return refusal
    if Finding.objects.filter(council=council).exists():
        return "已经登记了这次议事发现的问题，不能再改。"
    return None


def _why_not_undo(by: Actor, council: Council, act: str) -> str | None:
    if refusal := _why_not_own(by, council) or why_not_move(council, CouncilState.WITHDRAWN):
        return refusal
    ended = council.matters.exclude(state=MatterState.AGREED).exists()
    return f"议定事项已经有结果，不能{act}。" if ended else None


def why_not_end_matter(
    by: Actor,
    matter: Matter,
    to: MatterState | None = None,
    ended_on: date | None = None,
    *,
    today: date,
) -> str | None:
    """销号: what was agreed on is done, or it is said why not."""
    if refusal := _why_not_own(by, matter.council):
        return refusal
    if matter.council.state == CouncilState.WITHDRAWN:
        return "这次议事的登记已经撤回。"
    if refusal := why_not_move(matter, to or MatterState.DONE):
        return refusal
    return why_not_ended_then(matter, ended_on, today) if ended_on else None


def why_not_ended_then(matter: Matter, ended_on: date, today: date) -> str | None:
    """Not before it was agreed on, and not tomorrow."""
    if ended_on > today:
        return "日期不能晚于今天。"
    return "日期不能早于议事那天。" if ended_on < matter.council.held_on else None
