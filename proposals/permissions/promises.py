"""承诺: who reports a step done, who confirms it, and who sends the report back."""

from congress.shared.actors import Actor
from congress.shared.names import says_something
from congress.shared.roles import UNIT
from proposals.follow_states import PromiseState
from proposals.models import Assignment, Promise, Reply
from proposals.permissions.office import why_not_office
from proposals.states import State


def why_not_of_unit(by: Actor, part: Assignment, act: str) -> str | None:
    """The people of the unit that answered."""
    if by.role not in UNIT or by.organisation_id != part.unit_id:
        return f"只有作出答复的单位可以{act}。"
    return None


def why_over(reply: Reply) -> str | None:
    """Taken back, or answered anew: nobody owes anything of this version."""
    if reply.assignment.proposal.state == State.WITHDRAWN:
        return "建议已经撤回，不用再办。"
    newest = reply.assignment.reply
    if newest and newest.version > reply.version:
        return f"单位又作了第 {newest.version} 版答复，以新的一版为准。"
    return None


def why_not_report_step(by: Actor, promise: Promise, words: str | None = None) -> str | None:
    """The unit, of a step that is due or missed, and never without saying how it was kept."""
    if reason := why_not_of_unit(by, promise.assignment, "报告兑现"):
        return reason
    if reason := why_over(promise.reply):
        return reason
    if promise.state == PromiseState.REPORTED:
        return "这一步已经报告，等代工委核实。"
    if not promise.is_open:
        return f"这一步{promise.get_state_display()}，不用再报告。"
    if words is not None and not says_something(words):
        return "请写明怎么兑现的，代表和代工委会看到。"
    return None


def why_not_confirm_step(by: Actor, promise: Promise) -> str | None:
    """The congress's own office, what waits, and not whoever reported it."""
    return _why_not_decide(by, promise, "核实兑现")


def why_not_send_back_step(by: Actor, promise: Promise, words: str | None = None) -> str | None:
    """The same office, and never without saying what is missing."""
    if reason := _why_not_decide(by, promise, "退回报告"):
        return reason
    if words is not None and not says_something(words):
        return "请写明哪里没有办到，单位会看到这句话。"
    return None


def _why_not_decide(by: Actor, promise: Promise, act: str) -> str | None:
    if reason := why_not_office(by, promise.assignment.proposal.session, act):
        return reason
    if promise.state != PromiseState.REPORTED:
        return f"这一步{promise.get_state_display()}，没有等核实的报告。"
    report = promise.last_report
    if report and by.same_person(report.reported_by_id):
        return "这一步是您自己代单位报告的，请别的同志核实。"
    return why_over(promise.reply)
