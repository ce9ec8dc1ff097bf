"""劝辞程序: for whom one may be opened, those under way, and all that is in one pack."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from congress.shared.actors import Actor
from scoring.consequence_states import UNDER_WAY, AdviceState
from scoring.consequences import Due
from scoring.models import Archive, ResignationAdvice, Talk
from scoring.permissions.advice import missing_material, still_seated
from scoring.permissions.grounds import Past
from scoring.permissions.talks import directs
from scoring.points import plain
from scoring.queries.commendation import delegations
from scoring.queries.talks import Step, day, steps
from scoring.states import TOLD

COLOURS = {
    AdviceState.OPEN: "gold",
    AdviceState.HEARING: "blue",
    AdviceState.ADVISED: "",
    AdviceState.NOT_ADVISED: "green",
}
RUNNING, ENDED = "", "ended"


@dataclass(frozen=True)
class Row:
    """One pack; or, with `due`, a talk after which one may be opened (`pk` is the talk's)."""

    pk: int
    name: str
    delegation: str
    years: str
    state: str
    colour: str
    words: str
    due: bool = False


@dataclass(frozen=True)
class Material:
    """One piece of the pack: what it is, its number and digest where it has them, or missing."""

    title: str
    number: str = ""
    digest: str = ""
    missing: str = ""


@dataclass(frozen=True)
class YearOf:
    """One of the two years the pack rests on."""

    year: int
    talk: Talk
    grade: str
    points: str
    archive: Archive | None


@dataclass(frozen=True)
class Pack:
    """劝辞程序材料: the whole of it, for page and paper."""

    advice: ResignationAdvice
    delegation: str
    years: Sequence[YearOf]
    material: Sequence[Material]
    missing: Sequence[str]
    stands: bool
    steps: Sequence[Step]


def rows(actor: Actor, *, only: str = RUNNING, name: str = "", today: date) -> list[Row]:
    """For whom one may be opened, then those under way; or those that have ended."""
    packs = ResignationAdvice.objects.visible_to(actor).select_related(
        "later__grading__deputy", "later__grading__cycle", "earlier__grading__cycle"
    )
    ended = only == ENDED
    shown = packs.exclude(state__in=UNDER_WAY) if ended else packs.filter(state__in=UNDER_WAY)
    found = [] if ended or not directs(actor) else _due(today)
    places: dict[int, dict[int, str]] = {}
    for each in shown.order_by("opened_at", "pk"):
        cycle = each.later.grading.cycle
        if cycle.pk not in places:
            places[cycle.pk] = delegations(cycle)
        found.append(_row(each, places[cycle.pk].get(each.later.grading.deputy_id, ""), today))
    return [row for row in found if name in row.name]


def how_many_due(today: date) -> int:
    """Talks held for two years running after which nothing was opened yet."""
    return len(_due(today))


def _due(today: date) -> list[Row]:
    taken = ResignationAdvice.objects.standing().values("later")
    talks = (
        still_seated(today).spoken().exclude(pk__in=taken).filter(grading__cycle__state__in=TOLD)
    )
    talks = talks.select_related("grading__deputy", "grading__cycle__assembly")
    by_cycle: dict[int, list[Talk]] = {}
    for talk in talks.order_by("-grading__cycle__year", "grading__deputy__stroke_key", "pk"):
        by_cycle.setdefault(talk.grading.cycle_id, []).append(talk)
    found = []
    for of_year in by_cycle.values():
        cycle = of_year[0].grading.cycle
        past = Past(cycle, [talk.grading.deputy_id for talk in of_year])
        due = [t for t in of_year if past.consequence(t.grading.deputy_id).due == Due.PACK]
        places = delegations(cycle) if due else {}
        found += [_due_row(talk, places.get(talk.grading.deputy_id, "")) for talk in due]
    return found


def _due_row(talk: Talk, place: str) -> Row:
    year = talk.grading.cycle.year
    return Row(
        pk=talk.pk,
        name=talk.grading.deputy.name,
        delegation=place,
        years=f"{year - 1}、{year}",
        state="可以启动",
        colour="gold",
        words="连续两年接受提醒约谈。启动不启动由主任决定。",
        due=True,
    )


def _row(advice: ResignationAdvice, place: str, today: date) -> Row:
    year = advice.later.grading.cycle.year
    return Row(
        pk=advice.pk,
        name=advice.deputy.name,
        delegation=place,
        years=f"{year - 1}、{year}",
        state=advice.get_state_display(),
        colour=COLOURS.get(AdviceState(advice.state), ""),
        words=_now(advice, today),
    )


def _now(advice: ResignationAdvice, today: date) -> str:
    if advice.state == AdviceState.OPEN:
        return "材料齐了就告知本人。"
    if advice.state == AdviceState.HEARING and advice.reply_until:
        if advice.still_heard(today):
            return f"陈述申辩到 {day(advice.reply_until)}为止。"
        return "陈述申辩期满，待研究。"
    if advice.state == AdviceState.ADVISED:
        return "辞不辞职由本人决定。"
    return advice.end_reason


def one(actor: Actor) -> QuerySet[ResignationAdvice]:
    """The packs that this reader may open, with what their pages name."""
    named = [
        f"{which}__grading__{what}"
        for which in ("earlier", "later")
        for what in ("deputy__user", "grade", "cycle__assembly")
    ]
    named += ["earlier__record", "later__record", "handler", "leader", "opened_by"]
    found = ResignationAdvice.objects.visible_to(actor).select_related(
        *named, "decision__recorded_by", "resignation__change"
    )
    talks = ("earlier", "later")
    parts = ("acknowledgements", "promises", "grading__amendments__grade")
    return found.prefetch_related(
        *("replies", "invitations", "hearings"),
        *(f"{talk}__{part}" for talk in talks for part in parts),
    )


def pack(advice: ResignationAdvice) -> Pack:
    """The material of one pack: both years' files and talks, and what has been said since."""
    grading = advice.later.grading
    past = Past(grading.cycle, [grading.deputy_id])
    years = [_year(talk) for talk in (advice.earlier, advice.later)]
    return Pack(
        advice=advice,
        delegation=delegations(grading.cycle).get(grading.deputy_id, ""),
        years=years,
        material=[*_material(years)],
        missing=missing_material(advice),
        stands=past.consequence(grading.deputy_id).due == Due.PACK,
        steps=steps(ResignationAdvice._meta.label, advice.pk),
    )


def _year(talk: Talk) -> YearOf:
    grading = talk.grading
    return YearOf(
        year=grading.cycle.year,
        talk=talk,
        grade=grading.standing_grade.name,
        points=plain(grading.points),
        archive=Archive.objects.filter(grading=grading).first(),
    )


def _material(years: Sequence[YearOf]) -> list[Material]:
    found = []
    for each in years:
        title = f"{each.year} 年履职档案"
        if each.archive:
            found.append(Material(title, each.archive.number, each.archive.sha256))
        else:
            found.append(Material(title, missing="还没有归档"))
        found.append(Material(f"{each.year} 年提醒约谈通知书"))
        signs = list(each.talk.acknowledgements.all())
        missing = "" if signs else "还没有签认，也没有记明未签认"
        words = "、".join(str(sign) for sign in signs)
        title = f"{each.year} 年谈话记录" + (f"（{words}）" if words else "")
        found.append(Material(title, missing=missing))
    return found
