"""评价拆看、评价名册: two persons, a reason, a window; and a list that says nothing."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from congress.shared.models.places import OrganisationKind
from congress.shared.roles import Role
from proposals.actions import unsealing
from proposals.models import RatingOpening
from proposals.rating_states import Fulfilment, Satisfaction
from tests import make
from tests.proposals import walk
from tests.proposals.verbs_rated import (
    AFTER,
    WHY,
    asked,
    lost,
    out,
    rated,
    refused,
    unsealed,
    voided,
    voiding,
)
from tests.race import at_once
from tests.scoring.facts import on

pytestmark = pytest.mark.django_db
WORDS = "送水车一周只来一次"
LAST = AFTER + timedelta(days=2)


def test_request_opening_keeps_the_reason_and_tells_those_who_may_agree():
    auditor, other, by = make.actor(Role.AUDITOR), make.director(), make.director()
    opening = asked(by=by)
    assert (opening.reason, opening.asked_by, opening.open_until) == (WHY, by.user, None)
    step = AuditEvent.objects.get(subject="proposals.RatingOpening")
    assert (step.now, step.subject_id, WHY in step.note) == ("opening_asked", opening.pk, False)
    told = set(
        Notice.objects.filter(key__contains="opening_asked").values_list("person", flat=True)
    )
    assert {auditor.user.pk, other.user.pk} <= told
    assert by.user.pk not in told


def test_request_opening_waits_for_the_last_day_and_wants_a_reason():
    rating = rated().reply.ratings.get()
    on_time = {"by": make.director(), "today": walk.RATE_UNTIL}
    with pytest.raises(Refused, match="截止以后才能申请拆看"):
        unsealing.request_opening(rating, reason=WHY, **on_time)
    for reason, word in (("\u200b", "请写明为什么要拆看"), ("长" * 201, "最多 200 个字")):
        with pytest.raises(Refused, match=word):
            unsealing.request_opening(rating, reason=reason, by=make.director(), today=AFTER)
    assert not RatingOpening.objects.exists()


def test_a_special_committees_director_neither_asks_nor_agrees_nor_lists(client):
    other = make.actor(
        Role.STAFF_DIRECTOR, at=make.organisation(OrganisationKind.SPECIAL, "农业与农村委员会")
    )
    opening = asked()
    with pytest.raises(Refused, match="只有代工委主任可以申请拆看"):
        unsealing.request_opening(opening.rating, reason=WHY, by=other, today=AFTER)
    with pytest.raises(Refused, match="要由审计员或者另一位代工委主任同意"):
        unsealing.approve_opening(opening, by=other, today=AFTER)
    client.force_login(other.user)
    assert client.get(reverse("proposals:rating_list")).status_code == 403
    assert reverse("proposals:rating_list") not in client.get("/admin/").content.decode()


def test_approve_opening_is_never_by_who_asked_and_tells_the_author_why_and_by_whom():
    by, auditor = make.director(), make.actor(Role.AUDITOR)
    opening = asked(by=by)
    with pytest.raises(Refused, match="申请的人不能自己同意"):
        unsealing.approve_opening(opening, by=by, today=AFTER)
    opening = unsealed(opening, by=auditor)
    assert (opening.opened_by, opening.open_until) == (auditor.user, LAST)
    notice = Notice.objects.get(key__contains="rating_opened")
    assert notice.person == opening.rating.deputy.user
    assert all(each in notice.text for each in (WHY, by.name, auditor.name, "承办单位看不到"))


def test_it_may_be_asked_for_anew_once_its_days_are_over_and_not_before():
    rating = unsealed().rating
    for today in (AFTER, LAST):
        with pytest.raises(Refused, match="正在拆看"):
            unsealing.request_opening(rating, reason=WHY, by=make.director(), today=today)
    late = {"by": make.director(), "today": LAST + timedelta(days=1)}
    assert unsealing.request_opening(rating, reason=WHY, **late).open_until is None


def test_refuse_opening_tells_who_asked_why_and_nobody_else_and_it_may_be_asked_again(client):
    by, auditor = make.director(), make.actor(Role.AUDITOR)
    opening = asked(by=by)
    with pytest.raises(Refused, match="申请的人不能自己答复"):
        unsealing.refuse_opening(opening, reason="不用。", by=by, today=AFTER)
    client.force_login(auditor.user)
    page = reverse("proposals:refuse_opening", args=[opening.pk])
    with on(AFTER):
        assert client.post(page, {"reason": ""}).status_code == 422
        client.post(page, {"reason": "打电话问过代表，是本人评的。"})
        assert client.post(page, {"reason": "再说一次"}).status_code == 409
    opening.refresh_from_db()
    assert (opening.refused_by, opening.open_until) == (auditor.user, None)
    (notice,) = Notice.objects.filter(key__contains="opening_refused")
    assert (notice.person, "是本人评的" in notice.text) == (by.user, True)
    assert not Notice.objects.filter(key__contains="opening_asked", read_at=None)
    client.force_login(by.user)
    with on(AFTER):
        assert (
            "不予拆看：打电话问过" in client.get(reverse("proposals:rating_list")).content.decode()
        )
        seen = client.get(reverse("proposals:opened_rating", args=[opening.pk]))
    assert seen.status_code == 403
    with pytest.raises(Refused, match="已经答复不予拆看"):
        unsealed(opening, by=auditor)
    assert asked(opening.rating, by=by).waits


@pytest.mark.django_db(transaction=True)
def test_two_who_agree_at_once_agree_once():
    opening, people = asked(), [make.actor(Role.AUDITOR), make.director()]
    by = iter(people)
    at_once(2, lambda: unsealing.approve_opening(opening, by=next(by), today=AFTER))
    assert AuditEvent.objects.filter(now="opening_approved").count() == 1


def test_the_database_wants_two_persons_and_keeps_the_reason_as_it_was():
    opening = asked()
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        RatingOpening.objects.update(reason="别的理由")
    with pytest.raises(DatabaseError, match="rating_opening_takes_two"), transaction.atomic():
        RatingOpening.objects.update(
            opened_by=opening.asked_by, opened_at=opening.asked_at, open_until=LAST
        )


def test_the_database_lets_nobody_undo_what_was_decided_nor_begin_with_it():
    """By SQL as the app's role: a rating would be open again for as long as anybody likes."""
    opened, not_opened = unsealed(), refused()
    undone = {"opened_by": None, "opened_at": None, "open_until": None}
    back = {"refused_by": None, "refused_at": None, "refusal": ""}
    for row, change in (
        (opened, undone),
        (opened, {"open_until": LAST + timedelta(days=30)}),
        (opened, {"opened_by": make.user()}),
        (not_opened, back),
        (not_opened, {"refusal": "别的理由"}),
    ):
        with pytest.raises(IntegrityError, match="stays as it was decided"), transaction.atomic():
            RatingOpening.objects.filter(pk=row.pk).update(**change)
    for row in (opened, not_opened):
        row.pk = None
        with pytest.raises(IntegrityError, match="not begin undecided"), transaction.atomic():
            RatingOpening.objects.bulk_create([row])


