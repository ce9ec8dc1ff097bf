"""存在手机里的履职: what was filled in without a line, sent by the phone's script."""

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils.html import strip_tags
from django.views.decorators.http import require_http_methods

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.http import UNPROCESSABLE, Request
from deputies.actions import duties
from deputies.forms.duties import ReportForm
from deputies.models import Deputy, DutyItem
from deputies.queries.duties import arrived

READABLE = {"ensure_ascii": False}
SIGN_IN = "请先登录，登录后自动上报。"
NOT_ON_THE_LIST = "这一项现在不由代表自己上报，请改选别的项，或者问代工委。"


@require_http_methods(["GET", "HEAD", "POST"])
def report_kept(request: Request) -> HttpResponse:
    """上报, by the same form and verb as the page's, answered for a script.

    GET says who is signed in, with a token to send with. A record kept for another account is
    not taken: 401, as for nobody.
    """
    if request.method != "POST":
        return JsonResponse({"account": str(request.user.pk), "csrf": get_token(request)})
    if request.POST.get("account") != str(request.user.pk):
        return JsonResponse({"refused": SIGN_IN}, status=401, json_dumps_params=READABLE)
    deputy = Deputy.objects.of_user(request.user).first()
    item = DutyItem.objects.for_deputies().coded(request.POST.get("item", ""))
    if deputy is None or item is None:
        return JsonResponse({"refused": NOT_ON_THE_LIST}, status=409, json_dumps_params=READABLE)
    day = clock.today()
    form = ReportForm(request.POST, request.FILES, deputy=deputy, item=item, today=day, places=[])
    before = form.made
    if not form.is_valid():
        said = {name: strip_tags(" ".join(map(str, words))) for name, words in form.errors.items()}
        return JsonResponse({"errors": said}, status=UNPROCESSABLE, json_dumps_params=READABLE)
    try:
        made = duties.report(deputy, item=item, by=request.actor, **form.cleaned_data)
    except Refused as refusal:
        return JsonResponse({"refused": refusal.reason}, status=409, json_dumps_params=READABLE)
    return JsonResponse({"reported": arrived(made, again=before is not None)})
