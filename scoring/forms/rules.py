"""积分规则: where a draft begins, its whole table on one page, its adoption, whom a trial shows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django import forms

from congress.shared.forms import LineField, set_choices
from congress.shared.models import Area, Assembly
from deputies.models import DeputyGroup, DutyCategory, DutyItem
from deputies.wordings import Wording
from scoring.models import RuleBook
from scoring.points import ZERO, plain
from scoring.tables import BONUS, Figures, Table

POINTS = forms.DecimalField(min_value=Decimal("0.1"), max_value=Decimal("99.9"), decimal_places=1)
CEILING = forms.DecimalField(min_value=Decimal("0.1"), max_value=Decimal(100), decimal_places=1)
BAD_POINTS = "请填 0.1 到 99.9 之间的数，最多一位小数。"
BAD_CEILING = "请填 0.1 到 100 之间的数，最多一位小数。"


class DraftForm(forms.Form):
    """起草: for which congress, on what it rests, and what it is copied from."""

    assembly = forms.ModelChoiceField(
        Assembly.objects.all(),
        label="人民代表大会",
        empty_label=None,
        error_messages={"required": "请选择人大。", "invalid_choice": "没有这个人大。"},
    )
    source = forms.ChoiceField(
        label="以哪张表为底",
        widget=forms.RadioSelect,
        error_messages={"required": "请选择以哪张表为底。", "invalid_choice": "没有这张表。"},
    )
    basis = LineField(
        label="草案名称或依据",
        max_length=120,
        help_text="例如：2027 年代表履职积分制度（征求意见稿）。",
        error_messages={
            "required": "请写草案的名称或依据，以后靠它认出这一份。",
            "max_length": "最多 120 字，现在是 %(show_value)s 字。",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        versions = RuleBook.objects.adopted().select_related("assembly")
        self._books = {str(book.pk): book for book in versions.order_by("assembly", "-version")}
        wordings = [(each.value, f"默认表（{each.label}）") for each in Wording]
        names = [(pk, str(book)) for pk, book in self._books.items()]
        set_choices(self.fields["source"], [*names, *wordings])
        self.fields["source"].initial = next(iter(self._books), Wording.POLICY)

    def how(self) -> dict[str, Any]:
        """As the verb takes it."""
        typed = self.cleaned_data
        source = typed["source"]
        book = self._books.get(source)
        copied = {"of": book} if book else {"wording": source}
        return {"assembly": typed["assembly"], "basis": typed["basis"], **copied}


@dataclass
class CeilingLine:
    """One category's ceiling as typed; blank is: not in this book."""

    category: DutyCategory
    points: str
    wrong: str = ""


@dataclass
class RuleLine:
    """One item's figures as typed, and what is wrong with each cell."""

    item: DutyItem
    category: str
    points: str
    per_year: str
    highest_only: bool
    wrong: dict[str, str] = field(default_factory=dict)


class AmendForm:
    """改草案: the whole table on one page; an item without a category is not in it."""

    def __init__(self, table: Table, typed: Mapping[str, str] | None = None) -> None:
        self.bound = typed is not None
        self.categories = list(DutyCategory.objects.order_by("position"))
        self._codes = {each.code for each in self.categories}
        self._given = _typed(table) if typed is None else typed
        self.seen = self._given.get("seen", "")
        self.ceilings = [self._ceiling(each) for each in self.categories if each.code != BONUS]
        self.lines = [self._line(item) for item in DutyItem.objects.order_by("position", "code")]
        self._sums: dict[str, Decimal] = {}
        self._figures: list[Figures] = []
        self._read()

    def _ceiling(self, category: DutyCategory) -> CeilingLine:
        return CeilingLine(category, self._given.get(f"ceiling-{category.code}", "").strip())

    def _line(self, item: DutyItem) -> RuleLine:
        given, code = self._given, item.code
        category = given.get(f"category-{code}", "")
        return RuleLine(
            item,
            category if category in self._codes else "",
            given.get(f"points-{code}", "").strip(),
            given.get(f"per_year-{code}", "").strip(),
            bool(given.get(f"highest_only-{code}")),
        )

    def _read(self) -> None:
        for each in self.ceilings:
            if each.points:
                value, each.wrong = _number(CEILING, each.points, BAD_CEILING)
                if value is not None:
                    self._sums[each.category.code] = value
        named = {each.category.code for each in self.ceilings if each.points} | {BONUS}
        for line in self.lines:
            if line.category:
                self._judge(line, named)

    def _judge(self, line: RuleLine, named: set[str]) -> None:
        """The figures of one line, or what is wrong with it."""
        bonus, limit = line.category == BONUS, None
        points, line.wrong["points"] = _number(POINTS, line.points, BAD_POINTS)
        if line.per_year:
            limit, line.wrong["per_year"] = _number(POINTS, line.per_year, BAD_POINTS)
        if line.category not in named:
            line.wrong["category"] = "这一类还没有填封顶分。"
        if bonus and line.per_year:
            line.wrong["per_year"] = "附加分不封顶，请清空这一格。"
        if line.highest_only and not bonus:
            line.wrong["highest_only"] = "只有附加分可以取最高级。"
        line.wrong = {cell: words for cell, words in line.wrong.items() if words}
        if points is not None and not line.wrong:
            figures = Figures(
                line.item.code, line.category, points, limit, bonus, line.highest_only
            )
            self._figures.append(figures)

    @property
    def wrong(self) -> int:
        """How many cells are to be mended."""
        cells = sum(len(line.wrong) for line in self.lines)
        return cells + sum(bool(each.wrong) for each in self.ceilings)

    @property
    def sum(self) -> str:
        """What the ceilings add up to as typed."""
        return plain(sum(self._sums.values(), ZERO))

    def is_valid(self) -> bool:
        return self.bound and not self.wrong

    def table(self) -> Table:
        """The table as typed."""
        return Table(self._sums, tuple(self._figures))


