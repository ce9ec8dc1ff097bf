"""离任: at the minute a mandate ends its holder is on no board and has no right; a rest differs."""

from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from congress.home.queries import public
from congress.shared.models import Post
from deputies.actions import groups, specialists, terms
from deputies.models import (
    CommitteePost,
    Deputy,
    DeputyGroup,
    Liaison,
    SpecialistGroup,
    SpecialistMembership,
)
from deputies.permissions.messages import why_not_answer_message
from deputies.permissions.studies import why_not_add_finding, why_not_answer_invitation
from deputies.queries import history, messages, search
from deputies.queries import public as directory
from deputies.states import LiaisonKind
from deputies.tasks import release_convenors
from proposals.permissions.signing import why_not_cosign
from proposals.permissions.submission import why_not_submit
from proposals.states import Kind
from scoring.queries import board
from stations.models import Posting, Station, StationKind
from stations.queries import events
from stations.queries import public as stations
from tests import make
from tests.deputies import contact, fields, seats, voters
from tests.proposals import walk
from tests.scoring.facts import on
from tests.scoring.year import as_, text

pytestmark = pytest.mark.django_db
EVE = make.TODAY
NEXT = EVE + timedelta(days=1)


def midnight(seconds: int = 0) -> datetime:
    """The county's midnight between the two days, and some seconds after or before it."""
    return timezone.make_aware(datetime.combine(NEXT, time())) + timedelta(seconds=seconds)


class Everything:
    """One deputy who holds all that a deputy can hold, and what of it shows on a day."""

    def __init__(self) -> None:
        make.organisation("township")
        self.deputy = make.deputy("柳如是")
        self.by = make.as_deputy(self.deputy)
        self.group = make.group()
        groups.name_convenor(self.group, deputy=self.deputy, by=make.actor(), today=EVE)
        contact.post(self.deputy)
        contact.assigned(LiaisonKind.MEMBER, who=self.deputy)
        contact.assigned(LiaisonKind.MEMBER, target=self.deputy)
        self.special = fields.group()
        fields.join(self.deputy, of=self.special)
        specialists.name_leader(self.special, deputy=self.deputy, by=make.actor(), today=EVE)
        self.study = fields.called(self.deputy, of=self.special, starts_on=NEXT)
        self.invitation = self.study.invitations.select_related("study", "deputy").get()
        self.station = Station.objects.create(
            kind=StationKind.STATION, area=make.township(), name="桃园村代表联络站"
        )
        Posting.objects.create(deputy=self.deputy, station=self.station, from_on=make.ELECTED_ON)
        self.letter = voters.sent(self.deputy)
        self.proposal = walk.submitted()

    def boards(self, day: date) -> set[str]:
        """Where the deputy is shown on that day."""
        me, assembly = self.deputy, make.assembly()
        of = {"deputy": me}
        special = SpecialistMembership.objects.running(day).filter(**of)
        shown = {
            "ranking": me.name in {row.name for row in board.board(assembly, day.year, day)},
            "directory": directory.matching(directory.Filters(), day).contains(me),
            "search": search.serving(day).contains(me),
            "code": public.deputy_page(me.code, day) is not None,
            "card": me.name in {card.name for card in messages.cards(self.group, day)},
            "group": Deputy.objects.grouped(day, membership__group=self.group).contains(me),
            "specialists": special.exists(),
            "committee": CommitteePost.objects.running(day).filter(**of).exists(),
            "holds contact": Liaison.objects.running(day).filter(holder=me).exists(),
            "is contacted": Liaison.objects.running(day).filter(**of).exists(),
            "station": me.name in {row.name for row in stations.posted(self.station.pk, day)},
            "roll of the group": me.pk in {row.pk for row in events.called(self.group, None, day)},
            "roll of all": me.pk in {row.pk for row in events.called(None, assembly, day)},
        }
        return {name for name, is_shown in shown.items() if is_shown}

    def rights(self, day: date) -> set[str]:
        """What the deputy may do on that day, in a session that goes on."""
        posts = Post.objects.of(self.by.user).in_force(day)
        refusals = {
            "acts": None if posts.exists() else "no post",
            "answers voters": why_not_answer_message(self.by, self.letter, today=day),
            "answers invitations": why_not_answer_invitation(self.by, self.invitation, today=day),
            "writes findings": why_not_add_finding(self.by, self.study, today=day),
            "submits": why_not_submit(
                self.by, self.deputy, self.proposal.session, Kind.INTERSESSION, day
            ),
        }
        with on(day):
            refusals["co-signs"] = why_not_cosign(self.by, self.proposal, self.deputy, day)
        return {name for name, refusal in refusals.items() if refusal is None}


