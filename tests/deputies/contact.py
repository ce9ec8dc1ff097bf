"""双联: posts, contacts and records, by the real verbs."""

from datetime import date, timedelta

from deputies.actions import liaison
from deputies.models import CommitteePost, ContactRecord, Deputy, Liaison
from deputies.states import CommitteePostKind, ContactWay, LiaisonKind
from tests import make

TODAY = make.TODAY
NEXT = TODAY + timedelta(days=1)
POST = {
    LiaisonKind.MEMBER: CommitteePostKind.MEMBER,
    LiaisonKind.DIRECTOR: CommitteePostKind.VICE,
    LiaisonKind.OFFICE: CommitteePostKind.OFFICE,
}


def post(
    deputy: Deputy | None = None, kind=CommitteePostKind.MEMBER, by=None, today=TODAY
) -> CommitteePost:
    return liaison.appoint(
        deputy or make.deputy(),
        assembly=make.assembly(),
        post=kind,
        by=by or make.actor(),
        today=today,
    )


def holder(kind=LiaisonKind.MEMBER, name: str = "", of=None) -> Deputy:
    return post(make.deputy(name, of=of), POST[kind]).deputy


def assigned(
    kind=LiaisonKind.MEMBER, *, who: Deputy | None = None, target=None, by=None, today=TODAY
) -> Liaison:
    own = who or holder(kind)
    if target is None:
        target = {
            LiaisonKind.MEMBER: make.deputy,
            LiaisonKind.DIRECTOR: make.township,
            LiaisonKind.OFFICE: make.group,
        }[kind]()
    return liaison.assign(own, kind=kind, target=target, by=by or make.actor(), today=today)


def contacted(
    row: Liaison | None = None, *, done_on: date = TODAY, by=None, today=TODAY
) -> ContactRecord:
    one = row or assigned()
    return liaison.record_contact(
        one,
        done_on=done_on,
        way=ContactWay.VISIT,
        words="到家里走访",
        asked="村口路灯不亮",
        by=by or make.as_deputy(one.holder),
        today=today,
    )
