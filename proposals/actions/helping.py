"""会办、协办 once 主办 has answered the deputy: what was never sent is asked for no more."""

from datetime import date

from congress.shared.actors import Actor
from congress.shared.workflow import lock, move
from proposals.actions.due_days import end_objection, end_pause
from proposals.actions.telling import tell_people
from proposals.models import Proposal
from proposals.queries.people import of_unit_part
from proposals.states import RUNNING, Part

LEAD_HAS_ANSWERED = "主办单位已经答复代表。"


def end_helpers(proposal: Proposal, *, by: Actor, today: date) -> None:
    """The locked proposal's helpers that sent no opinion end with it, as what they are.

    Who signed the reply has signed it; who did nothing reads that nobody waits for it any more.
    """
    open_ones = proposal.assignments.opining().filter(state__in=RUNNING)
    for found in open_ones.select_related("unit").order_by("pk"):
        part, unit = lock(found), found.unit.name
        part.proposal = proposal
        end_objection(part, LEAD_HAS_ANSWERED, by=by, today=today)
        end_pause(part, LEAD_HAS_ANSWERED, by=by, today=today)
        if part.countersignatures.exists():
            move(part, Part.SIGNED_ALONG, by=by, note=f"{unit}会签了答复，没有另送意见。")
            continue
        move(part, Part.SILENT, by=by, note=f"{unit}没有送意见，{LEAD_HAS_ANSWERED}")
        text = f"主办单位已经答复代表“{proposal.title}”，本单位没有送意见，不用再送。"
        tell_people(
            *(of_unit_part(part, today), proposal, f"silent.{part.pk}", text),
            *("case", proposal.pk),
        )
