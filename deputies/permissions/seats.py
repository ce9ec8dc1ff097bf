"""代表资格: who registers its beginning, end and rest, and when it may be."""

from datetime import date

from django.db.models import Q

from congress.shared.actors import Actor
from congress.shared.models import Assembly, Term
from congress.shared.roles import Role
from deputies.models import (
    Announcement,
    Delegation,
    Deputy,
    DeputyGroup,
    District,
    Mandate,
    SeatChange,
    Suspension,
)
from deputies.states import ENDS, ChangeKind, EndCause


def why_not_office(by: Actor, deputy: Deputy | None = None) -> str | None:
    """What all changes of seats ask first: the office, and nobody for themselves."""
    if not by.is_staff:
        return "只有代工委可以登记代表资格的变动。"
    if deputy and by.same_person(deputy.user_id):
        return "这是您自己的代表资格，须由他人登记。"
    return None


def _why_not_day(effective_on: date | None, today: date) -> str | None:
    if effective_on and effective_on > today:
        return f"生效日期 {effective_on:%Y-%m-%d} 还没到，请到那一天再登记。"
    return None


def why_not_decided(decided_on: date, today: date) -> str | None:
    """决定日期: nothing is registered before it was decided."""
    if decided_on > today:
        return f"决定日期 {decided_on:%Y-%m-%d} 还没到，请在作出决定以后登记。"
    return None


def _why_not_end(by: Actor, mandate: Mandate, effective_on: date | None, today: date) -> str | None:
    if refusal := why_not_office(by, mandate.deputy):
        return refusal
    ahead = mandate.end_cause == EndCause.TERM and mandate.to_on and mandate.to_on >= today
    if mandate.to_on and not ahead:  # a change of term prepared ahead stops nobody from leaving
        return (
            f"这个代表资格已到 {mandate.to_on:%Y-%m-%d} 为止（{mandate.get_end_cause_display()}）。"
        )
    if effective_on and effective_on <= mandate.from_on:
        return f"终止日期要晚于任职开始日期 {mandate.from_on:%Y-%m-%d}。"
    return _why_not_day(effective_on, today)


DIRECT = ("county", "township")
"""Levels whose deputies the voters elect themselves (选举法第三条)."""


def voters_of(mandate: Mandate) -> str:
    """Whose majority accepts a resignation: a township's congress has no standing committee."""
    township = mandate.term.assembly.level.code == "township"
    return "全体代表" if township else "常委会全体组成人员"


def electors_of(mandate: Mandate) -> str:
    """Whose majority recalls: those who elected (选举法第五十三条)."""
    direct = mandate.term.assembly.level.code in DIRECT
    return "原选区全体选民" if direct else "原选举单位全体代表"


def _why_not_majority(votes: int | None, of: int | None, whom: str, failed: str) -> str | None:
    if votes is None or of is None:
        return None
    if votes > of:
        return f"赞成 {votes} 票，多于{whom} {of} 人，请核对。"
    if votes * 2 <= of:
        return f"赞成 {votes} 票，没有超过{whom} {of} 人的半数，{failed}。"
    return None


def why_not_terminate(
    by: Actor,
    mandate: Mandate,
    *,
    cause: str = "",
    detail: str = "",
    votes: int | None = None,
    of: int | None = None,
    effective_on: date | None = None,
    today: date,
) -> str | None:
    """终止资格: by one of the causes of 代表法 art. 62; a resignation has a verb of its own."""
    if cause in (EndCause.RESIGNED, EndCause.TERM):
        return "辞职请用“接受辞职”登记；任期届满由换届统一办理。"
    if refusal := _why_not_end(by, mandate, effective_on, today):
        return refusal
    if cause == EndCause.RECALLED:
        if votes is None or of is None:
            return "罢免要写明表决人数和赞成票数。"
        return _why_not_majority(votes, of, electors_of(mandate), "罢免没有通过")
    return "请写明终止资格的具体情况。" if cause and not detail else None


def why_not_accept_resignation(
    by: Actor,
    mandate: Mandate,
    *,
    votes: int | None = None,
    of: int | None = None,
    letter_on: date | None = None,
    decided_on: date | None = None,
    effective_on: date | None = None,
    today: date,
) -> str | None:
    """接受辞职: by more than half of all members (选举法第五十五条)."""
    if refusal := _why_not_end(by, mandate, effective_on, today):
        return refusal
    if letter_on and decided_on and letter_on > decided_on:
        return f"辞职书的日期 {letter_on:%Y-%m-%d} 晚于作出决定的日期，请核对。"
    return _why_not_majority(votes, of, voters_of(mandate), "辞职未被接受")


