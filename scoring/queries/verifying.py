"""验真: whether a file that somebody has is the sealed one, in a sentence and in figures."""

import hashlib
from dataclasses import dataclass

from scoring import merkle
from scoring.models import Archive, YearSeal
from scoring.printed import printed_codes
from scoring.queries.sealed_years import leaf_of, sealed_name


@dataclass(frozen=True)
class Answer:
    """What is said of a file; `facts` is for machines."""

    sealed: bool
    sentence: str
    facts: dict[str, object]


def verify(content: bytes) -> Answer:
    """By its content alone; of another one the code that it prints says what it claims to be."""
    sha256 = hashlib.sha256(content).hexdigest()
    files = Archive.objects.select_related("grading__cycle", "grading__deputy")
    if found := files.filter(sha256=sha256).first():
        return _sealed(found)
    codes = printed_codes(content)
    claimed = files.filter(code__in=codes).first()
    facts: dict[str, object] = {"sealed": False, "sha256": sha256, "codes": codes}
    facts["number"] = claimed.number if claimed else None
    if claimed:
        sentence = (
            f"不是封存的原件：文件上印的验证码 {claimed.code} 是 {_named(claimed)}的，"
            "但内容与封存的不同。任期卷、更正页不在这里比对，按每一年的验证码查。"
        )
    elif codes:
        sentence = f"不是封存的原件：文件上印的验证码 {'、'.join(codes)} 在平台上查不到。"
    else:
        sentence = (
            "不是封存的原件：文件里没有本平台档案的验证码。"
            "只比对年度履职档案；小组年册、表格不在这里比对。"
        )
    return Answer(False, sentence, facts)


def _sealed(archive: Archive) -> Answer:
    amendments = list(archive.amendments.order_by("number"))
    seal = YearSeal.objects.filter(cycle=archive.grading.cycle_id).first()
    within = seal is not None and is_within(archive, seal)
    words = [f"是封存的原件：{_named(archive)}，{archive.pages} 页"]
    if seal is None:
        words.append("这一年的档案还没有全部归档")
    else:
        root = f"{seal.root[:16]}…"
        words.append(f"{'在' if within else '不在'}年度摘要 {root} 之内")
    if amendments:
        named = "、".join(f"第 {each.number} 号" for each in amendments)
        words.append(f"封存以后有 {len(amendments)} 份更正（{named}），请一并查看")
    facts: dict[str, object] = {
        "sealed": True,
        "sha256": archive.sha256,
        "number": archive.number,
        "amendments": [{"number": a.number, "sha256": a.sha256} for a in amendments],
        "year": archive.grading.cycle.year,
        "root": seal.root if seal else None,
        "within": within,
    }
    return Answer(True, f"{'；'.join(words)}。", facts)


def is_within(archive: Archive, seal: YearSeal) -> bool:
    """Whether the way from this file's leaf arrives at the year's digest."""
    leaves, own = seal.leaves, leaf_of(archive)
    if leaves.get(archive.number) != own:
        return False
    at = [*leaves].index(archive.number)
    return merkle.climbed(own, merkle.path([*leaves.values()], at)) == seal.root


def _named(archive: Archive) -> str:
    year = archive.grading.cycle.year
    return f"{archive.number} 号档案（{sealed_name(archive)}，{year} 年度）"
