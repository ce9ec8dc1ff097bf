"""等代表本人办的, from every app: each with the page on which it is done."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from congress.home.queries.activities import to_answer
from congress.home.queries.confided import in_confidence
from congress.home.queries.issues import own_issues
from congress.home.queries.reports import own_reports
from congress.home.queries.waiting import Task, few, review_tasks
from congress.shared.actors import Actor
from congress.shared.calendar import add_months, add_working_days
from deputies.models import Deputy, DutyRecord
from deputies.permissions.messages import why_not_pledge
from deputies.queries.duties import asking_words, day_words, done_words, sent_back_on
from deputies.queries.liaison import own_contacts, quarter_of
from deputies.queries.messages import inbox
from deputies.queries.specialists import waiting as unanswered
from deputies.rules import MEND_DAYS, MESSAGE_ANSWER_DAYS
from deputies.states import DutyState, LiaisonKind
from proposals.models import Invitation, Proposal
from proposals.queries.clocks import Clock
from proposals.queries.deputies import Act, Owed, OwnProposal
from proposals.queries.ratings import fulfilments_to_rate
from proposals.states import State

WORDS_SHOWN = 42
NAMED = 3
"""How many proposals open for signatures are named."""


def tasks(person: Deputy, actor: Actor, lines: list[OwnProposal], clock: Clock) -> list[Task]:
    """Everything that waits for this deputy, in no order."""
    today = clock.today
    return [
        *_entered(actor),
        *_returned(actor, clock),
        *_proposals(lines),
        *_fulfilments(actor),
        *_letters(actor, today),
        *own_issues(actor),
        *_invitations(actor, today),
        *to_answer(actor, today),
        *_contacts(actor, today),
        *review_tasks(actor, today),
        *in_confidence(actor, today),
        *_asked_to_sign(actor, today),
        *_to_reread(actor, today),
        *_to_cosign(actor, today),
        *_pledges(person, actor, today),
        *own_reports(person, today),
    ]


def _entered(actor: Actor) -> list[Task]:
    """代登记: what the office told for the deputy, who says yes or no."""
    rows = DutyRecord.objects.visible_to(actor).in_state(DutyState.ENTERED).by_waiting()
    found = [
        Task(
            "请您确认",
            f"{asking_words(row)}。",
            "看一看，是不是",
            reverse("deputies:record", args=[row.pk]),
            since=timezone.localdate(row.reported_at),
        )
        for row in rows.select_related("item", "reported_by")
    ]
    records = f"{reverse('deputies:records')}?state={DutyState.ENTERED}"
    whole = Task(f"{len(found)} 条代登记的履职请您确认", "逐条看是不是这样。", "去确认", records)
    return few(found, whole)


def _returned(actor: Actor, clock: Clock) -> list[Task]:
    """What was sent back and is the deputy's own to mend, before the days for it are over."""
    mine = DutyRecord.objects.visible_to(actor).of_own_word(actor.user)
    rows = list(mine.in_state(DutyState.RETURNED).select_related("item"))
    back = sent_back_on(row.pk for row in rows)
    days = MEND_DAYS.on(clock.today)
    found = []
    for row in rows:
        since = back.get(row.pk, row.done_on)
        due = add_working_days(since, days, clock.works)
        words = f"{day_words(row.done_on)}{done_words(row)}。{row.return_reason}"
        url = reverse("deputies:resubmit", args=[row.pk])
        found.append(Task("履职记录退回了", words, "补一补", url, due, since))
    records = f"{reverse('deputies:records')}?state={DutyState.RETURNED}"
    return few(found, Task(f"{len(found)} 条履职记录退回了", "逐条补好再报。", "去补", records))


def _proposals(lines: list[OwnProposal]) -> list[Task]:
    """One line for each act that a proposal wants; meetings to confirm are one act."""
    found = []
    for line in lines:
        meetings = [each for each in line.owed if each.act == Act.CONFIRM]
        others = [each for each in line.owed if each.act != Act.CONFIRM]
        if meetings:
            found.append(_meetings(line, meetings))
        found += [_other(line.proposal, each) for each in others]
    return found


def _meetings(line: OwnProposal, owed: list[Owed]) -> Task:
    unit = line.proposal.lead_assignment.unit if line.proposal.lead_assignment else ""
    stages = "、".join(each.words for each in owed)
    said = f"{line.proposal.title}。{unit}登记了见面，请您{stages}。"
    url = reverse("proposals:detail", args=[line.proposal.pk])
    return Task("见过面吗", said, "去确认", url, since=min(o.since for o in owed if o.since))


def _other(proposal: Proposal, owed: Owed) -> Task:
    if owed.act == Act.RATE:
        url = reverse("proposals:detail", args=[proposal.pk])
        words = f"{proposal.title}。{owed.words}。"
        return Task("评价答复", words, "看答复，评价", url, owed.until, owed.since)
    if owed.act == Act.CONSENT:
        url = reverse("proposals:detail", args=[proposal.pk])
        return Task(
            "同意延期吗", f"{proposal.title}。{owed.words}。", "去看看", url, since=owed.since
        )
    url = reverse("proposals:resubmit", args=[proposal.pk])
    return Task(
        "建议退回了",
        f"{proposal.title}。{proposal.return_reason}",
        "改好再提",
        url,
        since=owed.since,
    )


