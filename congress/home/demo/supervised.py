"""督: this year's key list with its three questions, what was seen on site, visits to units."""

from datetime import date, timedelta

from congress.home.demo.cast import Cast, as_actor, moment, unit_named
from congress.home.demo.photos import photo
from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.models import Post
from congress.shared.roles import Role
from proposals.actions import inspections, questions, supervision
from proposals.models import Assignment, KeySupervision, Proposal, Question, WorkTheme
from proposals.models.proposal_rows import ProposalQuerySet
from proposals.permissions.supervision import Decision
from proposals.states import State
from proposals.supervision_states import Finding, KeyKind, QuestionStage

SPRING, AUTUMN, WINTER = date(2026, 3, 18), date(2026, 9, 16), date(2026, 11, 20)
MINUTES = {SPRING: 4, AUTUMN: 17, WINTER: 21}
ASKED_NOW = "县水利和湖泊局"
"""Its clerk finds a question on the desk, of what was decided last."""
THEMES = (
    ("和美乡村建设", "道路、护栏、路灯、垃圾、污水"),
    ("产业强县", "茶、绿松石、电商、加工"),
)
ANSWERS = {
    QuestionStage.PLAN: "已列入年度计划，分管副局长包保，六月底前拿出方案，和代表见过面。",
    QuestionStage.PROGRESS: "方案已定，资金到位六成，七月进场施工，代表到现场看过一次。",
    QuestionStage.RESULT: "主体已经完工，群众用上了，余下的扫尾在十二月上旬做完。",
}
SENT_BACK = "只写了计划，没有写资金和谁来做，请补实。"
SEEN = "工人在现场，料已备齐，比说的进度慢了约十天。"
MEDIUM = "县融媒体中心"
VISITED_ON = date(2026, 10, 21)


def tell(cast: Cast) -> None:
    """Five in spring, two in autumn, one just now; of these days some questions are still out."""
    for name, words in THEMES:
        WorkTheme.objects.create(name=name, words=words, from_on=date(2026, 1, 1))
    leader = as_actor(Post.objects.filter(role=Role.LEADER).select_related("user")[0])
    spring = _chosen(cast, Proposal.objects.filter(accepted_on__lt=SPRING, session__number=5), 5)
    in_hand = Proposal.objects.filter(state=State.ASSIGNED)
    autumn = _chosen(cast, in_hand.filter(accepted_on__lt=AUTUMN), 2)
    wet = in_hand.filter(accepted_on__lt=WINTER, assignments__unit__name=ASKED_NOW)
    winter = _chosen(cast, wet.exclude(pk__in=[each.pk for each in autumn]), 1)
    for rows, kind, on in (
        (spring[:2], KeyKind.LEADER, SPRING),
        (spring[2:4], KeyKind.DIRECTORS, SPRING),
        (spring[4:], KeyKind.MEDIA, SPRING),
        (autumn[:1], KeyKind.LEADER, AUTUMN),
        (autumn[1:], KeyKind.DIRECTORS, AUTUMN),
        (winter, KeyKind.DIRECTORS, WINTER),
    ):
        _decide(cast, rows, kind, on, leader)
    for place, row in enumerate(KeySupervision.objects.order_by("pk")):
        _ask(cast, row, place, leader)
    _goes_to_see(cast, leader)
    _visits(cast)


def _chosen(cast: Cast, rows: ProposalQuerySet, most: int) -> list[Proposal]:
    """Of those whose unit has somebody in the cast, the first by number."""
    found = rows.decided_at_the_desk().filter(merged_into=None, withheld_reason="")
    known = [
        each
        for each in found.exclude(number="").order_by("number")
        if each.lead_assignment and each.lead_assignment.unit.name in cast.units
    ]
    return known[:most]


