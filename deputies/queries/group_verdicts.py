"""小组表的判定: which groups a sheet would form, and whose convenor it would change."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from congress.shared.models import Area
from congress.shared.names import clean_name
from deputies.entries import WrongCell, township_of
from deputies.models import Deputy, DeputyGroup, Mandate, Membership
from deputies.queries.verdicts import Judged
from deputies.sheets import Line
from deputies.states import Verdict

NOBODY = {"", "无", "暂无", "暂缺", "空缺", "-", "—"}
"""How a sheet says that a group has no convenor; nobody is dismissed by it."""


@dataclass(frozen=True)
class GroupRow(Judged):
    """One row with its verdict: the group it names, or where to form it; who is to convene it."""

    area: Area | None = None
    name: str = ""
    group: DeputyGroup | None = None
    convenor: Deputy | None = None


class GroupJudge:
    """Goes through the rows in order, remembering groups already met."""

    def __init__(self, county: Area, day: date) -> None:
        self.day = day
        self.areas = {
            name: area
            for area in Area.objects.townships(county)
            for name in (area.name, area.short_name)
        }
        groups = DeputyGroup.objects.filter(area__parent=county).select_related("convenor")
        self.groups = {(group.area_id, group.name): group for group in groups}
        self.members: dict[tuple[int, str], list[Deputy]] = defaultdict(list)
        spells = Membership.objects.running(day).filter(group__area__parent=county)
        for spell in spells.select_related("deputy"):
            self.members[spell.group_id, spell.deputy.name].append(spell.deputy)
        seats = Mandate.objects.running(day).values_list("certificate", "deputy")
        self.certificates: dict[str, set[int]] = defaultdict(set)
        for certificate, pk in seats:
            self.certificates[certificate].add(pk)
        self.met: dict[tuple[int, str], int] = {}

    def judge(self, line: Line) -> Judged:
        """The verdict on one row; a row in error is not remembered."""
        words = line.words
        try:
            area, name = self._place(words)
            if first := self.met.get((area.pk, name)):
                raise WrongCell("代表小组", f"{name}在第 {first} 行已经写过。")
            group = self.groups.get((area.pk, name))
            convenor = self._convenor(words, name, group)
        except WrongCell as wrong:
            return Judged(line, Verdict.ERROR, fault_column=wrong.column, fault=wrong.reason[:120])
        self.met[area.pk, name] = line.number
        changes = []
        if group and convenor and convenor.user_id != group.convenor_id:
            was = group.convenor.name if group.convenor else ""
            changes = [["召集人", was, convenor.name]]
        verdict = Verdict.CHANGED if changes else Verdict.SAME if group else Verdict.NEW
        return GroupRow(
            line,
            verdict,
            deputy=convenor,
            changes=changes,
            area=area,
            name=name,
            group=group,
            convenor=convenor,
        )

    def _place(self, words: dict[str, str]) -> tuple[Area, str]:
        """The township and the full name: 城关镇 with 第一代表小组 is 城关镇第一代表小组."""
        name, township = words["代表小组"].replace(" ", ""), words.get("乡镇", "")
        if not name:
            raise WrongCell("代表小组", "没有填写。")
        if len(name) > 40:
            raise WrongCell("代表小组", "字数太多，最多 40 个字。")
        said = township or township_of(name)
        if not said:
            reason = f"“{name}”看不出是哪个乡镇，请写全，或者加“乡镇”一列。"
            raise WrongCell("代表小组", reason)
        area = self.areas.get(said)
        if area is None:
            column = "乡镇" if township else "代表小组"
            raise WrongCell(column, f"县里没有“{said}”，请核对乡镇名称。")
        if (area.pk, name) not in self.groups and not name.startswith(area.short_name):
            name = f"{area.name}{name}"
        return area, name

    def _convenor(
        self, words: dict[str, str], name: str, group: DeputyGroup | None
    ) -> Deputy | None:
        who = clean_name(words.get("召集人", ""))
        if group and group.dissolved_on and group.dissolved_on <= self.day:
            raise WrongCell("代表小组", f"{name}已经撤销。请先恢复这个小组，再导入。")
        if who in NOBODY:
            return None
        if group is None:
            reason = "新建的小组还没有人。请先把代表编进小组，再指定召集人。"
            raise WrongCell("召集人", reason)
        found = self.members.get((group.pk, who), [])
        if certificate := words.get("召集人代表证号", ""):
            holders = self.certificates.get(certificate, set())
            found = [each for each in found if each.pk in holders]
        if not found:
            raise WrongCell("召集人", f"{who}现在不在{name}，请从本组代表中选。")
        if len(found) > 1:
            reason = f"{name}有 {len(found)} 位{who}，请在“召集人代表证号”一列写明是哪一位。"
            raise WrongCell("召集人", reason)
        if found[0].user_id is None:
            raise WrongCell("召集人", f"{who}还没有账号，请先给{who}开户。")
        return found[0]


def judge_each(lines: Iterable[Line], county: Area, day: date) -> Iterator[Judged]:
    """The verdict on every row, top to bottom; four queries, whatever the number of rows."""
    judge = GroupJudge(county, day)
    return (judge.judge(line) for line in lines)