def _fulfilments(actor: Actor) -> list[Task]:
    return [
        Task(
            "评兑现情况",
            f"{row.assignment.proposal.title}。{row.assignment.unit.name}的答复已转为已解决。",
            "评一评",
            reverse("proposals:rate_fulfilment", args=[row.pk]),
        )
        for row in fulfilments_to_rate(actor)
    ]


def _letters(actor: Actor, today: date) -> list[Task]:
    limit = timedelta(days=MESSAGE_ANSWER_DAYS.on(today))
    found = []
    for row in (line.message for line in inbox(actor, today)):
        words = row.words if len(row.words) <= WORDS_SHOWN else f"{row.words[:WORDS_SHOWN]}…"
        sent, url = timezone.localdate(row.sent_at), reverse("deputies:message", args=[row.pk])
        said = f"{row.place}：{words}" if row.place else words
        due = sent + limit
        found.append(Task("群众给您留言", said, "写答复", url, due, sent, in_confidence=True))
    words = f"等得最久的排在最前面，{limit.days} 天内有回音。"
    whole = Task(f"{len(found)} 条群众留言等答复", words, "去答复", reverse("deputies:messages"))
    return few(found, whole)


def _invitations(actor: Actor, today: date) -> list[Task]:
    """To be answered before it begins; once it runs, until it ends."""
    return [
        Task(
            "邀请您参加调研",
            f"{row.study.topic}，{day_words(row.study.starts_on)}，{row.study.place}。",
            "回复去不去",
            reverse("deputies:invited", args=[row.study_id]),
            row.study.starts_on if today <= row.study.starts_on else row.study.ends_on,
        )
        for row in unanswered(actor, today)
    ]


def _contacts(actor: Actor, today: date) -> list[Task]:
    """双联: what this quarter still wants of a committee member, a director or an office deputy."""
    begins, quarter = quarter_of(today)
    ends = add_months(begins, 3) - timedelta(days=1)
    verbs = {
        LiaisonKind.MEMBER: "联系代表",
        LiaisonKind.DIRECTOR: "督导",
        LiaisonKind.OFFICE: "到小组去",
    }
    found = [
        Task(
            f"{verbs[LiaisonKind(each.liaison.kind)]}：{each.target}",
            f"{quarter}还没有联系。"
            + (f"上次是 {day_words(each.last)}。" if each.last else "还没有联系过。"),
            "登记联系",
            reverse("deputies:record_contact", args=[each.liaison.pk]),
            ends,
        )
        for each in own_contacts(actor, today)
        if not each.times
    ]
    words = f"{quarter}还没有联系，最久没联系的排在最前面。"
    whole = Task(f"{len(found)} 项双联没有联系", words, "去联系", reverse("deputies:contacts"))
    return few(found, whole)


def _asked_to_sign(actor: Actor, today: date) -> list[Task]:
    """邀请附议: asked by name, each waits for a yes or a no."""
    rows = Invitation.objects.of(actor).waiting(today).select_related("proposal__lead")
    found = [
        Task(
            "请您附议",
            f"{row.proposal.lead.name}代表请您附议“{row.proposal.title}”。愿不愿意都答复一下。",
            "看全文，答复",
            reverse("proposals:detail", args=[row.proposal_id]),
            row.proposal.sign_until if row.proposal.state == State.SIGNING else None,
            row.asked_on,
        )
        for row in rows
    ]
    page = reverse("proposals:to_cosign")
    return few(found, Task(f"{len(found)} 件建议请您附议", "逐件看全文再答复。", "去看看", page))


def _to_reread(actor: Actor, today: date) -> list[Task]:
    """正文改过: each whom the deputy stood behind before; who is asked by name has that line."""
    asked = Invitation.objects.of(actor).waiting(today).values("proposal")
    rows = Proposal.objects.to_reread(actor, today).exclude(pk__in=asked).select_related("lead")
    found = [
        Task(
            "正文改过，请再看",
            f"您附议过“{row.title}”，{row.lead.name}代表改了正文。同意新的正文，请重新附议。",
            "看改了哪里",
            reverse("proposals:detail", args=[row.pk]),
            row.sign_until if row.state == State.SIGNING else None,
            row.submitted_on,
        )
        for row in rows.order_by("pk")
    ]
    page = reverse("proposals:to_cosign")
    whole = Task(f"{len(found)} 件您附议过的改了正文", "逐件看改了哪里。", "去看看", page)
    return few(found, whole)


def _to_cosign(actor: Actor, today: date) -> list[Task]:
    """Signing is free: all that are open are one line, not a reproach each."""
    asked = Invitation.objects.of(actor).waiting(today).values("proposal")
    changed = Proposal.objects.to_reread(actor, today).values("pk")
    open_ones = Proposal.objects.to_cosign(actor, today).exclude(pk__in=asked)
    rows = list(open_ones.exclude(pk__in=changed).order_by("submitted_on", "pk"))
    if not rows:
        return []
    named = "；".join(row.title for row in rows[:NAMED])
    more = "等" if len(rows) > NAMED else ""
    return [
        Task(
            f"{len(rows)} 件建议等人附议",
            f"{named}{more}。愿意就附议，到哪天为止都写着。",
            "去看看",
            reverse("proposals:to_cosign"),
            since=rows[0].submitted_on,
        )
    ]


def _pledges(person: Deputy, actor: Actor, today: date) -> list[Task]:
    if why_not_pledge(actor, person, today=today) or person.pledges.exists():
        return []
    words = "扫您的代表码的人会看到承诺。写一到三条做得到的。"
    return [Task("承诺还没有写", words, "写承诺", reverse("deputies:pledge", args=[person.pk]))]
