"""督: the verbs of who puts on the list, asks, answers, goes to see, and visits units."""

from collections.abc import Mapping

from proposals.actions import inspections, questions, supervision
from proposals.supervision_states import Finding
from tests import make
from tests.proposals import cast, keys, stages
from tests.proposals.verbs import Verb

DIRECTOR = frozenset({"office director"})
SUPERVISORS = cast.OFFICE | {"leader"}

KEYS = {"standing": keys.decided, "ended": keys.ended, "taken back": keys.taken_back}
QUESTIONS = {
    "planned": keys.question,
    "asked": keys.asked,
    "answered": keys.answered,
    "sent back": keys.sent_back,
    "lapsed": keys.lapsed,
}
ANSWERS = {"given": keys.answer, "commented": keys.commented}
UNITS = {"a unit": make.unit}
VISITS = {
    "planned": keys.planned,
    "made": lambda: keys.found().inspection,
    "dropped": keys.dropped,
}
FINDINGS = {"found": keys.found, "explained": keys.explained}

SUPERVISED: Mapping[str, Verb] = {
    "supervision.decide_key_list": Verb(
        lambda row, by: supervision.decide_key_list(
            [row], decision=keys.decision(), by=by, today=keys.DECIDED_ON
        ),
        DIRECTOR,
        ("主任会议定的重点督办建议，由代工委主任登记。",),
        stages.PROPOSALS,
        ("accepted", "rehearsed", "assigned", "answered", "published"),
    ),
    "supervision.take_back_key": Verb(
        lambda row, by: supervision.take_back_key(
            row, reason="重复列了。", by=by, today=keys.ANSWERED_ON
        ),
        DIRECTOR,
        ("重点督办由代工委主任撤销。",),
        KEYS,
        ("standing",),
    ),
    "supervision.end_supervision": Verb(
        lambda row, by: supervision.end_supervision(
            row, words="护栏装好了。", by=by, today=keys.ANSWERED_ON
        ),
        DIRECTOR,
        ("重点督办由代工委主任登记结束。",),
        KEYS,
        ("standing",),
    ),
    "supervision.record_site_note": Verb(
        lambda row, by: supervision.record_site_note(
            row,
            went_on=keys.ANSWERED_ON,
            place="桃园村",
            people="3 人",
            seen="护栏还没有装。",
            next_step="六月底再来。",
            by=by,
            today=keys.ANSWERED_ON,
        ),
        SUPERVISORS,
        ("现场督办由领衔督办的领导或者代工委来记。",),
        KEYS,
        ("standing",),
    ),
    "questions.ask_question": Verb(
        lambda row, by: questions.ask_question(row, by=by, today=keys.ASKED_ON),
        cast.OFFICE,
        ("三问由代工委提出，到了日子系统自动问。",),
        QUESTIONS,
        ("planned",),
    ),
    "questions.answer_question": Verb(
        lambda row, by: questions.answer_question(
            row, text="六月底前装好护栏。", by=by, today=keys.ANSWERED_ON
        ),
        cast.UNIT,
        ("三问由承办单位自己回答。",),
        QUESTIONS,
        ("asked", "sent back"),
    ),
    "questions.send_back_answer": Verb(
        lambda row, by: questions.send_back_answer(
            row, words="没有写哪一段。", by=by, today=keys.ANSWERED_ON
        ),
        SUPERVISORS,
        ("“答得不实”由领衔督办的领导或者代工委来记。",),
        QUESTIONS,
        ("answered",),
    ),
    "questions.comment_answer": Verb(
        lambda row, by: questions.comment_answer(row, comment="要快。", by=by),
        SUPERVISORS,
        ("批注由领衔督办的领导或者代工委来记。",),
        ANSWERS,
        ("given",),
    ),
    "inspections.plan_inspection": Verb(
        lambda row, by: inspections.plan_inspection(
            row, visit_on=keys.VISITED_ON, occasion="调研", people="3 人", by=by
        ),
        cast.OFFICE,
        ("监督检查由代工委和各委室的工作人员登记。",),
        UNITS,
        ("a unit",),
    ),
    "inspections.drop_inspection": Verb(
        lambda row, by: inspections.drop_inspection(row, reason="改去别的单位。", by=by),
        cast.OFFICE,
        ("监督检查由代工委和各委室的工作人员取消。",),
        VISITS,
        ("planned",),
    ),
    "inspections.note_finding": Verb(
        lambda row, by: inspections.note_finding(
            row,
            part=row.unit.assignment_set.order_by("pk").last(),
            finding=Finding.TRUE,
            words="装好了。",
            by=by,
            today=keys.VISITED_ON,
        ),
        cast.OFFICE,
        ("检查到的情况由代工委和各委室的工作人员记。",),
        VISITS,
        ("planned",),
    ),
    "inspections.publish_inspection": Verb(
        lambda row, by: inspections.publish_inspection(row, by=by),
        cast.OFFICE,
        ("检查到的情况由代工委公开。",),
        VISITS,
        ("made",),
    ),
    "inspections.answer_finding": Verb(
        lambda row, by: inspections.answer_finding(row, answer="另一半下周装。", by=by),
        cast.UNIT,
        ("检查到的情况由被检查的单位自己说明。",),
        FINDINGS,
        ("found",),
    ),
}