ALL_BOARDS = {
    *("ranking", "directory", "search", "code", "card", "group", "specialists", "committee"),
    *("holds contact", "is contacted", "station", "roll of the group", "roll of all"),
}
ALL_RIGHTS = {
    *("acts", "answers voters", "answers invitations", "writes findings", "submits", "co-signs")
}
KEPT_AT_REST = {"group", "specialists", "committee", "holds contact", "is contacted"}
"""A suspended deputy still holds the seat (代表法第六十一条): who they are stays; acting and
ranking end."""


def next_term(all_of: Everything) -> None:
    terms.open_term(
        make.assembly(), number=20, from_on=NEXT, seats=30, by=make.director(), today=EVE
    )


LEAVING = {
    "resigned": lambda one: seats.resigned(one.deputy.mandates.get(), on=NEXT, today=NEXT),
    "terminated": lambda one: seats.terminated(one.deputy.mandates.get(), on=NEXT, today=NEXT),
    "change of term": next_term,
}


@pytest.mark.parametrize("way", LEAVING)
def test_who_leaves_is_on_every_board_till_midnight_and_on_none_after(way):
    with on(EVE):
        one = Everything()
        assert (one.boards(EVE), one.rights(EVE)) == (ALL_BOARDS, ALL_RIGHTS)
    with on(EVE if way == "change of term" else NEXT):
        LEAVING[way](one)
    one.deputy.refresh_from_db()
    assert one.boards(EVE) == ALL_BOARDS, "what was so yesterday stays as it was"
    assert (one.boards(NEXT), one.rights(NEXT)) == (set(), set())


def test_who_rests_acts_nowhere_and_keeps_what_the_seat_holds():
    with on(EVE):
        one = Everything()
    with on(NEXT):
        seats.suspended(one.deputy, on=NEXT, today=NEXT)
    one.deputy.refresh_from_db()
    assert (one.boards(EVE), one.boards(NEXT)) == (ALL_BOARDS, KEPT_AT_REST)
    assert one.rights(NEXT) == set()


@pytest.mark.parametrize("way", [*LEAVING, "suspended"])
def test_a_session_in_progress_is_refused_with_the_first_request_of_the_day(client, way):
    act = LEAVING.get(way, lambda one: seats.suspended(one.deputy, on=NEXT, today=NEXT))
    with time_machine.travel(midnight(-3600), tick=False):
        one = Everything()
        if way == "change of term":
            act(one)
    pages = [reverse("deputies:report"), reverse("deputies:my_code")]
    with time_machine.travel(midnight(-1), tick=False):
        as_(client, one.by)
        assert [client.get(page).status_code for page in pages] == [200, 200]
    with time_machine.travel(midnight(), tick=False):
        if way != "change of term":
            act(one)
        assert [client.get(page).status_code for page in pages] == [409, 409]
        assert client.get(reverse("home:deputy", args=[one.deputy.code])).status_code == 410


def test_nobody_who_left_convenes_or_leads_and_the_archive_stays_with_the_office(client):
    with on(EVE):
        one = Everything()
        next_term(one)
        assert DeputyGroup.objects.get().convenor == one.deputy.user
    with time_machine.travel(midnight(60), tick=False):
        assert (release_convenors(), release_convenors()) == (1, 0)
        assert DeputyGroup.objects.get().convenor is None
        assert SpecialistGroup.objects.get().leader is None
        kinds = {row.kind for row in history.rows(one.deputy)}
        assert kinds >= {"代表资格", "代表小组", "专业代表小组", "常委会职务", "双联", "任职"}
        as_(client, make.actor())
        page = text(client.get(reverse("deputies:person", args=[one.deputy.pk])))
        assert ("任期届满" in page, "2026 年 5 月 12 日止" in page) == (True, True)
