"""作废打不开的评价单: two persons, a reason, and whatever waited for it goes on."""

import re

import pytest
from django.conf import settings as configured
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from congress.shared.models.places import OrganisationKind
from congress.shared.roles import Role
from proposals import events
from proposals.actions import voiding
from proposals.models import Rating, RatingVoiding, Rehandling, ReleasedCount
from proposals.permissions.rehandling import why_not_words
from proposals.queries.deputies import rated_replies
from proposals.queries.visibility import logged, readable
from proposals.rating_states import Measure, Satisfaction
from proposals.states import State
from tests import make
from tests.proposals import unseen, walk
from tests.proposals import verbs_rated as verbs
from tests.proposals.keys import decided
from tests.proposals.verbs_rated import AFTER, GONE, LOST_KEY, ORDER, lost, out, rated
from tests.race import at_once, meanwhile
from tests.scoring.facts import on

pytestmark = pytest.mark.django_db
FAIR = Satisfaction.FAIR


def fresh(rating):
    """Not what is still known of it from giving it."""
    return Rating.objects.get(pk=rating.pk)


def look(client, who, name="unreadable_ratings", today=AFTER, args=(), **query):
    client.force_login(who.user)
    with on(today):
        return client.get(reverse(f"proposals:{name}", args=args), query)


def post(client, who, name, **data):
    client.force_login(who.user)
    with on(AFTER):
        return client.post(reverse(f"proposals:{name}") + "?year=2026", data)


def test_request_voiding_is_of_what_does_not_open_and_tells_the_directors_once():
    by, other = make.director(), make.director()
    first, second = (fresh(lost(rated())) for _ in range(2))
    opens = first.reply.ratings.order_by("pk").first()
    with pytest.raises(Refused, match=r"评价单打得开，不能作废"):
        voiding.request_voiding([first, opens], reason=GONE, by=by, today=AFTER)
    for reason, word in (("\u200b", "请写明为什么要作废"), ("长" * 201, "最多 200 个字")):
        with pytest.raises(Refused, match=word):
            voiding.request_voiding([first], reason=reason, by=by, today=AFTER)
    with pytest.raises(Refused, match="请先选评价单"):
        voiding.request_voiding([], reason=GONE, by=by, today=AFTER)
    assert not RatingVoiding.objects.exists()
    made = voiding.request_voiding([second, first], reason=f" {GONE}", by=by, today=AFTER)
    assert [(each.rating, each.reason, each.asked_by) for each in made] == [
        (first, GONE, by.user),
        (second, GONE, by.user),
    ]
    steps = AuditEvent.objects.filter(subject="proposals.RatingVoiding")
    assert [(each.now, each.note) for each in steps] == [("voiding_asked", "")] * 2
    (notice,) = Notice.objects.filter(key__contains="voiding_asked")
    assert (notice.person, "2 张打不开的评价单" in notice.text) == (other.user, True)


def test_approve_voiding_lets_the_release_and_the_order_go_on_and_it_counts_as_not_rated(client):
    rating = lost()
    row = rating.assignment.proposal
    with pytest.raises(Refused, match="密钥确实找不回来的，在“打不开的评价”里申请作废"):
        walk.released(row)
    assert "申请作废" in why_not_words(row.reply, ORDER)
    asked = verbs.voiding(rating)
    director = make.director()
    other = verbs.voiding(lost(rated()), by=director)
    with pytest.raises(Refused, match="申请的人不能自己同意"):
        voiding.approve_voiding([other], by=director, today=AFTER)
    verbs.voided(asked)
    assert why_not_words(row.reply, ORDER) is None
    verbs.voided(other)
    walk.released(row)
    process = ReleasedCount.objects.filter(unit=None, measure=Measure.PROCESS)
    assert process.get().sent == 2
    assert not Rating.objects.latest_each().exists(), "nor does what it had replaced come back"
    assert not rated_replies(make.as_deputy(row.lead), [row])
    notice = Notice.objects.get(key=f"proposal.rating_voided.{asked.pk}:{row.pk}")
    assert notice.person == row.lead.user
    assert all(each in notice.text for each in (GONE.rstrip("。"), "不能再评", "记作未评价"))
    assert not Notice.objects.filter(key=f"proposal.voiding_asked:{asked.pk}", read_at=None)
    office = look(client, make.director(), "dossier", args=[row.pk]).text
    assert "评价单打不开，已经作废，记作未评价" in office
    author = make.as_deputy(row.lead)
    receipt = look(client, author, "rating_receipt", code=rating.code).text
    assert (f"{rating.code} 在册，已经作废" in receipt, "不算评过" in receipt) == (True, True)
    assert "已经作废，不算评过" in look(client, author, "rated", args=[row.reply.pk]).text


