"""双联安排表的判定: with whom each holder would keep contact, and who gives whom up for it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from congress.shared.models import Area, Assembly
from congress.shared.names import clean_name
from deputies.entries import WrongCell
from deputies.models import CommitteePost, Deputy, DeputyGroup, Liaison, Mandate, Membership
from deputies.models.liaison import HOLDERS
from deputies.permissions.liaison import Target
from deputies.queries.liaison import committee_of
from deputies.queries.verdicts import Judged
from deputies.sheets import Line
from deputies.states import CommitteePostKind, LiaisonKind, Verdict

POSTS = {
    "主任": CommitteePostKind.HEAD,
    "副主任": CommitteePostKind.VICE,
    "委员": CommitteePostKind.MEMBER,
    "机关代表": CommitteePostKind.OFFICE,
    "机关": CommitteePostKind.OFFICE,
}
"""职务 as sheets write it, without the committee's name in front."""
BETWEEN = re.compile(r"[、，,；;/]")
KINDS = (("乡镇", LiaisonKind.DIRECTOR), ("小组", LiaisonKind.OFFICE), ("代表", LiaisonKind.MEMBER))
"""联系方式 by the word in it, the plainest first: 机关代表包联小组 is about a group."""


@dataclass(frozen=True)
class Aim:
    """One whom a row is about: the kind of contact, the target, who keeps it today."""

    kind: LiaisonKind
    target: Target
    was: Liaison | None


@dataclass(frozen=True)
class LiaisonRow(Judged):
    """One row with its verdict: the holder, a post to be given, what is to be arranged."""

    holder: Deputy | None = None
    assembly: Assembly | None = None
    post: CommitteePostKind | None = None
    aims: tuple[Aim, ...] = ()


