"""Which villages, towns, roads and schools a text names. No gazetteer: names end in what they are.

The same work in another village is another matter: 石板沟村的路灯 is not 柳树湾村的路灯.
"""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from congress.shared.numerals import DIGITS, in_chinese
from proposals.concepts import Found, lines_of

DATA = Path(__file__).parent / "data" / "places.txt"
VILLAGE, TOWN, SPOT, CITY, GROUP = "村", "镇", "点", "城", "组"
ENDS = {
    VILLAGE: "自然村 村委会 社区 村 屯 寨",
    TOWN: "街道 镇 乡 苏木",
    SPOT: "大道 路 街 巷 大桥 桥 小学 中学 高中 学校 幼儿园 水库 河 江 湖 渠 沟 小区 广场 公园 "
    "市场 片区 景区 卫生院 医院 敬老院 开发区",
}
LEVELS = {end: level for level, ends in ENDS.items() for end in ends.split()}
ALIKE = {"大道": "路", "街": "路", "巷": "路", "大桥": "桥", "江": "河", "高中": "中学"}
"""迎宾大道 is called 迎宾路 too."""
END = re.compile("|".join(sorted(LEVELS, key=len, reverse=True)))
NO_END = re.compile(
    r"村[级容落貌史官]|村民小?组|[镇乡][村域区级镇]|路[面基由网肩边段]|街道|桥[面墩梁]|渠[道系]|沟[渠壑通]|[沟河湖渠路桥江街巷][村镇乡屯寨社]"
)
"""村级, 路面, and 石板沟 before 村."""
NO_NAME = re.compile(r"[道公铁马网思线]路$|[下城家返故老回县]乡$|农村$|中小学$")
SMALL = re.compile(
    r"[在的与及对至到从由向往把为让使给请我全各该每某等是有经过了近离距县市区镇乡州村、，。；：！？\W0-9A-Za-z]"
    r"|和(?![平顺睦谐兴])|将(?![军台])|街道|社区|第?[一二三四五六七八九十两几]+[组社条]"
)
"""A character that is in few names and often before one."""
STILL = ("路口", "小区", "水库")
"""新华路口, 红旗小区电梯, 龙潭水库除险: a longer word goes on, and the name is one all the same."""
LONGEST = 4
"""Characters of a name before its end: 老出水, 双流坡上."""
TURNS = "上下东西南北前后大小新老中一二三四五六七八九十"
"""上石板 and 石板 are two villages; 决石板 and 石板 are one, cut wrongly."""
ROAD = re.compile(r"[GSXYC](\d{2,4})|(\d{3})(?=国道|省道|县道)")
SCHOOLS = {"中": "中学", "小": "小学", "幼": "幼儿园"}
SCHOOL = re.compile(
    r"(?:(?<=[县市区城在对为])|(?<![一-龥第]))([一二三四五六七八九十])([中小幼])(?![学心型组队])"
)
"""县一中 is 第一中学."""
NUMBER = r"第?(?:[一二三四五六七八九十]{1,3}|\d{1,2})"
OF_GROUP = re.compile(
    rf"({NUMBER}(?:(?:村民)?小?组?[、和及至到]{NUMBER})*)(?:村民)?小?组(?![织建长合成团])"
)
"""三组, 第三村民小组, 三、四组, 三组至六组: part of a village; 三个组 names none."""
ONE_GROUP = re.compile(rf"([至到])?{NUMBER}")
SEAT = re.compile("县城|城区|老城|主城|城关镇|城[东南西北]")


class Place(NamedTuple):
    """A name without its end, and the level that it lies on."""

    name: str
    level: str
    end: str = ""

    @property
    def kind(self) -> str:
        """Two places of one kind with two names are two places; a road and a school may be one."""
        return self.end if self.level == SPOT else self.level


class Named(NamedTuple):
    place: Place
    start: int
    end: int


def named_in(text: str, words: Sequence[Found]) -> list[Named]:
    """Every place that the text names; `words` are what the lexicon found in it."""
    found = []
    for each in END.finditer(text):
        start, end = each.span()
        level = LEVELS[each[0]]
        if NO_END.match(text, start) or _inside_a_word(start, end, level, words):
            continue
        name = _name_before(text, start, words)
        if name and not NO_NAME.search(name + each[0]):
            place = Place(name, level, ALIKE.get(each[0], each[0]))
            found.append(Named(place, start - len(name), end))
    found += [
        Named(Place(each[1] or each[2], SPOT, "国道"), *each.span()) for each in ROAD.finditer(text)
    ]
    found += [
        Named(Place(f"第{each[1]}", SPOT, SCHOOLS[each[2]]), *each.span())
        for each in SCHOOL.finditer(text)
    ]
    found += _groups(text)
    if seat := SEAT.search(text):
        found.append(Named(Place("城", CITY), *seat.span()))
    return found