def test_the_two_read_the_ballot_for_its_days_and_nobody_else_does(client):
    row = walk.proposal("answered")
    bad, author = Satisfaction.UNSATISFIED, make.as_deputy(row.lead)
    walk.rate(row.reply, process=bad, result=bad, words=WORDS, by=author, today=walk.REPLIED_ON)
    by, auditor = make.director(), make.actor(Role.AUDITOR)
    opening = asked(row.reply.ratings.get(), by=by)
    page = reverse("proposals:opened_rating", args=[opening.pk])

    def seen(who, today=AFTER):
        client.force_login(who.user)
        with on(today):
            answer = client.get(page)
        return WORDS in answer.content.decode() if answer.status_code == 200 else False

    assert not any(seen(who) for who in (by, auditor))
    client.force_login(auditor.user)
    with on(AFTER):
        approve = reverse("proposals:approve_opening", args=[opening.pk])
        assert client.post(approve, follow=True).status_code == 200
    others = (make.director(), make.actor(), make.actor(Role.SYSADMIN), walk.unit_head(), author)
    assert [seen(who) for who in (by, auditor, *others)] == [True, True, *[False] * len(others)]
    assert [seen(who, LAST) for who in (by, auditor)] == [True, True]
    assert not seen(by, LAST + timedelta(days=1))


