"""评: the verbs after the windows are over: release, order anew, convene both sides."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.conf import settings
from django.test import override_settings

from congress.shared.models import Setting
from congress.shared.roles import Role
from proposals.actions import convening, publication, rehandling, releasing, unsealing
from proposals.actions import voiding as voids
from proposals.models import Proposal, Rating, Rehandling
from proposals.rating_states import Satisfaction
from proposals.rules import REHANDLE_LEAST, REHANDLE_UNITS
from proposals.states import State
from tests import make, put_down
from tests.proposals import cast, walk
from tests.proposals.verbs import Verb

AFTER = walk.RATE_UNTIL + timedelta(days=1)
ORDER = "把剩下的护栏装完，写明完工的日子。"
LATER = date(2026, 10, 30)
"""Every window of a further answer is over."""
NEXT = LATER + timedelta(days=7)


@put_down.again(Proposal)
def rated(state=State.ANSWERED):
    row = walk.proposal(state)
    by, bad = make.as_deputy(row.lead), Satisfaction.UNSATISFIED
    walk.rate(row.reply, process=bad, result=bad, by=by, today=walk.REPLIED_ON)
    return row


def alone():
    """A batch of one: no county may decide it so, and a test need not make three of everything."""
    for rule in (REHANDLE_LEAST, REHANDLE_UNITS):
        make.once(Setting, key=rule.key, from_on=walk.ACCEPTED_ON, defaults={"value": 1})


@put_down.again(Proposal)
def out(row=None):
    """Its figures are released: what follows from a rating may follow now."""
    row = row or rated()
    if not hasattr(row.reply, "released_in"):
        walk.released(row)
    alone()
    return row


@put_down.again(Rehandling)
def ordered(row=None, words=ORDER, today=AFTER):
    row = out(row)
    orders = [(row.reply, words)]
    return rehandling.order_rehandling(orders, by=make.actor(), today=today)[0]


@put_down.again(Rehandling)
def answered(order=None, today=AFTER):
    order = order or ordered()
    walk.answered(order.assignment, today=today, file_number="竹交函〔2026〕91 号")
    return type(order).objects.get(pk=order.pk)


def prolonged(order=None, today=AFTER):
    more = {"months": 1, "reason": "等雨季过去。", "by": make.actor(), "today": today}
    return rehandling.prolong_rehandling(order or ordered(), **more)


def taken_back(order=None, today=AFTER):
    why = {"reason": "单位已经在办。", "by": make.actor(), "today": today}
    return rehandling.take_back_rehandling(order or ordered(), **why)


@put_down.again(Rehandling)
def ordered_openly():
    """Of what is published already: everybody may know."""
    return ordered(rated(State.PUBLISHED))


@put_down.again(Proposal)
def further(**said):
    """又作的一版 of what is published already."""
    order = ordered_openly()
    walk.answered(order.assignment, file_number="竹交函〔2026〕91 号", today=AFTER, **said)
    return Proposal.objects.get(pk=order.assignment.proposal_id)


def kept_back(row=None):
    """That version stays off the public page."""
    row = row or further()
    publication.withhold(row, reason="涉及隐私。", whole=False, by=make.actor())
    return Proposal.objects.get(pk=row.pk)


def convened():
    said = {"meets_on": LATER, "place": "代工委会议室", "by": make.actor(), "today": LATER}
    return convening.convene(heard(), **said)


def rated_again(order, result=Satisfaction.UNSATISFIED):
    """The further answer, by who raised it."""
    by = make.as_deputy(order.assignment.proposal.lead)
    said = {"process": Satisfaction.FAIR, "result": result}
    walk.rate(order.answer, by=by, today=order.answer.replied_on, **said)
    return order


@put_down.again(Rehandling)
def heard(result=Satisfaction.UNSATISFIED):
    """The further answer has been rated, and that is released too."""
    order = rated_again(answered(), result)
    walk.released(order.assignment.proposal, LATER)
    return type(order).objects.get(pk=order.pk)


def held():
    said = {"people": "双方", "agreed": "年底前装完。", "by": make.actor(), "today": LATER}
    return convening.record_convening(convened(), **said)


def released():
    row = rated()
    walk.released(row)
    return row


NOT_NEEDED = "打电话问过代表，是本人评的。"
WHY = "代表来信说不是本人评的，要核对。"


def asked(rating=None, by=None, today=AFTER):
    """拆看 asked for by a director."""
    on = {"reason": WHY, "by": by or make.director(), "today": today}
    return unsealing.request_opening(rating or rated().reply.ratings.get(), **on)


def unsealed(opening=None, by=None, today=AFTER):
    """Agreed to by the auditor, or by whom is named."""
    by = by or make.actor(Role.AUDITOR)
    return unsealing.approve_opening(opening or asked(), by=by, today=today)


def called_off():
    why = {"reason": "代表住院。", "by": make.actor(), "today": LATER}
    return convening.call_off_convening(convened(), **why)


def refused(opening=None, by=None, today=AFTER):
    """Not agreed to by the auditor."""
    by = by or make.actor(Role.AUDITOR)
    return unsealing.refuse_opening(opening or asked(), reason=NOT_NEEDED, by=by, today=today)


LOST_KEY = {9: b"the key that is lost"}
GONE = "第 9 版密钥找不回来了。"


def lost(row=None, today=walk.REPLIED_ON):
    """Rated again under a key that nobody has any more."""
    row, fair = row or rated(), Satisfaction.FAIR
    with override_settings(RATING_KEYS=settings.RATING_KEYS | LOST_KEY):
        by = make.as_deputy(row.lead)
        said = {"process": fair, "result": fair, "words": "和以前的都不同。"}  # the same adds none
        return walk.rate(row.reply, **said, by=by, today=today)


def voiding(rating=None, by=None, today=AFTER):
    """作废 asked for by the office's clerk."""
    by, _ = by or make.actor(), make.director()  # whom it waits for
    rating = Rating.objects.get(pk=(rating or lost()).pk)  # not what is still known of it
    return voids.request_voiding([rating], reason=GONE, by=by, today=today)[0]


