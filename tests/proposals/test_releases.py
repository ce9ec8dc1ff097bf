"""公布满意度: one frozen snapshot, once every window is over."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.urls import reverse

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent
from congress.shared.roles import Role
from proposals.actions import releasing
from proposals.models import Proposal, RatingRelease, ReleasedCount
from proposals.queries import releases
from proposals.rating_states import Fulfilment, Measure, Satisfaction
from proposals.states import State
from tests import make, put_down
from tests.proposals import walk
from tests.proposals.test_withheld_and_merged import Two
from tests.race import at_once
from tests.scoring.facts import on

pytestmark = pytest.mark.django_db
AFTER = walk.RATE_UNTIL + timedelta(days=1)
GOOD, FAIR, BAD = Satisfaction
MARKS = dict(zip(Satisfaction, Fulfilment, strict=True))


@pytest.fixture(autouse=True)
def _today():
    with on(walk.REPLIED_ON):
        yield


def release(row, **changes):
    given = {"year": 2026, "by": make.actor(Role.STAFF_DIRECTOR), "today": AFTER} | changes
    return releasing.release_ratings(row.session.term.assembly, **given)


@put_down.again(Proposal)
def rated(*results):
    """So many proposals of one unit, each of another lead, rated so or not at all."""
    for result in results:
        row = walk.proposal(State.ANSWERED)
        if result:
            by = {"by": make.as_deputy(row.lead), "today": walk.REPLIED_ON}
            asks = dict.fromkeys(row.asks.values_list("pk", flat=True), MARKS[result])
            walk.rate(
                row.reply, process=FAIR if result == BAD else GOOD, result=result, asks=asks, **by
            )
    return row


def test_release_ratings_freezes_what_may_be_read_and_everybody_reads_that_alone(client):
    row = rated(GOOD, GOOD, FAIR, BAD, GOOD, None)
    page = reverse("proposals:satisfaction")
    assert "还没有公布过" in client.get(page).content.decode()
    found = release(row)
    cells = {each.measure: each for each in found.counts.of_units()}
    result = cells[Measure.RESULT]
    assert (result.best, result.middle, result.worst, result.unrated) == (3, 1, 1, 1)
    assert (result.returned, result.sent) == (5, 6)
    assert not found.counts.of_units().filter(best=None).filter(measure=Measure.PROCESS)
    assert found.replies.count() == 6
    event = AuditEvent.objects.get(subject="proposals.RatingRelease")
    assert (event.subject_id, event.now) == (found.pk, "ratings_released")
    seen = client.get(page).content.decode()
    assert ("5/6 份" in seen, "未评价 1 份" in seen, "3 · 1 · 1" in seen) == (True, True, True)


def test_too_few_have_no_figures_and_none_are_kept():
    found = release(rated(GOOD, BAD))
    assert found.counts.count() == 6
    assert not ReleasedCount.objects.open().exists()


def test_release_ratings_is_refused_to_all_but_the_director():
    row = rated(GOOD)
    for role in (Role.STAFF_CLERK, Role.LEADER, Role.TOWNSHIP_CLERK, Role.UNIT_HEAD):
        with pytest.raises(Refused, match="只有代工委主任"):
            release(row, by=make.actor(role))


def test_release_ratings_names_what_is_still_open():
    row = rated(GOOD)
    with pytest.raises(Refused, match=f"还有 1 份答复没到评价截止：{row.number}（"):
        release(row, today=walk.RATE_UNTIL)
    with pytest.raises(Refused, match="2025 年没有等着公布的评价"):
        release(row, year=2025)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_release_once():
    row = rated(GOOD)
    outcomes = at_once(
        2,
        releasing.release_ratings,
        row.session.term.assembly,
        year=2026,
        by=make.actor(Role.STAFF_DIRECTOR),
        today=AFTER,
    )
    assert sorted(each == "done" for each in outcomes) == [False, True]
    assert RatingRelease.objects.count() == 1


def test_nothing_released_is_counted_anew_and_a_new_version_comes_into_the_next_batch():
    row = rated(GOOD)
    before = release(row)
    again = walk.answered(Proposal.objects.get(pk=row.pk).lead_assignment, today=AFTER)
    by = make.as_deputy(row.lead)
    walk.rate(again, process=BAD, result=BAD, by=by, today=AFTER)
    second = release(row, today=again.rate_until + timedelta(days=1))
    assert (before.round, second.round) == (1, 2)
    assert second.replies.get().reply == again
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        ReleasedCount.objects.update(best=1)


def test_the_offices_page_says_why_not_yet_and_then_releases(client):
    row = rated(GOOD)
    client.force_login(make.actor(Role.STAFF_DIRECTOR).user)
    page = reverse("proposals:releases")
    assert "没到评价截止" in client.get(page).content.decode()
    sent = {"assembly": row.session.term.assembly.pk, "year": 2026}
    with on(AFTER):
        answer = client.post(reverse("proposals:release_ratings"), sent, follow=True)
    assert "不足以公开" in answer.content.decode()
    assert RatingRelease.objects.get().released_by.pk == int(client.session["_auth_user_id"])


def test_a_year_without_any_opens_on_the_newest_that_has_some(client):
    release(rated(GOOD))
    client.force_login(make.actor(Role.STAFF_DIRECTOR).user)
    for page in (reverse("proposals:releases"), reverse("proposals:rehandlings")):
        with on(date(2027, 1, 11)):
            shown = client.get(page).text
            assert 'href="?year=2027"' in shown.replace(f'"{page}?', '"?')
            assert "2027 年还没有，先列出 2026 年的" in shown
            assert "先列出" not in client.get(f"{page}?year=2027").text


def test_the_released_figures_are_reached_from_the_list_and_drawn_for_phones(client):
    release(rated(GOOD, GOOD, FAIR, BAD, GOOD, None))
    page = reverse("proposals:satisfaction")
    assert page in client.get(reverse("proposals:public_list")).text
    assert client.get(page).text.count('data-label="办理结果') == 2


def test_a_year_that_is_none_of_ours_is_no_page_and_no_form(client):
    assembly = rated(GOOD).session.term.assembly
    client.force_login(make.actor(Role.STAFF_DIRECTOR).user)
    for year in ("10000", "999999", "99999999999", "1900"):
        page = reverse("proposals:releases") + f"?year={year}"
        assert client.get(page).status_code == 404
    for year in ("", "abc", "0", "10000", "99999999999"):
        sent = {"assembly": assembly.pk, "year": year}
        answer = client.post(reverse("proposals:release_ratings"), sent)
        assert (answer.status_code, "没有选年份" in answer.content.decode()) == (409, True)
    assert not RatingRelease.objects.exists()


def test_each_ask_is_counted_by_its_mark():
    row = walk.proposal(State.ANSWERED)
    by = {"by": make.as_deputy(row.lead), "today": walk.REPLIED_ON}
    asks = dict.fromkeys(row.asks.values_list("pk", flat=True), Fulfilment.NOT_DONE)
    walk.rate(row.reply, process=GOOD, result=GOOD, asks=asks, **by)
    cells = release(row).counts.filter(measure=Measure.ASKS)
    assert {each.sent for each in cells} == {len(asks)}


@pytest.mark.parametrize("again", [False, True])
def test_answering_again_after_the_window_wipes_out_no_rating_and_holds_nobody_up(again):
    row = rated(GOOD, GOOD, FAIR, GOOD, FAIR, GOOD, BAD)
    if again:
        with on(AFTER):
            newer = walk.answered(Proposal.objects.get(pk=row.pk).lead_assignment, today=AFTER)
    result = release(row).counts.of_units().get(measure=Measure.RESULT)
    assert (result.best, result.middle, result.worst, result.unrated) == (4, 2, 1, 0)
    if again:
        rest = release(row, today=newer.rate_until + timedelta(days=1))
        assert [each.reply for each in rest.replies.all()] == [newer]


def test_what_was_replaced_while_it_could_be_rated_is_counted_by_its_newer_version():
    row = rated(GOOD, GOOD, FAIR, GOOD, FAIR, GOOD, BAD)
    with on(walk.RATE_UNTIL):
        part = Proposal.objects.get(pk=row.pk).lead_assignment
        newer = walk.answered(part, today=walk.RATE_UNTIL)
    batch = release(row, today=newer.rate_until + timedelta(days=1)).replies
    assert (batch.count(), batch.filter(reply__version=2).count()) == (7, 1)


def kept_from_all(unit=None, result=GOOD):
    """One more that is withheld as a whole, rated."""
    row = walk.proposal(State.ANSWERED, unit=unit, withheld="涉及个人隐私")
    by = {"by": make.as_deputy(row.lead), "today": walk.REPLIED_ON}
    walk.rate(row.reply, process=GOOD, result=result, **by)
    return row


def figures(release):
    """The table as everybody reads it."""
    names = ("unit", "measure", "sent", "best", "middle", "worst", "unrated")
    return set(release.counts.values_list(*names))


def test_the_table_is_the_same_whatever_is_withheld_as_a_whole():
    row = rated(GOOD, GOOD, FAIR, BAD, GOOD, None)
    with transaction.atomic():
        without = figures(release(row))
        transaction.set_rollback(True)
    kept_from_all(row.reply.assignment.unit)
    kept_from_all(make.unit("县水利局"))
    found = release(row)
    assert figures(found) == without
    assert found.replies.count() == 8


def test_asks_that_came_with_what_is_withheld_are_not_counted():
    two = Two(withheld_is_merged=True)
    (asks,) = release(two.open).counts.of_units().filter(measure=Measure.ASKS)
    assert asks.sent == two.open.asks.count() < two.reply.answers.count()


def test_a_batch_of_nothing_but_withheld_ones_is_no_table_and_no_number(client):
    first = release(rated(GOOD))
    row = kept_from_all()
    client.force_login(make.actor(Role.STAFF_DIRECTOR).user)
    with on(AFTER):
        page = client.get(reverse("proposals:releases")).text
        assert "其中 1 份是整件不公开的建议的，不进表" in page
        sent = {"assembly": row.session.term.assembly.pk, "year": 2026}
        said = client.post(reverse("proposals:release_ratings"), sent, follow=True).text
    assert "没有可以公布的数" in said
    hidden = row.reply.released_in.release
    assert (hidden.round, hidden.counts.count()) == (None, 0)
    assert hidden.released_on == AFTER
    assert [each.release for each in releases.released()] == [first]
    last = walk.answered(
        Proposal.objects.get(pk=first.replies.get().reply.assignment.proposal_id).lead_assignment,
        today=AFTER,
    )
    assert release(row, today=last.rate_until + timedelta(days=1)).round == 2


def test_the_database_keeps_no_number_without_a_table_and_no_table_without_a_number():
    batch = release(rated(GOOD))
    for number, cells in ((batch.round + 1, 0), (None, 1)):
        kept = RatingRelease.objects.get(pk=batch.pk)
        kept.pk, kept.round = None, number
        with transaction.atomic():
            kept.save(force_insert=True)
            for each in batch.counts.all()[:cells]:
                each.pk, each.release = None, kept
                each.save(force_insert=True)
            with pytest.raises(IntegrityError, match="without a"), transaction.atomic():
                connection.check_constraints()
            transaction.set_rollback(True)
