"""十星 and 积分台账."""

from scoring.documents import LedgerLine
from scoring.duty_file.words import day
from scoring.models import Entry
from scoring.points import ZERO, explain, plain
from scoring.queries.duty_file import Year


def stars_note(year: Year) -> str:
    dark = [star.name for star, light in year.lights.items() if not light.lit]
    return f"点亮{year.lit}颗" + (f"，{'、'.join(dark)}没有点亮" if dark else "")


def ledger(year: Year) -> tuple[LedgerLine, ...]:
    """积分台账: each entry with its arithmetic, what it added, and the sum so far.

    Screens set a space beside figures; columns of millimetres have no room for one.
    """
    lines, running = [], ZERO
    for number, (entry, share) in enumerate(year.entries, start=1):
        record, item = entry.record, entry.rule.item
        running += share.counted
        lines.append(
            LedgerLine(
                number=str(number),
                date=day(record.done_on),
                category=entry.rule.category.name,
                item=_what(entry),
                rule=item.code,
                reason=explain(
                    share,
                    name=item.short_name,
                    unit=item.unit,
                    quantity=entry.quantity,
                    each=entry.rule.points,
                ).replace(" ", ""),
                verifier=_verifier(entry),
                points=f"{share.counted:+}" if share.counted else "0.0",
                total=str(running),
                reverses=entry.reverses_id is not None,
                counts=bool(share.counted),
            )
        )
    return tuple(lines)


def _what(entry: Entry) -> str:
    item = entry.rule.item
    if entry.reverses_id:
        return f"冲正：{item.name}"
    return f"改正：{item.name}" if entry.corrects_id else entry.record.note or item.name


def _verifier(entry: Entry) -> str:
    """Of a correction whoever upheld the appeal, of every other line whoever verified the fact."""
    person = entry.record.verified_by
    if entry.corrects:
        upheld = [each for each in entry.corrects.appeals.all() if each.answered_by]
        person = upheld[0].answered_by if upheld else person
    return person.name if person else ""


def ledger_note(year: Year) -> str:
    versions = sorted({entry.rule.book.version or 0 for entry, _ in year.entries})
    rules = f"　按积分规则第{'、'.join(map(str, versions))}版" if versions else ""
    until = day(year.cycle.cut_off_on)
    return f"{len(year.entries)}条　统计到{until}{rules}　更正以冲正列明，不改原条"


def corrections(year: Year) -> tuple[str, ...]:
    """更正与封顶: which line takes back which, and which found its category full."""
    at = {entry.pk: number for number, (entry, _) in enumerate(year.entries, start=1)}
    words = [
        f"第{at[entry.pk]}条冲正第{at[entry.reverses_id]}条，原条保留。"
        for entry, _ in year.entries
        if entry.reverses_id
    ]
    words += [
        f"第{at[entry.pk]}条改正第{at[entry.corrects_id]}条，代表异议成立。"
        for entry, _ in year.entries
        if entry.corrects_id
    ]
    for each in year.county.categories:
        full = [
            str(at[entry.pk])
            for entry, share in year.entries
            if share.ceiling is not None and entry.rule.category_id == each.pk
        ]
        if full:
            limit = plain(year.county.ceilings[each.code])
            words.append(f"{each.name}封顶{limit}分，第{'、'.join(full)}条按余额计分。")
    return tuple(words)
