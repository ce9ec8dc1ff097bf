"""转类: who asks for a better class, who confirms it, and who rates the fulfilment."""

from congress.shared.actors import Actor
from congress.shared.names import says_something
from proposals.follow_states import OPEN_STEPS, PromiseState, UpgradeState
from proposals.models import OutcomeClass, Reply, Upgrade
from proposals.models.reference import Meaning
from proposals.models.upgrades import class_of
from proposals.permissions.office import why_not_office
from proposals.permissions.promises import why_not_of_unit, why_over
from proposals.permissions.speaking import speaks


def why_not_ask_upgrade(
    by: Actor,
    reply: Reply,
    ask: int | None = None,
    becomes: OutcomeClass | None = None,
    evidence: str | None = None,
) -> str | None:
    """The unit, of one ask that was not called solved, once its steps are kept and confirmed.

    `ask` is its number, 0 the whole where there is none; without it, of any at all.
    """
    if refusal := why_not_of_unit(by, reply.assignment, "申请转类"):
        return refusal
    if refusal := why_over(reply):
        return refusal
    if ask is None and not to_upgrade(reply):
        return "各条都已经是已解决，或者正在等核实。"
    if ask is not None and (refusal := _why_not_ask(reply, ask or None)):
        return refusal
    if becomes is not None and becomes.meaning != Meaning.SOLVED:
        return "只能申请转为已解决的类别。"
    if evidence is not None and not says_something(evidence):
        return "请写明凭什么说办成了，例如验收单、文件名称和文号。"
    return None


def to_upgrade(reply: Reply) -> list[int | None]:
    """The asks, or the whole where there is none, of which an upgrade may be asked now."""
    asks: list[int | None] = [each.ask_id for each in reply.answers.all()]
    return [ask for ask in asks or [None] if not _why_not_ask(reply, ask)]


def _why_not_ask(reply: Reply, ask: int | None) -> str | None:
    if class_of(reply, ask).meaning == Meaning.SOLVED:
        return "这一条已经是已解决。"
    if any(
        each.ask_id == ask and each.state == UpgradeState.ASKED for each in reply.upgrades.all()
    ):
        return "这一条已经申请转类，等代工委核实。"
    waiting = [
        each for each in reply.promises.all() if each.ask_id == ask and each.state in OPEN_STEPS
    ]
    if waiting:
        return f"还有 {len(waiting)} 步承诺没有兑现并核实，都核实以后再申请。"
    return None


def why_not_confirm_upgrade(by: Actor, upgrade: Upgrade) -> str | None:
    """The congress's own office, what waits, and not whoever asked."""
    return _why_not_decide(by, upgrade)


def why_not_refuse_upgrade(by: Actor, upgrade: Upgrade, words: str | None = None) -> str | None:
    """The same office, and never without saying why."""
    if refusal := _why_not_decide(by, upgrade):
        return refusal
    if words is not None and not says_something(words):
        return "请写明为什么不同意，单位会看到这句话。"
    return None


def _why_not_decide(by: Actor, upgrade: Upgrade) -> str | None:
    if refusal := why_not_office(by, upgrade.assignment.proposal.session, "核实转类"):
        return refusal
    if upgrade.state != UpgradeState.ASKED:
        return f"这次转类{upgrade.get_state_display()}，不用再办。"
    if by.same_person(upgrade.asked_by_id):
        return "这次转类是您自己代单位申请的，请别的同志核实。"
    return why_over(upgrade.reply)


def why_not_rate_fulfilment(by: Actor, reply: Reply) -> str | None:
    """背靠背: the lead deputy alone, once a step or an upgrade has been confirmed."""
    if not speaks(by, reply.assignment.proposal):
        return "兑现情况由领衔代表本人评价。"
    if refusal := why_over(reply):
        return refusal
    kept = any(each.state == PromiseState.CONFIRMED for each in reply.promises.all())
    raised = any(each.state == UpgradeState.CONFIRMED for each in reply.upgrades.all())
    if not (kept or raised):
        return "还没有核实过的兑现，核实一步以后再评价。"
    return None