def test_words_that_still_open_are_never_handed_on_though_a_later_ballot_is_void():
    row = walk.proposal(State.ANSWERED)
    said = {"process": Satisfaction.UNSATISFIED, "result": FAIR, "words": "送水车一周只来一次"}
    walk.rate(row.reply, by=make.as_deputy(row.lead), today=walk.REPLIED_ON, **said)
    verbs.voided(verbs.voiding(lost(row)))
    assert "和代表写的一样" in why_not_words(row.reply, "送水车一周来三次。")


def test_within_its_window_the_author_is_asked_to_rate_again_and_the_same_counts_anew(client):
    day, rating = walk.REPLIED_ON, lost()
    row, author = rating.assignment.proposal, make.as_deputy(rating.deputy)
    made = verbs.voided(verbs.voiding(rating, today=day), today=day)
    notice = Notice.objects.get(key=f"proposal.rating_voided.{made.pk}:{row.pk}")
    assert "您可以再评一次" in notice.text
    page = look(client, author, "rate", day, [row.reply.pk]).text
    assert "已经作废，不算评过。请再评一次" in page
    with override_settings(RATING_KEYS=configured.RATING_KEYS | LOST_KEY):  # it has been found
        again = walk.rate(row.reply, process=FAIR, result=FAIR, by=author, today=day)
        assert again.number == rating.number + 1
        assert Rating.objects.latest_each().get() == again


def test_refuse_voiding_says_why_and_it_may_be_asked_again_and_a_key_that_is_back_voids_nothing():
    by, director = make.actor(), make.director()
    asked = verbs.voiding(by=by)
    with pytest.raises(Refused, match="请写明为什么不予作废"):
        voiding.refuse_voiding([asked], reason=" ", by=director)
    with override_settings(RATING_KEYS=configured.RATING_KEYS | LOST_KEY):
        with pytest.raises(Refused, match="现在打得开，不能作废，请答复不予作废"):
            verbs.voided(RatingVoiding.objects.get(pk=asked.pk), by=director)
        voiding.refuse_voiding([asked], reason="密钥找到了。", by=director)
    (notice,) = Notice.objects.filter(key__contains="voiding_refused")
    assert (notice.person, "密钥找到了" in notice.text) == (by.user, True)
    assert Rating.objects.latest_each().get() == asked.rating
    assert verbs.voiding(asked.rating).pk > asked.pk


def test_a_director_whom_nobody_else_could_agree_to_does_not_ask():
    by, rating = make.director(), fresh(lost())
    with pytest.raises(Refused, match="没有另一位代工委主任能定"):
        voiding.request_voiding([rating], reason=GONE, by=by, today=AFTER)
    assert not RatingVoiding.objects.exists()


def test_whoever_rated_anew_in_time_is_told_that_this_counts_however_long_the_reason():
    row = lost(walk.proposal(State.ANSWERED, title="题" * 60)).assignment.proposal
    first, said = row.reply.ratings.get(), {"process": FAIR, "result": FAIR}
    walk.rate(row.reply, by=make.as_deputy(row.lead), today=walk.REPLIED_ON, **said)
    by = make.actor(), make.director()
    asked = voiding.request_voiding([fresh(first)], reason="长" * 200, by=by[0], today=AFTER)
    (made,) = voiding.approve_voiding(asked, by=by[1], today=AFTER)
    told = Notice.objects.get(key=f"proposal.rating_voided.{made.pk}:{row.pk}").text
    assert ("后来评的那一份照样算数" in told, "记作未评价" in told) == (True, False)


