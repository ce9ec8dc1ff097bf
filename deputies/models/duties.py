"""履职记录: each duty done, as a fact."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Self

from django.db import connections, models
from django.db.models import Exists, F, OuterRef, Q, Sum
from django.db.models.functions import Coalesce, Least

from congress.shared.actors import Actor
from congress.shared.models import User
from congress.shared.roles import Role
from congress.shared.workflow import Stepped
from deputies.codes import AWARDS_BY_LEVEL, OCCASIONS
from deputies.models.catalogue import DutyItem
from deputies.models.duty_constraints import ENTERED, REPORTED, TOLD_FOR_OTHERS, TWO_PEOPLE
from deputies.models.groups import Membership
from deputies.models.occasions import OCCASION, other_award, told_a_day_apart, twins_of_outer
from deputies.models.people import Deputy
from deputies.models.statements import BitsApart, insert_new
from deputies.states import DUTY_STEPS, DutyState

WAITS_SINCE = Coalesce("confirmed_at", "reported_at")
"""When a record came to the office: what was entered on behalf, once it was confirmed."""


class DutyRecordQuerySet(models.QuerySet["DutyRecord"]):
    def entered(self) -> Self:
        """代为登记: told by the office or a township for a deputy."""
        return self.filter(source__startswith=ENTERED)

    def to_check(self) -> Self:
        return self.filter(state=DutyState.REPORTED)

    def to_verify(self) -> Self:
        return self.filter(state=DutyState.CHECKED)

    def unsettled(self) -> Self:
        """Still waiting for the first or the second person."""
        return self.filter(state__in=(DutyState.REPORTED, DutyState.CHECKED))

    def verified(self) -> Self:
        return self.filter(state=DutyState.VERIFIED)

    def done_in(self, year: int) -> Self:
        """The civil year, 跨年清零."""
        return self.filter(done_on__range=(date(year, 1, 1), date(year, 12, 31)))

    def live(self) -> Self:
        """What counts or may yet count."""
        return self.exclude(state=DutyState.WITHDRAWN)

    def standing(self) -> Self:
        """What its deputy or an organiser has told, and nobody has sent back or taken back."""
        return self.live().exclude(state__in=(DutyState.ENTERED, DutyState.RETURNED))

    def of_deputy(self, deputy: Deputy) -> Self:
        return self.filter(deputy=deputy)

    def own_reports(self, deputy: Deputy) -> Self:
        """What the deputy reported alone and has not taken back."""
        return self.live().filter(deputy=deputy, source__startswith=REPORTED)

    def of_own_word(self, user: User | None) -> Self:
        """What this person reported, or confirmed: theirs to mend."""
        return self.filter(Q(reported_by=user) | Q(source__startswith=ENTERED))

    def told_by_others(self) -> Self:
        """What an organiser, the office or the system has told of a deputy."""
        return self.exclude(source__startswith=REPORTED)

    def years(self) -> list[int]:
        """The years in which something was done, newest first."""
        return [day.year for day in self.dates("done_on", "year", order="DESC")]

    def counts(self) -> dict[str, int]:
        """How many in each state."""
        return dict(self.order_by().values_list("state").annotate(models.Count("pk")))

    def in_state(self, state: str) -> Self:
        return self.filter(state=state)

    def twins(self, deputy: Deputy, item: DutyItem, day: date) -> Self:
        """Live records of the same duty on the same day, whoever told them."""
        return self.live().filter(deputy=deputy, item=item, done_on=day)

    def of_sources(self, sources: Iterable[str]) -> Self:
        """The records that these rows of upper apps have told."""
        return self.filter(source__in=list(sources))

    def by_waiting(self) -> Self:
        """What waits longest first; what was entered on behalf waits since it was confirmed."""
        return self.order_by(WAITS_SINCE, "pk")

    def same_occasion(self, deputy: Deputy, item: DutyItem, day: date) -> Self:
        """Live records of that day which may tell the same occasion, under whatever item."""
        codes = OCCASIONS.get(item.code, (item.code,))
        return self.live().filter(deputy=deputy, done_on=day, item__code__in=codes)

    def same_matter(self, matter: str) -> Self:
        """Those that may be of this matter: two awards of one day for two matters are two."""
        return self.filter(~Q(item__code__in=AWARDS_BY_LEVEL) | Q(matter=matter))

    def with_occasion(self) -> Self:
        """Each with its `occasion`: the first of the items that tell the same, or its own."""
        return self.annotate(occasion=OCCASION)

    def beside(self, others: Self) -> Self:
        """Those of whose occasion another record is among the others."""
        return self.with_occasion().filter(Exists(twins_of_outer(others)))

    def with_doubts(self) -> Self:
        """Each with what speaks against it, as `doubts.WORDS` names it."""
        photos = Evidence.objects.filter(record=OuterRef("pk"))
        return self.with_occasion().annotate(
            has_twin=Exists(twins_of_outer(DutyRecord.objects.live())),
            has_used_photo=Exists(photos.used_elsewhere()),
            has_like_photo=Exists(photos.alike_elsewhere()),
            has_odd_photo=Exists(photos.of_another_day()),
            has_other_award=other_award(DutyRecord.objects.live()),
            has_next_day=told_a_day_apart(DutyRecord.objects.live()),
        )

    def quantity_on(
        self, deputy: Deputy, item: DutyItem, day: date, *, besides: int | None = None
    ) -> int:
        """How much of one item the deputy's live records already hold on that day."""
        rows = self.twins(deputy, item, day).exclude(pk=besides or 0)
        return rows.aggregate(sum=Sum("quantity"))["sum"] or 0

    def insert_new(self, records: Iterable["DutyRecord"]) -> list["DutyRecord"]:
        """Those of the records whose source was not known, inserted in one statement."""
        return insert_new(records, connections[self.db])

    def visible_to(self, actor: Actor) -> Self:
        """The office sees all; a township what its deputies did while there; others their own."""
        if actor.at_the_desk:
            return self
        if actor.is_a(Role.TOWNSHIP_CLERK):
            spells = Membership.objects.running(OuterRef("done_on"))
            here = spells.filter(deputy=OuterRef("deputy"), group__area=actor.area_id)
            return self.filter(Exists(here))
        return self.filter(deputy__user=actor.user) if actor.user else self.none()