def _groups(text: str) -> Iterator[Named]:
    """Each by its number; from the third to the sixth are four."""
    for each in OF_GROUP.finditer(text):
        last = 0
        for one in ONE_GROUP.finditer(each[1]):
            number = _number(one[0].lstrip("至到第"))
            for between in range(last + 1 if one[1] and last else number, number + 1):
                yield Named(Place(in_chinese(between), GROUP, GROUP), *each.span())
            last = number


def _number(word: str) -> int:
    if word.isdecimal():
        return int(word)
    tens, ten, ones = word.rpartition("十")
    return 10 * (DIGITS.find(tens or "一") if ten else 0) + max(DIGITS.find(ones or "零"), 0)


def _inside_a_word(start: int, end: int, level: str, words: Sequence[Found]) -> bool:
    """断头路, 路灯 and 广场舞 are no places by name; 石板沟村道路 is in a village."""
    return any(
        word.start < end
        and word.end > start
        and (
            word.start < start
            or (word.end > end and level == SPOT and word.letters[:2] not in STILL)
        )
        for word in words
    )


def _name_before(text: str, end: int, words: Sequence[Found]) -> str:
    """Up to four characters to what is surely no part of a name; one is enough behind a town."""
    begin = max(0, end - LONGEST - 3)
    before = text[begin:end]
    name = before[max((each.end() for each in _no_part().finditer(before)), default=0) :]
    name = name[-LONGEST:].removesuffix("中心")
    for word in words:
        left = end - word.end
        if 1 < left < len(name) and word.end - word.start > 1:
            name = text[word.end : end].removesuffix("中心")
    enough = 1 if text[begin : end - len(name)].endswith((TOWN, "乡")) else 2
    return name if len(name) >= enough and name not in _not_names() else ""


@lru_cache(maxsize=1)
def _said() -> dict[str, list[str]]:
    said: dict[str, list[str]] = {}
    for section, line in lines_of(DATA):
        said.setdefault(section, []).extend(line.split())
    return said


@lru_cache(maxsize=1)
def _no_part() -> re.Pattern[str]:
    return re.compile("|".join([*_said()["前面的话"], SMALL.pattern]))


@lru_cache(maxsize=1)
def _not_names() -> frozenset[str]:
    return frozenset(_said()["不是地名"])


class Gazetteer(NamedTuple):
    """The names that many texts together know: cut rightly, and found without their ends too."""

    short: dict[Place, Place]
    by_head: dict[str, list[Place]]
    inside: dict[Place, Place]
    """The town of a village, when any text names one right behind the other."""

    def right(self, place: Place) -> Place:
        """决石板沟 is 石板沟, when another text has that."""
        if place in self.short:
            return self.short[place]
        return next((each for each in _cut(place) if each in self.short), place)

    def bare_in(self, text: str) -> list[Place]:
        """石板沟吃水难: known names that stand in the text without 村."""
        heads = self.by_head
        return [
            place
            for at in range(len(text) - 1)
            for place in heads.get(text[at : at + 2], ())
            if text.startswith(place.name, at)
        ]


def gazetteer(texts: Iterable[Sequence[Named]], common: Container[str]) -> Gazetteer:
    """Of all places named in all texts; `common` words are no names by themselves: 团结, 新建."""
    said = [named for text in texts for named in pairwise([*text, None])]
    known = {one.place for one, _ in said if one}
    short = {place: next((each for each in _cut(place) if each in known), place) for place in known}
    by_head: dict[str, list[Place]] = {}
    for place in sorted(set(short.values())):
        if place.level in (VILLAGE, TOWN) and place.name not in common:
            by_head.setdefault(place.name[:2], []).append(place)
    inside = {
        short[then.place]: short[one.place]
        for one, then in said
        if one and then and one.end == then.start
        if (one.place.level, then.place.level) == (TOWN, VILLAGE)
    }
    return Gazetteer(short, by_head, inside)


def _cut(place: Place) -> Iterator[Place]:
    """The same name without its first characters, the shortest first; 上石板 is not 石板."""
    for length in range(2, len(place.name)):
        if place.name[-length - 1] not in TURNS:
            yield place._replace(name=place.name[-length:])
