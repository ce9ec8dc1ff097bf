"""等着办的 of the deputy-affairs office: every queue with its age, its limit and its list."""

from datetime import date, datetime

from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from congress.home.queries import activities, confided, reports, shop_tasks, to_carry
from congress.home.queries.assign_queues import assigning
from congress.home.queries.follow_queues import follow_queues
from congress.home.queries.grade_queues import grade_queues
from congress.home.queries.issues import office_queue
from congress.home.queries.queue import NONE, Queue, aged, waiting
from congress.home.queries.rating_queues import openings, rating_queues
from congress.home.queries.review_queues import review_queues
from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.calendar import Works, working_days_until
from congress.shared.models import Workday
from congress.shared.roles import KEEP_REFERENCE, Role
from deputies.models import AnnualPlan, DutyRecord, RosterImport, SeatChange
from deputies.models.duties import WAITS_SINCE
from deputies.queries.liaison import committee_of
from deputies.queries.messages import overdue
from deputies.rules import CONFIRM_DAYS, MESSAGE_ANSWER_DAYS
from deputies.states import DutyState, ImportState, PlanState
from proposals.models import Proposal
from proposals.models.proposal_rows import REVIEW_OWED_SINCE, waits_for_review
from proposals.models.publishing import publish_owed_since, waits_to_publish
from proposals.rules import ASSIGN_DAYS, PUBLISH_DAYS, REVIEW_DAYS
from proposals.states import State
from scoring.models import Appeal, LedgerAudit
from scoring.queries import audits, missing, months
from scoring.queries.appeals import light
from scoring.queries.seated import CATCH_UP
from scoring.queries.waiting import CHECK, VERIFY, Step
from stations.permissions.rota import MARK_DAYS
from stations.queries.rota import empty_days

ANNOUNCED = 11
"""The month in which the State Council tells next year's holidays."""


def queues(by: Actor, today: date, works: Works) -> list[Queue]:
    """What the office itself has to do."""
    run = LedgerAudit.objects.latest_run()
    return [
        *_aged_queues(by, today, works),
        *to_carry.queues(by, today),
        *assigning(today, works),
        *follow_queues(today, works),
        *rating_queues(by, today, works),
        _appeals(today, works),
        *grade_queues(by, today, works),
        _letters(today),
        office_queue(by, today, works),
        _empty_days(by, today),
        *activities.of_the_office(today, works),
        _announcements(today, works),
        *_imports(today, works),
        _plan(by, today),
        *review_queues(by, today),
        *confided.queues(by, today),
        reports.office_queue(by, today, works),
        shop_tasks.office_queue(by, today, works),
        *_audit(run),
        *_missing(run),
        _sheets(today),
        *_calendar(by, today),
    ]


def own_queues(by: Actor, today: date, works: Works) -> list[Queue]:
    """What those at the desk who are not of the office have to do: an auditor."""
    if not by.is_a(Role.AUDITOR):
        return []
    asked = openings(by, today, works)
    run = LedgerAudit.objects.latest_run()
    words = f"{audits.when(run)} 查过，相符" if run else "积分账还没有一笔"
    audit = _audit(run) or [Queue("积分账查账", 0, words, "off", reverse("scoring:audits"))]
    return ([asked] if asked.count else []) + audit


