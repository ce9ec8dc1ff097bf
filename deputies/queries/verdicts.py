"""判定: what would come of each row, against the register and against the rows above it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from congress.shared.models import Term
from deputies import entries
from deputies.entries import Entry, WrongCell
from deputies.models import Deputy, Mandate
from deputies.permissions.roster import why_not_elected_on
from deputies.queries.register import Register, same_person
from deputies.sheets import Line
from deputies.states import EndCause, SameOrNot, Verdict

PERSON = (
    ("姓名", "name"),
    ("性别", "sex"),
    ("民族", "nation"),
    ("出生年月", "birth_month"),
    ("党派", "party"),
    ("学历", "education"),
    ("工作单位及职务", "job"),
    ("联系电话", "phone"),
)
"""The columns that are facts about the person, and where a deputy keeps them."""
Change = list[str]
"""Field, old value, new value."""


@dataclass(frozen=True)
class Judged:
    """One row with its verdict. `person` is the number of the first row about the same person."""

    line: Line
    verdict: Verdict
    entry: Entry | None = None
    deputy: Deputy | None = None
    mandate: Mandate | None = None
    person: int = 0
    changes: list[Change] = field(default_factory=list)
    fault_column: str = ""
    fault: str = ""


def of_person(entry: Entry) -> dict[str, str | date | None]:
    """The entry's facts by the deputy's field names."""
    return {
        "name": entry.name,
        "sex": entry.sex,
        "nation": entry.nation,
        "birth_month": entry.born,
        "party": entry.party,
        "education": entry.education,
        "job": entry.job,
        "phone": entry.phone,
    }


ALIKE = "是不是同一个人？"
"""How the question ends that a person has to answer."""


class Judge:
    """Goes through the rows in order, remembering certificates and people already met."""

    def __init__(self, register: Register, elected_on: date) -> None:
        self.register = register
        self.elected_on = elected_on
        self.certificates: dict[tuple[tuple[str, str], str], Entry] = {}
        self.people: dict[tuple[str, date], list[Entry]] = {}
        self.deputies: dict[int, Entry] = {}
        self.seats: set[tuple[tuple[str, str], int]] = set()

    def judge(self, line: Line) -> Judged:
        """The verdict on one row; a row in error is not remembered."""
        try:
            entry = entries.check(line, self.elected_on)
            self._known_township(entry)
            self._refuse_twin(entry)
            judged = self._against_register(line, entry)
            first = self._met(entry, judged.deputy)
            if first:
                self._refuse_contradiction(entry, first)
        except WrongCell as wrong:
            return Judged(line, Verdict.ERROR, fault_column=wrong.column, fault=wrong.reason[:120])
        person = first.number if first else entry.number
        self.certificates[entry.seat, entry.certificate] = entry
        self.seats.add((entry.seat, person))
        if not first:
            self.people.setdefault((entry.name, entry.born), []).append(entry)
        if judged.deputy:
            self.deputies.setdefault(judged.deputy.pk, first or entry)
        return replace(judged, person=person)

    def _known_township(self, entry: Entry) -> None:
        known = self.register.townships
        for column, name in (
            ("代表小组", entry.group_township),
            ("选区（选举单位）", entry.township),
        ):
            if known and name and name not in known:
                raise WrongCell(column, f"县里没有“{name}”，请核对乡镇名称。")

    def _refuse_twin(self, entry: Entry) -> None:
        twin = self.certificates.get((entry.seat, entry.certificate))
        if twin:
            reason = f"代表证号 {entry.certificate} 与第 {twin.number} 行{twin.name}相同。"
            raise WrongCell("代表证号", reason)

    def _met(self, entry: Entry, deputy: Deputy | None) -> Entry | None:
        """The first row about this person: of the same deputy, or of the same new person."""
        if deputy and deputy.pk in self.deputies:
            return self.deputies[deputy.pk]
        for other in self.people.get((entry.name, entry.born), ()):
            if same_person(other, entry.name, entry.born, entry.phone or "", entry.job or ""):
                return other
        return None

    def _refuse_contradiction(self, entry: Entry, first: Entry) -> None:
        """One person stands once per congress, and with the same facts in each row."""
        if (entry.seat, first.number) in self.seats:
            raise WrongCell("姓名", f"与第 {first.number} 行是同一个人、同一个层级，写了两次。")
        here, there = of_person(entry), of_person(first)
        pairs = [(column, here[name], there[name]) for column, name in PERSON]
        pairs += [("代表小组", entry.group, first.group), ("联络站", entry.station, first.station)]
        for column, mine, theirs in pairs:
            if mine != theirs:
                reason = f"与第 {first.number} 行是同一个人，那里写的是“{theirs or '（空）'}”。"
                raise WrongCell(column, reason)

    def _against_register(self, line: Line, entry: Entry) -> Judged:
        register = self.register
        mandate = register.by_certificate.get((entry.seat, entry.certificate))
        deputy = register.people[mandate.deputy_id] if mandate else self._known(line, entry)
        if mandate and deputy and entry.name != deputy.name and entry.born != deputy.birth_month:
            reason = f"代表证号 {entry.certificate} 现在是{deputy.name}的，姓名和出生年月都对不上。"
            raise WrongCell("代表证号", reason)
        if deputy and not mandate:
            mandate = register.by_holder.get((entry.seat, deputy.pk))
        ahead = mandate and self._ends_with_the_term(mandate)
        if mandate and mandate.to_on and not ahead:
            raise WrongCell(
                "姓名", f"{entry.name}的代表资格已于 {mandate.to_on} 结束，不能再导入。"
            )
        grouped = deputy and deputy.pk in register.groups
        if ahead and deputy and entry.group not in (None, register.groups.get(deputy.pk)):
            raise WrongCell(
                "代表小组", "换届已经准备好，本届的小组不再由名册调整，请到“代表小组”里调整。"
            )
        if entry.group is None and not grouped:
            raise WrongCell("代表小组", "没有填写。还没有编组的人，要写明编入哪个小组。")
        if not mandate and (late := why_not_elected_on(self.elected_on, self._term(entry))):
            raise WrongCell("代表层级", late)
        changes = [*self._changes(entry, deputy, mandate)] if deputy else []
        verdict = Verdict.NEW if not mandate else Verdict.CHANGED if changes else Verdict.SAME
        return Judged(line, verdict, entry, deputy, mandate, changes=changes)

    def _ends_with_the_term(self, mandate: Mandate) -> bool:
        """换届 is prepared, and its day has not come: until then the seat is a seat."""
        ends = mandate.to_on is not None and mandate.to_on >= self.register.today
        return ends and mandate.end_cause == EndCause.TERM

    def _term(self, entry: Entry) -> Term | None:
        return self.register.terms.get(entry.seat)

    def _known(self, line: Line, entry: Entry) -> Deputy | None:
        """Who this is already; of a like person with another telephone somebody has to say."""
        if deputy := self.register.person(entry):
            return deputy
        known = self.register.namesakes.get((entry.name, entry.born), ())
        if not known or line.alike == SameOrNot.OTHER:
            return None
        if line.alike == SameOrNot.SAME:
            return known[0]
        raise WrongCell("姓名", f"名册里已有同名、同出生年月的人，现在是“{known[0].job}”，{ALIKE}")

    def _changes(self, entry: Entry, deputy: Deputy, mandate: Mandate | None) -> Iterator[Change]:
        stated = of_person(entry)
        for column, name in PERSON:
            old, new = getattr(deputy, name), stated[name]
            if new is not None and new != old:
                yield [column, _text(old), _text(new)]
        if mandate:
            delegation = mandate.delegation.name if mandate.delegation else ""
            yield from _differs("选区（选举单位）", mandate.district.name, entry.district)
            yield from _differs("代表团", delegation, entry.delegation)
            yield from _differs("代表证号", mandate.certificate, entry.certificate)
        yield from _differs("代表小组", self.register.groups.get(deputy.pk, ""), entry.group)
        station = self.register.stations.get(deputy.pk, "")
        yield from _differs("联络站", station, entry.station or None)


def judge_all(lines: Iterable[Line], register: Register, elected_on: date) -> list[Judged]:
    """The verdict on every row, top to bottom: of two rows that collide the later is wrong."""
    return list(judge_each(lines, register, elected_on))


def judge_each(lines: Iterable[Line], register: Register, elected_on: date) -> Iterator[Judged]:
    """The same, one row after the other: a hundred thousand need not be held at once."""
    judge = Judge(register, elected_on)
    return (judge.judge(line) for line in lines)


def _differs(column: str, old: str, new: str | None) -> Iterator[Change]:
    if new is not None and new != old:
        yield [column, old, new]


def _text(value: object) -> str:
    return f"{value:%Y.%m}" if isinstance(value, date) else str(value)
