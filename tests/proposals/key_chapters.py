"""督 in the story: put on the list and taken back, asked, sent back, seen on site, inspected."""

from congress.shared.roles import Role
from proposals.actions import inspections, questions, supervision
from proposals.supervision_states import Finding, KeyKind
from tests import make
from tests.proposals import keys
from tests.proposals.chapters import ROADS


def supervised(told):
    """督: of one everything; of another that it was a mistake; of a third that it is over."""
    director, leader = make.director(), make.actor(Role.LEADER)
    led = keys.decision(KeyKind.LEADER, leader=leader.user)
    on = {"by": director, "today": keys.DECIDED_ON}
    both = [told.row("main"), told.row("moved")]
    rows = told.does(supervision.decide_key_list, both, decision=led, **on)
    by_row = {each.proposal_id: each for each in rows}
    main, moved = by_row[told.rows["main"]], by_row[told.rows["moved"]]
    told.does(supervision.take_back_key, moved, reason="两件是一回事", **on)
    hidden = told.does(
        supervision.decide_key_list, [told.row("hidden")], decision=keys.decision(), **on
    )[0]
    told.does(supervision.end_supervision, hidden, words="已经落实了", **on)
    plan = keys.question(main)
    clerk, then = told.clerk(ROADS), {"today": keys.ASKED_ON}
    told.does(questions.ask_question, plan, by=told.office, **then)
    said = {"text": "六月底前把护栏装好", "by": clerk, **then}
    told.does(questions.answer_question, plan, **said)
    told.does(questions.send_back_answer, plan, words="哪一段没有写", by=leader, **then)
    second = told.does(questions.answer_question, plan, **said)
    told.does(questions.comment_answer, second, comment="按这个日子办", by=leader)
    told.does(
        supervision.record_site_note,
        main,
        went_on=keys.ASKED_ON,
        place="桃园村桥上",
        people="孔令辉等 3 人",
        seen="护栏还没有装",
        next_step="六月底再来看",
        by=leader,
        **then,
    )


def inspected(told):
    """查: one visit called off, one made, explained by the unit and made public."""
    visit = {"visit_on": keys.ASKED_ON, "occasion": "公路调研", "people": "3 人"}
    unit = make.unit(ROADS)

    def plans():
        return told.does(inspections.plan_inspection, unit, by=told.office, **visit)

    told.does(inspections.drop_inspection, plans(), reason="改天再去", by=told.office)
    made = plans()
    seen = {"finding": Finding.DIFFERS, "words": "护栏只装了一半", "today": keys.ASKED_ON}
    part = told.part("main", ROADS)
    note = told.does(inspections.note_finding, made, part=part, by=told.office, **seen)
    told.does(inspections.answer_finding, note, answer="另一半下周装", by=told.clerk(ROADS))
    told.does(inspections.publish_inspection, made, by=told.office)
