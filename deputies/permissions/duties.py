"""履职记录: who may report, check, send back, mend, withdraw and verify, and when."""

from datetime import date

from congress.shared.actors import Actor
from congress.shared.names import says_something
from congress.shared.roles import Role
from congress.shared.workflow import why_not_move
from deputies.codes import AWARDS_BY_LEVEL
from deputies.models import Deputy, DutyItem, DutyRecord, Mandate, Suspension
from deputies.models.doubts import doubt_words
from deputies.rules import JANUARY_DAYS
from deputies.states import DutyState


def why_not_report(by: Actor, deputy: Deputy, item: DutyItem | None = None) -> str | None:
    """A deputy reports their own duties, and only those of the list that are theirs to report."""
    if not by.is_a(Role.DEPUTY) or not by.same_person(deputy.user_id):
        return "只有代表本人可以上报自己的履职。"
    if item and not item.deputy_may_report:
        return f"“{item.name}”由组织方或系统登记，不用您报。"
    return None


def why_not_on(done_on: date, today: date) -> str | None:
    """Points belong to a civil year: a closed year takes nothing more, nor does tomorrow."""
    if done_on > today:
        return "日期还没到，请在做完以后上报。"
    if done_on.year == today.year:
        return None
    days = JANUARY_DAYS.on(today)
    if done_on.year == today.year - 1 and (today.month, today.day) <= (1, days):
        return None
    return (
        f"{done_on.year} 年的登记已经截止（次年 1 月 {days} 日止）。"
        "确有漏报的，请和代工委联系，由代工委逾期补登。"
    )


def is_late(done_on: date, today: date) -> bool:
    """逾期补登: of the last closed year, after its cut-off."""
    return done_on.year == today.year - 1 and why_not_on(done_on, today) is not None


def why_not_late(by: Actor, done_on: date, reason: str, today: date) -> str | None:
    """逾期补登: only of the last closed year, by the office, and with a reason."""
    refusal = why_not_on(done_on, today)
    if not refusal:
        return None
    if not is_late(done_on, today):
        return refusal if done_on > today else f"{done_on.year} 年太久了，不能再补登。"
    if not by.is_staff:
        return f"{done_on.year} 年的登记已经截止，逾期补登由代工委办理，请和代工委联系。"
    return None if says_something(reason) else "逾期补登必须写明原因，代表会看到这句话。"


def why_not_seated(deputy: Deputy, done_on: date) -> str | None:
    """A duty counts only while the deputy held a seat and was not suspended (代表法第六十一条)."""
    if not Mandate.objects.running(done_on).filter(deputy=deputy).exists():
        return f"{done_on.month} 月 {done_on.day} 日不在代表任期内。"
    if Suspension.objects.running(done_on).filter(deputy=deputy).exists():
        return (
            f"{done_on.month} 月 {done_on.day} 日在暂时停止执行代表职务期间，这天不记履职。"
            "日期写错了的请改日期，暂停登记有误的请和代工委联系。"
        )
    return None


def why_not_so_many(item: DutyItem, quantity: int, already: int) -> str | None:
    """同日上限: at most so many of one item on one day, over all live records of that day."""
    if item.per_day is None or quantity + already <= item.per_day:
        return None
    had = f"，这天已报 {already} {item.unit}" if already else ""
    return f"{item.short_name}同一天最多 {item.per_day} {item.unit}{had}。"


def why_not_matter(item: DutyItem, matter: str, quantity: int) -> str | None:
    """表彰 names what it was for, one record each: only the highest of one matter counts."""
    if item.code not in AWARDS_BY_LEVEL:
        return None
    if not says_something(matter):
        return "请写明奖项或事由：同一事项得了几级表彰，只按最高一级记分。"
    return None if quantity == 1 else "一个奖项报一条，请把数量改成 1。"


def why_not_own(by: Actor, record: DutyRecord, verb: str) -> str | None:
    if by.same_person(record.deputy.user_id):
        return f"这是您自己的履职记录，须由他人{verb}。"
    if by.same_person(record.reported_by_id):
        return f"这条是您登记的，须由他人{verb}。"
    return None


