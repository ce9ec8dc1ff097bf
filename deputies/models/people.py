"""Deputies and the seats they hold."""

import secrets
from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import Combinable

from congress.shared import names
from congress.shared.actors import Actor
from congress.shared.models import Area, Assembly, Term, User
from congress.shared.roles import Role
from deputies.states import EndCause

if TYPE_CHECKING:
    from deputies.models.groups import DeputyGroup


def new_code() -> str:
    """A deputy's public code: 128 random bits, so that it can be neither guessed nor counted up."""
    return secrets.token_urlsafe(16)


NAME_KEYS = ("stroke_key", "pinyin_key", "spelt", "initials", "ways")
"""What is computed from the name whenever it is written."""


class DeputyQuerySet(models.QuerySet["Deputy"]):
    def sitting(self, today: date) -> Self:
        """People who hold at least one seat on that day, at any level."""
        return self.filter(models.Exists(Mandate.objects.running(today).of_outer_deputy()))

    def serving(self, today: date) -> Self:
        """Sitting, and not suspended (代表法第六十一条): who may act as a deputy on that day."""
        open_then = Q(suspensions__to_on=None) | Q(suspensions__to_on__gt=today)
        resting = Deputy.objects.filter(open_then, suspensions__from_on__lte=today)
        return self.sitting(today).exclude(pk__in=resting.values("pk"))

    def sitting_in(self, assembly: Assembly, today: date) -> Self:
        """People who hold a seat of this assembly on that day."""
        seats = Mandate.objects.running(today).filter(term__assembly=assembly)
        return self.filter(models.Exists(seats.of_outer_deputy()))

    def called(self, group: "DeputyGroup | None", assembly: Assembly | None, day: date) -> Self:
        """Who was to come on that day: of the group or the assembly, and not suspended."""
        if assembly:
            return self.serving(day).sitting_in(assembly, day)
        return self.serving(day).grouped(day, membership__group=group)

    def grouped(self, day: date, **where: object) -> Self:
        """Who belongs on that day to a group that answers to `where` (membership__group=…)."""
        open_then = Q(membership__to_on=None) | Q(membership__to_on__gt=day)
        return self.filter(open_then, membership__from_on__lte=day, **where)

    def of_user(self, user: User) -> Self:
        """The deputy whose account this is."""
        return self.filter(user=user)

    def in_name_order(self) -> Self:
        """姓氏笔画: by the key computed when the name was saved."""
        return self.order_by("stroke_key", "id")

    def visible_to(self, actor: Actor, today: date) -> Self:
        """Whom this post may see with inner data: all, the township's, the group's, or oneself."""
        if actor.at_the_desk:
            return self
        if actor.is_a(Role.TOWNSHIP_CLERK, Role.KEEPER):
            return self.grouped(today, membership__group__area=actor.area_id)
        if actor.is_a(Role.CONVENOR):
            return self.grouped(today, membership__group__convenor=actor.user)
        return self.filter(user=actor.user) if actor.user else self.none()


