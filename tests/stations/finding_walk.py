"""What a deputy found at an activity of yesterday, written down by the real verb."""

from datetime import timedelta
from uuid import uuid4

from congress.shared.roles import Role
from stations.actions import findings
from stations.models import Finding
from stations.permissions.findings import Noticed
from tests import make
from tests.stations.arrival_walk import held


def looked_at():
    """An activity that began a day ago, its deputies, its township's clerk, the office."""
    found = held(begun=timedelta(days=1))
    found.office, found.deputy = make.actor(), make.as_deputy(found.deputies[0])
    found.unit = make.unit()
    found.unit_clerk = make.actor(Role.UNIT_CLERK)
    return found


def noticed(found, **said) -> Noticed:
    usual = {
        "deputy": found.deputies[0],
        "title": "桃园村四组水渠漏水",
        "words": "渠底裂了三处，下面二十亩田放不到水。",
        "place": "桃园村四组",
        "found_on": found.activity.held_on,
    }
    return Noticed(**{**usual, **said})


def raised(found, *, by=None, source=None, token=None, today=make.TODAY, **said) -> Finding:
    return findings.raise_finding(
        source or found.activity,
        noticed=noticed(found, **said),
        token=token or uuid4(),
        by=by or found.deputy,
        today=today,
    )


def handed(found, **said) -> Finding:
    row = raised(found, **said)
    return findings.hand_finding(row, handler="镇水利站", by=found.clerk, today=make.TODAY)