def voided(row=None, by=None, today=AFTER):
    """A director has agreed."""
    (made,) = voids.approve_voiding([row or voiding()], by=by or make.director(), today=today)
    return made


def not_voided(row=None):
    said = {"reason": "密钥找到了，明天加回去。", "by": make.director()}
    return voids.refuse_voiding([row or voiding()], **said)[0]


VOIDINGS = {"asked": voiding, "voided": voided, "refused": not_voided}
LOST = {
    "opens": lambda: rated().reply.ratings.get(),
    "lost": lambda: (lost(), make.director())[0],
    "asked": lambda: voiding().rating,
    "voided": lambda: voided().rating,
    "refused": lambda: not_voided().rating,
}
RATINGS = {
    "closed": lambda: rated().reply.ratings.get(),
    "asked": lambda: asked().rating,
    "unsealed": lambda: unsealed().rating,
    "refused": lambda: refused().rating,
}
OPENINGS = {"asked": asked, "unsealed": unsealed, "refused": refused}
WINDOWS = {"closed": rated, "released": released}
REPLIES = {
    "released": lambda: out().reply,
    "closed": lambda: rated().reply,
    "ordered": lambda: ordered().reply,
    "taken back": lambda: taken_back().reply,
}
ORDERS = {
    "ordered": ordered,
    "prolonged": prolonged,
    "taken back": taken_back,
    "answered": heard,
    "convened": lambda: convened().rehandling,
    "called off": lambda: called_off().rehandling,
}
CONVENINGS = {"called": convened, "held": held, "called off": called_off}

