from datetime import UTC, datetime, timedelta
from itertools import groupby
from random import Random

import pytest
from django.db import ProgrammingError, transaction
from django.urls import NoReverseMatch, reverse

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from congress.shared.roles import Role
from proposals.ballots import Ballot
from proposals.models import KeySupervision, Rating
from proposals.queries import ratings
from proposals.rating_states import Fulfilment, Satisfaction
from proposals.states import State
from proposals.supervision_states import KeyKind
from tests import make
from tests.proposals import unseen, walk
from tests.race import at_once
from tests.scoring.facts import on

pytestmark = pytest.mark.django_db
GOOD, BAD = Satisfaction.SATISFIED, Satisfaction.UNSATISFIED


def answered():
    return walk.proposal(State.ANSWERED)


def rate(proposal, process=GOOD, result=GOOD, words="", **changes):
    given = {"by": make.as_deputy(proposal.lead), "today": walk.RATE_UNTIL} | changes
    return walk.rate(proposal.reply, process=process, result=result, words=words, **given)


def test_rate_is_a_row_with_a_trail_that_names_no_value():
    proposal = answered()
    before = list(AuditEvent.objects.values_list("pk", flat=True))
    rating = rate(proposal, GOOD, BAD, "送水不够。")
    asks = {each.ask_id: Fulfilment.HALF for each in proposal.reply.answers.all()}
    assert rating.ballot == Ballot(GOOD, BAD, asks, "送水不够。")
    event = AuditEvent.objects.exclude(pk__in=before).get()
    assert (event.subject, event.subject_id, event.now) == ("proposals.Rating", rating.pk, "rated")
    assert (event.was, event.note) == ("", rating.commitment)
    assert rating.is_committed


def test_rate_moves_nothing_else():
    proposal = answered()
    notices = Notice.objects.count()
    rate(proposal)
    proposal.refresh_from_db()
    assert (proposal.state, Notice.objects.count()) == (State.ANSWERED, notices)


def test_the_last_rating_given_counts():
    proposal = answered()
    rate(proposal, GOOD, GOOD)
    rate(proposal, BAD, BAD)
    assert Rating.objects.count() == 2
    assert Rating.objects.latest_each().get().ballot.result == BAD


def test_rate_is_refused_to_another_deputy():
    with pytest.raises(Refused, match="领衔代表"):
        rate(answered(), by=make.as_deputy(make.deputy()))


def test_rate_is_refused_after_the_last_day():
    with pytest.raises(Refused, match="2026 年 5 月 26 日截止"):
        rate(answered(), today=walk.RATE_UNTIL + timedelta(days=1))


@pytest.mark.django_db(transaction=True)
def test_two_devices_at_once_leave_two_rows_of_which_the_last_counts():
    proposal = answered()
    outcomes = at_once(
        2,
        walk.rate,
        proposal.reply,
        process=GOOD,
        result=BAD,
        by=make.as_deputy(proposal.lead),
        today=walk.RATE_UNTIL,
    )
    assert outcomes == ["done", "done"]
    assert Rating.objects.latest_each().count() == 1


def test_the_database_lets_the_app_neither_change_nor_remove_a_rating():
    rate(answered())
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Rating.objects.update(sealed=b"")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Rating.objects.all().delete()


def test_ratings_are_visible_to_their_author_and_the_office_alone():
    proposal = answered()
    rate(proposal)
    assert Rating.objects.visible_to(make.as_deputy(proposal.lead)).count() == 1
    assert Rating.objects.visible_to(make.actor()).count() == 1
    others = set(Role) - {Role.STAFF_CLERK, Role.STAFF_DIRECTOR}
    assert not any(Rating.objects.visible_to(make.actor(role)).exists() for role in others)


def test_leaders_read_those_of_key_proposals_and_of_no_others():
    key, other = answered(), answered()
    for each in (key, other):
        rate(each)
    leader, said = make.actor(Role.LEADER), {"year": 2026, "decided_on": walk.REPLIED_ON}
    KeySupervision.objects.create(
        proposal=key,
        kind=KeyKind.DIRECTORS,
        minute_number="〔2026〕3 号",
        decided_by=make.actor().user,
        **said,
    )
    assert Rating.objects.visible_to(leader).get().reply == key.reply


# 背靠背: what a unit can fetch is the same, byte for byte, whatever the deputy does.

GRADES = list(Satisfaction)
HISTORIES = {
    State.ANSWERED: [
        *([pair] for pair in zip(GRADES, GRADES[1:] + GRADES[:1], strict=True)),
        [(BAD, BAD)] * 5,
    ],
    State.PUBLISHED: [
        *([pair] for pair in zip(GRADES, reversed(GRADES), strict=True)),
        [(GOOD, GOOD), (BAD, BAD)],
    ],
}
"""Each grade of the way and each of the result, at an answer and at a public one. Every pair, any
mixture of them, and every address: `make campaign ONLY=ratings`."""


def pages(proposal):
    """Every page with this proposal on it that a unit account can open."""
    names = [
        ("proposals:unit_desk", []),
        ("proposals:case", [proposal.pk]),
        ("proposals:detail", [proposal.pk]),
        ("proposals:public_list", []),
        ("proposals:public_detail", [proposal.pk]),
        ("proposals:public_detail", [proposal.number]),
        ("home:front", []),
        ("home:search", []),
    ]
    for name, args in names:
        try:
            yield reverse(name, args=args)
        except NoReverseMatch:
            continue


def seen(client, proposal):
    """Status, headers and bytes of each page, without the token that is new on every request."""
    answers = [client.get(page, follow=True) for page in pages(proposal)]
    return [
        (answer.status_code, answer.redirect_chain, without_tokens(answer), len(answer.content))
        for answer in answers
    ]


