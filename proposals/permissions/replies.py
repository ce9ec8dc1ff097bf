"""答复: who writes it, who signs it, and what it still lacks."""

from datetime import date

from django.utils import timezone

from congress.shared.actors import Actor
from congress.shared.calendar import Works
from congress.shared.models import Workday
from congress.shared.names import says_something, shows_something
from congress.shared.roles import Role
from proposals.gate import OPEN, Standing, standings
from proposals.models import Ask, Assignment, ReplyDraft
from proposals.models.countersigning import shared_with, to_countersign
from proposals.permissions.file_numbers import why_not_told
from proposals.permissions.meetings import why_not_handle, why_not_running
from proposals.permissions.wholeness import contradictions
from proposals.rules import CONFIRM_DAYS
from proposals.states import AGAIN, HANDLED_ALONG, DraftState, Part, UnitRole


def why_not_save_reply(by: Actor, assignment: Assignment, edition: int | None = None) -> str | None:
    """The unit's people, while the reply may still be written, on the newest edition only."""
    if reason := why_not_handle(by, assignment, "起草答复"):
        return reason
    if reason := why_not_write(assignment):
        return reason
    draft = open_draft(assignment)
    if draft and draft.state == DraftState.TO_SIGN:
        return "答复稿已经送签，请负责人签发或者退改。"
    if draft and edition is not None and edition != draft.edition:
        saved = f"{timezone.localtime(draft.saved_at):%H:%M}"
        return f"{draft.saved_by.name}在 {saved} 保存过第 {draft.edition} 稿，请先看那一稿再改。"
    return None


def why_not_write(assignment: Assignment, act: str = "起草答复") -> str | None:
    """In hand, or answered and not yet published: then a further version may come.

    重新办理 asks for one of what is published too.

    A draft waits for signatures in these alone (`waiting`).
    """
    if assignment.state == Part.DONE:
        published = assignment.proposal.state not in AGAIN
        if not published or assignment.rehandlings.open().exists():
            return None
    return why_not_running(assignment, act)


def why_not_submit_for_signing(
    by: Actor, assignment: Assignment, today: date, edition: int | None = None
) -> str | None:
    """A whole draft that was read, every ask answered, the gate open."""
    if reason := why_not_save_reply(by, assignment):
        return reason
    draft = open_draft(assignment)
    if draft is None:
        return "还没有答复稿，请先起草。"
    if reason := _why_not_read(draft, edition, "送签"):
        return reason
    return why_not_whole(draft, today) or why_not_gate(assignment, today)


def why_not_whole(draft: ReplyDraft, today: date) -> str | None:
    """结果类别、内容、文号, each ask with its class and words, and nothing at odds with itself."""
    asks = asks_of(draft.assignment)
    lacks = [
        word
        for word, there in (
            ("结果类别", draft.outcome_id or asks),
            ("答复内容", says_something(draft.text)),
            ("文号", shows_something(draft.file_number)),
        )
        if not there
    ]
    if lacks:
        return f"答复稿还缺{'、'.join(lacks)}。"
    answered = {
        answer.ask_id
        for answer in draft.answers.all()
        if answer.outcome_id and says_something(answer.text)
    }
    open_asks = [ask for ask in asks if ask.pk not in answered]
    if open_asks:
        names = "、".join(ask.called_in(draft.assignment.proposal_id) for ask in open_asks)
        return f"{names}请求还没有逐条答复（类别和怎么办的都要写）。"
    if wrong := contradictions(draft, today):
        return f"{'；'.join(each.words for each in wrong)}。"
    return None


def why_not_gate(
    assignment: Assignment, today: date, works: Works | None = None, days: int = 0
) -> str | None:
    """办前、办中、办后必见面: each held and answered, or long unanswered, or waived."""
    calendar = works or Workday.objects.works()
    found = standings(assignment, today, calendar, days or CONFIRM_DAYS.on(today))
    missing = [stage.label for stage, how in found.items() if how is Standing.MISSING]
    if missing:
        return f"还不能答复：{'、'.join(missing)}还没有登记。"
    waiting = [stage.label for stage, how in found.items() if how not in OPEN]
    if waiting:
        limit = days or CONFIRM_DAYS.on(today)
        return (
            f"还不能答复：{'、'.join(waiting)}等对方确认；"
            f"满 {limit} 个工作日不回应，按单方登记继续。"
        )
    return None


