"""一框搜索: name, pinyin, initials, group, village, district, field, job; each word narrows down.

One vocabulary for everybody. What only the committee's staff may search by, certificates and
telephones, is looked at when the caller says `inner`, and then alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TypeVar

from django.db.models import Case, Q, QuerySet, Value, When
from django.db.models.functions import Concat, Substr

from congress.shared.names import typed
from congress.shared.numerals import in_chinese
from deputies.models import (
    Delegation,
    Deputy,
    DeputyGroup,
    District,
    Mandate,
    Membership,
    SpecialistGroup,
    SpecialistMembership,
)
from deputies.models.groups import DeputyGroupQuerySet
from deputies.models.people import DeputyQuerySet
from deputies.models.specialists import SpecialistGroupQuerySet

People = TypeVar("People", bound=QuerySet[Deputy])
Groups = TypeVar("Groups", DeputyGroupQuerySet, SpecialistGroupQuerySet)
LONGEST, MOST_PARTS = 64, 6
SHORTEST_PHONE = 4
_GAPS = re.compile(r"[\s、，,；;。·•]+")
_SILENT = str.maketrans("", "", "'’‘`\u200b\ufeff")
"""xi'an is xian; what no eye sees is not there."""
_LETTERS_OR_NOT = re.compile("[a-z]+|[^a-z]+")
_FIGURES = {in_chinese(number): str(number) for number in range(1, 100)}
_NUMBERED = re.compile(r"(.*?)第?(\d{1,2}|[一二三四五六七八九十]{1,3})((?:代表)?小?组|选区)")
_NUMBER = re.compile(r"[a-z0-9-]*\d[a-z0-9-]*")


def words(asked: str) -> list[str]:
    """What was typed, folded and cut at spaces and commas; everything else stands for itself."""
    return [word for word in _GAPS.split(typed(asked[:LONGEST]).translate(_SILENT)) if word]


def found(people: People, asked: str, today: date, *, inner: bool = False) -> People:
    """Those of `people` who answer to every word of what was typed; nothing typed keeps all.

    Letters are a name's pinyin or its initials, from any character on; anything else a part of
    the name, the job, the group, the township, the village or district, the delegation, the field.
    Six parts are enough to say whom one means; what is typed beyond them is left unasked.
    With `inner` figures are a certificate or a part of a telephone number, too.
    """
    if not asked.strip():
        return people
    cut, left = words(asked), MOST_PARTS
    if not cut:
        return people.none()
    for word in cut:
        if not left:
            break
        answers = Q()
        for part in islice(_parts(word), left):
            answers &= _answers(part, today)
            left -= 1
        if inner and _NUMBER.fullmatch(word):
            answers |= _has_number(word, today)
        people = people.filter(answers)
    return people


def in_order(people: People, asked: str) -> People:
    """The very name first, then names that begin so, then the rest; each by 姓氏笔画.

    Of the names that begin so, whole syllables go before: for wang 王伟 and only then 万光明.
    """
    cut = words(asked)
    if not cut:
        return people.order_by("stroke_key", "id")
    same, begins, half = Q(), Q(), Q()
    for word in dict.fromkeys(["".join(cut), *cut]):
        same |= Q(ways__startswith=f" {word} ") | Q(spelt=word) | Q(initials=word)
        left = Concat(Value(" "), Substr("spelt", len(word) + 1), Value(" "))
        begins |= Q(ways__startswith=f" {word}") | Q(initials__startswith=word)
        begins |= Q(spelt__startswith=word, ways__contains=left)
        half |= Q(spelt__startswith=word)
    nearness = Case(When(same, then=0), When(begins, then=1), When(half, then=2), default=Value(3))
    return people.order_by(nearness, "stroke_key", "id")


def _parts(word: str) -> Iterator[str]:
    """邹lx → 邹, lx; 楼台乡第3小组 → 楼台乡, 第3小组: what is looked for by itself."""
    for run in _LETTERS_OR_NOT.findall(word):
        numbered = _NUMBERED.fullmatch(run)
        if numbered and numbered[1]:
            yield numbered[1]
            yield run.removeprefix(numbered[1])
        else:
            yield run