def without_tokens(answer):
    text = answer.content.decode()
    for mark in ('name="csrfmiddlewaretoken" value="', '"X-CSRFToken": "'):
        while mark in text:
            before, _, rest = text.partition(mark)
            text = before + rest[64:]
    return text


@pytest.mark.parametrize("state", HISTORIES)
def test_no_page_of_the_unit_differs_by_a_byte_whatever_the_rating(client, state):
    proposal = walk.proposal(state)
    unit, lead = walk.unit_clerk(), make.as_deputy(proposal.lead)
    client.force_login(unit.user)
    with clock.at(clock.now().replace(year=2026, month=5, day=12)):
        before = seen(client, proposal)
        differing = [
            each for each in HISTORIES[state] if rated(client, proposal, each, lead) != before
        ]
        assert seen(client, proposal) == before
    assert not differing
    assert len(before) >= 3


def rated(client, proposal, history, lead):
    """What the unit sees once these ratings stand, which are gone again afterwards."""
    with transaction.atomic():
        for process, result in history:
            rate(proposal, process, result, "不要让承办单位看到这句话", by=lead)
        assert Rating.objects.count() == len(list(groupby(history)))
        answers = seen(client, proposal)
        transaction.set_rollback(True)
    return answers


def test_no_byte_of_a_unit_differs_whatever_is_rated_until_release(client):
    """承办单位看不到: pages, lists, exports, feeds, headers (`make campaign ONLY=ratings` more)."""
    with on(walk.REPLIED_ON):
        rows = unseen.proposals()[:2]
        client.force_login(unseen.unit_people()[0].user)
        places = unseen.addresses(client, 16)
    before = unseen.settled(client, places, unseen.AFTER)
    dice = Random(6)  # noqa: S311 - the same histories in every run
    with on(unseen.AFTER):
        for _ in range(2):
            assert not unseen.differing(client, places, before, rows, dice)


def test_the_unit_finds_no_page_to_rate_on_and_none_of_the_office(client):
    proposal = answered()
    client.force_login(walk.unit_clerk().user)
    assert client.get(reverse("proposals:rate", args=[proposal.reply.pk])).status_code == 404
    for name in ("dossier", "accept", "assign", "publish"):
        assert client.get(reverse(f"proposals:{name}", args=[proposal.pk])).status_code == 403
    assert client.get(reverse("proposals:review")).status_code == 403


def test_the_office_sees_a_rating_only_after_the_window_has_closed(client):
    proposal = answered()
    rate(proposal, GOOD, BAD, "桥还没动工")
    client.force_login(make.actor().user)
    page = reverse("proposals:dossier", args=[proposal.pk])
    last_day = clock.now().replace(year=2026, month=5, day=26, hour=4)
    with clock.at(last_day):
        assert "桥还没动工" not in client.get(page).content.decode()
    with clock.at(last_day + timedelta(days=1)):
        assert "桥还没动工" in client.get(page).content.decode()


@pytest.mark.parametrize("role", [Role.LEADER, Role.SYSADMIN, Role.AUDITOR])
def test_others_at_the_desk_never_see_one(client, role):
    proposal = answered()
    rate(proposal, GOOD, BAD, "桥还没动工")
    client.force_login(make.actor(role).user)
    late = clock.now().replace(year=2026, month=6, day=26)
    with clock.at(late):
        page = client.get(reverse("proposals:dossier", args=[proposal.pk]))
    assert page.status_code == 200
    assert "桥还没动工" not in page.content.decode()


def test_a_rating_of_the_small_hours_is_of_the_day_in_the_county():
    proposal = answered()
    with clock.at(datetime(2026, 5, 11, 17, tzinfo=UTC)):
        rate(proposal)
    lead = make.as_deputy(proposal.lead)
    before = ratings.page(proposal.reply, lead, walk.RATE_UNTIL)["before"]
    assert before.when == "5 月 12 日"


def test_words_given_earlier_stand_in_the_form_when_it_is_rated_again(client):
    proposal = answered()
    rate(proposal, words="路基没有压实。")
    with on(walk.RATE_UNTIL):
        client.force_login(make.as_deputy(proposal.lead).user)
        page = client.get(reverse("proposals:rate", args=[proposal.reply.pk])).text
    assert page.count("路基没有压实。") == 1
    assert ("可以不填" in page, "办理过程" in page) == (False, False)


def test_marks_of_another_replys_asks_are_refused_as_they_were_not_seen(client):
    proposal = answered()
    with on(walk.RATE_UNTIL):
        client.force_login(make.as_deputy(proposal.lead).user)
        page = reverse("proposals:rate", args=[proposal.reply.pk])
        asks = {f"ask_{pk}": "done" for pk in proposal.asks.values_list("pk", flat=True)}
        sent = {"process": GOOD, "result": GOOD, **asks, "words": "话还在"}
        strange = client.post(page, sent | {"ask_999999": "done"})
        said = strange.content.decode()
        assert (strange.status_code, "不是这份答复里的请求" in said) == (422, True)
        assert ("话还在" in said, Rating.objects.exists()) == (True, False)
        assert client.post(page, sent).status_code == 302


def test_every_page_without_marks_says_why_and_when_totals_come(client):
    proposal = answered()
    client.force_login(walk.unit_clerk().user)
    pages = [("unit_desk",), ("case", proposal.pk), ("public_detail", proposal.number)]
    for name, *args in pages:
        page = client.get(reverse(f"proposals:{name}", args=args)).content.decode()
        assert "为什么看不到代表打的分" in page
        assert "一年的评价都截止后一次公布" in page