def test_the_list_shows_that_there_is_one_its_day_and_its_hash_and_never_what_it_says(client):
    page = reverse("proposals:rating_list")
    counts, labels = [], [*Satisfaction.labels, *Fulfilment.labels]
    for rows in (1, 2):
        for _ in range(rows):
            unsealed(asked(rated().reply.ratings.get()))
        client.force_login(make.actor(Role.AUDITOR).user)
        with on(AFTER), CaptureQueriesContext(connection) as ran:
            said = client.get(page).content.decode()
        counts.append(len(ran))
    opening = RatingOpening.objects.last()
    assert said.count(">一致<") == 3
    assert opening.rating.commitment in said
    said = said.replace("满意度公布", "")  # the place beside it
    assert [each for each in labels if each in said] == []
    assert counts[0] == counts[1], "a line costs no statement"
    for role, status in ((Role.STAFF_DIRECTOR, 200), (Role.SYSADMIN, 200), (Role.STAFF_CLERK, 403)):
        client.force_login(make.actor(role).user)
        assert client.get(page).status_code == status


def test_the_director_asks_on_the_page_and_loses_no_word(client):
    rating = rated().reply.ratings.get()
    client.force_login(make.director().user)
    act = reverse("proposals:request_opening", args=[rating.pk])
    with on(AFTER):
        assert client.post(act, {"reason": ""}).status_code == 422
        assert client.post(act, {"reason": WHY}).status_code == 302
        again = client.post(act, {"reason": "再来一次"})
    assert again.status_code == 409
    assert "已经申请拆看" in again.content.decode()
    assert "再来一次" in again.content.decode()


def test_only_years_that_have_something_are_offered_and_this_one(client):
    row = out()
    client.force_login(make.director().user)
    year, rated_in = row.accepted_on.year, row.reply.ratings.get().rated_at.year
    later = AFTER.replace(year=year + 3)
    known = {"rating_list": rated_in, "rehandlings": year, "releases": year}
    for page, had in known.items():
        with on(later):
            shown = client.get(reverse(f"proposals:{page}")).text
        chips = [each for each in range(year - 2, year + 5) if f'?year={each}"' in shown]
        assert chips == [had, later.year], page


@pytest.mark.parametrize("page", ["rating_list", "rehandlings"])
def test_a_year_that_is_none_of_ours_leads_nowhere(page, client):
    client.force_login(make.director().user)
    address = reverse(f"proposals:{page}")
    for year in ("10000", "99999", "0", "-1", "x"):
        assert client.get(address, {"year": year}).status_code == 404
    assert client.get(address).status_code == 200


def test_every_way_to_the_list_leads_to_the_year_in_which_the_rating_was_given(client):
    """In January the list of the new year is empty, and the rating stands in the last one's."""
    by, other, january = make.director(), make.director(), AFTER.replace(year=AFTER.year + 1)
    rating = rated().reply.ratings.get()
    there = f"{reverse('proposals:rating_list')}?year={rating.rated_at.year}"
    ask = reverse("proposals:request_opening", args=[rating.pk])
    client.force_login(by.user)
    with on(january):
        assert f'href="{there}"' in client.get(ask).text
        assert client.post(ask, {"reason": WHY}).headers["Location"] == there
    opening = RatingOpening.objects.get()
    refuse = reverse("proposals:refuse_opening", args=[opening.pk])
    client.force_login(other.user)
    with on(january):
        assert f'href="{there}"' in client.get(refuse).text
        assert client.post(refuse, {"reason": "不用看。"}).headers["Location"] == there
    opened = unsealed(asked(rating, by=by, today=january), by=other, today=january)
    with on(january):
        seen = client.get(reverse("proposals:opened_rating", args=[opened.pk])).text
    assert f'href="{there}"' in seen
    links = Notice.objects.filter(key__contains="opening_").values_list("link", flat=True)
    assert set(links) == {there}


def test_what_has_become_void_is_opened_for_nobody_and_its_author_hears_of_no_opening(client):
    by, other = make.director(), make.director()
    rating = lost()
    opening = asked(rating, by=by)
    voided(voiding(rating), by=other)
    rating = type(rating).objects.get(pk=rating.pk)
    with pytest.raises(Refused, match="已经作废，没有什么可看，请答复不予拆看"):
        unsealed(opening, by=other)
    assert not Notice.objects.filter(key__contains="rating_opened").exists()
    refused(opening, by=other)
    with pytest.raises(Refused, match="已经作废，没有什么可看。"):
        asked(rating, by=by)