def _decide(cast: Cast, rows: list[Proposal], kind: KeyKind, on: date, leader: Actor) -> None:
    if not rows:
        return
    person = leader.user if kind == KeyKind.LEADER else None
    medium = MEDIUM if kind == KeyKind.MEDIA else ""
    minutes = f"主任会议纪要〔2026〕{MINUTES[on]} 号"
    decision = Decision(2026, kind, on, minutes, person, medium)
    with clock.at(moment(on, 16)):
        supervision.decide_key_list(rows, decision=decision, by=cast.director, today=on)


def _ask(cast: Cast, row: KeySupervision, place: int, leader: Actor) -> None:
    """Each on its day and answered a week later, but for one that is late and one sent back."""
    for question in Question.objects.filter(supervision=row).order_by("ask_on"):
        on = question.ask_on
        if on > cast.today:
            return
        with clock.at(moment(on, 8)):
            asked = questions.ask_question(question, by=cast.clerk, today=on)
        answered = on + timedelta(days=6)
        if asked.unit is None or answered > cast.today or row.decided_on == WINTER:
            continue
        if question.stage == QuestionStage.RESULT and place == 1:
            continue
        by, text = cast.units[asked.unit.name], ANSWERS[QuestionStage(question.stage)]
        with clock.at(moment(answered, 15)):
            answer = questions.answer_question(asked, text=text, by=by, today=answered)
        back = question.stage == QuestionStage.RESULT and place == 2
        with clock.at(moment(answered, 17)):
            if back:
                questions.send_back_answer(
                    Question.objects.get(pk=question.pk),
                    words=SENT_BACK,
                    by=leader,
                    today=answered,
                )
            elif question.stage == QuestionStage.PROGRESS:
                questions.comment_answer(answer, comment="抓紧，别拖到入冬。", by=leader)


def _goes_to_see(cast: Cast, leader: Actor) -> None:
    on = date(2026, 8, 12)
    for row in KeySupervision.objects.filter(decided_on=SPRING).order_by("pk")[:3]:
        with clock.at(moment(on, 18)):
            supervision.record_site_note(
                row,
                went_on=on,
                place="施工现场",
                people=f"{leader.name}、代工委、领衔代表等 6 人",
                seen=SEEN,
                next_step="九月底前再去看一次。",
                photo=photo(700 + row.pk),
                by=leader if row.leader_id else cast.clerk,
                today=on,
            )


def _visits(cast: Cast) -> None:
    """One made with what was seen, one made public, one that is still to come."""
    units = [each for each in ("县交通运输局", "县农业农村局") if _parts(each)]
    for unit in units:
        with clock.at(moment(VISITED_ON, 9)):
            visit = inspections.plan_inspection(
                unit_named(unit),
                visit_on=VISITED_ON,
                occasion="县人大常委会专题调研",
                people="代工委、专业代表小组等 5 人",
                by=cast.clerk,
            )
        with clock.at(moment(VISITED_ON, 17)):
            for part, finding in zip(_parts(unit), Finding, strict=False):
                note = inspections.note_finding(
                    visit,
                    part=part,
                    finding=finding,
                    words=f"看了现场和台账，{finding.label}。",
                    by=cast.clerk,
                    today=VISITED_ON,
                )
                if finding == Finding.DIFFERS:
                    words = "余下的一段因雨停工，十一月补上。"
                    inspections.answer_finding(note, answer=words, by=cast.units[unit])
            if unit == units[0]:
                inspections.publish_inspection(visit, by=cast.clerk)
    with clock.at(moment(cast.today, 9)):
        inspections.plan_inspection(
            unit_named("县水利和湖泊局"),
            visit_on=cast.today + timedelta(days=3),
            occasion="冬修水利视察",
            people="代工委、水利专业代表小组",
            by=cast.clerk,
        )


def _parts(unit: str) -> list[Assignment]:
    """What the unit had in hand that day."""
    rows = Assignment.objects.answering().filter(unit__name=unit, assigned_on__lte=VISITED_ON)
    return [each for each in rows.select_related("proposal").order_by("pk") if each.is_handed][-3:]