def _aged_queues(by: Actor, today: date, works: Works) -> list[Queue]:
    duties = DutyRecord.objects.aggregate(
        check=Count("pk", filter=Q(state=DutyState.REPORTED)),
        check_from=Min(WAITS_SINCE, filter=Q(state=DutyState.REPORTED)),
        confirm=Count("pk", filter=Q(state=DutyState.ENTERED)),
        confirm_from=Min("reported_at", filter=Q(state=DutyState.ENTERED)),
        verify=Count("pk", filter=Q(state=DutyState.CHECKED)),
        verify_from=Min(WAITS_SINCE, filter=Q(state=DutyState.CHECKED)),
    )
    loop = Proposal.objects.decided_by(by).aggregate(
        review=Count("pk", filter=waits_for_review()),
        review_from=Min(REVIEW_OWED_SINCE, filter=waits_for_review()),
        assign=Count("pk", filter=Q(state=State.ACCEPTED)),
        assign_from=Min("accepted_on", filter=Q(state=State.ACCEPTED)),
        publish=Count("pk", filter=waits_to_publish()),
        publish_from=Min(publish_owed_since(), filter=waits_to_publish()),
    )
    desk_url = reverse("proposals:review")
    aged = [
        ("代登记等本人确认", duties, "confirm", CONFIRM_DAYS, _entered_url(by)),
        ("履职记录待核对", duties, CHECK.name, CHECK.days, _duties_url(by, CHECK)),
        ("履职记录待核实", duties, VERIFY.name, VERIFY.days, _duties_url(by, VERIFY)),
        ("建议待审查", loop, "review", REVIEW_DAYS, reverse("proposals:to_review")),
        ("建议待交办", loop, "assign", ASSIGN_DAYS, f"{desk_url}#assign"),
        ("答复待公开", loop, "publish", PUBLISH_DAYS, f"{desk_url}#publish"),
    ]
    return [
        _aged(title, found[step], found[f"{step}_from"], days.on(today), url, today, works)
        for title, found, step, days, url in aged
    ]


def _duties_url(by: Actor, step: Step) -> str:
    """Where the office works; others at the desk see the same records and leave them alone."""
    if by.is_staff:
        return reverse(step.page)
    return f"{reverse('admin:deputies_dutyrecord_changelist')}?state__exact={step.state}"


def _entered_url(by: Actor) -> str:
    if by.is_staff:
        return reverse("deputies:entered")
    return f"{reverse('admin:deputies_dutyrecord_changelist')}?state__exact={DutyState.ENTERED}"


def _aged(
    title: str,
    count: int,
    oldest: date | datetime | None,
    limit: int,
    url: str,
    today: date,
    works: Works,
) -> Queue:
    if oldest is None:
        return Queue(title, 0, NONE, "off", url)
    since = timezone.localdate(oldest) if isinstance(oldest, datetime) else oldest
    waited = working_days_until(since, today, works)
    kind = "late" if waited > limit else "soon" if waited > limit // 2 else "ok"
    return Queue(title, count, f"最久 {waited} 个工作日，限 {limit}", kind, url)


def _appeals(today: date, works: Works) -> Queue:
    """积分异议 that nobody has answered yet: by the days left of the one that is due first."""
    title, url = "积分异议待答复", reverse("scoring:appeals")
    found = Appeal.objects.open().aggregate(count=Count("pk"), first=Min("due_on"))
    if found["first"] is None:
        return Queue(title, 0, NONE, "off", url)
    kind, left = light(found["first"], works, today)
    words = f"最急的已超期 {left}" if kind == "late" else f"最急的{left}"
    return Queue(title, found["count"], words, kind, url)


def _letters(today: date) -> Queue:
    """群众留言 that no deputy has answered in time: the office rings them up."""
    rows = overdue(today)
    oldest, count = rows.first(), rows.count()
    url = f"{reverse('admin:deputies_message_changelist')}?late=1"
    limit = MESSAGE_ANSWER_DAYS.on(today)
    if oldest is None:
        return Queue("群众留言超期没答复", 0, f"都在 {limit} 天以内", "off", url)
    days = (today - timezone.localdate(oldest.sent_at)).days
    return Queue("群众留言超期没答复", count, f"最久 {days} 天，限 {limit} 天", "late", url)


def _empty_days(by: Actor, today: date) -> Queue:
    """空岗: past reception days of which nobody has said yet whether somebody came."""
    days = empty_days(by, today)
    waits = [row for row in days if row.waits]
    url = reverse("stations:empty_days")
    if not waits:
        words = f"最近另有 {len(days)} 次没有代表到岗" if days else "接待日都有代表到岗"
        return Queue("接待日空岗待补登", 0, words, "off", url)
    oldest = (today - waits[-1].day.held_on).days
    words = f"最久 {oldest} 天，过 {MARK_DAYS.days} 天不能再补"
    return Queue("接待日空岗待补登", len(waits), words, "late", url)


