"""督: who records what the directors' meeting decided, who ends it, who goes to see."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from congress.shared.actors import Actor
from congress.shared.models import Post, User
from congress.shared.names import says_something, shows_something
from congress.shared.roles import Role
from proposals.models import KeySupervision, Proposal
from proposals.states import NUMBERED, State
from proposals.supervision_states import KeyKind, KeyState

ON_THE_LIST = NUMBERED - {State.MERGED}
"""What may be made key: numbered and handled for itself."""
MOST_AT_ONCE = 30


class Decision(NamedTuple):
    """What one 主任会议 decided: for which year, by whom it is supervised, its day and minutes."""

    year: int
    kind: str
    decided_on: date
    minute_number: str
    leader: User | None = None
    medium: str = ""


def why_not_decide_key_list(
    by: Actor, proposals: Sequence[Proposal] | None = None, year: int | None = None
) -> str | None:
    """The office's director, of the county's own numbered proposals, each once in a year."""
    if not by.is_a(Role.STAFF_DIRECTOR):
        return "主任会议定的重点督办建议，由代工委主任登记。"
    if proposals is None or year is None:
        return None
    if not proposals:
        return "请至少勾选一件建议。"
    if len(proposals) > MOST_AT_ONCE:
        return f"一次最多定 {MOST_AT_ONCE} 件。"
    return next((no for no in (_why_not_key(each, year) for each in proposals) if no), None)


def _why_not_key(proposal: Proposal, year: int) -> str | None:
    called = f"{proposal.number}“{proposal.title}”" if proposal.number else f"“{proposal.title}”"
    if proposal.session.of_township:
        return f"{called}由乡镇人大办理，不列入县里的重点督办。"
    if proposal.merged_into_id:
        into = proposal.merged_into
        return f"{called}并入 {into.number if into else ''}办理，请列那一件。"
    if proposal.state not in ON_THE_LIST:
        return f"{called}目前是“{proposal.get_state_display()}”，不能列为重点。"
    if proposal.supervisions.decided().filter(year=year).exists():
        return f"{called}已经是 {year} 年的重点督办建议。"
    return None


def why_not_decision(said: Decision, today: date) -> str | None:
    """The decision itself: its day, its minutes, and who supervises, as its kind wants it."""
    if said.decided_on > today:
        return "主任会议的日期还没有到。"
    if said.year not in (said.decided_on.year, said.decided_on.year + 1):
        return "年度只能是开会的当年或者下一年。"
    if not says_something(said.minute_number):
        return "请填会议纪要的文号。"
    if (said.leader is None) == (said.kind == KeyKind.LEADER):
        return "领衔督办要选一位常委会领导，其他方式不选。"
    named = says_something(said.medium)
    if not named if said.kind == KeyKind.MEDIA else shows_something(said.medium):
        return "媒体舆论督办要写明哪家媒体，其他方式不写。"
    return _why_not_leader(said.leader, today) if said.leader else None


def _why_not_leader(leader: User, today: date) -> str | None:
    posts = Post.objects.filter(role=Role.LEADER, user=leader).in_force(today)
    return None if posts.exists() else f"{leader.name}目前不是常委会领导。"


def why_not_take_back_key(
    by: Actor, supervision: KeySupervision, reason: str | None = None
) -> str | None:
    """The director, while no unit has answered: after that it is ended, not undone."""
    if not by.is_a(Role.STAFF_DIRECTOR):
        return "重点督办由代工委主任撤销。"
    if no := _why_not_standing(supervision, "撤销"):
        return no
    if supervision.questions.filter(answers__isnull=False).exists():
        return "单位已经回答过，不能再撤销，督办完了请登记结束。"
    return "请写明为什么撤销，代表和单位会看到。" if _empty(reason) else None


def why_not_end_supervision(
    by: Actor, supervision: KeySupervision, words: str | None = None
) -> str | None:
    """The director, while it stands."""
    if not by.is_a(Role.STAFF_DIRECTOR):
        return "重点督办由代工委主任登记结束。"
    if no := _why_not_standing(supervision, "结束"):
        return no
    return "请写明督办的结果，代表和单位会看到。" if _empty(words) else None


def why_not_record_site_note(
    by: Actor,
    supervision: KeySupervision,
    *,
    went_on: date | None = None,
    place: str = "",
    today: date | None = None,
) -> str | None:
    """The leader who supervises, or the office; of a visit that has been made, and once."""
    if no := why_not_supervise(by, supervision, "现场督办"):
        return no
    if no := _why_not_standing(supervision, "记现场督办"):
        return no
    if went_on is None or today is None:
        return None
    if went_on > today:
        return "这一天还没有到，去过以后再记。"
    if went_on < supervision.decided_on:
        on = supervision.decided_on
        return f"{on.year} 年 {on.month} 月 {on.day} 日才列为重点，现场督办不会更早。"
    known = supervision.site_notes.filter(went_on=went_on, place=place.strip())
    return "这一天在这里的现场督办已经记过。" if known.exists() else None


def why_not_supervise(by: Actor, supervision: KeySupervision, act: str) -> str | None:
    """代工委, or the leader: of one that a leader leads that very leader, of others any."""
    led = supervision.leader_id
    if by.is_staff or (by.is_a(Role.LEADER) and (led is None or by.same_person(led))):
        return None
    return f"{act}由领衔督办的领导或者代工委来记。"


def _why_not_standing(supervision: KeySupervision, act: str) -> str | None:
    if supervision.state == KeyState.STANDING:
        return None
    return f"这件目前是“{supervision.get_state_display()}”，不能再{act}。"


def _empty(words: str | None) -> bool:
    return words is not None and not says_something(words)
