"""导出: what a list of the workbench shows, all its pages, in the form that the import takes."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from congress.shared import clock
from congress.shared.desk import at_the_desk, listed
from congress.shared.http import Request, as_download
from congress.shared.workbook import workbook
from deputies.models import DeputyGroup, Liaison
from deputies.queries import exports as sheets
from deputies.queries import liaison
from deputies.states import LiaisonKind, SheetKind


@require_safe
@at_the_desk
def groups_sheet(request: Request) -> HttpResponse:
    """导出小组表: the groups that the list shows and that stand today."""
    today = clock.today()
    groups = DeputyGroup.objects.filter(pk__in=listed(request, DeputyGroup).values("pk"))
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