def why_not_return_draft(
    by: Actor, draft: ReplyDraft, words: str | None = None, edition: int | None = None
) -> str | None:
    """The unit's head, while it waits for the signature, and never without saying what to mend."""
    if reason := _why_not_head(by, draft, "退改"):
        return reason
    if reason := _why_not_read(draft, edition, "退改"):
        return reason
    if words is not None and not says_something(words):
        return "请写明要改什么，经办人会看到这句话。"
    return None


def why_not_countersign(
    by: Actor, draft: ReplyDraft, part: Assignment | None, edition: int | None = None
) -> str | None:
    """会签: the head of a joint unit, on the edition that waits for the lead head's signature."""
    if draft.assignment.role != UnitRole.LEAD:
        return "只有主办单位的答复稿需要会签，分办单位各自答复。"
    if part is None or not shared_with(Assignment.objects.filter(pk=part.pk)).contains(draft):
        return "只有会办单位需要会签。"
    if not by.is_a(Role.UNIT_HEAD) or by.organisation_id != part.unit_id:
        return "会签由会办单位负责人办理。"
    if draft.state != DraftState.TO_SIGN:
        return f"答复稿目前是“{draft.get_state_display()}”，不需要会签。"
    if reason := why_not_write(draft.assignment, "会签"):
        return reason
    if reason := _why_not_read(draft, edition, "会签"):
        return reason
    if not to_countersign(draft).contains(part):
        return "本单位已经会签过这一稿。"
    return None


def why_not_sign(
    by: Actor,
    draft: ReplyDraft,
    today: date,
    edition: int | None = None,
    told: str | None = None,
) -> str | None:
    """The unit's head signs; joint units have signed this edition; the gate is still open.

    `told` is what the page said of a 文号 that another letter has.
    """
    if reason := _why_not_head(by, draft, "签发"):
        return reason
    if reason := why_not_write(draft.assignment, "签发"):
        return reason
    if reason := _why_not_read(draft, edition, "签发"):
        return reason
    if names := [each.unit.name for each in to_countersign(draft).select_related("unit")]:
        return f"还等{'、'.join(names)}会签。"
    if reason := why_not_whole(draft, today) or why_not_gate(draft.assignment, today):
        return reason
    return why_not_told(draft, told)


def open_draft(assignment: Assignment) -> ReplyDraft | None:
    """The draft that is being written or waits for its signature."""
    rows = assignment.drafts.exclude(state=DraftState.ISSUED).select_related("saved_by", "outcome")
    return rows.first()


def asks_of(assignment: Assignment) -> list[Ask]:
    """Those that this unit answers: its own, or all when none was named.

    并案: what is merged is answered too, by whoever answers first or answers all.
    """
    named, proposal = list(assignment.asks.all()), assignment.proposal
    if named and assignment.position:
        return named
    merged = (each for each in proposal.merged.all() if each.state in HANDLED_ALONG)
    along = sorted(merged, key=lambda each: each.pk)
    own = named or list(proposal.asks.all())
    return [*own, *(ask for each in along for ask in each.asks.all())]


def _why_not_read(draft: ReplyDraft, edition: int | None, act: str) -> str | None:
    """`edition` is the one that was read: returned and changed meanwhile, it is read first."""
    if edition is not None and edition != draft.edition:
        return f"答复稿刚刚改过，现在是第 {draft.edition} 稿，请看完这一稿再{act}。"
    return None


def _why_not_head(by: Actor, draft: ReplyDraft, act: str) -> str | None:
    if not by.is_a(Role.UNIT_HEAD) or by.organisation_id != draft.assignment.unit_id:
        return f"答复由本单位负责人{act}。"
    if draft.state != DraftState.TO_SIGN:
        return f"答复稿目前是“{draft.get_state_display()}”，还没有送签或者已经发出。"
    return None
