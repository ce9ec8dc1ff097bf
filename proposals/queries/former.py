"""不再承办: what became of a part that a unit has had and has no more."""

from django.db.models import QuerySet

from congress.shared.actors import Actor
from congress.shared.roles import UNIT, Role
from proposals.models import Assignment, Objection, Proposal
from proposals.states import ANSWERING, ObjectionState, SheetState, State


def former_parts(actor: Actor) -> QuerySet[Assignment]:
    """Those that a unit has seen and has no more; those that answered a lead deputy until then."""
    if actor.role in UNIT:
        return Assignment.objects.once_with(actor)
    rows = Assignment.objects.given_back().filter(role__in=ANSWERING, assigned_on__isnull=False)
    led = Proposal.objects.led_by(actor)
    return rows.filter(proposal__in=led) if actor.is_a(Role.DEPUTY) else rows.none()


def last_of(rows: QuerySet[Assignment]) -> Assignment | None:
    """The newest of them, with what is said of it."""
    loaded = rows.select_related("sheet", "unit", "proposal__session__term__assembly")
    return loaded.order_by("pk").last()


def what_became(part: Assignment) -> str:
    """Why the unit has it no more; of what came after it has gone it reads nothing."""
    proposal, sheet = part.proposal, part.sheet
    if upheld := _upheld(part):
        return f"代工委采纳了本单位的异议，改交别的单位，本单位不用再办。代工委：{upheld.words}"
    if sheet and sheet.state == SheetState.DROPPED:
        return f"代工委收回了交办单，里面预交给本单位的先不办。原因：{sheet.drop_reason}"
    if proposal.state == State.WITHDRAWN:
        return f"领衔代表已经撤回这件建议，不用再办。撤回的原因：{proposal.closing_words}"
    return f"{proposal.session.office}调整了分工，这件不再由本单位承办。"


def why_gone(part: Assignment) -> str:
    """The same in a few words, for the office's 案卷."""
    if _upheld(part):
        return "采纳了它的异议，改交别的单位"
    if part.sheet and part.sheet.state == SheetState.DROPPED:
        return f"收回了交办单：{part.sheet.drop_reason}"
    if part.proposal.state == State.WITHDRAWN:
        return "领衔代表撤回了建议"
    return "调整了分工"


def _upheld(part: Assignment) -> Objection | None:
    return next(
        (each for each in part.objections.all() if each.state == ObjectionState.UPHELD), None
    )