class DutyRecord(Stepped):
    """履职记录: one duty done by one deputy. What it is worth only `scoring` says."""

    STEPS = DUTY_STEPS
    ALSO_BEGINS = frozenset({DutyState.ENTERED})
    state = models.CharField("状态", max_length=20, choices=DutyState, default=DutyState.REPORTED)
    deputy = models.ForeignKey(Deputy, models.PROTECT, related_name="duties", verbose_name="代表")
    item = models.ForeignKey(DutyItem, models.PROTECT, verbose_name="条目")
    done_on = models.DateField("履职日期")
    quantity = models.PositiveSmallIntegerField("数量", default=1)
    place = models.CharField("地点", max_length=60, blank=True)
    note = models.CharField("内容", max_length=300, blank=True)
    matter = models.CharField("奖项或事由", max_length=60, blank=True)
    source = models.CharField("来源", max_length=80, unique=True)
    reported_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="登记人"
    )
    reported_at = models.DateTimeField("登记时间")
    checked_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="核对人"
    )
    checked_at = models.DateTimeField("核对时间", null=True)
    verified_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="核实人"
    )
    verified_at = models.DateTimeField("核实时间", null=True)
    return_reason = models.CharField("退回原因", max_length=120, blank=True)
    confirmed_at = models.DateTimeField("本人确认时间", null=True)
    paper_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="收纸面确认的人"
    )
    paper_on = models.DateField("纸面确认日期", null=True)
    paper_note = models.CharField("纸面确认说明", max_length=120, blank=True)
    late_reason = models.CharField("逾期补登原因", max_length=120, blank=True)
    duplicate_of = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", verbose_name="与哪一条重复"
    )

    objects = DutyRecordQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "履职记录"
        ordering = ("-done_on", "-id")
        indexes = [
            models.Index(fields=("deputy", "-done_on"), name="duty_by_deputy"),
            models.Index(
                fields=("state", "done_on"),
                name="duty_waiting",
                condition=Q(state__in=("entered", "reported", "checked")),
            ),
        ]
        constraints = [
            models.CheckConstraint(name="duty_quantity_is_positive", condition=Q(quantity__gte=1)),
            *TWO_PEOPLE,
            models.CheckConstraint(
                name="duty_returned_says_why",
                condition=~Q(state=DutyState.RETURNED) | ~Q(return_reason=""),
                violation_error_message="退回必须写明原因。",
            ),
            *TOLD_FOR_OTHERS,
        ]

    def __str__(self) -> str:
        return f"{self.deputy} {self.item} {self.done_on}"

    @property
    def on_behalf(self) -> bool:
        """代为登记: told by the office or a township, for the deputy to confirm."""
        return self.source.startswith(ENTERED)

    @property
    def waits_since(self) -> datetime:
        """When it came to the office: what was entered on behalf, once it was confirmed."""
        return self.confirmed_at or self.reported_at


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, actor: Actor) -> Self:
        """A photo is seen by those who judge its record and by its deputy; it may show others.

        Leaders, the auditor and the system administrator see that there is one, not the picture.
        """
        if actor.at_the_desk and not actor.is_staff:
            return self.none()
        return self.filter(record__in=DutyRecord.objects.visible_to(actor))

    def live(self) -> Self:
        """On records that count or may yet count."""
        return self.exclude(record__state=DutyState.WITHDRAWN)

    def used_elsewhere(self) -> Self:
        """The very same picture stands on another live record."""
        same = Evidence.objects.live().filter(sha256=OuterRef("sha256"))
        return self.filter(Exists(same.exclude(record=OuterRef("record"))))

    def alike_elsewhere(self) -> Self:
        """A picture like it stands on another live record, before it or after it."""
        before = Evidence.objects.live().filter(pk=OuterRef("resembles"))
        after = Evidence.objects.live().filter(resembles=OuterRef("pk"))
        return self.filter(Exists(before) | Exists(after))

    def of_another_day(self) -> Self:
        """Taken more than a day before or after the duty was done."""
        gap = F("record__done_on") - F("taken_on")
        day = timedelta(days=1)
        return self.annotate(gap=gap).filter(Q(gap__gt=day) | Q(gap__lt=-day))

    def like(self, looks: Sequence[int], bits: int) -> Self:
        """Pictures whose hash differs from one of these in at most so many bits: `apart`."""
        apart = [BitsApart("phash", look) for look in looks]
        nearest = Least(*apart) if len(apart) > 1 else apart[0]
        return self.annotate(apart=nearest).filter(apart__lte=bits)


class Evidence(models.Model):
    """佐证: a photo decoded, stripped of what it knew of place and owner, and written anew."""

    record = models.ForeignKey(
        DutyRecord, models.CASCADE, related_name="evidence", verbose_name="履职记录"
    )
    file = models.FileField("文件", upload_to="evidence/%Y", max_length=120)
    width = models.PositiveIntegerField("宽")
    height = models.PositiveIntegerField("高")
    sha256 = models.CharField("摘要", max_length=64)
    phash = models.BigIntegerField("感知摘要", null=True)
    taken_on = models.DateField("拍摄日期", null=True)
    resembles = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="+", verbose_name="与哪一张相似"
    )

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "佐证"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                name="evidence_once_per_record_and_content", fields=("record", "sha256")
            )
        ]

    def __str__(self) -> str:
        return str(self.file.name)
