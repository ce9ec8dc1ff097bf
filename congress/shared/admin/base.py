"""Base classes of the browser admin: what is only looked at, and what may be mended."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib.admin import ShowFacets
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import BadRequest, ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern

from congress.shared.http import UNPROCESSABLE
from congress.shared.middleware import acting
from congress.shared.roles import KEEP_REFERENCE
from congress.shared.workflow import record

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin  # unfold ships no types; its class is this one
else:
    from unfold.admin import ModelAdmin

Record = TypeVar("Record", bound=Model)
FILTER_WAYS = ("exact", "id__exact", "pk__exact", "isnull", "isempty", "gte", "lt")
"""How the admin's own filters ask: by value, by a related row's number, by emptiness, by days."""


class ReadOnlyAdmin(ModelAdmin[Record]):
    """To look things up. Records change only through their actions."""

    list_filter_submit = True
    list_per_page = 50
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    linked: tuple[str, ...] = ()
    """Relations by which pages of ours link to the list, without a filter that people see."""

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only what the list offers as a filter.

        Django admits every field of the model, so that a telephone one may not see could be read
        off by asking for its beginnings.
        """
        return lookup in set(self._offered(request))

    def _offered(self, request: HttpRequest | None) -> Iterator[str]:
        filters = self.get_list_filter(request) if request else self.list_filter
        for each in filters or ():
            if isinstance(each, type):
                yield str(getattr(each, "parameter_name", ""))
                continue
            name = str(each[0] if isinstance(each, list | tuple) else each)
            yield name
            yield from (f"{name}__{way}" for way in FILTER_WAYS)
        for name in self.linked:
            yield from (name, f"{name}__id__exact")
        if self.date_hierarchy:
            yield from (f"{self.date_hierarchy}__{part}" for part in ("year", "month", "day"))

    def get_urls(self) -> list[URLPattern]:
        """Every address with a row in it answers 404 for what cannot be the number of one."""
        patterns: list[URLPattern] = super().get_urls()
        for pattern in patterns:
            pattern.callback = self._with_row(pattern.callback)
        return patterns

    def _with_row(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if kwargs.get("object_id") is not None:
                key = self._key(unquote(str(kwargs["object_id"])))
                kwargs["object_id"] = quote(str(key))
            return view(request, *args, **kwargs)

        return guarded

    def _key(self, words: str) -> object:
        try:
            key: object = self.opts.pk.to_python(words)
        except ValidationError:
            raise Http404 from None
        if isinstance(key, int) and key < 1:
            raise Http404
        return key

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Record:
        """The row, or 404: Django would lead to the front of the workbench."""
        row: Record | None = super().get_object(request, object_id, from_field)
        if row is None:
            raise Http404
        return row

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Rows are chosen by their numbers, and by nothing else."""
        for chosen in request.POST.getlist(ACTION_CHECKBOX_NAME):
            try:
                self.opts.pk.to_python(chosen)
            except ValidationError:
                raise BadRequest("a chosen row has no number") from None
        context = {"title": self.opts.verbose_name_plural} | (extra_context or {})
        answer: HttpResponse = super().changelist_view(request, context)
        return answer

    def has_view_permission(self, request: HttpRequest, obj: Record | None = None) -> bool:
        return acting(request).at_the_desk

    def has_module_permission(self, request: HttpRequest) -> bool:
        return acting(request).at_the_desk

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Record | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Record | None = None) -> bool:
        return False


class ReferenceAdmin(ReadOnlyAdmin[Record]):
    """Reference data: the office's director and the system administrator may add and mend."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return acting(request).is_a(*KEEP_REFERENCE)

    def has_change_permission(self, request: HttpRequest, obj: Record | None = None) -> bool:
        return acting(request).is_a(*KEEP_REFERENCE)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """A form with mistakes in it is a 422, everything filled in kept."""
        answer: HttpResponse = super().render_change_form(request, context, *args, **kwargs)
        if request.method == "POST" and context.get("errors"):
            answer.status_code = UNPROCESSABLE
        return answer

    def save_model(self, request: HttpRequest, obj: Record, form: Any, change: bool) -> None:
        """The row is saved, and the trail says who changed which fields."""
        super().save_model(request, obj, form, change)
        names = "、".join(str(form.fields[name].label) for name in form.changed_data)
        record(obj, "changed" if change else "added", by=acting(request), note=names)
