"""十星、等次: data of the county's own. A change is of reviews that are not decided yet."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse

from congress.shared.admin import ReferenceAdmin
from scoring.models import Grade, Star
from scoring.queries.star_levels import applies, uncovered, under_way

Context = dict[str, Any] | None


class OfUndecided(ReferenceAdmin[Any]):
    """Says which years a change is of; while a decided year is not sealed nothing changes."""

    list_before_template = "scoring/_applies.html"
    change_form_before_template = "scoring/_applies.html"

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not under_way()

    def changelist_view(self, request: HttpRequest, extra_context: Context = None) -> HttpResponse:
        return super().changelist_view(request, {**(extra_context or {}), "applies": applies()})

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Context = None,
    ) -> HttpResponse:
        context = {**(extra_context or {}), "applies": applies()}
        answer: HttpResponse = super().changeform_view(request, object_id, form_url, context)
        return answer


@admin.register(Star)
class StarAdmin(OfUndecided):
    list_display = ("name", "aspect", "condition", "position")
    readonly_fields = ("code",)  # the rule that judges the star is found by it

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


class GradeForm(forms.ModelForm[Grade]):
    """One number of stars is of one grade."""

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        low, high = said.get("stars_from"), said.get("stars_to")
        if low is not None and high is not None:
            others = Grade.objects.exclude(pk=self.instance.pk or 0)
            both = others.filter(stars_from__lte=high, stars_to__gte=low).first()
            if both:
                words = f"{both.name}是 {both.stars_from} 到 {both.stars_to} 颗，不能重叠。"
                self.add_error("stars_to", words)
        return said


@admin.register(Grade)
class GradeAdmin(OfUndecided):
    list_display = ("name", "stars_from", "stars_to", "position")
    form = GradeForm

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if gap := uncovered():
            said = "、".join(map(str, gap))
            messages.warning(request, f"{said} 颗星现在不属于任何等次，请接着改相邻的等次。")
