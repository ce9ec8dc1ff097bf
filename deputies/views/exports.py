"""导出: what a list of the workbench shows, all its pages, in the form that the import takes."""

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import BadRequest
from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from congress.shared import clock
from congress.shared.desk import at_the_desk
from congress.shared.http import Request, as_download
from congress.shared.workbook import workbook
from deputies.actions import exports
from deputies.models import Deputy, DeputyGroup, Liaison, Mandate
from deputies.queries import exports as sheets
from deputies.queries import liaison
from deputies.states import LiaisonKind, SheetKind


def _listed(request: Request, model: type[Model]) -> QuerySet[Model]:
    """The rows that the model's list in the workbench shows under the address's filters."""
    try:
        lists = admin.site.get_model_admin(model).get_changelist_instance(request)
        rows: QuerySet[Model] = lists.get_queryset(request)
    except IncorrectLookupParameters:
        raise BadRequest("no such filter") from None
    return rows


@require_POST
@at_the_desk
def export_roster(request: Request, of: str) -> HttpResponse:
    """导出名册: the seats of the people, or the seats, that the list shows and that run today."""
    today = clock.today()
    if of == "people":
        listed = Deputy.objects.filter(pk__in=_listed(request, Deputy).values("pk"))
        seats = sheets.seats_of(listed, today)
    else:
        listed_seats = _listed(request, Mandate).values("pk")
        seats = Mandate.objects.running(today).filter(pk__in=listed_seats)
    book = exports.export_roster(seats, by=request.actor, today=today)
    return as_download(book, f"代表名册（{today:%Y年%m月%d日}导出）.xlsx")


@require_safe
@at_the_desk
def groups_sheet(request: Request) -> HttpResponse:
    """导出小组表: the groups that the list shows and that stand today."""
    today = clock.today()
    groups = DeputyGroup.objects.filter(pk__in=_listed(request, DeputyGroup).values("pk"))
    head, rows = sheets.head(SheetKind.GROUPS), sheets.groups(groups, today)
    book = workbook(SheetKind.GROUPS.label, head, rows)
    return as_download(book, f"代表小组表（{today:%Y年%m月%d日}导出）.xlsx")


@require_safe
@at_the_desk
def liaisons_sheet(request: Request, kind: str) -> HttpResponse:
    """导出双联安排表: the contacts of this kind that run today, of the holders shown."""
    if kind not in LiaisonKind.values:
        raise Http404
    of, today = LiaisonKind(kind), clock.today()
    running = Liaison.objects.visible_to(request.actor).running(today).filter(kind=of)
    if request.GET.get("only") == "remarked":
        assembly = liaison.committee_of(request.actor.area_id)
        lines = liaison.board(of, assembly, today).lines if assembly else ()
        running = running.filter(holder__in=[line.holder for line in lines if line.remarks])
    head, rows = sheets.head(SheetKind.LIAISONS), sheets.liaisons(running, today)
    book = workbook(SheetKind.LIAISONS.label, head, rows)
    return as_download(book, f"双联安排表—{of.label}（{today:%Y年%m月%d日}导出）.xlsx")
