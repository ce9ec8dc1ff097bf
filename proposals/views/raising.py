"""提建议的那一页: what all its buttons share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.asking import status_of
from congress.shared.http import Request, row_number
from congress.shared.models import Assembly, Session
from congress.shared.personal_numbers import numbers_in
from congress.shared.workflow import refuse_if
from deputies.models import Deputy
from proposals.actions import drafting
from proposals.models import Draft, Proposal, Source
from proposals.permissions.drafting import why_not_bring_more, why_not_save_draft
from proposals.permissions.kinds import KindToday, kinds_on
from proposals.permissions.review import asks_from
from proposals.permissions.submission import (
    kind_on,
    signers_of_bill,
    why_not_call_for_signatures,
    why_not_submit,
)
from proposals.queries import deputies, likeness
from proposals.raise_forms import DraftForm, RaiseForm
from proposals.states import Kind


@dataclass(frozen=True)
class Desk:
    """Who writes, on which day, for which session, and which kinds that day allows.

    `sessions` has one of each congress in which the deputy sits; most sit in one.
    """

    lead: Deputy
    today: date
    sessions: Sequence[Session]
    session: Session | None
    choices: Sequence[KindToday]

    @property
    def kinds(self) -> list[Kind]:
        able = [each.kind for each in self.choices if not each.refusal]
        return able or [self.choices[0].kind]

    def sits(self, by: Actor) -> Session:
        """The session, or the sentence why there is none for them."""
        refuse_if(
            why_not_call_for_signatures(by, self.lead, self.session, self.kinds[0], self.today)
        )
        assert self.session is not None  # noqa: S101  # refused above
        return self.session

    @property
    def congresses(self) -> Mapping[Assembly, str]:
        """Where this deputy may raise, by the name that they know."""
        return {each.term.assembly: f"{each.congress}人大" for each in self.sessions}

    @property
    def differ(self) -> list[str]:
        """What raising in each of several congresses means today; nothing where there is one."""
        if len(self.sessions) < 2:
            return []
        return [
            f"{each.congress}人大：{each}，今天按“{kind_on(each, self.today).label}”提，"
            f"议案要 {signers_of_bill(each, self.today)} 名代表联名。"
            for each in self.sessions
        ]

    def form(self, request: Request, kind: type[RaiseForm] = RaiseForm) -> RaiseForm:
        known = Proposal.objects.known_to(request.actor)
        return kind(
            request.POST,
            request.FILES,
            congresses=self.congresses,
            kinds=self.kinds,
            known=known,
        )


def desk_of(request: Request) -> Desk:
    today, lead = clock.today(), get_object_or_404(Deputy, user=request.user)
    sessions = deputies.sessions_for(lead, today)
    chosen = _congress_chosen(request, lead)
    session = next(
        (each for each in sessions if each.term.assembly_id == chosen), next(iter(sessions), None)
    )
    return Desk(lead, today, sessions, session, kinds_on(request.actor, lead, session, today))


def _congress_chosen(request: Request, lead: Deputy) -> int | None:
    """The form's, the draft's, or that of the earlier proposal from which this goes on."""
    if request.method == "POST":
        return row_number(request.POST.get("assembly", ""))
    if number := row_number(request.GET.get("draft", "")):
        return (
            Draft.objects.filter(pk=number, deputy=lead).values_list("assembly", flat=True).first()
        )
    number = row_number(request.GET.get("continues", ""))
    earlier = Proposal.objects.known_to(request.actor).filter(pk=number)
    return earlier.values_list("session__term__assembly", flat=True).first()


def begun(request: Request, desk: Desk) -> RaiseForm:
    """An empty form, a draft's, or one that goes on from an earlier proposal."""
    known = Proposal.objects.known_to(request.actor)
    initial: dict[str, object] = {"token": uuid4(), "kind": desk.kinds[0]}
    if desk.session:
        initial["assembly"] = desk.session.term.assembly
    if number := row_number(request.GET.get("draft", "")):
        draft = get_object_or_404(Draft, pk=number, deputy=desk.lead, proposal=None)
        names = {*drafting.Typed.__dataclass_fields__, "token"} - {"assembly"}
        initial |= {name: getattr(draft, name) for name in names}
        if draft.kind not in desk.kinds:
            initial["kind"] = desk.kinds[0]
    if number := row_number(request.GET.get("continues", "")):
        initial["continues"] = get_object_or_404(known, pk=number)
    congresses = desk.congresses
    return RaiseForm(initial=initial, congresses=congresses, kinds=desk.kinds, known=known)


