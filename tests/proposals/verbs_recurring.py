"""反复提: the verbs of who says how two proposals stand to each other."""

from collections.abc import Mapping

from proposals.actions import recurring
from proposals.models import Proposal
from proposals.recurring import Likeness
from tests import make
from tests.proposals import cast, stages, walk
from tests.proposals.verbs import Verb

BESIDE = "关于桃园村过水桥加固的建议"


def beside(make_row):
    """The row, and one that was raised before it."""

    def two():
        walk.submitted(title=BESIDE)
        return make_row()

    return two


def first_other(row):
    """The newest of those that `beside` makes."""
    return Proposal.objects.filter(title=BESIDE).exclude(pk=row.pk).order_by("pk").last()


def judged(kind=Likeness.REPEAT):
    row = beside(walk.submitted)()
    return recurring.confirm_likeness(row, other=first_other(row), kind=kind, by=make.actor())


TWO = {
    "raised": beside(walk.submitted),
    "open to signatures": beside(stages.signing_open),
    "withdrawn": beside(stages.withdrawn),
    "judged": lambda: judged().later,
}
JUDGED = {"repeat": judged}

RECURRING: Mapping[str, Verb] = {
    "recurring.confirm_likeness": Verb(
        lambda row, by: recurring.confirm_likeness(
            row, other=first_other(row), kind=Likeness.REPEAT, by=by
        ),
        cast.OFFICE,
        ("只有代工委可以认定反复提。",),
        TWO,
        ("raised",),
    ),
    "recurring.revise_likeness": Verb(
        lambda row, by: recurring.revise_likeness(
            row, kind=Likeness.PARTLY, note="只有护栏相同。", by=by
        ),
        cast.OFFICE,
        ("只有代工委可以改认定。",),
        JUDGED,
        ("repeat",),
    ),
}