def _announcements(today: date, works: Works) -> Queue:
    """资格变动 that no announcement has told yet (代表法第六十三条)."""
    rows = SeatChange.objects.to_announce()
    url = reverse("deputies:changes")
    return aged("资格变动待公告", rows, "effective_on", url, today, works)


def _imports(today: date, works: Works) -> list[Queue]:
    kinds = (
        ("名册导入待对列名", ImportState.MATCHING),
        ("名册导入待确认", ImportState.PREVIEWED),
    )
    rows = RosterImport.objects.filter(state__in=[state for _, state in kinds]).order_by()
    states = rows.values_list("state").annotate(Count("pk"), Min("uploaded_at"))
    known = {state: (count, timezone.localdate(oldest)) for state, count, oldest in states}
    page = reverse("admin:deputies_rosterimport_changelist")
    found = [(title, state, *known.get(state, (0, None))) for title, state in kinds]
    return [
        waiting(title, count, oldest, f"{page}?state__exact={state}", today, works)
        for title, state, count, oldest in found
    ]


def _plan(by: Actor, today: date) -> Queue:
    """年度代表工作计划: told to deputies and published each year (代表法第四十三条)."""
    title, place = f"{today.year} 年代表工作计划待公布", committee_of(by.area_id)
    if place is None:
        return Queue(title, 0, "还没有本级人大的名册", "off", reverse("deputies:changes"))
    rows = AnnualPlan.objects.of_year(place, today.year)
    if told := rows.published().first():
        return Queue(title, 0, "已经公布", "off", reverse("deputies:plan", args=[told.pk]))
    making = _making(rows)
    if making is None:
        page = "deputies:draft_plan" if by.is_staff else "admin:deputies_annualplan_changelist"
        return Queue(title, 1, "还没有起草", "must", reverse(page))
    words = PlanState(making.state).label
    return Queue(title, 1, words, "must", reverse("deputies:plan", args=[making.pk]))


def _making(rows: QuerySet[AnnualPlan]) -> AnnualPlan | None:
    return rows.filter(state__in=(PlanState.DRAFT, PlanState.PASSED)).first()


def _audit(run: LedgerAudit | None) -> list[Queue]:
    """积分账: an audit that is red or was missed."""
    if run and not run.agrees:
        page = reverse("scoring:audit", args=[run.pk])
        return [Queue("积分账查出不符", run.faults, audits.when(run), "must", page)]
    if audits.is_missed(run, clock.now()):
        words = f"最近一次是 {audits.when(run)}" if run else "还没有查过"
        return [Queue("积分账没有按时查账", 1, words, "must", reverse("scoring:audits"))]
    return []


def _missing(run: LedgerAudit | None) -> list[Queue]:
    """积分待补记: what the latest audit says is owed."""
    if run is None or run.agrees:
        return []
    told = run.sentences.filter(sentence__contains=CATCH_UP).exists()  # looking costs seconds
    late = missing.how_many() if told else 0
    page = reverse("scoring:post_missing")
    return (
        [Queue("积分待补记", late, "任职登记晚于核实，或者到场登记改正了", "must", page)]
        if late
        else []
    )


def _sheets(today: date) -> Queue:
    """积分月报: last month's sheets while nobody made them."""
    month = months.last_month(today)
    left = months.without_sheet(month).count()
    words = f"{month.year} 年 {month.month} 月，打印签字存档" if left else "上个月的都做了"
    page = reverse("scoring:months_waiting")
    return Queue("积分月报待制作", left, words, "open" if left else "off", page)


def _calendar(by: Actor, today: date) -> list[Queue]:
    """工作日历: next year's holidays are announced in November, and deadlines reach into it.

    Asked of those who may enter them.
    """
    year = today.year + 1
    if (
        not by.is_a(*KEEP_REFERENCE)
        or today.month < ANNOUNCED
        or Workday.objects.filter(on__year=year).exists()
    ):
        return []
    words, page = "国务院办公厅公布后录入", reverse("admin:shared_workday_changelist")
    return [Queue(f"{year} 年放假安排还没有录入", 1, words, "open", page)]