class Deputy(models.Model):
    """人大代表: one person, whatever number of seats and terms."""

    user = models.OneToOneField(
        User, models.PROTECT, null=True, blank=True, verbose_name="账号", related_name="deputy"
    )
    name = models.CharField("姓名", max_length=40)
    stroke_key = models.CharField("笔画排序", max_length=200, db_index=True, editable=False)
    pinyin_key = models.CharField("拼音排序", max_length=200, db_index=True, editable=False)
    spelt = models.CharField("拼音", max_length=120, editable=False)
    initials = models.CharField("拼音首字母", max_length=20, editable=False)
    ways = models.CharField("各种打法", max_length=names.WAYS_LENGTH, editable=False)
    reading = models.CharField(
        "读音", max_length=120, blank=True, help_text="系统读错时填写，每字一个音，如 shan wei"
    )
    strokes = models.CharField(
        "笔顺",
        max_length=200,
        blank=True,
        help_text="系统不认识的字才填：横1 竖2 撇3 点4 折5，每字一组，如 312 2511",
    )
    sex = models.CharField("性别", max_length=1, choices=[("男", "男"), ("女", "女")])
    nation = models.CharField("民族", max_length=20)
    birth_month = models.DateField("出生年月", help_text="当月第一天")
    party = models.CharField("党派", max_length=30)
    education = models.CharField("学历", max_length=20)
    job = models.CharField("工作单位及职务", max_length=80)
    phone = models.CharField("联系电话", max_length=20, blank=True)
    code = models.CharField("代表码", max_length=32, unique=True, default=new_code, editable=False)

    objects = DeputyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "代表"
        ordering = ("stroke_key", "id")
        constraints = [
            models.CheckConstraint(
                name="deputy_birth_month_is_a_first", condition=Q(birth_month__day=1)
            ),
            models.CheckConstraint(
                name="deputy_reading_is_syllables",
                condition=Q(reading="") | Q(reading__regex=r"^[a-z]+[0-5]?( [a-z]+[0-5]?)*$"),
                violation_error_message="读音写成小写拼音，每字一个，中间空一格，如 shan wei。",
            ),
            models.CheckConstraint(
                name="deputy_strokes_are_kinds",
                condition=Q(strokes="") | Q(strokes__regex=r"^[1-5]+( [1-5]+)*$"),
                violation_error_message="笔顺只用 1 到 5，每字一组，中间空一格。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """The sort keys follow the name."""
        self.sort_by_name()
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # passed through untouched

    def sort_by_name(self) -> None:
        """Compute `NAME_KEYS`; bulk writers call this, because they pass `save` by."""
        self.stroke_key = names.stroke_key(self.name, self.strokes)
        self.pinyin_key = names.pinyin_key(self.name, self.reading)
        self.ways = names.ways_to_type(self.name, self.reading)
        typed = names.syllables(self.name, self.reading)
        self.spelt = "".join(typed)[:120]
        self.initials = "".join(syllable[0] for syllable in typed)[:20]


class District(models.Model):
    """选区或选举单位: who elected the seat."""

    assembly = models.ForeignKey(Assembly, models.PROTECT, verbose_name="人民代表大会")
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, verbose_name="区域")
    name = models.CharField("名称", max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = "选区（选举单位）"
        ordering = ("assembly", "id")
        constraints = [
            models.UniqueConstraint(
                name="district_name_once_per_assembly", fields=("assembly", "name")
            )
        ]

    def __str__(self) -> str:
        return self.name


class Delegation(models.Model):
    """代表团: the seats of one area in one term."""

    term = models.ForeignKey(Term, models.PROTECT, verbose_name="届")
    area = models.ForeignKey(Area, models.PROTECT, verbose_name="区域")
    name = models.CharField("名称", max_length=40)

    class Meta:
        verbose_name = verbose_name_plural = "代表团"
        ordering = ("term", "area__position")
        constraints = [
            models.UniqueConstraint(name="delegation_name_once_per_term", fields=("term", "name"))
        ]

    def __str__(self) -> str:
        return self.name


class MandateQuerySet(models.QuerySet["Mandate"]):
    def visible_to(self, actor: Actor) -> Self:
        """To be changed at the committee's desk alone."""
        return self if actor.at_the_desk else self.none()

    def running(self, today: date | Combinable) -> Self:
        """Seats held on that day; the day may be a column of the outer query."""
        return self.filter(from_on__lte=today).exclude(to_on__lt=today)

    def of_assembly(self, assembly: Assembly) -> Self:
        return self.filter(term__assembly=assembly)

    def by_delegation(self) -> Self:
        """代表团, and 姓氏笔画 within it; seats without one last."""
        place = F("delegation__area__position").asc(nulls_last=True)
        return self.order_by(place, "delegation", "deputy__stroke_key", "deputy")

    def of_outer_deputy(self) -> Self:
        return self.filter(deputy=models.OuterRef("pk"))


class Mandate(models.Model):
    """代表资格: one seat at one level in one term. A person may hold several at once."""

    deputy = models.ForeignKey(Deputy, models.PROTECT, related_name="mandates", verbose_name="代表")
    term = models.ForeignKey(Term, models.PROTECT, verbose_name="届")
    district = models.ForeignKey(District, models.PROTECT, verbose_name="选区（选举单位）")
    delegation = models.ForeignKey(
        Delegation, models.PROTECT, null=True, blank=True, verbose_name="代表团"
    )
    certificate = models.CharField("代表证号", max_length=30)
    from_on = models.DateField("任职开始")
    to_on = models.DateField("任职结束", null=True, blank=True, help_text="当天仍在任")
    end_cause = models.CharField("结束原因", max_length=20, choices=EndCause, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "代表资格"
        ordering = ("term__assembly__level__rank", "-term__number")
        constraints = [
            models.UniqueConstraint(
                name="mandate_certificate_once_per_term",
                fields=("term", "certificate"),
                violation_error_message="这个代表证号在本届已有人使用。",
            ),
            models.UniqueConstraint(
                name="mandate_once_per_person_and_term",
                fields=("deputy", "term"),
                violation_error_message="此人在本届已有代表资格。",
            ),
            models.CheckConstraint(
                name="mandate_has_an_end_and_its_cause_or_neither",
                condition=Q(to_on__isnull=True, end_cause="")
                | (Q(to_on__isnull=False) & ~Q(end_cause="")),
                violation_error_message="结束日期和结束原因必须同时填写。",
            ),
            models.CheckConstraint(
                name="mandate_ends_after_it_begins",
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.term} {self.certificate}"
