"""述职评议会: what an office fills in to call one, and a deputy to hand in a report."""

from datetime import date
from typing import IO, Any

from django import forms
from django.db.models import QuerySet
from django.forms import BoundField

from congress.shared import clean_pdf
from congress.shared.actors import Actor
from congress.shared.clean_pdf import BadPdf, CleanPdf
from congress.shared.forms import LineField, set_choices, set_rows, without_numbers
from congress.shared.models import Area
from congress.shared.roles import Role
from deputies.models import Deputy, DeputyGroup
from scoring.models import ReportMeeting
from scoring.permissions.polls import Called, may_report
from scoring.queries.reporting import reported
from stations.models import Station

MOST_PAGES, MOST_MEGABYTES = 30, 10
LONGEST = 5000
WHOLE = "all"
DAY = {"required": "请选日期。", "invalid": "日期不对，请按 2026-11-12 这样填。"}
NO_NUMBERS = [without_numbers("电话、证件号请不要写进述职报告。")]


def townships() -> QuerySet[Area]:
    """Those that have a group: where deputies can report."""
    groups = DeputyGroup.objects.values("area")
    return Area.objects.filter(pk__in=groups).order_by("position", "pk")


class CircleForm(forms.Form):
    """Whose meeting it is: the first step, by the address alone."""

    area = forms.ModelChoiceField(Area.objects.none(), label="乡镇", empty_label=None)
    circle = forms.ChoiceField(label="哪里召开")

    def __init__(self, data: Any, *, by: Actor) -> None:
        areas = townships()
        if by.is_a(Role.TOWNSHIP_CLERK):
            areas = areas.filter(pk=by.area_id or 0)
        said = str(data.get("area", ""))
        chosen = areas.filter(pk=said).first() if said.isdecimal() and len(said) < 10 else None
        chosen = chosen or areas.first()
        circle = data.get("circle") or WHOLE
        known = self._circles(chosen)
        self.chosen = circle if circle in dict(known) else WHOLE
        super().__init__({"area": chosen.pk if chosen else "", "circle": self.chosen})
        set_rows(self.fields["area"], areas)
        set_choices(self.fields["circle"], known)
        self.township, self.one = chosen, areas.count() == 1

    @staticmethod
    def _circles(area: Area | None) -> list[tuple[str, str]]:
        if area is None:
            return [(WHOLE, "全乡镇")]
        groups = DeputyGroup.objects.filter(area=area).order_by("position", "pk")
        stations = Station.objects.standing().filter(area=area).order_by("position", "pk")
        return [
            (WHOLE, f"{area.name}（全体代表）"),
            *((f"group-{each.pk}", each.name) for each in groups),
            *((f"station-{each.pk}", each.name) for each in stations),
        ]

    @property
    def area_box(self) -> BoundField:
        return self["area"]

    @property
    def circle_box(self) -> BoundField:
        return self["circle"]

    def circle_rows(self) -> tuple[DeputyGroup | None, Station | None]:
        """The group or the station that was chosen, or neither."""
        kind, _, pk = self.chosen.partition("-")
        if kind == "group":
            return DeputyGroup.objects.filter(pk=pk).first(), None
        if kind == "station":
            return None, Station.objects.filter(pk=pk).first()
        return None, None


class DeputiesField(forms.ModelMultipleChoiceField[Deputy]):
    def label_from_instance(self, deputy: Deputy) -> str:
        return f"{deputy.name}（{deputy.job}）" if deputy.job else deputy.name


class CallForm(forms.Form):
    """When, where, and who reports: everybody of the circle unless somebody is left out."""

    held_on = forms.DateField(
        label="日期",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages=DAY,
        help_text="已经开过的会也可以补登",
    )
    place = LineField(
        label="地点",
        max_length=60,
        error_messages={"required": "请写明地点。", "max_length": "最多 60 字。"},
    )
    deputies = DeputiesField(
        Deputy.objects.none(),
        label="谁述职",
        help_text="今年已经述过职的没有勾，要再述职就勾上",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "请选哪些代表述职。",
            "invalid_choice": "名单里有人不在这里任职了，请重选。",
        },
    )

    def __init__(
        self,
        *args: Any,
        area: Area | None,
        group: DeputyGroup | None,
        station: Station | None,
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.area, self.group, self.station = area, group, station
        if area:
            people = may_report(area, today, group=group, station=station)
            set_rows(self.fields["deputies"], people)
            if not self.is_bound and "deputies" not in self.initial:
                known = list(people.values_list("pk", flat=True))
                done = reported(today.year)
                self.initial["deputies"] = [pk for pk in known if pk not in done] or known

    @property
    def called(self) -> Called:
        """As the verb takes it."""
        said = self.cleaned_data
        if self.area is None:
            raise ValueError("a form without a township is never valid")
        return Called(
            area=self.area,
            held_on=said["held_on"],
            place=said["place"],
            deputies=list(said["deputies"]),
            group=self.group,
            station=self.station,
        )


def as_called(meeting: ReportMeeting) -> dict[str, object]:
    """What the form of a meeting begins with."""
    people = list(meeting.reports.values_list("deputy", flat=True))
    return {"held_on": meeting.held_on, "place": meeting.place, "deputies": people}


def read_report(sent: IO[bytes], size: int) -> CleanPdf:
    """The pages of a report, drawn anew; a sentence when there are none."""
    if not clean_pdf.is_pdf(sent):
        raise BadPdf("述职报告请传 PDF 文件，或者直接写在上面。")
    return clean_pdf.read(sent, size, most_pages=MOST_PAGES, most_megabytes=MOST_MEGABYTES)


class ReportForm(forms.Form):
    """述职报告: written here, or a PDF."""

    text = forms.CharField(
        label="述职报告",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 12}),
        validators=NO_NUMBERS,
        help_text="几句话也可以：参加了什么、提了什么建议、联系了多少群众、哪里还做得不够",
        error_messages={"max_length": f"最多 {LONGEST} 字，现在是 %(show_value)s 字。"},
    )
    file = forms.FileField(
        label="或者传一份 PDF",
        required=False,
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
        help_text=f"最多 {MOST_PAGES} 页、{MOST_MEGABYTES} MB；再传一份就换掉原来的",
    )

    def __init__(self, *args: Any, has_file: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_file = has_file
        self.pdf: CleanPdf | None = None

    def clean_file(self) -> None:
        """What is kept is drawn anew."""
        sent = self.cleaned_data.get("file")
        if sent:
            try:
                self.pdf = read_report(sent, sent.size or 0)
            except BadPdf as fault:
                raise forms.ValidationError(str(fault)) from fault

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        lacks = not str(said.get("text", "")).strip() and not self.pdf and not self.has_file
        if lacks and not self.errors:
            self.add_error("text", "请写述职报告，或者传一份 PDF。")
        return said


class ReasonForm(forms.Form):
    reason = LineField(
        label="取消原因",
        max_length=100,
        error_messages={"required": "请写明原因，代表会看到。", "max_length": "最多 100 字。"},
        help_text="名单上的代表会看到这句话",
    )


class ReportsFilterForm(forms.Form):
    year = forms.IntegerField(min_value=2000, max_value=2100, required=False)
    area = forms.IntegerField(min_value=1, max_value=2**31 - 1, required=False)
    q = LineField(max_length=30, required=False)
    page = forms.IntegerField(min_value=1, max_value=10**6, required=False)
