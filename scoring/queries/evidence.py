"""并排佐证: a record's own photos, what it resembles, and what its organiser wrote down."""

from dataclasses import dataclass

from django.urls import reverse

from deputies.codes import AWARDS_BY_LEVEL
from deputies.models import DutyRecord
from deputies.queries.duties import day_words, done_words, moment_words
from deputies.queries.photos import look_alikes
from deputies.states import DutyState
from scoring.models import Entry
from scoring.queries.done import TAKEN_BACK
from scoring.queries.waiting import OWN_REPORT
from stations.models import Activity, Attendance
from stations.queries.events import whom

SAME_PHOTO = "用过同一张照片"
LIKE_PHOTO = "照片相似"
SAME_DUTY = "同一天的同一事项"
OTHER_AWARD = "同一年的其他表彰"


@dataclass(frozen=True)
class Picture:
    """One photo, and whether it also stands at another record."""

    pk: int
    words: str
    used: bool = False


@dataclass(frozen=True)
class Elsewhere:
    """Another record that this one resembles, to be compared side by side."""

    title: str
    record: DutyRecord
    done: str
    day: str
    told: str
    outcome: str
    pictures: list[Picture]
    words: str
    twin: bool


@dataclass(frozen=True)
class Roll:
    """签到: what the organiser registered, from which the record came."""

    title: str
    place: str
    whom: str
    turnout: str
    told: str
    link: str


def pictures(record: DutyRecord, used: set[str]) -> list[Picture]:
    """The record's photos; those that stand elsewhere too are marked."""
    return [
        Picture(photo.pk, f"{record.deputy.name} {day_words(record.done_on)}", photo.sha256 in used)
        for photo in record.evidence.all()
    ]


def resembling(record: DutyRecord) -> list[Elsewhere]:
    """Every other record with the same photo, then of the same duty and day, and other awards."""
    prints = {photo.sha256 for photo in record.evidence.all()}
    twins = DutyRecord.objects.same_occasion(record.deputy, record.item, record.done_on)
    same = set(twins.same_matter(record.matter).values_list("pk", flat=True))
    alike = {each.other.record_id: each.words for each in look_alikes(record)}
    awards = _awards_beside(record)
    found = DutyRecord.objects.filter(pk__in=same | set(alike) | awards)
    people = ("deputy", "item", "reported_by", "verified_by")
    others = list(
        found.exclude(pk=record.pk)
        .select_related(*people)
        .prefetch_related("evidence")
        .order_by("pk")
    )
    points = _points(others)
    shown = [
        _elsewhere(
            other,
            prints,
            points.get(other.pk),
            alike=alike.get(other.pk, ""),
            twin=other.pk in same,
            award=other.pk in awards,
        )
        for other in others
    ]
    return sorted(shown, key=lambda other: other.title != SAME_PHOTO)


def _awards_beside(record: DutyRecord) -> set[int]:
    if record.item.code not in AWARDS_BY_LEVEL:
        return set()
    awards = DutyRecord.objects.live().filter(item__code__in=AWARDS_BY_LEVEL)
    of_year = awards.filter(deputy=record.deputy, done_on__year=record.done_on.year)
    return set(of_year.values_list("pk", flat=True))


def _points(records: list[DutyRecord]) -> dict[int, str]:
    """What each of them counts in the ledger of its first congress, or that it is taken back."""
    rows = Entry.objects.filter(record__in=records).order_by("-assembly_id")
    found = {entry.record_id: TAKEN_BACK for entry in rows}
    return found | {entry.record_id: f"{entry.points:.1f} 分" for entry in rows.standing()}


def _elsewhere(
    other: DutyRecord,
    prints: set[str],
    points: str | None,
    *,
    alike: str,
    twin: bool,
    award: bool,
) -> Elsewhere:
    same = pictures(other, prints)
    state = DutyState(other.state)
    said = [state.label, points or ""]
    if other.verified_by and other.verified_at:
        said.append(f"{other.verified_by.name} {moment_words(other.verified_at)}")
    teller = (
        "本人上报" if other.source.startswith(OWN_REPORT) else f"{other.reported_by or '系统'} 登记"
    )
    said_alike = [f"照片{alike}"] if alike else []
    said_award = [f"事由“{other.matter}”，和本条是同一事项的，只按最高一级记分"] if award else []
    if any(each.used for each in same):
        title = SAME_PHOTO
    elif twin:
        title = SAME_DUTY
    else:
        title = LIKE_PHOTO if alike else OTHER_AWARD
    return Elsewhere(
        title=title,
        words="，".join([*(["可能是同一件事"] if twin else []), *said_alike, *said_award]),
        twin=twin,
        record=other,
        done=done_words(other),
        day=day_words(other.done_on),
        told=f"{teller} {moment_words(other.reported_at)}",
        outcome=" ".join(filter(None, said)),
        pictures=same,
    )


def roll(record: DutyRecord) -> Roll | None:
    """The activity from whose roll the record came; None for what was not called."""
    attendance = Attendance.objects.of_source(record.source)
    if attendance is None:
        return None
    activity = (
        Activity.objects.with_turnout()
        .select_related(
            *("group", "squad", "assembly", "specialists", "organiser", "registered_by")
        )
        .get(pk=attendance.activity_id)
    )
    who, at = activity.registered_by, activity.registered_at
    registrar = f"{activity.organiser} {who.name if who else ''}"
    return Roll(
        title=activity.title,
        place=activity.place,
        whom=whom(activity),
        turnout=f"应到 {activity.expected} 人，到场 {activity.came} 人",  # type: ignore[attr-defined]  # with_turnout
        told=f"{registrar} {moment_words(at) if at else ''}",
        link=reverse("stations:activity", args=[activity.pk]),
    )


def why_no_photo(record: DutyRecord) -> str:
    """What stands for a photo where there is none."""
    if record.source.startswith(OWN_REPORT):
        return "没有照片。"
    if record.source.startswith("proposals."):
        return "不附照片：由提出的建议自动记上，以建议为准。"
    return f"不附照片：组织方登记，以{record.item.evidence or '签到'}为准。"
