"""导出: what a screen shows, as a sheet."""

import io

import xlsxwriter

from congress.home.queries.group_year import GroupYear

CALLS = ("应到", "到场", "请假", "缺席")
NAME_WIDTH, NUMBER_WIDTH, DAY_WIDTH = 14, 10, 22


def group_xlsx(seen: GroupYear, *, title: str) -> bytes:
    """小组的一年 as a sheet: numbers as numbers, every word as text that no program computes."""
    out = io.BytesIO()
    head = ["姓名", *seen.categories, "履职合计", *CALLS, "最近一次履职", "委员最近一次联系"]
    head.append(f"{seen.span.name}有没有履职记录")
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("小组的一年")
        bold = book.add_format({"bold": True})
        sheet.write_string(0, 0, title, bold)
        for column, words in enumerate(head):
            sheet.write_string(1, column, words, bold)
        sheet.set_column(0, 0, NAME_WIDTH)
        sheet.set_column(1, len(head) - 4, NUMBER_WIDTH)
        sheet.set_column(len(head) - 3, len(head) - 1, DAY_WIDTH)
        for line, each in enumerate(seen.members, start=2):
            counts = [count for _, count in each.shown]
            numbers = [*counts, each.verified, each.called, each.came, each.leave, each.absent]
            sheet.write_string(line, 0, each.name)
            for column, number in enumerate(numbers, start=1):
                sheet.write_number(line, column, number)
            last = (each.last or "没有", each.contact or "没有", "没有" if each.quiet else "有")
            for column, said in enumerate(last, start=len(numbers) + 1):
                sheet.write_string(line, column, said)
    return out.getvalue()
