"""积分异议: until when and by whom a line may be contested, and who may answer."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.calendar import Works, add_working_days
from congress.shared.models import AuditEvent, Post, Workday
from congress.shared.roles import STAFF, Role
from congress.shared.workflow import why_not_move
from deputies.codes import AWARDS
from deputies.models import DutyRecord
from deputies.permissions.duties import why_not_so_many
from scoring.models import Appeal, Entry, Rule
from scoring.permissions.closing import cut_offs_of, why_not_closed
from scoring.rules import APPEAL_ANSWER_DAYS, APPEAL_DAYS
from scoring.states import AppealState

ACTS = {"reversed": "冲销", "corrected": "改正", "posted_late": "补记"}
"""Deeds on a line itself: whoever did one of them has a hand in it."""


NOBODY_LEFT = "代工委现有的人都经手过：请先由系统管理员给另一位工作人员开通代工委任职，由他答复。"


@dataclass(frozen=True)
class AppealTerms:
    """异议期: what holds for every line of one account today, read once."""

    today: date
    days: int
    answer_days: int
    works: Works
    cut_off_on: date | None

    @classmethod
    def of(cls, assembly_id: int, year: int, today: date) -> "AppealTerms":
        return cls(
            today=today,
            days=APPEAL_DAYS.on(today),
            answer_days=APPEAL_ANSWER_DAYS.on(today),
            works=Workday.objects.works(),
            cut_off_on=cut_offs_of([(assembly_id, year)]).get((assembly_id, year)),
        )

    @property
    def closed(self) -> str | None:
        """What to say of the account once its review is decided."""
        return why_not_closed([self.cut_off_on] if self.cut_off_on else [])

    def why_not_line(self, entry: Entry) -> str | None:
        """The same of one line: duties after the cut-off stay open."""
        over = self.cut_off_on is not None and entry.record.done_on <= self.cut_off_on
        return self.closed if over else None

    def until(self, entry: Entry) -> date:
        """The last day on which this line may be contested."""
        return add_working_days(timezone.localdate(entry.posted_at), self.days, self.works)

    @property
    def due_on(self) -> date:
        """By when an appeal made today is answered."""
        return add_working_days(self.today, self.answer_days, self.works)


def why_not_appeal(by: Actor, entry: Entry, terms: AppealTerms) -> str | None:
    """提出异议: the person, against a line of their own that stands, once, within the days.

    Who has left or is suspended in the meantime still may: the line is theirs.
    """
    if not by.same_person(entry.deputy.user_id):
        return "只有代表本人可以对自己的积分提出异议。"
    return why_not_contested(entry, terms)


def why_not_contested(entry: Entry, terms: AppealTerms) -> str | None:
    """What of the line itself stands against an appeal; whose it is was asked before."""
    known = [each for each in entry.appeals.all() if each.state != AppealState.WITHDRAWN]
    if known and known[0].state == AppealState.OPEN:
        return "这一笔的异议正在处理。有话要说，请用“再补一句”。"
    if known:
        return "这一笔的异议已经答复，不再重复处理。有新的证据，请直接找代工委。"
    if entry.reverses and hasattr(entry.reverses, "correction"):
        return "这一笔已经改正为另一笔，请对改正后的那一笔提出异议。"
    if entry.reverses_id and hasattr(entry, "correction"):
        return "这一笔冲销的分已经记回，没有什么可以再提。"
    if hasattr(entry, "entry"):
        return "这一笔已经冲销，请对冲销的那一笔提出异议。"
    if over := terms.why_not_line(entry):
        return over
    if terms.today > (until := terms.until(entry)):
        return (
            f"异议要在记账后 {terms.days} 个工作日内提出，这一笔到 {_day(until)}为止。"
            "确实记错了，请打电话告诉代工委，由主任冲销。"
        )
    return None


def why_not_add_words(by: Actor, appeal: Appeal) -> str | None:
    """再补一句: whoever contested it, while nobody has answered."""
    return _why_not_mine(by, appeal) or _why_not_open(appeal)


def why_not_withdraw_appeal(by: Actor, appeal: Appeal) -> str | None:
    """撤回异议: whoever contested it, while nobody has answered."""
    return _why_not_mine(by, appeal) or why_not_move(appeal, AppealState.WITHDRAWN)


def why_not_uphold(by: Actor, appeal: Appeal) -> str | None:
    """成立: somebody of the office who has had no hand in the line."""
    return why_not_answer(by, appeal, makers(appeal.entry), office())


def why_not_dismiss(by: Actor, appeal: Appeal) -> str | None:
    """不成立: the same people as may uphold."""
    return why_not_answer(by, appeal, makers(appeal.entry), office())


def why_not_answer(by: Actor, appeal: Appeal, made: dict[int, str], staff: set[int]) -> str | None:
    """Either answer; `made` is what `makers` says of the line, read once for a list.

    Where all of the office (`staff`) have had a hand in it, it is said how another one comes in.
    """
    if not by.is_staff:
        return "积分异议由代工委答复。"
    if by.same_person(appeal.opened_by_id):
        return "这是您自己提出的异议，须由他人答复。"
    if by.user and by.user.pk in made:
        reason = f"您{made[by.user.pk]}过这一笔，异议须由没有经手的人答复。"
        return reason if staff - set(made) - {appeal.opened_by_id} else f"{reason}{NOBODY_LEFT}"
    return _why_not_open(appeal)


def office() -> set[int]:
    """代工委: everybody who holds a post there today."""
    posts = Post.objects.in_force(clock.today()).filter(role__in=STAFF)
    return set(posts.values_list("user", flat=True))


def makers(entry: Entry) -> dict[int, str]:
    """经手人: who has had a hand in the line, and in which act."""
    return makers_of([entry])[entry.pk]


def makers_of(entries: list[Entry]) -> dict[int, dict[int, str]]:
    """The same for several lines, in one query more than reading their records."""
    trail = AuditEvent.objects.filter(
        subject=Entry._meta.label, subject_id__in=[entry.pk for entry in entries], now__in=ACTS
    )
    done: dict[int, dict[int, str]] = {entry.pk: {} for entry in entries}
    for line, who, act in trail.values_list("subject_id", "by_id", "now"):
        if line and who:
            done[line][who] = ACTS[act]
    for entry in entries:
        record = entry.record
        hands = (
            (record.reported_by_id, "登记"),
            (record.paper_by_id, "收纸面确认"),
            (record.checked_by_id, "核对"),
            (record.verified_by_id, "核实"),
        )
        done[entry.pk] |= {who: act for who, act in hands if who}
    return done


def why_not_remedy(
    by: Actor, appeal: Appeal, rule: Rule | None, quantity: int, book_id: int | None
) -> str | None:
    """改成什么: what could have been reported that day under the book in force, and not the same.

    More points than the contested line gave are the director's to give.
    """
    entry = appeal.entry
    if rule is None:
        return None
    if entry.reverses_id is not None:
        return "异议针对的是冲销：成立就照原来那一笔记回，不另选规则。"
    if rule.book_id != book_id:
        return "只能用履职当天那一版积分规则里的条目。"
    if quantity < 1:
        return "数量至少是 1。"
    if (rule.pk, rule.points * quantity) == (entry.rule_id, entry.points):
        return "和原来的一笔一样，没有改正什么。认为原来的对，请答复“不成立”。"
    return _why_not_reported_so(entry, rule, quantity) or _why_not_raised(by, entry, rule, quantity)


def _why_not_reported_so(entry: Entry, rule: Rule, quantity: int) -> str | None:
    """The limits of reporting hold for a correction, too."""
    item, record = rule.item, entry.record
    if item.code in AWARDS and quantity != 1:
        return "一个奖项记一笔，请把数量改成 1。"
    if rule.highest_only and not record.matter:
        return (
            f"这条记录没有写奖项或事由，不能改记为“{item.short_name}”：同一事项只按最高一级记分。"
            "请选“只取消这一笔，不另记”，再把奖项另报一条。"
        )
    known = DutyRecord.objects
    already = known.quantity_on(entry.deputy, item, record.done_on, besides=record.pk)
    return why_not_so_many(item, quantity, already)


def _why_not_raised(by: Actor, entry: Entry, rule: Rule, quantity: int) -> str | None:
    if rule.points * quantity <= entry.points or by.is_a(Role.STAFF_DIRECTOR):
        return None
    return (
        "改正后分数比原来高的，由代工委主任答复。主任经手过这一笔的，请选“只取消这一笔，不另记”，"
        "再按正确的条目另行登记、核对、核实。"
    )


def _why_not_mine(by: Actor, appeal: Appeal) -> str | None:
    if not by.same_person(appeal.opened_by_id):
        return "只有提出异议的代表本人可以这样做。"
    return None


def _why_not_open(appeal: Appeal) -> str | None:
    if appeal.state != AppealState.OPEN:
        return f"这条异议目前是“{AppealState(appeal.state).label}”，不再改动。"
    return None


def _day(day: date) -> str:
    return f"{day.month} 月 {day.day} 日"
