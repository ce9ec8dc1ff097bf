"""发现的问题: who writes one down, hands it on, ends it, or says why it is not taken."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from congress.shared.actors import Actor
from congress.shared.models import Organisation
from congress.shared.names import says_something
from congress.shared.roles import UNIT, Role
from congress.shared.workflow import why_not_move
from deputies.actions.photos import Photo
from deputies.models import Deputy
from stations.models import Activity, Attendance, Council, Finding, Invitee, Topic
from stations.permissions.checkins import runs_activity
from stations.permissions.rota import runs_station
from stations.states import ActivityState, CouncilState, FindingState

ENTER_DAYS = timedelta(days=60)
"""How long after it what was found may be written down: sheets of two months are typed in."""
MOST_PHOTOS = 6


@dataclass(frozen=True)
class Noticed:
    """What a deputy found: what it is, where, on which day."""

    deputy: Deputy
    title: str
    words: str
    place: str
    found_on: date
    topic: Topic | None = None
    photos: Collection[Photo] = ()


def finders(source: Activity | Council) -> Collection[int]:
    """The deputies who were there or were called to it."""
    if isinstance(source, Council):
        return set(source.deputies.values_list("deputy", flat=True))
    called = Invitee.objects.filter(activity=source).values_list("deputy", flat=True)
    marked = Attendance.objects.filter(activity=source).values_list("deputy", flat=True)
    return {*called, *marked}


def organises(by: Actor, source: Activity | Council) -> bool:
    """Whoever runs the station or the activity."""
    if isinstance(source, Council):
        return runs_station(by, source.station)
    return runs_activity(by, source)


def _took_part(by: Actor, source: Activity | Council) -> bool:
    own = Deputy.objects.filter(user=by.user).values_list("pk", flat=True) if by.user else ()
    return by.is_a(Role.DEPUTY, Role.CONVENOR) and bool(set(own) & set(finders(source)))


def why_not_raise_finding(
    by: Actor, source: Activity | Council, noticed: Noticed | None = None, *, today: date
) -> str | None:
    """登记问题: whoever was there, or whoever organised it, on the day or within two months."""
    organiser = organises(by, source)
    if not (organiser or _took_part(by, source)):
        return "问题由参加的代表或者组织方登记。"
    if source.state in (ActivityState.CALLED_OFF, CouncilState.WITHDRAWN):
        return "这次活动已经取消，不再登记问题。"
    if source.held_on > today:
        return "还没有举行，到那天再登记发现的问题。"
    if today - source.held_on > ENTER_DAYS:
        return f"过去 {ENTER_DAYS.days} 天以上，不能再登记问题。"
    return _why_not_so(by, source, noticed, organiser, today) if noticed else None


def _why_not_so(
    by: Actor, source: Activity | Council, noticed: Noticed, organiser: bool, today: date
) -> str | None:
    if noticed.deputy.pk not in finders(source):
        return f"{noticed.deputy.name}没有参加，请重选发现问题的代表。"
    if not organiser and not by.same_person(noticed.deputy.user_id):
        return "代表只登记自己发现的问题。"
    if noticed.found_on > today:
        return "发现日期不能晚于今天。"
    if noticed.found_on < source.held_on:
        return "发现日期不能早于活动那天。"
    if not says_something(noticed.words):
        return "请写明看到了什么、影响谁。"
    same = Finding.objects.counted().filter(deputy=noticed.deputy, title=noticed.title)
    if isinstance(source, Council):
        same = same.filter(council=source)
    else:
        same = same.filter(activity=source)
    return "这个问题已经登记过。" if same.exists() else None


def governs(by: Actor, finding: Finding) -> bool:
    """The office, or the township's congress."""
    return by.is_staff or (by.is_a(Role.TOWNSHIP_CLERK) and by.area_id == finding.area_id)


def raised_it(by: Actor, finding: Finding) -> bool:
    """Whoever wrote it down, or the deputy who found it."""
    return by.same_person(finding.raised_by_id) or by.same_person(finding.deputy.user_id)


def handles(by: Actor, finding: Finding) -> bool:
    """The county unit that it was handed to."""
    return by.role in UNIT and finding.unit_id is not None and by.organisation_id == finding.unit_id


def why_not_hand_finding(
    by: Actor, finding: Finding, unit: Organisation | None = None, handler: str | None = None
) -> str | None:
    """交办: by the township or the office; again, when it went the wrong way."""
    if not governs(by, finding):
        return "问题由乡镇人大或者代工委交办。"
    if finding.state not in (FindingState.FOUND, FindingState.HANDED):
        return why_not_move(finding, FindingState.HANDED)
    if handler is None:
        return None
    if unit is None and not says_something(handler):
        return "请选交办单位，或者写明交给谁。"
    if unit and not by.is_staff:
        return "交给县级单位的，请代工委交办。"
    if (finding.unit, finding.handler) == (unit, handler):
        return "和现在的交办一样，不用再交。"
    return None


def why_not_solve_finding(by: Actor, finding: Finding, result: str | None = None) -> str | None:
    """解决: whoever has it, whoever found it, or whoever governs there."""
    if not (governs(by, finding) or raised_it(by, finding) or handles(by, finding)):
        return "请由发现的代表、承办单位、乡镇人大或者代工委登记解决。"
    if refusal := why_not_move(finding, FindingState.SOLVED):
        return refusal
    if result is not None and not says_something(result):
        return "请写明怎样解决的、谁办的。"
    return None


def why_not_decline_finding(by: Actor, finding: Finding, reason: str | None = None) -> str | None:
    """不予采纳: by the township or the office, with the reason that the deputy reads."""
    if not governs(by, finding):
        return "不予采纳由乡镇人大或者代工委决定。"
    if refusal := why_not_move(finding, FindingState.DECLINED):
        return refusal
    if reason is not None and not says_something(reason):
        return "请写明为什么不采纳，代表看得到。"
    return None


def why_not_withdraw_finding(by: Actor, finding: Finding) -> str | None:
    """撤回: written down by mistake, before anybody was asked to act."""
    if not (governs(by, finding) or raised_it(by, finding)):
        return "请由登记的人、发现的代表、乡镇人大或者代工委撤回。"
    return why_not_move(finding, FindingState.WITHDRAWN)


def why_not_propose_finding(by: Actor, finding: Finding) -> str | None:
    """据此写建议: the deputy who found it, of whatever was not withdrawn."""
    if not (by.is_a(Role.DEPUTY) and by.same_person(finding.deputy.user_id)):
        return "由发现问题的代表本人写建议。"
    return "登记已经撤回。" if finding.state == FindingState.WITHDRAWN else None
