"""专业代表小组 and 对口调研 as the desk and the invited see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from congress.shared.actors import Actor
from congress.shared.models import Organisation
from congress.shared.models.places import OrganisationKind
from congress.shared.names import display_name
from deputies.models import (
    Deputy,
    SpecialistGroup,
    SpecialistMembership,
    Study,
    StudyFinding,
    StudyInvitation,
)
from deputies.models.people import DeputyQuerySet
from deputies.states import Answer, StudyState


def board(today: date) -> QuerySet[SpecialistGroup]:
    """Standing groups by committee, each with `size` and how many studies it did."""
    rows = SpecialistGroup.objects.standing(today).with_size(today)
    studied = Count("studies", filter=~Q(studies__state=StudyState.CANCELLED))
    counted = rows.select_related("committee", "leader").annotate(studied=studied)
    return counted.order_by("committee__position", "name")


def committees() -> QuerySet[Organisation]:
    """What a specialist group may be paired with: special committees and offices."""
    kinds = (OrganisationKind.SPECIAL, OrganisationKind.COMMITTEE)
    return Organisation.objects.filter(kind__in=kinds)


def members(group: SpecialistGroup, today: date) -> list[SpecialistMembership]:
    """By 姓氏笔画."""
    rows = SpecialistMembership.objects.running(today).filter(group=group)
    return list(rows.in_name_order().select_related("deputy"))


def may_join(group: SpecialistGroup, today: date) -> DeputyQuerySet:
    """Serving deputies who are not in it yet."""
    inside = SpecialistMembership.objects.running(today).filter(group=group)
    people: DeputyQuerySet = Deputy.objects.serving(today)
    return people.exclude(pk__in=inside.values("deputy"))


def may_be_invited(group: SpecialistGroup, today: date) -> QuerySet[Deputy]:
    """The group's members who may act."""
    inside = SpecialistMembership.objects.running(today).filter(group=group)
    return Deputy.objects.serving(today).filter(pk__in=inside.values("deputy")).in_name_order()


@dataclass(frozen=True)
class StudyPage:
    """一次调研: who comes, what was found."""

    study: Study
    invitations: Sequence[StudyInvitation]
    findings: Sequence[StudyFinding]

    @property
    def coming(self) -> int:
        return sum(row.answer == Answer.YES for row in self.invitations)

    @property
    def silent(self) -> int:
        return sum(not row.answer for row in self.invitations)


def study_page(study: Study) -> StudyPage:
    """In two queries."""
    return StudyPage(
        study,
        list(study.invitations.select_related("deputy").order_by("deputy__stroke_key")),
        list(study.findings.select_related("deputy")),
    )


def waiting(actor: Actor, today: date) -> list[StudyInvitation]:
    """Invitations this deputy has not answered."""
    rows = StudyInvitation.objects.visible_to(actor).unanswered(today)
    return list(rows.select_related("study"))


def to_come(actor: Actor, today: date) -> list[StudyInvitation]:
    """What this deputy said yes to and lies ahead."""
    rows = StudyInvitation.objects.visible_to(actor).filter(answer=Answer.YES)
    ahead = rows.filter(study__state=StudyState.CALLED, study__ends_on__gte=today)
    return list(ahead.select_related("study").order_by("study__starts_on"))


@dataclass(frozen=True)
class ReportPaper:
    """调研报告 ready to print."""

    study: Study
    days: str
    people: str
    findings: Sequence[StudyFinding]
    reported: str


def report_paper(study: Study) -> ReportPaper:
    """Who said yes or found something, by 姓氏笔画; the findings in the order of writing."""
    page = study_page(study)
    wrote = {row.deputy_id for row in page.findings}
    came = [
        row.deputy.name
        for row in page.invitations
        if row.answer == Answer.YES or row.deputy_id in wrote
    ]
    on = timezone.localdate(study.reported_at) if study.reported_at else None
    return ReportPaper(
        study,
        _days(study.starts_on, study.ends_on),
        "、".join(display_name(name) for name in came),
        page.findings,
        f"{on.year}年{on.month}月{on.day}日" if on else "",
    )


def _days(first: date, last: date) -> str:
    start = f"{first.year}年{first.month}月{first.day}日"
    return start if first == last else f"{start}至{last.month}月{last.day}日"
