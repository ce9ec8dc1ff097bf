"""不公开: kept back before it is published, and opened again."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from congress.shared.asking import asked
from congress.shared.desk import in_an_office
from congress.shared.http import Request
from proposals.actions import publication
from proposals.permissions import why_not_lift_withholding, why_not_withhold
from proposals.review_forms import KeepBackForm, LiftWithholdingForm, WithholdForm
from proposals.views.desk import one

BOTH = ["GET", "HEAD", "POST"]
PAGE = "proposals/withholding.html"


@require_http_methods(BOTH)
@in_an_office
def withhold(request: Request, pk: int) -> HttpResponse:
    """定为不公开; of what is published 暂缓公开, of the version that came after."""
    proposal, by, posted = one(request, pk), request.actor, request.POST or None
    further = proposal.unopened
    form = KeepBackForm(posted) if further else WithholdForm(posted, proposal=proposal)
    back, named = reverse("proposals:dossier", args=[pk]), f"{proposal.number} {proposal.title}"
    verb, done = ("暂缓公开", "，公开页上仍是前一版") if further else ("定为不公开", "")

    def act() -> tuple[str, str]:
        whole = request.POST.get("whole") == "whole"
        publication.withhold(proposal, by=by, **{"whole": whole, **form.cleaned_data})
        return f"已{verb}{done}，领衔代表会收到通知。", back

    return asked(
        request,
        form,
        act,
        template=PAGE,
        title=verb,
        back=back,
        words=f"{named}。又作的一版暂缓公开，公开页上仍是前一版。" if further else named,
        verb_label=verb,
        refusal=why_not_withhold(by, proposal, whole=not further),
    )


@require_http_methods(BOTH)
@in_an_office
def lift_withholding(request: Request, pk: int) -> HttpResponse:
    """改为公开."""
    proposal, by = one(request, pk), request.actor
    form = LiftWithholdingForm(request.POST or None)
    why = proposal.why_withheld or "；".join(each.kept_back for each in proposal.kept_back)
    what = f"不公开：{why}"
    if proposal.kept_back:
        what = f"暂缓公开：{why.rstrip('。')}。改了以后，这一版看过再公开。"
    back = reverse("proposals:dossier", args=[pk])

    def act() -> tuple[str, str]:
        again = "又作的一版看过再公开，" if proposal.kept_back else ""
        publication.lift_withholding(proposal, by=by, **form.cleaned_data)
        return f"已改为公开，{again}领衔代表会收到通知。", back

    return asked(
        request,
        form,
        act,
        template=PAGE,
        title="改为公开",
        back=back,
        words=f"{proposal.number} {proposal.title}。{what}",
        verb_label="改为公开",
        refusal=why_not_lift_withholding(by, proposal),
    )
