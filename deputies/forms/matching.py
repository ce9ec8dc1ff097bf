"""对列名: for each header the column it stands for; and what the sheet lacks on purpose."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django import forms

from deputies.entries import LEVELS
from deputies.headers import MAY_BE_WAIVED, TABLES, Header, likely, plain
from deputies.states import SheetKind

LEVEL_CHOICES = [("全国", "全国"), ("省", "省"), ("市", "市"), ("县", "县"), ("乡镇", "乡镇")]
assert all(code in LEVELS for code, _ in LEVEL_CHOICES)  # noqa: S101  # a slip of ours


class MatchForm(forms.Form):
    """One choice for every header; the likely one is proposed and never taken without a look."""

    level = forms.ChoiceField(
        label="整张表的代表层级",
        required=False,
        choices=[("", "表里有“代表层级”这一列"), *LEVEL_CHOICES],
        help_text="表里没有这一列，就选一个：整张表都是这一级的代表。",
    )
    no_group = forms.BooleanField(
        label="表里没有“代表小组”：已编组的人不变，新的人会判为错误，补上小组再导入",
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        layout: Mapping[str, Any],
        kind: str = SheetKind.ROSTER,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.table = TABLES[kind]
        if kind != SheetKind.ROSTER:
            del self.fields["level"], self.fields["no_group"]
        self.headers = [
            Header(h["letter"], h["title"], h["column"], tuple(h["samples"]))
            for h in layout["headers"]
        ]
        columns = self.table.columns
        taken = {header.column for header in self.headers if header.column in columns}
        for at, header in enumerate(self.headers):
            known = header.column
            if known not in columns:
                known = likely(header, taken, self.table)
            taken.add(known)
            self.fields[f"column-{at}"] = forms.ChoiceField(
                label=header.title,
                required=False,
                initial=known,
                choices=[("", "不用这一列"), *((name, name) for name in columns)],
                help_text="、".join(header.samples),
            )

    @property
    def rows(self) -> list[tuple[Header, forms.BoundField]]:
        """Each header with its choice, in the sheet's own order."""
        return [(header, self[f"column-{at}"]) for at, header in enumerate(self.headers)]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        chosen = [said.get(f"column-{at}", "") for at in range(len(self.headers))]
        twice = [name for name, times in Counter(filter(None, chosen)).items() if times > 1]
        if twice:
            self.add_error(None, f"“{twice[0]}”选了两次，每一列只能对一次。")
        waived = self._waived(said)
        needed = [name for name in self.table.required if name not in waived]
        missing = [name for name in needed if name not in chosen]
        if missing:
            self.add_error(None, f"还没有对上：{'、'.join(missing)}。")
        return said

    def _waived(self, said: Mapping[str, Any]) -> list[str]:
        level, group = MAY_BE_WAIVED
        return [*([level] if said.get("level") else []), *([group] if said.get("no_group") else [])]

    @property
    def facts(self) -> dict[str, Any]:
        """What the verb wants to know."""
        said = self.cleaned_data
        return {
            "names": {
                plain(header.title): said[f"column-{at}"] for at, header in enumerate(self.headers)
            },
            "waived": self._waived(said),
            "level": said.get("level", ""),
        }
