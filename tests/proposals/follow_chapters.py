"""How the story goes on after the answer: kept, missed, looked at again, upgraded, raised again."""

from datetime import date

from proposals.actions import challenges, lookback, promises, review, submission, upgrades
from proposals.follow_states import LookBackState
from proposals.models import Challenge, LookBack, OutcomeClass, Promise
from proposals.rating_states import Satisfaction
from proposals.states import Kind, State
from tests import make
from tests.proposals import walk
from tests.proposals.chapters import ROADS

AGAIN_ON = date(2026, 7, 1)
MISSED_ON = date(2027, 5, 4)
FULFILLED = "看得见的好处一点没有"


def _answers(told, name, outcome):
    """The roads office answers one of its own, alone; that it does is told elsewhere."""
    people = {"by": told.clerk(ROADS), "head": told.heads[ROADS]}
    text = f"{outcome}：{make.serial()}"
    return walk.answered(told.part(name, ROADS), outcome=outcome, text=text, **people)


def _alone(told, name):
    row = walk.proposal(State.ASSIGNED, lead=told.lead, unit=make.unit(ROADS))
    walk.gated(row.lead_assignment)
    told.rows[name] = row.pk


def _tells(told, promise):
    clerk, on = told.clerk(ROADS), {"today": walk.REPLIED_ON}
    promise.refresh_from_db()
    told.does(promises.report_step, promise, words="已经验收", by=clerk, **on)
    return {"by": told.office, **on}


def kept(told):
    """承诺: reported, sent back, missed, moved, looked at; kept, upgraded, replaced."""
    _alone(told, "promised")
    reply, office = _answers(told, "promised", "B"), told.office
    first, second = reply.promises.all()
    told.does(promises.send_back_step, first, words="没有照片", **_tells(told, first))
    told.does(lookback.open_due, MISSED_ON)
    look = LookBack.objects.get(promise=first)
    says = {"by": told.clerk(ROADS), "today": MISSED_ON}
    told.does(lookback.report_look_back, look, report="还差资金", **says)
    settles = {"words": "资金年底到位", "by": office, "today": MISSED_ON}
    told.does(
        lookback.settle_look_back,
        look,
        ending=LookBackState.KEPT,
        next_on=date(2027, 9, 1),
        **settles,
    )
    told.does(lookback.open_due, date(2027, 9, 2))
    again = LookBack.objects.open().get(promise=first)
    over = settles | {"ending": LookBackState.HANDED, "today": date(2027, 9, 2)}
    told.does(lookback.settle_look_back, again, **over)
    told.does(lookback.open_due, date(2027, 9, 30))
    told.does(promises.send_back_step, first, words="还差一段", **_tells(told, first))
    told.does(promises.confirm_step, first, **_tells(told, first))
    on = {"by": office, "today": MISSED_ON}
    by_hand = told.does(lookback.open_look_back, reply, reason="群众又反映", **on)
    kept_on = settles | {"ending": LookBackState.KEPT, "next_on": date(2028, 1, 5)}
    told.does(lookback.settle_look_back, by_hand, **kept_on)
    told.does(promises.confirm_step, second, **_tells(told, second))
    told.does(lookback.open_look_back, reply, reason="再看一遍", **on)
    _upgrades(told, reply)
    rates = {"grade": Satisfaction.UNSATISFIED, "words": FULFILLED}
    told.does(upgrades.rate_fulfilment, reply, by=make.as_deputy(told.lead), **rates)


def _asks(told, reply):
    return told.does(
        upgrades.ask_upgrade,
        reply,
        ask=reply.answers.get().ask,
        becomes=OutcomeClass.objects.get(code="A"),
        evidence="竣工验收单",
        by=told.clerk(ROADS),
        today=MISSED_ON,
    )


def _upgrades(told, reply):
    on = {"by": told.office, "today": MISSED_ON}
    told.does(upgrades.refuse_upgrade, _asks(told, reply), words="还没通车", **on)
    told.does(upgrades.confirm_upgrade, _asks(told, reply), **on)


def replaced(told):
    """A further version: steps, a look-back and a request of the former one end."""
    _alone(told, "answered anew")
    reply = _answers(told, "answered anew", "B")
    told.does(lookback.open_look_back, reply, reason="看一看", by=told.office, today=MISSED_ON)
    told.does(_answers, told, "answered anew", "C")
    _asks(told, told.row("answered anew").lead_assignment.reply)
    told.does(_answers, told, "answered anew", "A")
    assert not Promise.objects.filter(reply=reply).open().exists()


def again(told):
    """又被提出: found, and of two told apart, of two confirmed, explained and settled each way."""
    _alone(told, "solved")
    _answers(told, "solved", "A")
    for way in ("other", "stands", "revoked"):
        _raised(told, way)
    told.does(challenges.open_challenges, AGAIN_ON)
    on = {"by": told.office, "today": AGAIN_ON}
    apart = _challenge(told, "other")
    told.does(challenges.dismiss_challenge, apart, words="不是一座桥", **on)
    for way in ("stands", "revoked"):
        found = told.does(challenges.confirm_challenge, _challenge(told, way), **on)
        says = {"explanation": "当时修的是桥面", "by": told.clerk(ROADS), "today": AGAIN_ON}
        told.does(challenges.explain_challenge, found, **says)
        stands = way == "stands"
        told.does(challenges.settle_challenge, found, stands=stands, words="去看过", **on)


def _raised(told, name):
    row = submission.submit(
        lead=told.lead,
        kind=Kind.INTERSESSION,
        session=make.session(),
        continues=told.row("solved"),
        by=make.as_deputy(told.lead),
        today=AGAIN_ON,
        **walk.words(),
    )
    told.rows[name] = review.accept(row, by=told.office, today=AGAIN_ON).pk


def _challenge(told, name):
    of_solved = {"reply__assignment__proposal": told.rows["solved"]}
    return Challenge.objects.get(proposal=told.rows[name], **of_solved)