def test_replies_are_locked_in_the_order_of_their_rows_as_whoever_orders_anew_does():
    rows = [rated(), rated()]
    late, early = lost(rows[1]), lost(rows[0])
    by, director, orders = make.actor(), make.director(), []

    def locks(verb, *args, **kwargs):
        with CaptureQueriesContext(connection) as asked:
            found = verb(*args, **kwargs)
        wanted = re.compile(r'FROM "proposals_reply" .*?"id" = (\d+).* FOR NO KEY UPDATE')
        orders.append([int(one[1]) for each in asked if (one := wanted.search(each["sql"]))])
        return found

    kept = {"by": by, "today": AFTER}
    made = locks(voiding.request_voiding, [fresh(late), fresh(early)], reason=GONE, **kept)
    locks(voiding.approve_voiding, made[::-1], by=director, today=AFTER)
    assert orders == [[row.reply.pk for row in rows]] * 2


@pytest.mark.django_db(transaction=True)
def test_two_who_agree_at_once_agree_once():
    asked, people = verbs.voiding(), [make.director(), make.director()]
    by = iter(people)
    at_once(2, lambda: voiding.approve_voiding([asked], by=next(by), today=AFTER))
    assert AuditEvent.objects.filter(now="voiding_approved").count() == 1


@pytest.mark.django_db(transaction=True)
def test_whoever_orders_anew_while_a_director_agrees_waits_and_meets_what_is_void():
    row = verbs.out()
    asked = verbs.voiding(lost(row))
    with pytest.raises(Refused, match="对不上"):
        verbs.ordered(row)
    met = meanwhile(lambda: verbs.voided(asked), lambda: verbs.ordered(row))
    assert (met.reply, Rehandling.objects.count()) == (row.reply, 1)
    assert RatingVoiding.objects.get().voided_by is not None


def test_the_database_wants_two_persons_and_keeps_the_reason_as_it_was():
    asked = verbs.voiding()
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        RatingVoiding.objects.update(reason="别的理由")
    with pytest.raises(DatabaseError, match="rating_voiding_takes_two"), transaction.atomic():
        RatingVoiding.objects.update(voided_by=asked.asked_by, voided_at=asked.asked_at)


def test_the_database_lets_nobody_undo_what_was_decided_nor_begin_with_it():
    """By SQL as the app's role: a void ballot would come back, or be void, without a trace."""
    void, refused = verbs.voided(), verbs.not_voided()
    undone = {"voided_by": None, "voided_at": None}
    back = {"refused_by": None, "refused_at": None, "refusal": ""}
    for row, change in (
        (void, undone),
        (void, {"voided_by": make.user()}),
        (refused, back),
        (refused, {"refusal": "别的理由"}),
    ):
        with pytest.raises(IntegrityError, match="stays as it was decided"), transaction.atomic():
            RatingVoiding.objects.filter(pk=row.pk).update(**change)
    for row in (void, refused):
        row.pk, row.rating = None, fresh(lost(rated()))
        with pytest.raises(IntegrityError, match="not begin undecided"), transaction.atomic():
            RatingVoiding.objects.bulk_create([row])


def test_the_office_asks_on_one_page_and_the_director_decides_there_and_no_word_is_lost(client):
    clerk, director, rating = make.actor(), make.director(), lost()
    assert reverse("proposals:unreadable_ratings") in look(client, director, "releases").text
    shown = look(client, clerk).text
    number = rating.assignment.proposal.number
    assert (number in shown, "2026 年打不开的</h2><p>1 份" in shown) == (True, True)
    no = post(client, clerk, "request_voiding", rating=[rating.pk], reason=" ")
    assert (no.status_code, "请写明为什么要作废" in no.text, " checked" in no.text) == (
        *(409, True, True),
    )
    no = post(client, clerk, "request_voiding", rating=["x"], reason="写过的话")
    assert (no.status_code, "写过的话" in no.text) == (409, True)
    done = post(client, clerk, "request_voiding", rating=[rating.pk], reason=GONE)
    assert done.status_code == 302
    (asked,) = RatingVoiding.objects.all()
    assert "作废评价单要由代工委主任同意" in look(client, clerk).text
    no = post(client, director, "refuse_voiding", voiding=[asked.pk], refusal="")
    assert (no.status_code, "请写明为什么不予作废" in no.text) == (409, True)
    assert post(client, director, "approve_voiding", voiding=[asked.pk]).status_code == 302
    assert "已作废" in look(client, clerk).text
    assert ">已作废<" in look(client, director, "rating_list", year=rating.rated_at.year).text
    special = make.organisation(OrganisationKind.SPECIAL, "农业与农村委员会")
    strangers = (make.actor(Role.STAFF_CLERK, at=special), make.actor(Role.LEADER))
    for who in (*strangers, walk.unit_head(), make.as_deputy(rating.deputy)):
        assert look(client, who).status_code == 403
        assert post(client, who, "request_voiding", rating=[rating.pk]).status_code == 403


