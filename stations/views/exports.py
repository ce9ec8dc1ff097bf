"""导出名册, with where each serves."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from congress.shared import clock
from congress.shared.desk import at_the_desk, listed
from congress.shared.http import Request, as_download
from deputies.models import Deputy, Mandate
from deputies.queries import exports as sheets
from stations.actions import exports


@require_POST
@at_the_desk
def export_roster(request: Request, of: str) -> HttpResponse:
    """导出名册: the seats of the people, or the seats, that the list shows and that run today."""
    today = clock.today()
    if of == "people":
        people = Deputy.objects.filter(pk__in=listed(request, Deputy).values("pk"))
        seats = sheets.seats_of(people, today)
    else:
        seats = Mandate.objects.running(today).filter(pk__in=listed(request, Mandate).values("pk"))
    book = exports.export_roster(seats, by=request.actor, today=today)
    return as_download(book, f"代表名册（{today:%Y年%m月%d日}导出）.xlsx")
