"""Everybody who might try a verb on one proposal, by the part that they have in it."""

from collections.abc import Mapping

from congress.shared.actors import Actor
from congress.shared.roles import Role
from deputies.models import Deputy
from proposals.models import Cosignature, Invitation, Proposal
from tests import make
from tests.proposals.sheets import OTHER

HELPER, JOINT, STRANGER = "县财政局", "县自然资源和规划局", "县文化和旅游局"

OFFICE = frozenset({"office clerk", "office director"})
UNIT = frozenset({"unit clerk", "unit head"})
TOWNSHIP_OFFICE = frozenset({"township clerk"})
HEAD = frozenset({"unit head"})
HELPERS = frozenset({"helper clerk", "helper head"})
JOINT_HEAD = frozenset({"joint head"})
LEAD = frozenset({"lead deputy"})
SIGNER = frozenset({"co-signer"})
ASKED = frozenset({"asked deputy"})
OTHER_DEPUTY = frozenset({"other deputy"})
DEPUTIES = LEAD | SIGNER | OTHER_DEPUTY
UNITS = UNIT | HELPERS | JOINT_HEAD | {"joint clerk", "stranger clerk", "stranger head"}

OTHER_POSTS = {
    "leader": Role.LEADER,
    "township clerk": Role.TOWNSHIP_CLERK,
    "convenor": Role.CONVENOR,
    "keeper": Role.KEEPER,
    "system administrator": Role.SYSADMIN,
    "auditor": Role.AUDITOR,
}


def everybody(lead: Deputy | None, row: object) -> Mapping[str, Actor]:
    """Each post of the county once; of the units those that answer, help, sign with, and another.

    Who signed is known of a proposal and of a signature; without a lead nobody leads.
    """
    make.session(), make.unit(OTHER)  # a refused verb is asked not to write a row, nor are we
    units = {"unit": make.unit(), "helper": make.unit(HELPER)}
    units |= {"joint": make.unit(JOINT), "stranger": make.unit(STRANGER)}
    held = {
        "office clerk": (Role.STAFF_CLERK, make.where(Role.STAFF_CLERK)),
        "office director": (Role.STAFF_DIRECTOR, make.where(Role.STAFF_DIRECTOR)),
        **{name: (role, make.where(role)) for name, role in OTHER_POSTS.items()},
        "clerk of another township": (Role.TOWNSHIP_CLERK, make.far_office()),
        **{f"{name} clerk": (Role.UNIT_CLERK, unit) for name, unit in units.items()},
        **{f"{name} head": (Role.UNIT_HEAD, unit) for name, unit in units.items()},
    }
    posts = dict(zip(held, make.actors(*held.values()), strict=True))
    posts["other deputy"] = make.as_deputy(make.deputy())
    if lead:
        posts["lead deputy"] = make.as_deputy(lead)
        posts["co-signer"] = make.as_deputy(signer(row) or make.deputy())
    if isinstance(row, Invitation):
        posts["asked deputy"] = make.as_deputy(row.deputy)
    return posts


def signer(row: object) -> Deputy | None:
    """Who has signed first."""
    if isinstance(row, Cosignature):
        return row.deputy
    signed = row.cosignatures.order_by("pk").first() if isinstance(row, Proposal) else None
    return signed.deputy if signed else None


def one_of(names: frozenset[str], lead: Deputy | None, row: object) -> Actor:
    """Of those who may and are there, the first by name."""
    people = everybody(lead, row)
    return people[min(names & set(people))]


def uninvited(row: Proposal) -> Deputy:
    """Somebody with an account who has neither signed this proposal nor been asked to."""
    people = Deputy.objects.exclude(pk=row.lead_id).exclude(user=None)
    known = row.cosignatures.values("deputy")
    return people.exclude(pk__in=known).order_by("pk").first() or make.deputy()


def deputy_of(by: Actor) -> Deputy:
    """The deputy that acts; for anybody else another in whose name they try."""
    return Deputy.objects.filter(user=by.user).first() or Deputy.objects.order_by("pk").last()