def test_the_page_of_what_does_not_open_is_offered_to_whom_it_opens(client):
    row, page = rated(), reverse("proposals:unreadable_ratings")
    decided(row)
    lost(row)
    for who, opens in ((make.actor(), True), (make.actor(Role.LEADER), False)):
        shown = look(client, who, "dossier", args=[row.pk]).text
        assert ("这张评价单打不开" in shown, page in shown) == (True, opens)


def test_nothing_that_the_unit_opens_differs_once_one_is_void(client):
    row = rated()
    client.force_login(walk.unit_head().user)
    names = {"case": row.pk, "public_detail": row.pk, "unit_desk": None, "satisfaction": None}
    places = [reverse(f"proposals:{name}", args=[pk] if pk else []) for name, pk in names.items()]
    before = unseen.settled(client, places, AFTER)
    verbs.voided(verbs.voiding(lost(row)))
    with on(AFTER):
        after = [unseen.seen(client, each) for each in places]
    assert [each for each, was, now in zip(places, before, after, strict=True) if was != now] == []


def test_what_is_released_stays_and_points_for_having_rated_too():
    row = out()
    counts = list(ReleasedCount.objects.order_by("pk").values_list("best", "unrated", "sent"))
    verbs.voided(verbs.voiding(lost(row)))
    again = list(ReleasedCount.objects.order_by("pk").values_list("best", "unrated", "sent"))
    assert counts == again


def test_the_notice_asks_until_the_last_of_what_was_asked_together_is_decided():
    director, both = make.director(), [fresh(lost(rated())) for _ in range(2)]
    said = {"reason": GONE, "by": make.actor(), "today": AFTER}
    first, second = voiding.request_voiding(both, **said)
    asks = Notice.objects.filter(key__contains="voiding_asked", read_at=None)
    voiding.approve_voiding([first], by=director, today=AFTER)
    assert asks.get().person == director.user
    voiding.refuse_voiding([second], reason="密钥找到了。", by=director)
    assert not asks.exists()


def test_whoever_leads_it_no_more_is_not_asked_to_rate_again():
    day, rating = walk.REPLIED_ON, lost()
    row = rating.assignment.proposal
    make.leaves(row.lead, day)
    with on(day):
        made = verbs.voided(verbs.voiding(rating, today=day), today=day)
    told = Notice.objects.get(key=f"proposal.rating_voided.{made.pk}:{row.pk}").text
    assert ("现在不由您评" in told, "再评一次" in told) == (True, False)


def test_within_the_window_nobody_but_whoever_asks_and_decides_and_its_author_reads_of_it():
    """That it is void tells that it was given."""
    day, rating = walk.REPLIED_ON, lost()
    row = rating.assignment.proposal
    verbs.voided(verbs.voiding(rating, today=day), today=day)
    special = make.organisation(OrganisationKind.SPECIAL, "农业与农村委员会")

    def reads(actor):
        steps = readable(actor, [row.pk]).filter(subject=events.RATING_VOIDING)
        return sorted(steps.values_list("now", flat=True))

    for who in (make.actor(), make.director()):
        assert reads(who) == ["voiding_approved", "voiding_asked"]
    assert reads(make.as_deputy(row.lead)) == ["voiding_approved"]
    roles = (Role.LEADER, Role.SYSADMIN, Role.AUDITOR)
    others = [*map(make.actor, roles), make.actor(Role.STAFF_CLERK, at=special)]
    assert [reads(who) for who in (*others, walk.unit_head(), None)] == [[]] * 6
    assert not logged().filter(subject=events.RATING_VOIDING).exists()


def test_the_page_asks_as_often_for_three_as_for_one_and_shows_what_its_year_decided(client):
    director, asked = make.director(), []

    def more(many):
        for _ in range(many):
            verbs.voided(verbs.voiding(lost(rated())))
            verbs.voiding(lost(rated()))
            lost(rated())

    for many in (1, 2):
        more(many)
        look(client, director)
        with CaptureQueriesContext(connection) as ran:
            shown = look(client, director).text
        asked.append(len(ran))
    assert asked[0] == asked[1]
    assert shown.count(">已作废<") == 3
    assert ">已作废<" not in look(client, director, year=2025).text