def _why_not_receiver(by: Actor, record: DutyRecord, verb: str) -> str | None:
    """Whoever received the deputy's paper vouches for it already: two more people look at it."""
    if by.same_person(record.paper_by_id):
        return f"这条的纸面确认是您收的，须由他人{verb}。"
    return None


def _of_township(by: Actor, deputy: Deputy, day: date) -> bool:
    """Whether the deputy's group of that day is of the acting post's township."""
    spells = deputy.membership_set.all()  # prefetched in bulk verbs
    return any(spell.holds_on(day) and spell.group.area_id == by.area_id for spell in spells)


def why_not_checker(by: Actor, record: DutyRecord | None) -> str | None:
    if by.is_staff:
        return None
    if by.is_a(Role.TOWNSHIP_CLERK) and (
        record is None or _of_township(by, record.deputy, record.done_on)
    ):
        return None
    return "只有代表所在乡镇人大和代工委可以核对。"


def why_not_check(by: Actor, record: DutyRecord | None = None) -> str | None:
    """核对: the first pair of eyes, never the deputy's own nor the registrar's."""
    refusal = why_not_checker(by, record)
    if refusal or record is None:
        return refusal
    return (
        why_not_own(by, record, "核对")
        or _why_not_receiver(by, record, "核对")
        or _why_not_confirmed(record)
        or why_not_move(record, DutyState.CHECKED)
    )


def _why_not_confirmed(record: DutyRecord) -> str | None:
    if record.state != DutyState.ENTERED:
        return None
    if record.deputy.user_id:
        return "代表本人确认以后才能核对。"
    return "代表没有账号：收到纸面确认以后才能核对。"


def why_not_together(record: DutyRecord) -> str | None:
    """A record with a warning (`with_doubts`) is looked at by itself, never ticked with others."""
    if hasattr(record, "has_twin") and doubt_words(record):
        return "这条有提示，请单独看过再定。"
    return None


def why_not_uncheck(by: Actor, record: DutyRecord) -> str | None:
    """撤回核对: by the very person who checked it, as long as nobody has verified it."""
    if refusal := why_not_checker(by, record):
        return refusal
    if record.state != DutyState.CHECKED:
        return f"目前是“{DutyState(record.state).label}”，没有可以撤回的核对。"
    if not by.same_person(record.checked_by_id):
        return "只有核对这条的人可以撤回核对。"
    return None


def why_not_send_back(by: Actor, record: DutyRecord) -> str | None:
    """退回: whoever may check may send back; what is already checked only the office returns."""
    if record.state == DutyState.CHECKED and not by.is_staff:
        return "已经核对过的记录，只有代工委可以退回。"
    return (
        why_not_checker(by, record)
        or why_not_own(by, record, "退回")
        or why_not_move(record, DutyState.RETURNED)
    )


def why_not_verify(by: Actor, record: DutyRecord | None = None) -> str | None:
    """核实: the office's second person; who registered or checked it does not verify it."""
    if not by.is_staff:
        return "只有代工委可以核实履职记录。"
    if record is None:
        return None
    if by.same_person(record.checked_by_id):
        return "这条是您核对的，须由他人核实。"
    if record.late_reason and not by.is_a(Role.STAFF_DIRECTOR):
        return "逾期补登的记录只有代工委主任可以核实。"
    return (
        why_not_own(by, record, "核实")
        or _why_not_receiver(by, record, "核实")
        or why_not_move(record, DutyState.VERIFIED)
    )


def _why_not_mine(by: Actor, record: DutyRecord) -> str | None:
    if not by.is_a(Role.DEPUTY) or not by.same_person(record.deputy.user_id):
        return "只有代表本人可以改动自己上报的记录。"
    if not record.on_behalf and not by.same_person(record.reported_by_id):
        return "这条由组织方登记，有出入请和登记人联系。"
    return None


def mended_for(record: DutyRecord) -> bool:
    """Whether others mend it: its deputy confirmed on paper and has no account to mend it with."""
    return record.paper_by_id is not None and record.deputy.user_id is None


def _why_not_mender(by: Actor, record: DutyRecord) -> str | None:
    if not mended_for(record):
        return _why_not_mine(by, record)
    if by.same_person(record.reported_by_id) or why_not_checker(by, record) is None:
        return None
    return "代表没有账号：由登记的人、代工委或代表所在乡镇人大改好，再收一次纸面确认。"


