"""不公开: kept back before it is published, and opened again."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from congress.shared.asking import asked
from congress.shared.desk import in_an_office
from congress.shared.http import Request
from proposals.actions import publication
from proposals.permissions import why_not_lift_withholding, why_not_withhold
from proposals.review_forms import LiftWithholdingForm, WithholdForm
from proposals.views.desk import one

BOTH = ["GET", "HEAD", "POST"]
PAGE = "proposals/withholding.html"


@require_http_methods(BOTH)
@in_an_office
def withhold(request: Request, pk: int) -> HttpResponse:
    """定为不公开."""
    proposal, by = one(request, pk), request.actor
    form = WithholdForm(request.POST or None, proposal=proposal)
    back = reverse("proposals:dossier", args=[pk])

    def act() -> tuple[str, str]:
        publication.withhold(proposal, by=by, **form.cleaned_data)
        return "已定为不公开，领衔代表会收到通知。", back

    return asked(
        request,
        form,
        act,
        template=PAGE,
        title="定为不公开",
        back=back,
        words=f"{proposal.number} {proposal.title}",
        verb_label="定为不公开",
        refusal=why_not_withhold(by, proposal, whole=not proposal.unopened),
    )


@require_http_methods(BOTH)
@in_an_office
def lift_withholding(request: Request, pk: int) -> HttpResponse:
    """改为公开."""
    proposal, by = one(request, pk), request.actor
    form = LiftWithholdingForm(request.POST or None)
    why = proposal.why_withheld or "；".join(each.kept_back for each in proposal.kept_back)
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
        words=f"{proposal.number} {proposal.title}。不公开：{why}",
        verb_label="改为公开",
        refusal=why_not_lift_withholding(by, proposal),
    )