def page(request: Request, desk: Desk, form: RaiseForm) -> HttpResponse:
    """The whole page, whichever button was pressed."""
    first = desk.choices[0]
    draft = Draft.objects.filter(token=form.renew_token(), deputy=desk.lead).first()
    title = str(form["title"].value() or "")
    begun_anew = not form.is_bound and draft is None
    context = {
        "form": form,
        "session": desk.session.full_name if desk.session else "",
        "office": desk.session.office if desk.session else "代工委",
        "kind": first.kind.label,
        "others": [each for each in desk.choices if each.refusal] if not first.refusal else [],
        "refusal": None if any(not each.refusal for each in desk.choices) else first.refusal,
        "differ": desk.differ,
        "needed": signers_of_bill(desk.session, desk.today) if desk.session else 0,
        "draft": draft,
        "source": Source.objects.filter(draft=draft).first() if draft else None,
        "unfinished": deputies.drafts_to_raise(request.actor) if begun_anew else [],
        "attached": draft.attachments.all() if draft else [],
        "hits": likeness.earlier(title, request.actor, desk.today),
        "continues": form["continues"].value(),
    }
    status = status_of(form)
    return render(request, "proposals/submit.html", context, status=status)


def raised_from(request: Request, desk: Desk) -> HttpResponse | None:
    """这份草稿已经提出, with the way to it; None of any other draft."""
    number = row_number(request.GET.get("draft", ""))
    own = Proposal.objects.filter(raised_from=number, lead=desk.lead)
    proposal = own.first() if number else None
    if proposal is None:
        return None
    context = {"proposal": proposal}
    return render(request, "proposals/draft_raised.html", context, status=404)


def read_through(request: Request, desk: Desk) -> HttpResponse:
    """A draft as it will be read, before it is raised."""
    number = row_number(request.GET.get("draft", ""))
    draft = get_object_or_404(Draft, pk=number, deputy=desk.lead, proposal=None)
    form, by, today = begun(request, desk), request.actor, desk.today
    kind = Kind(form["kind"].value())
    context = {
        "draft": draft,
        "session": desk.session,
        "kind": kind,
        "asks": asks_from(draft.request),
        "numbers": numbers_in(draft.title, draft.facts, draft.request),
        "attached": draft.attachments.all(),
        "said": [each.as_hidden() for each in form if each.name != "attachments"],
        "to_change": reverse("proposals:submit") + f"?draft={draft.pk}",
        "no_submit": why_not_submit(by, desk.lead, desk.session, kind, today),
        "no_call": why_not_call_for_signatures(by, desk.lead, desk.session, kind, today),
    }
    return render(request, "proposals/look_over.html", context)


def wrong(request: Request, desk: Desk, form: RaiseForm) -> HttpResponse:
    """The page again, with what is wrong; what could be kept is in the draft, files too."""
    kept = desk.form(request, DraftForm)
    if kept.only_files_are_wrong and kept.has_words:
        token = kept.cleaned_data["token"]
        if not why_not_save_draft(request.actor, desk.lead, token):
            keep(request, desk, kept)
    if kept.only_files_are_wrong:
        keep_files(request, desk, kept)
    return page(request, desk, form)


def keep(request: Request, desk: Desk, form: RaiseForm) -> Draft:
    """What stands in the fields is in the draft."""
    token = form.cleaned_data["token"]
    return drafting.save_draft(deputy=desk.lead, token=token, typed=form.typed(), by=request.actor)


def keep_files(request: Request, desk: Desk, form: RaiseForm) -> None:
    """Files chosen on the form wait in its draft, and go with it when it is raised."""
    if not form.good:
        return
    token = form.cleaned_data["token"]
    if raised := Proposal.objects.filter(token=token, lead=desk.lead).first():
        refuse_if(why_not_bring_more(raised, [file.sha256 for _, file in form.good]))
    else:
        drafting.attach(keep(request, desk, form), files=form.good, by=request.actor)
