"""How the story ends: answered and public, bound into a volume, or taken back."""

from datetime import timedelta

from proposals.actions import (
    clocks,
    convening,
    exhibits,
    opinions,
    publication,
    recurring,
    replies,
    submission,
    volumes,
)
from proposals.rating_states import Satisfaction
from proposals.recurring import Likeness
from tests import make
from tests.proposals import verbs_rated, walk
from tests.proposals.chapters import (
    FARMS,
    HANDED_ON,
    KEPT_BACK,
    LAND,
    MONEY,
    RATED,
    ROADS,
    holiday,
    objects,
    recomputes,
)


def written(told):
    """办: opinions, a draft returned, countersigned, signed; rated; signed again; published."""
    part, on = told.part("main", ROADS), {"today": walk.REPLIED_ON}
    for unit in (MONEY, FARMS):
        told.does(
            opinions.send_opinion,
            told.part("main", unit),
            text=f"{unit}的意见正文",
            file_number="竹函〔2026〕9 号",
            signer="柯尊文",
            by=told.clerk(unit),
            **on,
        )
    head = told.heads[ROADS]

    def to_sign():
        told.does(walk.drafted, part, by=told.clerk(ROADS))
        return told.does(replies.submit_for_signing, part, by=told.clerk(ROADS), **on)

    draft = told.does(walk.drafted, part, by=told.clerk(ROADS))
    kept = told.does(walk.shown, draft, "teal", "red", by=told.clerk(ROADS))
    told.does(exhibits.remove_exhibit, kept[0], by=told.clerk(ROADS))
    told.does(replies.return_draft, to_sign(), words="工期写清楚", by=head)
    for _ in range(2):
        draft = to_sign()
        for unit in (FARMS, LAND):
            joint = told.part("main", unit)
            told.does(replies.countersign, draft, part=joint, by=told.heads[unit])
        reply = told.does(replies.sign, draft, by=head, **on)
    told.does(
        walk.rate,
        reply,
        process=Satisfaction.FAIR,
        result=Satisfaction.UNSATISFIED,
        words=RATED,
        by=make.as_deputy(told.lead),
        **on,
    )
    holiday(reply.rate_until)
    recomputes(told, walk.REPLIED_ON)
    for whole in (True, False):
        kept = {"reason": KEPT_BACK, "whole": whole, "by": told.office}
        told.does(publication.withhold, told.row("main"), **kept)
        opened = {"reason": "已经不是秘密", "by": told.office}
        told.does(publication.lift_withholding, told.row("main"), **opened)
    told.does(publication.publish, told.row("main"), by=told.office, **on)


def bound(told):
    """案卷: asked for, failed, asked for again, made."""
    session = make.session()
    told.does(volumes.give_up_volume, told.does(volumes.ask_volume, session, by=told.office))
    again = told.does(volumes.ask_volume, session, by=told.office)
    told.does(volumes.keep_volume, again, pdf=b"%PDF", book=b"PK", cases=7)


def judged(told):
    """反复提: the office says how two stand to each other, and three times says it otherwise."""
    two = {"proposal": told.row("main"), "other": told.row("away"), "by": told.office}
    row = told.does(recurring.confirm_likeness, kind=Likeness.REPEAT, **two)
    for kind in (Likeness.CONTINUATION, Likeness.PARTLY, Likeness.APART):
        told.does(recurring.revise_likeness, row, kind=kind, note="又看了原文", by=told.office)


def judged_by_deputies(told):
    """评: released, opened for a dispute, ordered anew, answered, both convened and agreed."""
    for_orders = verbs_rated.rated()
    told.rows["rated"] = for_orders.pk
    day = for_orders.reply.rate_until + timedelta(days=1)
    told.does(walk.released, for_orders, verbs_rated.LATER)
    opening = told.does(verbs_rated.asked, for_orders.reply.ratings.get(), today=day)
    told.does(verbs_rated.refused, opening, today=day)
    opening = told.does(verbs_rated.asked, for_orders.reply.ratings.get(), today=day)
    told.does(verbs_rated.unsealed, opening, today=day)
    ballot = told.does(verbs_rated.lost, for_orders)
    told.does(verbs_rated.not_voided, told.does(verbs_rated.voiding, ballot))
    told.does(verbs_rated.voided, told.does(verbs_rated.voiding, ballot))
    told.does(publication.publish, for_orders, by=told.office, today=day)
    short = told.does(verbs_rated.ordered, for_orders, today=day)
    told.does(verbs_rated.taken_back, told.does(verbs_rated.prolonged, short))
    made = told.does(verbs_rated.ordered, for_orders, today=day)
    told.does(verbs_rated.rated_again, told.does(verbs_rated.answered, made, today=day))
    kept = {"reason": KEPT_BACK, "whole": False, "by": told.office}
    told.does(publication.withhold, told.row("rated"), **kept)
    opened = {"reason": "已经不是秘密", "by": told.office}
    told.does(publication.lift_withholding, told.row("rated"), **opened)
    told.does(publication.withhold, told.row("rated"), **kept)
    said = {"by": told.office, "today": verbs_rated.LATER}
    meets = {"meets_on": verbs_rated.LATER, "place": "代工委会议室"}
    told.does(walk.released, for_orders, verbs_rated.LATER)
    row = told.does(convening.convene, type(made).objects.get(pk=made.pk), **meets, **said)
    moved = {"meets_on": verbs_rated.NEXT, "place": "镇政府", "reason": "代表住院。"}
    told.does(convening.move_convening, row, **moved, **said)
    told.does(convening.call_off_convening, row, reason="单位要先开会。", **said)
    row = told.does(convening.convene, type(made).objects.get(pk=made.pk), **meets, **said)
    told.does(convening.record_convening, row, people="双方", agreed="年底前装完。", **said)
    again = told.does(verbs_rated.ordered, told.row("rated"), "再把南边的装完。", verbs_rated.LATER)
    number = {"file_number": "竹交函〔2026〕92 号", "today": verbs_rated.LATER}
    told.does(walk.answered, again.assignment, **number)
    told.does(publication.publish, told.row("rated"), **said)


def ended(told):
    """撤回: handed over already, and gone from everywhere."""
    months = {"months": 1, "reason": "等配套资金", "today": walk.REPLIED_ON}
    away, stands = told.part("away", ROADS), {"reason": "等资金", "agreed_with": "领衔代表"}
    told.does(clocks.ask_extension, away, by=told.clerk(ROADS), **months)
    paused = {"from_on": HANDED_ON, "by": told.office, "today": HANDED_ON}
    told.does(clocks.pause, away, **stands, **paused)
    objects(told, "away", ROADS, on=HANDED_ON)
    why = {"reason": "路已经修好了", "by": make.as_deputy(told.other), "today": walk.REPLIED_ON}
    told.does(submission.withdraw, told.row("away"), **why)
