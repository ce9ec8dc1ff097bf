"""召集人要提醒的: who of a group told of nothing, has not mended, has not answered; who calls."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from congress.shared.calendar import add_months, working_days_until
from congress.shared.models import Workday
from deputies.models import Deputy, DeputyGroup, DutyRecord, Liaison, StudyInvitation
from deputies.queries.duties import day_words, sent_back_on
from deputies.queries.liaison import quarter_of, running
from deputies.rules import MEND_DAYS
from deputies.states import DutyState, LiaisonKind


@dataclass(frozen=True)
class Reminder:
    """One thing to ask about: in a line, by name, and until when or since when."""

    title: str
    words: str
    due_on: date | None = None
    since: date | None = None


def of_group(group: DeputyGroup, people: Sequence[Deputy], today: date) -> list[Reminder]:
    """What waits for the convenor's word to the group's members, in a fixed number of queries."""
    return of_groups([group], {group.pk: people}, today)[group.pk]


def of_groups(
    groups: Sequence[DeputyGroup], members: Mapping[int, Sequence[Deputy]], today: date
) -> dict[int, list[Reminder]]:
    """The same for several groups at once; the queries do not grow with them."""
    everybody = [each for people in members.values() for each in people]
    quiet, returned = _quiet(everybody, today), _returned(everybody, today)
    silent, office = _silent(everybody, today), _office(groups, today)
    begins, quarter = quarter_of(today)
    ends = add_months(begins, 3) - timedelta(days=1)
    found: dict[int, list[Reminder]] = {}
    for group in groups:
        people = members.get(group.pk, ())
        found[group.pk] = [
            *_of_quiet([each for each in people if each.pk in quiet], quarter, ends),
            *_of_returned(people, returned, today),
            *_of_silent([each for each in people if each.pk in silent], silent),
            *_of_office(office.get(group.pk, []), quarter, ends),
        ]
    return found


def _names(people: Sequence[Deputy]) -> str:
    return "、".join(each.name for each in people)


def _quiet(people: Sequence[Deputy], today: date) -> set[int]:
    """Who may act and has told of nothing this quarter; what they never confirmed is nothing."""
    begins, _ = quarter_of(today)
    told = DutyRecord.objects.standing()
    busy = told.filter(done_on__range=(begins, today))
    serving = Deputy.objects.serving(today).filter(pk__in=[each.pk for each in people])
    return set(serving.exclude(pk__in=busy.values("deputy")).values_list("pk", flat=True))


def _of_quiet(people: Sequence[Deputy], quarter: str, ends: date) -> list[Reminder]:
    if not people:
        return []
    words = f"{_names(people)}。做过的请他们记下来，没做的商量做什么。"
    return [Reminder(f"{len(people)} 位组员{quarter}还没有履职记录", words, ends)]


def _returned(people: Sequence[Deputy], today: date) -> dict[int, list[tuple[DutyRecord, date]]]:
    """Records that were sent back and lie longer than the days, by deputy."""
    rows = DutyRecord.objects.filter(state=DutyState.RETURNED, deputy__in=people)
    known = list(rows.select_related("item").order_by("done_on", "pk"))
    back = sent_back_on(row.pk for row in known)
    works, days = Workday.objects.works(), MEND_DAYS.on(today)
    found: dict[int, list[tuple[DutyRecord, date]]] = {}
    for row in known:
        since = back.get(row.pk, row.done_on)
        if working_days_until(since, today, works) > days:
            found.setdefault(row.deputy_id, []).append((row, since))
    return found


def _of_returned(
    people: Sequence[Deputy], returned: dict[int, list[tuple[DutyRecord, date]]], today: date
) -> list[Reminder]:
    rows = [(each, *line) for each in people for line in returned.get(each.pk, ())]
    if not rows:
        return []
    said = "；".join(
        f"{who.name} {day_words(row.done_on)}{row.item.short_name}（{day_words(since)}退回）"
        for who, row, since in rows
    )
    title = f"{len(rows)} 条退回的记录超过 {MEND_DAYS.on(today)} 个工作日没有补"
    return [Reminder(title, f"{said}。", since=min(since for *_, since in rows))]


def _silent(people: Sequence[Deputy], today: date) -> dict[int, list[StudyInvitation]]:
    """Invitations that members have not answered, by deputy."""
    rows = StudyInvitation.objects.filter(deputy__in=people).unanswered(today)
    found: dict[int, list[StudyInvitation]] = {}
    for row in rows.select_related("study"):
        found.setdefault(row.deputy_id, []).append(row)
    return found


def _of_silent(
    people: Sequence[Deputy], silent: dict[int, list[StudyInvitation]]
) -> list[Reminder]:
    if not people:
        return []
    rows = [row for each in people for row in silent[each.pk]]
    topics = "、".join(dict.fromkeys(f"“{row.study.topic}”" for row in rows))
    words = f"{_names(people)}，调研{topics}。"
    due = min(row.study.ends_on for row in rows)
    return [Reminder(f"{len(people)} 位组员还没有回复调研邀请", words, due)]


def _office(groups: Sequence[DeputyGroup], today: date) -> dict[int, list[Liaison]]:
    """机关代表包联 that was not kept this quarter, by group."""
    begins, _ = quarter_of(today)
    found: dict[int, list[Liaison]] = {}
    for row in running(LiaisonKind.OFFICE, today, begins).filter(group__in=groups):
        if row.group_id and not row.times:  # type: ignore[attr-defined]  # annotated
            found.setdefault(row.group_id, []).append(row)
    return found


def _of_office(rows: Sequence[Liaison], quarter: str, ends: date) -> list[Reminder]:
    if not rows:
        return []
    names = "、".join(row.holder.name for row in rows)
    words = f"包联本组的是{names}，可以约一次小组活动。"
    return [Reminder(f"机关代表{quarter}还没有到组里来", words, ends)]