def why_not_withdraw(by: Actor, record: DutyRecord) -> str | None:
    """撤回: by the deputy, as long as nobody has checked it; by who entered it for them.

    What was entered for the deputy is theirs once they confirmed it; until then, and again when it
    was sent back, whoever entered it may take it back and enter it anew.
    """
    if record.state == DutyState.CHECKED:
        return "已经核对过的记录不能撤回；写错了，请告诉核对的人退回。"
    entered = record.on_behalf and by.same_person(record.reported_by_id)
    if entered and record.state in (DutyState.ENTERED, DutyState.RETURNED):
        return None
    if record.state == DutyState.RETURNED and by.is_staff and mended_for(record):
        return None
    if record.state == DutyState.ENTERED:
        return "这条是代您登记的：不属实的，请选“不是这样”。"
    return _why_not_mine(by, record) or why_not_move(record, DutyState.WITHDRAWN)


def why_not_resubmit(by: Actor, record: DutyRecord) -> str | None:
    """改好再报: after it was sent back, by the deputy or those who act for one on paper."""
    if refusal := _why_not_mender(by, record):
        return refusal
    if record.state == DutyState.CHECKED:
        return "这条已经核对过，正在等核实，不能再改。"
    if record.state != DutyState.RETURNED:
        return f"目前是“{DutyState(record.state).label}”，没有退回，不用改。"
    return None


def why_not_enter(
    by: Actor,
    deputy: Deputy | None = None,
    item: DutyItem | None = None,
    *,
    on: date | None = None,
) -> str | None:
    """代为登记: by the office, or the deputy's township, for somebody else, who confirms it."""
    if deputy and by.same_person(deputy.user_id):
        return "这是您自己的履职，请用“记一次履职”上报。"
    here = deputy is None or on is None or _of_township(by, deputy, on)
    if not by.is_staff and not (by.is_a(Role.TOWNSHIP_CLERK) and here):
        return "只有代工委和代表所在乡镇人大可以代为登记。"
    if item and not (item.deputy_may_report or item.organiser_may_report):
        return f"“{item.name}”由系统登记，不用代报。"
    return None


def _why_not_asked(by: Actor, record: DutyRecord) -> str | None:
    if not by.is_a(Role.DEPUTY) or not by.same_person(record.deputy.user_id):
        return "代登记的履职只有代表本人可以确认。"
    return None


def why_not_confirm(by: Actor, record: DutyRecord) -> str | None:
    """属实: the deputy's own word on what was entered for them."""
    if refusal := _why_not_asked(by, record):
        return refusal
    if record.state == DutyState.ENTERED:
        return None
    return f"这一条目前是“{record.get_state_display()}”，不用再确认。"


def why_not_confirm_on_paper(by: Actor, record: DutyRecord | None = None) -> str | None:
    """纸面确认: by the office or the deputy's township, never by who entered it.

    Only for a deputy who cannot say so with an account; whoever has one confirms alone.
    """
    here = record is None or _of_township(by, record.deputy, record.done_on)
    if not by.is_staff and not (by.is_a(Role.TOWNSHIP_CLERK) and here):
        return "只有代工委和代表所在乡镇人大可以记纸面确认。"
    if record is None:
        return None
    if refusal := why_not_own(by, record, "收纸面确认"):
        return refusal
    if record.state != DutyState.ENTERED:
        return f"这一条目前是“{record.get_state_display()}”，不用再确认。"
    if record.deputy.user_id:
        return f"{record.deputy.name}有账号，请本人在手机上确认。"
    return None


def why_not_paper_on(record: DutyRecord, paper_on: date, today: date) -> str | None:
    """What confirms a deed is signed after it, and not tomorrow."""
    if paper_on > today:
        return "日期还没到，请填收到纸面确认的那一天。"
    return "纸面确认不能早于履职的那一天。" if paper_on < record.done_on else None


def why_not_deny(by: Actor, record: DutyRecord) -> str | None:
    """不是这样: the same person, as long as they have not confirmed it."""
    return why_not_confirm(by, record)