RATED: Mapping[str, Verb] = {
    "releasing.release_ratings": Verb(
        lambda row, by: releasing.release_ratings(
            row.session.term.assembly, year=2026, by=by, today=AFTER
        ),
        frozenset({"office director"}),
        ("只有代工委主任可以公布满意度。",),
        WINDOWS,
        ("closed",),
    ),
    "unsealing.request_opening": Verb(
        lambda row, by: unsealing.request_opening(row, reason=WHY, by=by, today=AFTER),
        frozenset({"office director"}),
        ("只有代工委主任可以申请拆看评价。",),
        RATINGS,
        ("closed", "refused"),
    ),
    "voiding.request_voiding": Verb(
        lambda row, by: voids.request_voiding([row], reason=GONE, by=by, today=AFTER),
        cast.OFFICE,
        ("只有代工委可以申请作废评价单。",),
        LOST,
        ("lost", "refused"),
    ),
    "voiding.approve_voiding": Verb(
        lambda row, by: voids.approve_voiding([row], by=by, today=AFTER),
        frozenset({"office director"}),
        ("作废评价单要由代工委主任同意。",),
        VOIDINGS,
        ("asked",),
    ),
    "voiding.refuse_voiding": Verb(
        lambda row, by: voids.refuse_voiding([row], reason="找到了。", by=by),
        frozenset({"office director"}),
        ("作废评价单要由代工委主任答复。",),
        VOIDINGS,
        ("asked",),
    ),
    "unsealing.refuse_opening": Verb(
        lambda row, by: unsealing.refuse_opening(row, reason=NOT_NEEDED, by=by, today=AFTER),
        frozenset({"office director", "auditor"}),
        ("拆看评价要由审计员或者另一位代工委主任答复。",),
        OPENINGS,
        ("asked",),
    ),
    "unsealing.approve_opening": Verb(
        lambda row, by: unsealing.approve_opening(row, by=by, today=AFTER),
        frozenset({"office director", "auditor"}),
        ("拆看评价要由审计员或者另一位代工委主任同意。",),
        OPENINGS,
        ("asked",),
    ),
    "rehandling.order_rehandling": Verb(
        lambda row, by: rehandling.order_rehandling([(row, ORDER)], by=by, today=AFTER),
        cast.OFFICE,
        ("只有代工委可以要求重新办理。",),
        REPLIES,
        ("released", "taken back"),
    ),
    "rehandling.prolong_rehandling": Verb(
        lambda row, by: rehandling.prolong_rehandling(
            row, months=1, reason="等雨季过去。", by=by, today=AFTER
        ),
        cast.OFFICE,
        ("只有代工委可以延长重新办理。",),
        ORDERS,
        ("ordered",),
    ),
    "rehandling.take_back_rehandling": Verb(
        lambda row, by: rehandling.take_back_rehandling(
            row, reason="单位已经在办。", by=by, today=AFTER
        ),
        cast.OFFICE,
        ("只有代工委可以撤回重新办理。",),
        ORDERS,
        ("ordered", "prolonged"),
    ),
    "convening.convene": Verb(
        lambda row, by: convening.convene(
            row, meets_on=LATER, place="代工委会议室", by=by, today=LATER
        ),
        cast.OFFICE,
        ("只有代工委可以召集双方协商。",),
        ORDERS,
        ("answered", "called off"),
    ),
    "convening.move_convening": Verb(
        lambda row, by: convening.move_convening(
            row, meets_on=NEXT, place="现场", reason="代表住院。", by=by, today=LATER
        ),
        cast.OFFICE,
        ("只有代工委可以改期协商。",),
        CONVENINGS,
        ("called",),
    ),
    "convening.call_off_convening": Verb(
        lambda row, by: convening.call_off_convening(row, reason="代表住院。", by=by, today=LATER),
        cast.OFFICE,
        ("只有代工委可以取消协商。",),
        CONVENINGS,
        ("called",),
    ),
    "convening.record_convening": Verb(
        lambda row, by: convening.record_convening(
            row, people="双方", agreed="年底前装完。", by=by, today=LATER
        ),
        cast.OFFICE,
        ("只有代工委可以记录协商结果。",),
        CONVENINGS,
        ("called",),
    ),
}