def _number(kind: forms.DecimalField, text: str, words: str) -> tuple[Decimal | None, str]:
    """The number in a cell, or what is wrong with it."""
    try:
        return kind.clean(text), ""
    except forms.ValidationError:
        return None, words


def _typed(table: Table) -> dict[str, str]:
    """A table as the page's own fields would send it."""
    found = {f"ceiling-{code}": plain(points) for code, points in table.ceilings.items()}
    for each in table.figures:
        found[f"category-{each.item}"] = each.category
        found[f"points-{each.item}"] = plain(each.points)
        found[f"per_year-{each.item}"] = plain(each.per_year) if each.per_year is not None else ""
        found[f"highest_only-{each.item}"] = "1" if each.highest_only else ""
    return found


class AdoptDraftForm(forms.Form):
    """启用草案: from which day, by which decision, after the differences were looked at."""

    from_on = forms.DateField(
        label="起用日期",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text="一般是明年 1 月 1 日。这一天起的履职按这张表记分，以前的不动。",
        error_messages={"required": "请选择起用日期。", "invalid": "日期写法不对。"},
    )
    minute = LineField(
        label="决定文号",
        max_length=120,
        help_text="例如：竹人常发〔2026〕18号。",
        error_messages={
            "required": "启用规则书必须写明决定文号。",
            "max_length": "最多 120 字，现在是 %(show_value)s 字。",
        },
    )
    mid_year = forms.BooleanField(label="确为年中调整，对照已经看过", required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class DropForm(forms.Form):
    """放弃草案: the reason stays in the trail."""

    reason = LineField(
        label="为什么放弃",
        max_length=120,
        error_messages={
            "required": "请写明为什么放弃这份草案。",
            "max_length": "最多 120 字，现在是 %(show_value)s 字。",
        },
    )


class TrialFilter(forms.Form):
    """试算的地址: which year, and whom to show; a slip shows all."""

    MOVED = (("", "全部"), ("up", "加分的"), ("down", "减分的"), ("same", "不变的"))

    year = forms.TypedChoiceField(label="年度", coerce=int, empty_value=None, required=False)
    area = forms.TypedChoiceField(label="乡镇", coerce=int, empty_value=None, required=False)
    group = forms.TypedChoiceField(label="小组", coerce=int, empty_value=None, required=False)
    moved = forms.ChoiceField(label="看哪些", choices=MOVED, required=False)
    q = LineField(label="姓名", max_length=20, required=False)

    def __init__(self, *args: Any, years: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._first = next(iter(years))
        set_choices(self.fields["year"], [(year, f"{year} 年") for year in years])
        areas = Area.objects.filter(parent__parent=None, parent__isnull=False)
        set_choices(self.fields["area"], [("", "全部"), *areas.values_list("pk", "short_name")])
        groups = DeputyGroup.objects.values_list("pk", "name")
        set_choices(self.fields["group"], [("", "全部"), *groups])

    @property
    def year_chosen(self) -> int:
        """The year asked for; last year where none is."""
        self.is_valid()
        return self.cleaned_data.get("year") or self._first

    def wanted(self) -> dict[str, Any]:
        """The filters that are set and make sense."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) for name in ("area", "group", "moved", "q")}