def why_not_suspend(
    by: Actor, deputy: Deputy, *, effective_on: date | None = None, today: date
) -> str | None:
    """暂停执行职务: a sitting deputy, one suspension at a time (代表法第六十一条)."""
    if refusal := why_not_office(by, deputy):
        return refusal
    rests = Suspension.objects.from_then(effective_on or today).filter(deputy=deputy)
    if row := rests.first():
        if row.to_on is None or row.to_on > today:
            return f"{deputy.name}已经暂停执行代表职务。"
        spell = f"{row.from_on:%Y-%m-%d} 到 {row.to_on:%Y-%m-%d}"
        return f"{deputy.name}从 {spell} 已登记暂停执行代表职务，生效日期不能早于恢复那一天。"
    if not Mandate.objects.running(effective_on or today).filter(deputy=deputy).exists():
        return f"{deputy.name}没有在任的代表资格。"
    return _why_not_day(effective_on, today)


def why_not_reinstate(
    by: Actor, deputy: Deputy, *, effective_on: date | None = None, today: date
) -> str | None:
    """恢复执行职务: when the ground is gone, unless the seat ended (代表法第六十一条)."""
    if refusal := why_not_office(by, deputy):
        return refusal
    now = Suspension.objects.running(today).filter(deputy=deputy).first()
    if now is None:
        return f"{deputy.name}没有暂停执行代表职务。"
    if effective_on and effective_on <= now.from_on:
        return f"恢复日期要晚于暂停日期 {now.from_on:%Y-%m-%d}。"
    return _why_not_day(effective_on, today)


def most_held(term: Term, day: date) -> int:
    """The most deputies who sit in the term at once, on that day or any later one."""
    rows = Mandate.objects.filter(Q(to_on=None) | Q(to_on__gte=day), term=term)
    spans = list(rows.values_list("from_on", "to_on"))
    return max(
        sum(begins <= on and (ends is None or ends >= on) for begins, ends in spans)
        for on in {day, *(begins for begins, _ in spans if begins > day)}
    )


def why_not_by_elect(
    by: Actor,
    term: Term | None = None,
    *,
    district: District | None = None,
    delegation: Delegation | None = None,
    group: DeputyGroup | None = None,
    effective_on: date | None = None,
    today: date,
) -> str | None:
    """补选: as long as the term has a vacancy, by a district of its congress (选举法第五十七条)."""
    if (refusal := why_not_office(by)) or term is None:
        return refusal
    if term.seats is None:
        return f"还不知道{term}的代表名额，请先确定名额。"
    held = most_held(term, effective_on or today)
    if held >= term.seats:
        return f"{term}名额 {term.seats} 名，实有 {held} 名，没有缺额。"
    if effective_on and (effective_on < term.from_on or (term.to_on and effective_on > term.to_on)):
        return f"{effective_on:%Y-%m-%d} 不在{term}的任期内。"
    if district and district.assembly_id != term.assembly_id:
        return f"{district}不是{term.assembly}的选区（选举单位）。"
    if delegation and delegation.term_id != term.pk:
        return f"{delegation}不是{term}的代表团。"
    if group and group.dissolved_on:
        return f"{group}已于 {group.dissolved_on:%Y-%m-%d} 撤销，请选择别的小组。"
    return _why_not_day(effective_on, today)


def why_not_announce(
    by: Actor, term: Term, *, announced_on: date | None = None, today: date
) -> str | None:
    """公告: of the changes registered since the last one, with all seats known.

    Its day is neither before what it tells nor before the paper with the number before it.
    """
    if refusal := why_not_office(by):
        return refusal
    if term.seats is None:
        return f"还不知道{term}的代表名额，请先确定名额。"
    days = SeatChange.objects.to_announce().of_term(term).values_list("effective_on", flat=True)
    last = days.order_by("-effective_on").first()
    if last is None:
        return "没有等着公告的资格变动。"
    if announced_on is None:
        return None
    if announced_on > today:
        return "公告日期还没到。"
    if announced_on < last:
        return f"公告日期不能早于变动生效的日期 {last:%Y-%m-%d}。"
    latest = (
        Announcement.objects.filter(assembly=term.assembly_id).order_by("-announced_on").first()
    )
    if latest and announced_on < latest.announced_on:
        return f"公告{latest}的日期是 {latest.announced_on:%Y-%m-%d}，这一份不能更早。"
    return None


def why_not_set_seats(
    by: Actor, term: Term | None = None, *, seats: int | None = None, today: date
) -> str | None:
    """确定名额: by the office's director, never below the deputies who sit (选举法第十二条)."""
    if not by.is_a(Role.STAFF_DIRECTOR):
        return "只有代工委主任可以确定代表名额。"
    if term is None or seats is None:
        return None
    held = most_held(term, max(today, term.from_on))
    if seats < held:
        return f"{term}实有代表 {held} 名，名额不能更少。"
    waiting = SeatChange.objects.to_announce().of_term(term).values_list("kind", flat=True)
    gained = sum((kind in ENDS) - (kind == ChangeKind.ELECTED) for kind in waiting)
    if seats < held + gained:
        return (
            f"{term}还有 {len(waiting)} 项资格变动等着公告，变动前实有 {held + gained} 名。"
            "公告以前，名额不能更少。"
        )
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