class LiaisonJudge:
    """Goes through the rows in order, remembering posts given and targets already met."""

    def __init__(self, county: Area, day: date) -> None:
        self.assembly = committee_of(county.pk)
        seats = Mandate.objects.running(day).select_related("deputy", "term")
        self.people: dict[str, list[Deputy]] = defaultdict(list)
        self.own: dict[str, list[Deputy]] = defaultdict(list)
        self.certificates: dict[str, set[int]] = defaultdict(set)
        for seat in seats.order_by("deputy__stroke_key", "deputy", "pk"):
            self.certificates[seat.certificate].add(seat.deputy_id)
            if seat.deputy not in self.people[seat.deputy.name]:
                self.people[seat.deputy.name].append(seat.deputy)
            if self.assembly and seat.term.assembly_id == self.assembly.pk:
                self.own[seat.deputy.name].append(seat.deputy)
        self.areas = {
            name: area
            for area in Area.objects.townships(county)
            for name in (area.name, area.short_name)
        }
        groups = DeputyGroup.objects.filter(area__parent=county).standing(day)
        self.groups = {group.name: group for group in groups}
        self.members = set(Membership.objects.running(day).values_list("deputy", "group"))
        self.posts: dict[int, set[str]] = defaultdict(set)
        for pk, post in CommitteePost.objects.running(day).values_list("deputy", "post"):
            self.posts[pk].add(post)
        self.kept: dict[tuple[str, int], list[Liaison]] = defaultdict(list)
        rows = Liaison.objects.running(day)
        for row in rows.select_related("holder", "deputy", "area", "group"):
            number = row.deputy_id or row.area_id or row.group_id or 0
            self.kept[row.kind, number].append(row)
        self.met: dict[tuple[str, int, int], int] = {}

    def judge(self, line: Line) -> Judged:
        """The verdict on one row; a row in error is not remembered."""
        words = line.words
        try:
            holder = self._person(words, "联系人", "联系人代表证号", self.own)
            post = self._post(words, holder)
            aims = tuple(self._aims(words, holder, post))
            self._refuse_twice(line, holder, aims)
        except WrongCell as wrong:
            return Judged(line, Verdict.ERROR, fault_column=wrong.column, fault=wrong.reason[:120])
        changes = [["职务", "", post.label]] if post else []
        for aim in aims:
            self.met[self._key(aim, holder)] = line.number
            if aim.was is None or aim.was.holder_id != holder.pk:
                was = aim.was.holder.name if aim.was else ""
                changes.append([str(aim.target), was, holder.name])
        if post:
            self.posts[holder.pk].add(post)
        moved = any(old for _, old, _ in changes)
        verdict = Verdict.CHANGED if moved else Verdict.NEW if changes else Verdict.SAME
        return LiaisonRow(
            line,
            verdict,
            deputy=holder,
            changes=changes,
            holder=holder,
            assembly=self.assembly,
            post=post,
            aims=aims,
        )

    def _person(
        self, words: dict[str, str], column: str, number: str, among: dict[str, list[Deputy]]
    ) -> Deputy:
        name = clean_name(words[column])
        if not name:
            raise WrongCell(column, "没有填写。")
        return self._one(name, column, words.get(number, ""), number, among)

    def _one(
        self,
        name: str,
        column: str,
        certificate: str,
        number: str,
        among: dict[str, list[Deputy]],
    ) -> Deputy:
        found = among.get(name, [])
        if certificate:
            holders = self.certificates.get(certificate, set())
            found = [each for each in found if each.pk in holders]
        if not found:
            of = str(self.assembly) if among is self.own and self.assembly else ""
            with_number = f"、证号 {certificate} " if certificate else ""
            raise WrongCell(column, f"在任的{of}代表里没有“{name}”{with_number}，请核对。")
        if len(found) > 1:
            reason = f"有 {len(found)} 位代表叫{name}，请在“{number}”一列写明是哪一位。"
            raise WrongCell(column, reason)
        return found[0]

    def _post(self, words: dict[str, str], holder: Deputy) -> CommitteePostKind | None:
        """The post to be given with this row; None when it is held already or none is named."""
        said = re.sub(r"^.*(常委会|人大)|党组(书记|副书记)?[、，]?", "", words.get("职务", ""))
        if not said:
            return None
        held = self.posts[holder.pk]
        post = POSTS.get(said)
        if post is None:
            if held:
                return None
            names = "、".join(POSTS)
            raise WrongCell("职务", f"“{said}”认不出来，请写{names}之一。")
        if post in held:
            return None
        office = CommitteePostKind.OFFICE
        if post != office and held - {office}:
            now = "、".join(CommitteePostKind(each).label for each in sorted(held - {office}))
            reason = f"{holder.name}现在是{now}，职务变动请先在个人页结束原来的职务。"
            raise WrongCell("职务", reason)
        return post

    def _aims(
        self, words: dict[str, str], holder: Deputy, post: CommitteePostKind | None
    ) -> Iterator[Aim]:
        text = words["联系对象"]
        if not text:
            raise WrongCell("联系对象", "没有填写。")
        said = words.get("联系方式", "")
        only = next((kind for word, kind in KINDS if word in said), None)
        for name in self._split(text):
            kind, target = self._target(name, only, words)
            self._refuse_holder(holder, post, kind, target)
            kept = self.kept[kind, target.pk]
            own = [row for row in kept if row.holder_id == holder.pk]
            others = [] if kind == LiaisonKind.OFFICE else kept
            yield Aim(kind, target, next(iter(own or others), None))

    def _split(self, text: str) -> list[str]:
        """张三、李四 are two; 王 伟 is one person whose name is set apart."""
        found: list[str] = []
        for part in filter(None, map(str.strip, BETWEEN.split(text))):
            whole, pieces = clean_name(part), part.split()
            known = {*self.people, *self.areas, *self.groups}
            several = len(pieces) > 1 and whole not in known and known >= set(pieces)
            found += pieces if several else [whole]
        return found

    def _target(
        self, name: str, only: LiaisonKind | None, words: dict[str, str]
    ) -> tuple[LiaisonKind, Target]:
        if only in (None, LiaisonKind.DIRECTOR) and name in self.areas:
            return LiaisonKind.DIRECTOR, self.areas[name]
        if only in (None, LiaisonKind.OFFICE) and name in self.groups:
            return LiaisonKind.OFFICE, self.groups[name]
        if only == LiaisonKind.DIRECTOR:
            raise WrongCell("联系对象", f"县里没有叫“{name}”的乡镇，请核对。")
        if only == LiaisonKind.OFFICE:
            raise WrongCell("联系对象", f"没有叫“{name}”的代表小组，请写全称。")
        number = words.get("对象代表证号", "")
        among = self.own if name in self.own else self.people
        found = self._one(name, "联系对象", number, "对象代表证号", among)
        return LiaisonKind.MEMBER, found

    def _refuse_holder(
        self, holder: Deputy, post: CommitteePostKind | None, kind: LiaisonKind, target: Target
    ) -> None:
        held = self.posts[holder.pk] | ({post} if post else set())
        if not held & set(HOLDERS[kind]):
            reason = f"{holder.name}没有登记相应的职务，不能{kind.label}。请在“职务”一列写明。"
            raise WrongCell("联系人", reason)
        if target == holder:
            raise WrongCell("联系对象", "不能自己联系自己。")
        if kind == LiaisonKind.OFFICE and (holder.pk, target.pk) not in self.members:
            reason = f"机关代表包联所在的小组，{holder.name}不在{target}。"
            raise WrongCell("联系对象", reason)

    def _key(self, aim: Aim, holder: Deputy) -> tuple[str, int, int]:
        """A group may have several holders, a deputy or a township has one."""
        return aim.kind, aim.target.pk, holder.pk if aim.kind == LiaisonKind.OFFICE else 0

    def _refuse_twice(self, line: Line, holder: Deputy, aims: tuple[Aim, ...]) -> None:
        seen = set()
        for aim in aims:
            key = self._key(aim, holder)
            if key in seen or key in self.met:
                where = f"第 {self.met[key]} 行" if key in self.met else "这一行前面"
                raise WrongCell("联系对象", f"{aim.target}在{where}已经写过。")
            seen.add(key)


def judge_each(lines: Iterable[Line], county: Area, day: date) -> Iterator[Judged]:
    """The verdict on every row, top to bottom; eight queries, whatever the number of rows."""
    judge = LiaisonJudge(county, day)
    return (judge.judge(line) for line in lines)