def _answers(part: str, today: date) -> Q:
    if re.fullmatch("[a-z]+", part):
        return Q(ways__contains=f" {part}")
    if len(part) == 1:
        return Q(ways__contains=part)
    return Q(ways__contains=part) | Q(job__contains=part) | _belongs(part, today)


def places(part: str) -> tuple[str, ...]:
    """第3小组 is written 第三代表小组, 第八选区 may be written 第8选区: every way it may stand."""
    numbered = _NUMBERED.fullmatch(part)
    if not numbered:
        return (part,)
    number, kind = numbered[2], numbered[3]
    figures = _FIGURES.get(number, number)
    noun = kind if kind == "选区" else "代表小组"
    characters = in_chinese(int(figures)) if figures.isdecimal() else number
    return tuple(dict.fromkeys((part, f"第{characters}{noun}", f"第{figures}{noun}")))


def groups_found(groups: Groups, asked: str, *columns: str) -> Groups:
    """Those of `groups` in whose columns every word stands; nothing typed finds none."""
    parts = [part for word in words(asked) for part in _parts(word)][:MOST_PARTS]
    if not parts:
        return groups.none()
    for part in parts:
        either = Q()
        for column in columns:
            either |= _named(column, part)
        groups = groups.filter(either)
    return groups


def _named(column: str, part: str) -> Q:
    either = Q()
    for way in places(part):
        either |= Q(**{f"{column}__contains": way})
    return either


def _belongs(part: str, today: date) -> Q:
    """By group, township, electing district, its village, delegation, or field.

    The names are few and looked through first; from each the way to its people is an index.
    """
    groups = DeputyGroup.objects.filter(_named("name", part) | _named("area__name", part))
    districts = District.objects.filter(_named("name", part) | _named("area__name", part))
    delegations = Delegation.objects.filter(_named("name", part))
    fields = SpecialistGroup.objects.filter(_named("name", part) | _named("field", part))
    spells, seats = Membership.objects.running(today), Mandate.objects.running(today)
    special = SpecialistMembership.objects.running(today)
    found_in = [
        spells.filter(group__in=groups.order_by().values("pk")),
        seats.filter(district__in=districts.order_by().values("pk")),
        seats.filter(delegation__in=delegations.order_by().values("pk")),
        special.filter(group__in=fields.order_by().values("pk")),
    ]
    first, *others = (rows.order_by().values("deputy") for rows in found_in)
    return Q(pk__in=first.union(*others, all=True))


def _has_number(word: str, today: date) -> Q:
    """By certificate or, from four figures on, by a part of the telephone number."""
    seats = Mandate.objects.running(today).filter(certificate__istartswith=word)
    either = Q(pk__in=seats.order_by().values("deputy"))
    if word.isdecimal() and len(word) >= SHORTEST_PHONE:
        either |= Q(phone__contains=word)
    return either


@dataclass(frozen=True)
class Hit:
    """One person found: enough to tell namesakes apart, and nothing that is not public."""

    pk: int
    code: str
    name: str
    group: str
    levels: str
    job: str


def hits(people: QuerySet[Deputy], today: date, most: int) -> list[Hit]:
    """The first of them in the order they come, in three queries."""
    rows = list(people[:most])
    keys = [row.pk for row in rows]
    spells = Membership.objects.running(today).filter(deputy__in=keys)
    groups = dict(spells.values_list("deputy", "group__name"))
    levels: dict[int, list[str]] = {}
    seats = Mandate.objects.running(today).filter(deputy__in=keys)
    for pk, level in seats.order_by("term__assembly__level__rank").values_list(
        "deputy", "term__assembly__level__name"
    ):
        levels.setdefault(pk, []).append(level)
    return [
        Hit(
            row.pk,
            row.code,
            row.name,
            groups.get(row.pk, ""),
            "、".join(levels.get(row.pk, [])),
            row.job,
        )
        for row in rows
    ]


def serving(today: date) -> DeputyQuerySet:
    """Whom everybody may look for: those who may act on that day."""
    people: DeputyQuerySet = Deputy.objects.serving(today)
    return people
