"""代表资格: who registers its beginning, end and rest, and when it may be."""

from datetime import date

from congress.shared.actors import Actor
from congress.shared.models import Assembly, Term
from congress.shared.roles import Role
from congress.shared.workflow import why_not_move
from deputies.models import Deputy, Mandate, SeatChange, Suspension
from deputies.states import ChangeState, EndCause


def _why_not_office(by: Actor, deputy: Deputy | None = None) -> str | None:
    if not by.is_staff:
        return "只有代工委可以登记代表资格的变动。"
    if deputy and by.same_person(deputy.user_id):
        return "这是您自己的代表资格，须由他人登记。"
    return None


def _why_not_day(effective_on: date | None, today: date) -> str | None:
    if effective_on and effective_on > today:
        return f"生效日期 {effective_on:%Y-%m-%d} 还没到，请到那一天再登记。"
    return None


def _why_not_end(by: Actor, mandate: Mandate, effective_on: date | None, today: date) -> str | None:
    if refusal := _why_not_office(by, mandate.deputy):
        return refusal
    if mandate.to_on:
        return (
            f"这个代表资格已到 {mandate.to_on:%Y-%m-%d} 为止（{mandate.get_end_cause_display()}）。"
        )
    if effective_on and effective_on <= mandate.from_on:
        return f"终止日期要晚于任职开始日期 {mandate.from_on:%Y-%m-%d}。"
    return _why_not_day(effective_on, today)


def why_not_terminate(
    by: Actor,
    mandate: Mandate,
    *,
    cause: str = "",
    effective_on: date | None = None,
    today: date,
) -> str | None:
    """终止资格: by one of the causes of 代表法 art. 62; a resignation has a verb of its own."""
    if cause in (EndCause.RESIGNED, EndCause.TERM):
        return "辞职请用“接受辞职”登记；任期届满由换届统一办理。"
    return _why_not_end(by, mandate, effective_on, today)


def why_not_accept_resignation(
    by: Actor,
    mandate: Mandate,
    *,
    votes: int | None = None,
    of: int | None = None,
    effective_on: date | None = None,
    today: date,
) -> str | None:
    """接受辞职: by more than half of all members (选举法第五十五条)."""
    if refusal := _why_not_end(by, mandate, effective_on, today):
        return refusal
    if votes is None or of is None:
        return None
    if votes > of:
        return f"赞成 {votes} 票，多于全体组成人员 {of} 人，请核对。"
    if votes * 2 <= of:
        return f"赞成 {votes} 票，没有超过全体组成人员 {of} 人的半数，辞职未被接受。"
    return None


def why_not_suspend(
    by: Actor, deputy: Deputy, *, effective_on: date | None = None, today: date
) -> str | None:
    """暂停执行职务: a sitting deputy, one suspension at a time (代表法第六十一条)."""
    if refusal := _why_not_office(by, deputy):
        return refusal
    if Suspension.objects.running(today).filter(deputy=deputy).exists():
        return f"{deputy.name}已经暂停执行代表职务。"
    if not Mandate.objects.running(effective_on or today).filter(deputy=deputy).exists():
        return f"{deputy.name}没有在任的代表资格。"
    return _why_not_day(effective_on, today)


def why_not_reinstate(
    by: Actor, deputy: Deputy, *, effective_on: date | None = None, today: date
) -> str | None:
    """恢复执行职务: when the ground is gone, unless the seat ended (代表法第六十一条)."""
    if refusal := _why_not_office(by, deputy):
        return refusal
    open_one = Suspension.objects.filter(deputy=deputy, to_on=None).first()
    if open_one is None:
        return f"{deputy.name}没有暂停执行代表职务。"
    if effective_on and effective_on <= open_one.from_on:
        return f"恢复日期要晚于暂停日期 {open_one.from_on:%Y-%m-%d}。"
    return _why_not_day(effective_on, today)


def why_not_by_elect(
    by: Actor,
    term: Term | None = None,
    *,
    effective_on: date | None = None,
    today: date,
) -> str | None:
    """补选: as long as the term has a vacancy (选举法第五十七条)."""
    if (refusal := _why_not_office(by)) or term is None:
        return refusal
    if term.seats is None:
        return f"还不知道{term}的代表名额，请先在“届”里填写。"
    day = effective_on or today
    held = Mandate.objects.running(day).filter(term=term).count()
    if held >= term.seats:
        return f"{term}名额 {term.seats} 名，实有 {held} 名，没有缺额。"
    if effective_on and (effective_on < term.from_on or (term.to_on and effective_on > term.to_on)):
        return f"{effective_on:%Y-%m-%d} 不在{term}的任期内。"
    return _why_not_day(effective_on, today)


def why_not_revoke_change(by: Actor, change: SeatChange) -> str | None:
    """撤销登记: what was registered by mistake, as long as it was not announced."""
    return _why_not_office(by, change.mandate.deputy) or why_not_move(change, ChangeState.REVOKED)


def why_not_announce(by: Actor, term: Term) -> str | None:
    """公告: of the changes registered since the last one, with all seats known."""
    if refusal := _why_not_office(by):
        return refusal
    if term.seats is None:
        return f"还不知道{term}的代表名额，请先在“届”里填写。"
    if not SeatChange.objects.to_announce().of_term(term).exists():
        return "没有等着公告的资格变动。"
    return None


def why_not_open_term(
    by: Actor,
    assembly: Assembly | None = None,
    *,
    number: int | None = None,
    from_on: date | None = None,
) -> str | None:
    """换届: by the office's director, the term that follows the newest one (代表法第二条)."""
    if not by.is_a(Role.STAFF_DIRECTOR):
        return "只有代工委主任可以办理换届。"
    if assembly is None:
        return None
    last = Term.objects.filter(assembly=assembly).order_by("-number").first()
    if last is None:
        return f"{assembly}还没有任何一届，第一届随名册导入建立。"
    if number and number != last.number + 1:
        return f"{assembly}现在是第 {last.number} 届，下一届是第 {last.number + 1} 届。"
    if from_on and from_on <= last.from_on:
        return f"新一届要晚于本届开始日期 {last.from_on:%Y-%m-%d}。"
    late = Mandate.objects.filter(term=last, from_on__gte=from_on) if from_on else None
    if late and late.exists():
        return "有代表在这一天以后才任职，请核对日期。"
    return None


def why_not_revoke_term(by: Actor, term: Term) -> str | None:
    """撤销换届: as long as nobody holds a seat in the new term."""
    if not by.is_a(Role.STAFF_DIRECTOR):
        return "只有代工委主任可以撤销换届。"
    if Term.objects.filter(assembly=term.assembly, number__gt=term.number).exists():
        return "后面还有新的一届，不能撤销。"
    if not Term.objects.filter(assembly=term.assembly, number=term.number - 1).exists():
        return "这是第一届，没有换届可以撤销。"
    if Mandate.objects.filter(term=term).exists():
        return "新一届已经有代表，不能撤销换届。"
    return None
