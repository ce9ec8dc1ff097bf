"""档案表格: what a sealed file says as a spreadsheet, from the data sealed with it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils import timezone

from congress.shared.workbook import Sheet, workbook, workbook_of
from scoring.archive_data import Tree
from scoring.models import Archive, ArchiveAmendment

Line = Mapping[str, Any]
PERSON = (
    *(
        ("姓名", "name"),
        ("性别", "sex"),
        ("民族", "nation"),
        ("出生年月", "born"),
        ("党派", "party"),
    ),
    *(("学历", "education"), ("代表层级", "levels"), ("代表证号", "certificate")),
    *(("代表团", "delegation"), ("选区", "district"), ("任期", "term"), ("代表小组", "group")),
    *(("职业职务", "job"), ("联络站", "station"), ("代表承诺", "pledge")),
)
LEDGER = ("序号", "日期", "类别", "事项", "规则", "依据", "核实人", "得分", "累计", "说明")
PROPOSALS = ("编号", "领衔或附议", "标题", "承办单位", "经过", "走到哪一步", "办理结果", "评价")
RECEPTIONS = ("日期", "地点", "方式", "选民人次", "反映的事", "转到哪里", "办得怎样")
ACTIVITIES = {"日期": "date", "会议或活动": "name", "组织方": "organiser", "到场": "attendance"}
POLLS = {
    "日期": "date",
    "地点": "place",
    "发出": "sent",
    "收回": "returned",
    "满意": "good",
    "基本满意": "fair",
    "不满意": "poor",
    "弃权或无效": "void",
    "满意率": "rate",
    "说明": "note",
}
OPINIONS = ("哪一方", "评分", "权重", "意见", "说明", "日期", "签名")
AMENDED = ("编号", "种类", "内容", "理由", "会议纪要", "日期", "摘要（SHA-256）")
STAGES = ("提出", "审查", "交办", "面商", "答复", "评价", "办结")


def archive_xlsx(archive: Archive, tree: Tree, amendments: Sequence[ArchiveAmendment]) -> bytes:
    """The nine sheets, with what was amended since beside what was sealed."""
    title = f"{tree['committee']}　{tree['year']}年度代表履职档案　{tree['person']['name']}"
    return workbook_of(_sheets(archive, tree, amendments), title=f"{title}　档号 {archive.number}")


def _sheets(
    archive: Archive, tree: Tree, amendments: Sequence[ArchiveAmendment]
) -> Iterator[Sheet]:
    yield Sheet("基本情况", ("项目", "内容", "说明"), _person(archive, tree))
    yield Sheet("十星", ("星名", "看什么", "点亮", "依据"), map(_star, tree["stars"]))
    yield Sheet("积分台账", LEDGER, map(_entry, tree["ledger"]))
    yield Sheet("建议", PROPOSALS, map(_proposal, tree["proposals"]))
    yield Sheet("接待", RECEPTIONS, _receptions(tree["receptions"]))
    yield Sheet("活动", [*ACTIVITIES], _rows(tree["activities"], [*ACTIVITIES.values()]))
    yield Sheet("述职测评", [*POLLS], _rows(tree.get("polls", ()), [*POLLS.values()]))
    yield Sheet("年度评价", OPINIONS, _opinions(tree))
    yield Sheet("更正", AMENDED, _amended(tree, amendments))


def _person(archive: Archive, tree: Tree) -> Iterator[Sequence[object]]:
    yield "档号", archive.number, ""
    yield "验证码", tree["verify_code"], tree["verify_url"]
    yield "档案文件摘要", archive.sha256, "PDF 的 SHA-256"
    yield "数据摘要", archive.data_sha256, tree["sealed"]
    for label, key in PERSON:
        yield label, tree["person"].get(key, ""), ""
    for each in (*tree["indices"], *tree["figures"]):
        yield each["label"], number(each["value"]), f"{each['unit']} {each['note']}".strip()
    for each in tree["categories"]:
        yield each["name"], number(each["points"]), f"封顶 {each['ceiling']} 分"
    for each in (tree["bonus"], tree["total"]):
        yield each["label"], number(each["value"]), each["note"]


def _star(line: Line) -> Sequence[object]:
    return line["name"], line["aspect"], "点亮" if line["lit"] else "没有点亮", line["reason"]


def _entry(line: Line) -> Sequence[object]:
    said = "冲正" if line["reverses"] else "" if line["counts"] else "不计分"
    words = (line["date"], line["category"], line["item"], line["rule"], line["reason"])
    figures = number(line["points"]), number(line["total"])
    return number(line["number"]), *words, line["verifier"], *figures, said


def _proposal(line: Line) -> Sequence[object]:
    stage = "全部走完" if line["stage"] >= len(STAGES) else STAGES[line["stage"] - 1]
    who = line["number"], line["role"], line["title"], line["unit"]
    return *who, line["outcome"], stage, line["result"], line["mark"]


def _receptions(lines: Iterable[Line]) -> Iterator[Sequence[object]]:
    """A row for each matter; a reception without any has one row that says why."""
    for line in lines:
        day = line["date"], line["place"], line.get("way", ""), number(line["voters"])
        for matter in line["matters"]:
            yield *day, matter["title"], matter["route"], matter["outcome"]
        if not line["matters"]:
            yield *day, line.get("note", ""), "", ""


def _opinions(tree: Tree) -> Iterator[Sequence[object]]:
    for line in tree["opinions"]:
        said = number(line["score"]), line.get("weight", ""), line["text"], line.get("note", "")
        yield line["title"], *said, line["date"], line["signed_by"]
    if verdict := tree["verdict"]:
        words = f"{verdict['grade']}，{verdict['stars']}。{verdict['text']}"
        yield (
            "评定结论",
            verdict["reference"],
            "",
            words,
            "；".join(verdict.get("beside", ())),
            "",
            "",
        )


def _amended(tree: Tree, amendments: Sequence[ArchiveAmendment]) -> Iterator[Sequence[object]]:
    for words in tree["corrections"]:
        yield "封存时", "台账更正", words, "", "", "", ""
    for each in amendments:
        what = each.get_kind_display(), each.text, each.reason, each.minute
        yield f"第 {each.number} 号", *what, f"{timezone.localdate(each.made_at)}", each.sha256


def _rows(lines: Iterable[Line], keys: Sequence[str]) -> Iterator[Sequence[object]]:
    return (tuple(number(line[key]) for key in keys) for line in lines)


def number(words: str) -> object:
    """A figure where the words are one, so that sheets can add it up; else the words."""
    try:
        found = Decimal(words.replace(",", "")) if words else None
    except InvalidOperation:
        return words
    if found is None or not found.is_finite() or not words.isascii():
        return words
    return int(found) if "." not in words else found


REGISTER = (
    *("档号", "年度", "姓名", "等次", "星数", "页数", "归档时间", "更正份数"),
    *("文件摘要（SHA-256）", "数据摘要（SHA-256）"),
)


def register_xlsx(rows: Iterable[Sequence[object]], *, title: str) -> bytes:
    """档案目录."""
    return workbook("档案目录", REGISTER, rows, title=title)
