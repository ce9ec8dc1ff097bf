"""乡镇人大: what an office decides, tried on what was raised in a township's congress."""

from collections.abc import Mapping

from proposals.actions import review
from proposals.models import RefusalGround
from proposals.states import State
from tests.proposals import cast, walk
from tests.proposals.verbs import Verb
from tests.proposals.verbs_assigned import ASSIGNED
from tests.proposals.verbs_handled import HANDLED
from tests.proposals.verbs_raised import RAISED


def accepted():
    """Into the other of the same session it may be merged."""
    into, row = (walk.of_township(State.ACCEPTED) for _ in range(2))
    assert into.session == row.session
    return row


def merged():
    into, row = (walk.of_township(State.ACCEPTED) for _ in range(2))
    return review.merge(row, into=into, by=walk.office_of(row))


def refused():
    row, ground = walk.of_township(), RefusalGround.objects.first()
    return review.refuse(row, ground=ground, words="属于检察院。", by=walk.office_of(row))


def letter():
    row = walk.of_township()
    return review.treat_as_letter(row, words="转县信访局。", by=walk.office_of(row))


PROPOSALS = {
    "submitted": walk.of_township,
    "returned": lambda: walk.of_township(State.RETURNED),
    "accepted": accepted,
    "merged": merged,
    "assigned": lambda: walk.of_township(State.ASSIGNED),
    "answered": lambda: walk.of_township(State.ANSWERED),
    "published": lambda: walk.of_township(State.PUBLISHED),
    "withheld": lambda: walk.of_township(State.ANSWERED, withheld="涉及个人隐私"),
    "refused": refused,
    "letter": letter,
}
DECIDED = (
    "review.accept",
    "review.split",
    "review.send_back",
    "review.refuse",
    "review.treat_as_letter",
    "review.merge",
    "review.unmerge",
    "assignment.assign",
    "publication.publish",
    "publication.withhold",
    "publication.lift_withholding",
)


def of_township(verb: Verb) -> Verb:
    """The same verb, which the county's office may not do there."""
    says = tuple(each.replace("代工委", "柳河镇人大") for each in verb.says)
    return verb._replace(may=cast.TOWNSHIP_OFFICE, says=says, on=PROPOSALS)


COUNTYS = RAISED | ASSIGNED | HANDLED
IN_A_TOWNSHIP: Mapping[str, Verb] = {
    f"{name} in a township": of_township(COUNTYS[name]) for name in DECIDED
}
