"""The desk's pages of rule books: who finds them, what they say, and what is kept of bad input."""

import io
from datetime import date
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from congress.shared.roles import DESK, Role
from scoring.actions import rules
from scoring.models import RuleBook
from scoring.queries.rules import table_of
from scoring.states import BookState
from scoring.tables import shipped
from tests import make
from tests.scoring import drafts, facts
from tests.scoring.year import as_, queries_of, text, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("late")]


def typed(book, **cells):
    """The whole page as the browser would send it, with some cells changed."""
    table = table_of(book)
    page = {f"ceiling-{code}": str(points) for code, points in table.ceilings.items()}
    for each in table.figures:
        page[f"category-{each.item}"] = each.category
        page[f"points-{each.item}"] = str(each.points)
        page[f"per_year-{each.item}"] = str(each.per_year or "")
        if each.highest_only:
            page[f"highest_only-{each.item}"] = "1"
    return page | {"seen": drafts.seen(book)} | cells


def of_book(book):
    return [
        *(url(name, book.pk) for name in ("rulebook", "differences", "amend", "adopt", "drop")),
        url("replay", book.pk),
        url("replay_of", book.pk, make.deputy().pk),
    ]


@pytest.mark.parametrize("role", sorted(set(Role) - DESK))
def test_rule_books_are_looked_at_from_the_desk_alone(client, draft, role):
    as_(client, make.actor(role))
    for page in [url("rulebooks"), url("draft"), *of_book(draft)]:
        assert client.get(page).status_code == 403


@pytest.mark.parametrize("role", sorted(DESK))
def test_everybody_at_the_desk_may_read_them_and_is_told_what_is_not_theirs(client, draft, role):
    as_(client, make.actor(role))
    for page in [url("rulebooks"), url("draft"), *of_book(draft)]:
        assert client.get(page).status_code == 200
    if role == Role.AUDITOR:
        assert "只有代工委主任可以启用积分规则。" in text(client.get(url("adopt", draft.pk)))
        assert client.post(url("draft"), {"basis": ""}).status_code == 422


def test_what_is_in_force_is_marked_on_the_shelf(office, draft):
    drafts.dropped()
    drafts.adopt(drafts.draft())
    page = text(office.get(url("rulebooks")))
    for word in ("现行", "到期起用", "已放弃", "第 1 版", "第 2 版", drafts.MINUTE):
        assert word in page
    with facts.on(date(2027, 2, 1)):
        assert "已被替换" in text(office.get(url("rulebooks")))


def test_an_empty_shelf_says_what_to_do(office):
    assert "还没有积分规则" in text(office.get(url("rulebooks")))


def test_the_shelf_costs_the_same_for_one_book_and_for_three(office, draft):
    once = queries_of(office, url("rulebooks"))
    drafts.draft()
    drafts.adopted()
    assert queries_of(office, url("rulebooks")) == once


def test_a_draft_is_begun_from_a_book_or_from_the_shipped_table(office):
    book, place = facts.book(), make.assembly()
    for source in (str(book.pk), "official"):
        how = {"assembly": place.pk, "source": source, "basis": drafts.NAME}
        answer = office.post(url("draft"), how)
        assert answer.url == url("amend", RuleBook.objects.latest("pk").pk)
    assert table_of(RuleBook.objects.latest("pk")) == shipped("official")


def test_a_draft_without_a_name_keeps_what_was_chosen(office):
    answer = office.post(url("draft"), {"assembly": "x", "source": "zzz", "basis": ""})
    assert answer.status_code == 422
    for words in ("没有这个人大", "没有这张表", "请写草案的名称或依据"):
        assert words in text(answer)


def test_the_whole_table_is_amended_with_one_click(office, draft):
    cells = {"points-C1": "2.5", "per_year-C1": "", "category-C3": "", "ceiling-self": "15"}
    answer = office.post(url("amend", draft.pk), typed(draft, **cells), follow=True)
    assert "已保存，改了 4 处" in text(answer)
    table = table_of(draft)
    assert (table.by_item["C1"].points, table.by_item["C1"].per_year) == (Decimal("2.5"), None)
    assert "C3" not in table.by_item
    assert table.ceilings["self"] == Decimal(15)
    assert "没有改动" in text(office.post(url("amend", draft.pk), typed(draft), follow=True))


def test_an_unchanged_page_sends_back_exactly_what_it_shows(office, draft):
    page = text(office.get(url("amend", draft.pk)))
    assert 'name="points-C2" value="0.5"' in page
    assert f'name="seen" value="{drafts.seen(draft)}"' in page
    assert "现在合计 100 分" in page


@pytest.mark.parametrize(
    ("cell", "value", "words"),
    [
        ("points-C1", "两分", "请填 0.1 到 99.9 之间的数"),
        ("points-C1", "", "请填 0.1 到 99.9 之间的数"),
        ("points-C1", "0", "请填 0.1 到 99.9 之间的数"),
        ("points-C1", "1.55", "最多一位小数"),
        ("per_year-C1", "-3", "请填 0.1 到 99.9 之间的数"),
        ("per_year-B1", "9", "附加分不封顶，请清空这一格"),
        ("highest_only-C1", "1", "只有附加分可以取最高级"),
        ("ceiling-voters", "abc", "请填 0.1 到 100 之间的数"),
        ("ceiling-voters", "", "这一类还没有填封顶分"),
        ("category-C1", "groups", "这一类还没有填封顶分"),
    ],
)
def test_what_is_wrong_is_said_at_its_cell_and_all_that_was_typed_is_kept(
    office, draft, cell, value, words
):
    before = table_of(draft)
    page = typed(draft, **{cell: value, "points-A1": "7.7"})
    answer = office.post(url("amend", draft.pk), page)
    assert answer.status_code == 422
    assert words in text(answer)
    assert 'value="7.7"' in text(answer)
    assert f'value="{value}"' in text(answer) or value in {"", "1", "groups"}
    assert table_of(draft) == before


