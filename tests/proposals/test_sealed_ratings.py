"""评价密封、回执、换钥: what the database holds of a rating, and what a receipt answers."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from congress.shared import chain
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent
from congress.shared.roles import Role
from congress.shared.sealing import UnreadableSeal
from proposals.actions import evaluation
from proposals.models import Rating
from proposals.rating_states import Fulfilment, Satisfaction
from proposals.states import State
from tests import make
from tests.proposals import verbs_rated, walk
from tests.scoring.facts import on
from tests.tamper import as_owner

pytestmark = pytest.mark.django_db
GOOD, BAD = Satisfaction.SATISFIED, Satisfaction.UNSATISFIED
WORDS = "送水车一周只来一次"


@pytest.fixture(autouse=True)
def _today():
    with on(walk.REPLIED_ON):
        yield


def rated(result=BAD, words=WORDS, proposal=None, **said):
    proposal = proposal or walk.proposal(State.ANSWERED)
    said = {"process": GOOD, "by": make.as_deputy(proposal.lead), "today": walk.REPLIED_ON} | said
    return walk.rate(proposal.reply, result=result, words=words, **said)


def look_up(client, code):
    page = client.get(reverse("proposals:rating_receipt"), {"code": code})
    return page.content.decode() if page.status_code == 200 else page.status_code


def test_no_dump_of_the_table_holds_what_was_said():
    rated()
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT r::text, sealed FROM proposals_rating r")
        ((text, sealed),) = cursor.fetchall()
        cursor.execute(
            "SELECT string_agg(e::text, ' ') FROM shared_auditevent e"
            " WHERE subject = 'proposals.Rating'"
        )
        (trail,) = cursor.fetchone()
    held = text.encode() + bytes(sealed)
    values = [WORDS, "送水车", *Satisfaction, *Fulfilment, Satisfaction(BAD).label]
    assert not [each for each in values if each.encode() in held or each in trail]
    assert not [each for each in values if each.encode().hex() in text]


def test_a_rating_moved_to_another_row_does_not_open():
    rating, other = rated(), rated(GOOD, "")
    with as_owner():
        Rating.objects.filter(pk=other.pk).update(sealed=rating.sealed)
    with pytest.raises(UnreadableSeal):
        _ = Rating.objects.get(pk=other.pk).ballot
    assert Rating.objects.get(pk=rating.pk).is_committed


def test_sealing_anew_keeps_what_was_said_and_every_receipt(settings):
    rating = rated()
    settings.RATING_KEYS = settings.RATING_KEYS | {2: b"another key of 32"}
    said = StringIO()
    with as_owner():
        call_command("reseal_ratings", stdout=said)
        call_command("reseal_ratings", stdout=said)
    assert said.getvalue() == "1 sealed under key 2\n0 sealed under key 2\n"
    settings.RATING_KEYS = {2: settings.RATING_KEYS[2]}
    again = Rating.objects.get()
    assert (again.key_version, again.code) == (2, rating.code)
    assert (again.ballot.words, again.is_committed) == (WORDS, True)


def test_what_does_not_open_stays_as_it_is_and_holds_up_no_new_key(settings):
    settings.RATING_KEYS = own = {1: b"what is to be lost"}
    lost = rated()
    settings.RATING_KEYS = {2: b"the one after it was lost"}
    rated(GOOD, "", proposal=lost.reply.assignment.proposal)
    settings.RATING_KEYS |= {3: b"that of the next year"}
    said = StringIO()
    with as_owner():
        call_command("reseal_ratings", stdout=said)
    done, kept = said.getvalue().splitlines()
    assert done == "1 sealed under key 3"
    assert ("1 张" in kept, "打不开" in kept, "第 1 版" in kept) == (True, True, True)
    settings.RATING_KEYS = own | {3: settings.RATING_KEYS[3]}
    assert [each.is_committed for each in Rating.objects.order_by("pk")] == [True, True]


def test_what_is_void_is_counted_as_lost_by_neither_command(settings):
    """One word of how many do not open: three, of which two are void, is one."""
    rows = [verbs_rated.lost(verbs_rated.rated()) for _ in range(3)]
    for each in rows[:2]:
        verbs_rated.voided(verbs_rated.voiding(each))
    settings.RATING_KEYS = settings.RATING_KEYS | {10: b"that of the next year"}
    said = [StringIO(), StringIO()]
    with as_owner():
        call_command("check_rating_keys", stdout=said[0])
        call_command("reseal_ratings", stdout=said[1])
    assert ["密封的 1 张评价单打不开" in each.getvalue() for each in said] == [True, True]


def test_nothing_is_filled_in_for_anybody():
    proposal = walk.proposal(State.ANSWERED)
    with pytest.raises(Refused, match="还差 1 处没选：第 1 条。"):
        rated(proposal=proposal, asks={})
    by = {"by": make.as_deputy(proposal.lead), "today": walk.REPLIED_ON}
    asks = dict.fromkeys(proposal.asks.values_list("pk", flat=True), Fulfilment.DONE)
    with pytest.raises(Refused, match="请写一句"):
        evaluation.rate(proposal.reply, process=GOOD, result=BAD, asks=asks, words="  ", **by)
    with pytest.raises(Refused, match="不是这份答复里的"):
        rated(proposal=proposal, asks=asks | {0: Fulfilment.DONE})
    assert not Rating.objects.exists()


def test_the_page_says_what_is_missing_and_gives_a_receipt(client):
    proposal = walk.proposal(State.ANSWERED)
    ask = proposal.asks.get().pk
    client.force_login(make.as_deputy(proposal.lead).user)
    page = reverse("proposals:rate", args=[proposal.reply.pk])
    answer = client.post(page, {"process": "fair"})
    assert answer.status_code == 422
    assert "还差 2 处没选：办理结果、第 1 条。" in answer.content.decode()
    sent = {"process": "fair", "result": "fair", f"ask_{ask}": "half"}
    answer = client.post(page, sent, follow=True)
    rating = Rating.objects.get()
    assert rating.ballot.asks == {ask: Fulfilment.HALF}
    assert rating.code in answer.content.decode()
    assert rating.origins.count() == 2


def test_a_receipt_says_whether_it_is_in_the_trail_and_never_the_value(client):
    rating = rated()
    client.force_login(make.as_deputy(rating.deputy).user)
    said = look_up(client, rating.code.lower().replace("-", " "))
    assert ("在册" in said, "今晚封进" in said) == (True, True)
    chain.seal_audit()
    assert "已经封进" in look_up(client, rating.code)
    later = rated(GOOD, "", proposal=rating.reply.assignment.proposal)
    pages = [look_up(client, each.code) for each in (rating, later)]
    assert ["后来又评过" in each for each in pages] == [True, False]
    labels = [*Satisfaction.labels, *Fulfilment.labels, WORDS]
    assert not [each for page in pages for each in labels if each in page]
    assert "册上没有 7K2M" in look_up(client, "7K2M-0000-0000")


def test_a_receipt_taken_out_of_the_trail_is_missed(client):
    rating = rated()
    with as_owner():
        AuditEvent.objects.filter(subject="proposals.Rating").update(note="0" * 64)
    client.force_login(make.as_deputy(rating.deputy).user)
    assert "册上没有" in look_up(client, rating.code)


def test_a_receipt_answers_its_author_and_the_desk_alone(client):
    rating = rated()
    for role in (Role.UNIT_CLERK, Role.UNIT_HEAD, Role.TOWNSHIP_CLERK, Role.CONVENOR):
        client.force_login(make.actor(role).user)
        assert look_up(client, rating.code) == 404
    client.force_login(make.as_deputy(make.deputy()).user)
    assert "册上没有" in look_up(client, rating.code)
    client.force_login(make.actor(Role.AUDITOR).user)
    page = look_up(client, rating.code)
    assert ("在册" in page, rating.reply.assignment.proposal.title in page) == (True, False)
