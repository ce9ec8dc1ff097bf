"""公示结束: the results stand, everybody is told what is theirs, and the files are sealed."""

from collections import Counter, defaultdict
from datetime import date

from django.db import transaction
from django.urls import reverse

from congress.shared import clock, notices
from congress.shared.actors import Actor
from congress.shared.models import Notice, Post
from congress.shared.models.places import OrganisationKind
from congress.shared.roles import Role
from congress.shared.workflow import lock, move, refuse_if
from deputies.models import Membership
from scoring.models import Grading, ReviewCycle
from scoring.permissions.publicity import late_words, why_not_finalise
from scoring.queries.parties import elected_by_units
from scoring.review_keys import waits_of
from scoring.states import CycleState

Counts = Counter[str]


@transaction.atomic
def finalise(cycle: ReviewCycle, *, by: Actor, today: date) -> ReviewCycle:
    """通报: the results stand and are told to each deputy, to the groups, townships and units.

    The yearly run seals the files afterwards.
    """
    cycle = lock(cycle)
    refuse_if(why_not_finalise(by, cycle, today))
    notices.settle_under(waits_of(cycle.pk), at=clock.now())
    facts = {"final_by": by.user, "final_at": clock.now()}
    cycle = move(cycle, CycleState.FINAL, by=by, note=late_words(cycle, today), **facts)
    rows = cycle.gradings.with_standing_grade().select_related("deputy").order_by("pk")
    gradings = list(rows)
    _tell_deputies(cycle, gradings)
    _tell_organisers(cycle, gradings, today)
    return cycle


def _tell_deputies(cycle: ReviewCycle, gradings: list[Grading]) -> None:
    notices.write_each(
        Notice(
            person_id=row.deputy.user_id,
            key=f"scoring.final:{cycle.pk}",
            text=f"您 {cycle.year} 年度的履职评定为“{row.standing_grade}”，点亮 {row.stars} 颗星。"
            "各方意见和评定的来由现在可以看了。",
            link=reverse("scoring:my_grading"),
        )
        for row in gradings
        if row.deputy.user_id
    )


def _tell_organisers(cycle: ReviewCycle, gradings: list[Grading], today: date) -> None:
    """通报代表小组、乡镇、选举单位: how many of each grade; the names stand on their own page.

    Whose a deputy was is asked of the year's last day, as when opinions were given.
    """
    grades = {row.deputy_id: row.standing_grade.name for row in gradings}
    groups: defaultdict[int, Counts] = defaultdict(Counter)
    areas: defaultdict[int, Counts] = defaultdict(Counter)
    units: defaultdict[str, Counts] = defaultdict(Counter)
    spells = Membership.objects.running(cycle.last_day).filter(deputy__in=list(grades))
    for spell in spells.select_related("group"):
        if spell.group.convenor_id:
            groups[spell.group.convenor_id][grades[spell.deputy_id]] += 1
        areas[spell.group.area_id][grades[spell.deputy_id]] += 1
    for deputy, name in elected_by_units(cycle).items():
        if deputy in grades:
            units[name][grades[deputy]] += 1
    posts = Post.objects.in_force(today)
    clerks = posts.filter(role=Role.TOWNSHIP_CLERK, organisation__kind=OrganisationKind.TOWNSHIP)
    electors = posts.filter(organisation__kind=OrganisationKind.ELECTING)
    told = [
        *(("group", convenor, counts) for convenor, counts in groups.items()),
        *(
            ("area", clerk, areas[area])
            for clerk, area in clerks.values_list("user_id", "organisation__area_id")
            if area in areas
        ),
        *(
            ("unit", person, units[name])
            for person, name in electors.values_list("user_id", "organisation__name")
            if name in units
        ),
    ]
    notices.write_each(
        Notice(
            person_id=person,
            key=f"scoring.told:{cycle.pk}:{place}",
            text=f"{cycle.year} 年度履职评定通报：{_said(counts)}。名单在这里。",
            link=reverse("scoring:told"),
        )
        for place, person, counts in told
    )


def _said(counts: Counts) -> str:
    return "、".join(f"{name} {count} 人" for name, count in counts.most_common())