def test_two_who_amend_the_same_draft_do_not_overwrite_each_other(office, draft):
    page = typed(draft, **{"points-C1": "9"})
    drafts.amended(draft, drafts.but(shipped(), C1={"points": Decimal(3)}))
    answer = office.post(url("amend", draft.pk), page)
    assert answer.status_code == 409
    assert "打开以后又改过" in text(answer)


def test_a_book_is_shown_with_its_table_and_its_verbs(office, draft):
    page = text(office.get(url("rulebook", draft.pk)))
    for words in ("草案", "联系群众（封顶 20 分）", "附加（不封顶）", "2 分 / 次", "试算", "放弃…"):
        assert words in page
    page = text(office.get(url("rulebook", RuleBook.objects.adopted().get().pk)))
    assert "放弃…" not in page


def test_the_differences_are_shown_and_exported(office, draft):
    drafts.amended(draft, drafts.but(shipped(), out=("C3",), C1={"points": Decimal("2.5")}))
    page = text(office.get(url("differences", draft.pk)))
    assert "<del>2</del>" in page
    assert "<b>2.5</b>" in page
    sheet = office.get(url("differences", draft.pk), {"export": 1}).content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(sheet)).get_sheet_by_index(0).to_python()
    assert [[row[0], *row[2:]] for row in rows[2:]] == [
        ["C1", "分值", "2", "2.5"],
        ["C3", "取消", "联系群众 1.5 分，全年最多 6 分", "没有"],
    ]
    assert "没有差别" in text(office.get(url("differences", drafts.draft().pk)))


def test_adoption_shows_the_differences_and_takes_what_was_seen(office, draft):
    drafts.amended(draft, drafts.but(shipped(), C1={"points": Decimal("2.5")}))
    page = office.get(url("adopt", draft.pk))
    assert "<b>2.5</b>" in text(page)
    seen = drafts.seen(draft)
    assert seen in text(page)
    how = {"from_on": "2027-01-01", "minute": drafts.MINUTE, "seen": seen}
    answer = office.post(url("adopt", draft.pk), how, follow=True)
    assert "不能再改" in text(answer)
    draft.refresh_from_db()
    assert (draft.state, draft.version) == (BookState.ADOPTED, 2)


def test_adoption_without_number_or_day_keeps_what_was_typed(office, draft):
    answer = office.post(url("adopt", draft.pk), {"from_on": "x", "seen": drafts.seen(draft)})
    assert answer.status_code == 422
    assert "必须写明决定文号" in text(answer)
    assert "日期写法不对" in text(answer)


def test_adoption_in_mid_year_is_refused_until_it_is_meant(office, draft):
    how = {"from_on": "2026-12-01", "minute": "会议纪要", "seen": drafts.seen(draft)}
    answer = office.post(url("adopt", draft.pk), how)
    assert answer.status_code == 409
    assert "年中调整" in text(answer)
    assert office.post(url("adopt", draft.pk), how | {"mid_year": "on"}).status_code == 302


@pytest.mark.parametrize(
    ("day", "words"), [("2024-01-01", "不能早于它"), ("2062-01-01", "请检查年份")]
)
def test_a_day_that_cannot_be_is_said_on_the_same_page_and_nothing_is_lost(
    office, draft, day, words
):
    how = {"from_on": day, "minute": "青禾人常发〔2026〕18号", "seen": drafts.seen(draft)}
    answer = office.post(url("adopt", draft.pk), how)
    assert answer.status_code == 409
    page = text(answer)
    assert words in page
    assert "启用以后改了什么" in page
    assert f'value="{day}"' in page
    assert 'value="青禾人常发〔2026〕18号"' in page
    draft.refresh_from_db()
    assert draft.state == BookState.DRAFT


def test_a_draft_is_called_by_its_basis_without_brackets_in_brackets(office):
    basis = "2027 年制度（征求意见稿）"
    book = rules.draft(make.assembly(), basis=basis, wording="official", by=make.actor())
    assert book.name == "草案“2027 年制度（征求意见稿）”"
    page = text(office.get(url("rulebook", book.pk)))
    assert f"<h2>{book.assembly}积分规则草案</h2>" in page
    assert "））" not in page


def test_a_draft_is_dropped_with_a_reason(office, draft):
    assert office.post(url("drop", draft.pk), {"reason": ""}).status_code == 422
    assert office.post(url("drop", draft.pk), {"reason": "并入另一份。"}).url == url("rulebooks")
    draft.refresh_from_db()
    assert draft.state == BookState.DROPPED


def test_the_admins_list_leads_to_the_pages(office, draft):
    page = text(office.get("/admin/scoring/rulebook/"))
    assert url("rulebook", draft.pk) in page
    assert url("rulebooks") in page
