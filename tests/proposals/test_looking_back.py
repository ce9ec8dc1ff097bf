"""回头看、转类、又被提出: opened by itself, settled by people, upgraded, challenged."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from congress.shared.calendar import add_working_days
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice, Workday
from proposals import tasks
from proposals.actions import (
    challenges,
    lookback,
    publication,
    rehandling,
    review,
    submission,
    upgrades,
)
from proposals.follow_states import ChallengeState, LookBackState, PromiseState, UpgradeState
from proposals.models import (
    Challenge,
    FulfilmentRating,
    LookBack,
    OutcomeClass,
    Proposal,
    Reply,
    Upgrade,
)
from proposals.models.reference import Meaning
from proposals.models.upgrades import whole_class_of
from proposals.queries import follow, public, public_numbers, public_unit
from proposals.queries.clocks import Clock
from proposals.queries.matters import board
from proposals.queries.papers import letter
from proposals.queries.rehandling import candidates
from proposals.rating_states import Satisfaction
from proposals.states import Kind
from tests import make
from tests.proposals import stages_of_following as stages
from tests.proposals import walk
from tests.scoring.facts import on
from tests.tamper import as_owner

pytestmark = pytest.mark.django_db
LATER = stages.LATER


def test_a_missed_step_opens_one_look_back_however_often_and_however_late_beat_looks():
    promise = stages.promise()
    assert lookback.open_due(promise.due_on) == 0
    assert lookback.open_due(date(2027, 9, 30)) == 1
    assert lookback.open_due(date(2027, 9, 30)) == 0
    promise.refresh_from_db()
    found = LookBack.objects.get()
    assert (promise.state, found.promise_id, found.for_on) == ("missed", promise.pk, promise.due_on)
    assert found.report_by == date(2027, 10, 14)
    assert AuditEvent.objects.filter(now="look_back_opened", by_name="系统").count() == 1


def test_a_reported_step_is_not_missed_until_it_is_sent_back():
    promise = stages.reported()
    assert lookback.open_due(LATER) == 0
    from_office = {"words": "没有照片。", "by": make.actor(), "today": LATER}
    stages.promises.send_back_step(promise, **from_office)
    assert lookback.open_due(LATER) == 1


def test_a_missed_step_that_is_sent_back_stays_missed_and_is_looked_at_no_second_time():
    promise = stages.reported(stages.missed())
    by = {"words": "没有照片。", "by": make.actor(), "today": LATER}
    assert stages.promises.send_back_step(promise, **by).state == PromiseState.MISSED
    assert lookback.open_due(date(2027, 5, 5)) == 0
    assert LookBack.objects.get(promise=promise).is_open


def test_one_that_cannot_be_looked_at_stops_no_other(caplog, monkeypatch):
    bad, good = stages.promise(), stages.promise()
    later = stages.answered("C")
    announce = lookback._announce

    def fails(found, *rest):
        announce(found, *rest)
        if found.promise_id == bad.pk:
            raise IntegrityError

    monkeypatch.setattr(lookback, "_announce", fails)
    assert lookback.open_due(LATER) == 2
    assert {each.reply_id for each in LookBack.objects.all()} == {good.reply_id, later.pk}
    assert f"No look-back of proposals.Promise {bad.pk}" in caplog.text
    monkeypatch.undo()
    assert lookback.open_due(LATER) == 1


def test_what_conditions_put_off_is_looked_at_every_year_and_on_the_day_that_was_set():
    reply = stages.answered("C")
    assert lookback.open_due(date(2027, 4, 23)) == 0
    with on(date(2027, 4, 26)):
        assert (tasks.open_look_backs(), tasks.open_look_backs()) == (1, 0)
    look = reply.look_backs.get()
    assert (look.cause, look.for_on) == ("yearly", date(2027, 4, 24))
    settles = {"ending": LookBackState.KEPT, "words": "明年列入计划。", "by": make.actor()}
    lookback.settle_look_back(look, next_on=date(2028, 1, 4), today=LATER, **settles)
    assert lookback.open_due(date(2028, 1, 3)) == 0
    assert lookback.open_due(date(2028, 1, 5)) == 1


def test_the_office_looks_back_by_hand_and_the_unit_reports_and_the_office_settles():
    reply, office = stages.answered(), make.actor()
    look = lookback.open_look_back(reply, reason="群众又反映。", by=office, today=stages.TODAY)
    with pytest.raises(Refused, match="正在回头看"):
        lookback.open_look_back(reply, reason="再看。", by=office, today=stages.TODAY)
    by = walk.unit_clerk()
    lookback.report_look_back(look, report="正在招标。", by=by, today=stages.TODAY)
    ends = {"words": "办得太慢。", "by": office, "today": LATER}
    with pytest.raises(Refused, match="今天以后的新日期"):
        lookback.settle_look_back(look, ending=LookBackState.KEPT, **ends)
    with pytest.raises(Refused, match="公布以后"):
        lookback.settle_look_back(look, ending=LookBackState.HANDED, **ends)
    walk.released(reply.assignment.proposal)
    found = lookback.settle_look_back(look, ending=LookBackState.HANDED, **ends)
    assert (found.state, found.next_on) == (LookBackState.HANDED, None)
    with pytest.raises(IntegrityError), transaction.atomic():
        LookBack.objects.filter(pk=look.pk).update(decided_on=None)


def test_what_is_handed_over_is_on_the_list_of_what_may_be_ordered_or_comes_back(client):
    look = stages.settled(LookBackState.HANDED)
    by, last = make.actor(), add_working_days(LATER, 10, Workday.objects.works())
    (line,) = candidates(by, LATER, 2026)
    assert (line.reply, line.handed) == (look.reply, "资金年底到位。")
    client.force_login(by.user)
    with on(LATER):
        page = client.get(reverse("proposals:rehandlings") + "?year=2026").text
        assert "回头看转来：资金年底到位。" in page
    assert lookback.open_due(last) == 0
    assert lookback.open_due(last + timedelta(days=1)) == 1
    look.refresh_from_db()
    assert (look.state, look.decided_on) == (LookBackState.REPORTED, None)
    assert list(LookBack.objects.for_the_office(last)) == [look]
    assert candidates(by, LATER, 2026) == []
    assert lookback.open_due(last + timedelta(days=2)) == 0
    again = stages.settled(LookBackState.HANDED, look)
    rehandling.order_rehandling([(again.reply, "年底前办完。")], by=by, today=LATER)
    assert lookback.open_due(date(2028, 9, 1)) == 1  # the second step; the order stands


def test_nothing_is_handed_over_that_cannot_be_ordered_yet():
    found = lookback.open_look_back(
        stages.answered(), reason="群众又反映。", by=make.actor(), today=stages.TODAY
    )
    says = {"words": "办得太慢。", "by": make.actor(), "today": stages.TODAY}
    with pytest.raises(Refused, match="评价 5 月"):
        lookback.settle_look_back(found, ending=LookBackState.HANDED, **says)


def test_what_is_kept_on_comes_up_on_its_day_and_never_after_the_rules_months():
    found = lookback.open_look_back(
        stages.answered(), reason="群众又反映。", by=make.actor(), today=stages.TODAY
    )
    kept = {"ending": LookBackState.KEPT, "words": "再看。", "by": make.actor()}
    kept |= {"look_back": found, "today": stages.TODAY}
    with pytest.raises(Refused, match="最晚"):
        lookback.settle_look_back(**kept, next_on=date(2040, 1, 1))
    lookback.settle_look_back(**kept, next_on=date(2026, 9, 1))
    assert [lookback.open_due(date(2026, 8, 31)), lookback.open_due(date(2026, 9, 2))] == [0, 1]
    again = LookBack.objects.open().get()
    assert (again.cause, again.for_on) == ("by_hand", date(2026, 9, 1))
    assert lookback.open_due(date(2026, 9, 3)) == 0
    kept |= {"look_back": again, "today": date(2026, 9, 3)}
    lookback.settle_look_back(**kept, next_on=date(2026, 12, 1))
    assert lookback.open_due(date(2026, 12, 1)) == 1


def test_a_step_that_is_kept_on_gets_its_new_day_and_the_letter_keeps_its_own():
    look = stages.settled()
    promise = look.promise
    promise.refresh_from_db()
    assert (promise.state, promise.due_on) == (PromiseState.DUE, look.next_on)
    assert promise.signed_due_on == walk.PLAN[0].due_on
    assert lookback.open_due(look.next_on) == 0


def test_a_step_confirmed_late_settles_its_look_back():
    look = stages.looked_at()
    stages.confirmed(look.promise)
    look.refresh_from_db()
    assert look.state == LookBackState.FULFILLED


def test_a_further_version_replaces_steps_look_backs_and_requests():
    upgrade = stages.asked()
    by = make.actor()
    look = lookback.open_look_back(upgrade.reply, reason="看看。", by=by, today=stages.TODAY)
    stages.answered_again(upgrade.reply)
    look.refresh_from_db()
    upgrade.refresh_from_db()
    assert (look.state, upgrade.state) == (LookBackState.REPLACED, UpgradeState.REPLACED)
    with pytest.raises(Refused, match="第 2 版"):
        lookback.open_look_back(upgrade.reply, reason="看看。", by=by, today=stages.TODAY)


def test_an_upgrade_wants_every_step_confirmed_and_counts_once_the_office_has_confirmed_it():
    reply, solved = stages.answered(), OutcomeClass.objects.get(code="A")
    asks = {"ask": reply.answers.get().ask, "becomes": solved, "evidence": "验收单"}
    with pytest.raises(Refused, match="还有 2 步承诺没有兑现并核实"):
        upgrades.ask_upgrade(reply, **asks, by=walk.unit_clerk(), today=stages.TODAY)
    upgrade = stages.asked()
    before = letter(upgrade.reply, make.actor())
    assert whole_class_of(Reply.objects.get(pk=upgrade.reply_id)).meaning == Meaning.PLANNED
    upgrades.confirm_upgrade(upgrade, by=make.actor(), today=date(2026, 11, 3))
    reply = Reply.objects.get(pk=upgrade.reply_id)
    assert whole_class_of(reply).meaning == Meaning.SOLVED
    assert reply.outcome.meaning == Meaning.PLANNED
    after = letter(reply, make.actor())
    assert (after.mark, after.sections) == (before.mark, before.sections)


def test_a_refused_upgrade_says_why_and_may_be_asked_again():
    upgrade = stages.asked()
    with pytest.raises(Refused, match="为什么不同意"):
        upgrades.refuse_upgrade(upgrade, words=" ", by=make.actor(), today=stages.TODAY)
    upgrades.refuse_upgrade(upgrade, words="还没通车。", by=make.actor(), today=stages.TODAY)
    assert stages.ask(upgrade.reply).state == UpgradeState.ASKED
    assert Upgrade.objects.filter(reply=upgrade.reply).count() == 2


def test_the_public_page_says_the_upgrade_with_its_day(client):
    upgrade = stages.asked()
    upgrades.confirm_upgrade(upgrade, by=make.actor(), today=date(2026, 11, 3))
    row = upgrade.assignment.proposal
    publication.publish(Proposal.objects.get(pk=row.pk), by=make.actor(), today=stages.TODAY)
    with on(date(2026, 11, 4)):
        page = client.get(reverse("proposals:public_detail", args=[row.number])).content.decode()
    assert "B → A，11 月 3 日已核实" in page


def test_how_the_fulfilment_is_rated_changes_no_byte_of_the_units_and_adds_no_second_row(client):
    reply = stages.kept_whole()
    client.force_login(walk.unit_clerk().user)
    case = reverse("proposals:case", args=[reply.assignment.proposal_id])
    before = client.get(case).content
    by = make.as_deputy(reply.assignment.proposal.lead)
    says = {"grade": Satisfaction.UNSATISFIED, "words": "只做了一半。", "by": by}
    first = upgrades.rate_fulfilment(reply, **says)
    assert upgrades.rate_fulfilment(reply, **says) == first
    assert without_tokens(client.get(case).content) == without_tokens(before)
    for who, seen in ((by, 1), (make.actor(), 1), (walk.unit_head(), 0)):
        assert FulfilmentRating.objects.visible_to(who).count() == seen
    assert client.get(reverse("proposals:rate_fulfilment", args=[reply.pk])).status_code == 404


def test_no_dump_holds_how_the_fulfilment_was_rated_and_its_key_is_changed_too(settings):
    reply = stages.kept_whole()
    by, words = make.as_deputy(reply.assignment.proposal.lead), "只做了一半。"
    first = upgrades.rate_fulfilment(reply, grade=Satisfaction.UNSATISFIED, words=words, by=by)
    second = upgrades.rate_fulfilment(reply, grade=Satisfaction.FAIR, by=by)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT r::text, sealed FROM proposals_fulfilmentrating r")
        rows = cursor.fetchall()
    held = b"".join(text.encode() + bytes(sealed) for text, sealed in rows)
    values = [words, *Satisfaction, *Satisfaction.labels]
    assert [
        each for each in values if each.encode() in held or each.encode().hex().encode() in held
    ] == []
    assert len({len(bytes(sealed)) for _, sealed in rows}) == 1
    trail = AuditEvent.objects.filter(now="fulfilment_rated").order_by("pk")
    assert [each.note for each in trail] == [first.commitment, second.commitment]
    settings.RATING_KEYS = settings.RATING_KEYS | {2: b"another key of 32"}
    said = StringIO()
    with as_owner():
        call_command("reseal_ratings", stdout=said)
    assert said.getvalue() == "2 sealed under key 2\n"
    settings.RATING_KEYS = {2: settings.RATING_KEYS[2]}
    again = FulfilmentRating.objects.get(pk=first.pk)
    assert (again.ballot, again.is_committed) == ((Satisfaction.UNSATISFIED, words), True)
    assert again.number == 1


def without_tokens(page):
    return [
        line for line in page.splitlines() if b"csrf" not in line.lower() and b"nonce" not in line
    ]


def test_what_was_solved_and_is_raised_again_is_found_once_and_not_before_it_was_answered():
    reply = stages.answered("A")
    again = stages.raised_again(reply)
    early = walk.submitted(continues=reply.assignment.proposal)
    review.accept(early, by=make.actor(), today=walk.ACCEPTED_ON)
    with on(stages.AGAIN_ON):
        assert (tasks.open_challenges(), tasks.open_challenges()) == (1, 0)
    found = Challenge.objects.get()
    assert (found.proposal_id, found.reply_id, found.ground) == (again.pk, reply.pk, "lineage")


def test_the_office_names_the_earlier_one_itself_and_is_told_why_where_it_cannot(client):
    reply = stages.answered("A")
    later, earlier = stages.raised_again(reply), reply.assignment.proposal
    office, on_that = make.actor(), {"by": make.actor(), "today": stages.AGAIN_ON}
    (found,) = challenges.open_challenge(later, earlier=earlier, **on_that)
    assert (found.state, found.ground, found.reply) == (ChallengeState.FOUND, "named", reply)
    assert AuditEvent.objects.get(now="challenge_found").subject_id == found.pk
    for proposal, other, word in (
        (later, earlier, "已经对照过"),
        (later, stages.answered("B").assignment.proposal, "没有“已经解决”的答复"),
        (later, later, "不是本件的"),
        (earlier, stages.answered("A").assignment.proposal, "答复以前提出的"),
    ):
        with pytest.raises(Refused, match=word):
            challenges.open_challenge(proposal, earlier=other, **on_that)
    assert Challenge.objects.count() == 1
    client.force_login(office.user)
    dossier = reverse("proposals:dossier", args=[later.pk])
    page = reverse("proposals:open_challenge", args=[later.pk])
    with on(stages.AGAIN_ON):
        assert page in client.get(dossier).content.decode()
        unknown = client.post(page, {"number": "9999999"})
        again = client.post(page, {"number": earlier.number})
    assert (unknown.status_code, again.status_code) == (422, 409)
    assert "没有找到编号 9999999" in unknown.content.decode()
    assert "已经对照过" in again.content.decode()


def test_the_unit_explains_once_people_have_confirmed_it_and_never_with_empty_words():
    found, on_that = stages.challenge(), {"today": stages.AGAIN_ON}
    unit = walk.unit_clerk()
    with pytest.raises(Refused, match="待认定"):
        challenges.explain_challenge(found, explanation="修过。", by=unit, **on_that)
    challenges.confirm_challenge(found, by=make.actor(), **on_that)
    with pytest.raises(Refused, match="客观写明"):
        challenges.explain_challenge(found, explanation=" ", by=unit, **on_that)
    told = challenges.explain_challenge(found, explanation="修过桥面。", by=unit, **on_that)
    assert (told.state, told.explain_by) == (ChallengeState.EXPLAINED, date(2026, 7, 15))


def test_likeness_only_proposes_and_what_people_told_apart_comes_no_more(client):
    reply = stages.answered("A")
    title = reply.assignment.proposal.title
    said = walk.words(title) | {"kind": Kind.INTERSESSION, "today": stages.AGAIN_ON}
    review.accept(walk.submitted(**said), by=make.actor(), today=stages.AGAIN_ON)
    assert challenges.open_challenges(stages.AGAIN_ON) == 1
    found = Challenge.objects.get()
    assert (found.ground, found.state) == ("alike", ChallengeState.FOUND)
    assert not Challenge.objects.visible_to(walk.unit_clerk()).exists()
    by = make.actor()
    with pytest.raises(Refused, match="哪里不一样"):
        challenges.dismiss_challenge(found, words=" ", by=by, today=stages.AGAIN_ON)
    challenges.dismiss_challenge(found, words="不是一座桥。", by=by, today=stages.AGAIN_ON)
    assert challenges.open_challenges(stages.AGAIN_ON) == 0
    client.force_login(by.user)
    assert client.get(reverse("proposals:challenge_list")).status_code == 200
    assert "不是同一件" in client.get(reverse("proposals:challenge_list") + "?only=settled").text


def test_settling_waits_for_the_unit_until_its_day_is_past(client):
    found = stages.challenge_confirmed()
    ends = {"stands": False, "words": "又断了。", "by": make.actor()}
    with pytest.raises(Refused, match="可以说明到 7 月 15 日，说明了或者过了这一天再了结"):
        challenges.settle_challenge(found, today=found.explain_by, **ends)
    challenges.settle_challenge(found, today=date(2026, 7, 16), explanation_shown=True, **ends)
    found.refresh_from_db()
    assert not found.explanation_shown
    client.force_login(make.actor().user)
    page = client.get(reverse("proposals:challenge", args=[found.pk])).text
    assert ("前说明" in page, "没有说明。" in page) == (False, True)


def test_the_office_reads_the_explanation_before_it_says_whether_it_is_public(client):
    found = stages.challenge_explained()
    client.force_login(make.actor().user)
    page = reverse("proposals:settle_challenge", args=[found.pk])
    with on(stages.AGAIN_ON):
        assert "当时修的是桥面。" in client.get(page).text
        sent = {"stands": "no", "words": "又断了。"}
        assert client.post(page, sent).status_code == 422
        assert client.post(page, sent | {"explanation_shown": "yes"}).status_code == 302
    found.refresh_from_db()
    assert found.explanation_shown


def test_both_sides_read_one_matter_on_the_board_once_the_office_has_said_so():
    reply, by = stages.answered("A"), make.actor()
    later = walk.submitted(kind=Kind.INTERSESSION, today=stages.AGAIN_ON)
    review.accept(later, by=by, today=stages.AGAIN_ON)
    found = Challenge.objects.create(proposal=later, reply=reply, ground="alike")
    assert not [each for each in board(by).matters if each.sure]
    challenges.confirm_challenge(found, by=by, today=stages.AGAIN_ON)
    (matter,) = board(by).matters
    assert (matter.sure, [each.pk for each in matter.rows]) == (
        True,
        [found.earlier.pk, found.proposal_id],
    )


def test_the_deputy_is_asked_to_rate_an_upgrade_and_sees_that_it_was_rated(client):
    upgrade = stages.upgraded()
    lead = make.as_deputy(upgrade.assignment.proposal.lead)
    rate = reverse("proposals:rate_fulfilment", args=[upgrade.reply_id])
    asked = Notice.objects.filter(person=lead.user, text__contains="兑现得怎么样，请您评一评")
    assert asked.count() == 1
    client.force_login(lead.user)
    with on(stages.TODAY):
        assert rate in client.get(reverse("home:front")).text
        assert client.post(rate, {"grade": "fair", "words": "还差一段"}, follow=True).text
        assert rate not in client.get(reverse("home:front")).text
        page = client.get(reverse("proposals:detail", args=[upgrade.assignment.proposal_id])).text
        assert "您评过兑现情况：基本满意，4 月 24 日。" in page
        client.force_login(walk.unit_clerk().user)
        page = client.get(reverse("proposals:case", args=[upgrade.assignment.proposal_id])).text
        assert "您评过兑现" not in page


@pytest.mark.parametrize(("stands", "said"), [(True, "办结成立"), (False, "撤销已解决")])
def test_the_class_is_marked_for_everybody_whatever_comes_of_it(client, stands, said):
    found = stages.challenge_explained()
    earlier, later = found.earlier, found.proposal
    publication.publish(Proposal.objects.get(pk=earlier.pk), by=make.actor(), today=stages.TODAY)
    ends = {"words": "护栏又断了。", "by": make.actor(), "today": stages.AGAIN_ON}
    challenges.settle_challenge(found, stands=stands, explanation_shown=stands, **ends)
    at = [reverse("proposals:public_detail", args=[each.number]) for each in (earlier, later)]
    with on(stages.AGAIN_ON):
        old, new = (client.get(each).content.decode() for each in at)
    assert "又被提出" in old
    assert at[1] in old
    assert said in old
    assert ("当时修的是桥面。" in old) is stands
    assert "再次提出" in new
    assert at[0] in new
    client.force_login(make.actor().user)
    page = client.get(reverse("proposals:challenge", args=[found.pk])).content.decode()
    assert earlier.title in page
    assert "当时修的是桥面。" in page


def test_the_office_works_through_its_pages_and_the_unit_through_its_own(client):
    look, upgrade = stages.look_reported(), stages.asked()
    client.force_login(make.actor().user)
    with on(LATER):
        page = client.get(reverse("proposals:look_backs")).content.decode()
        assert "还差资金。" in page
        settle = reverse("proposals:settle_look_back", args=[look.pk])
        assert settle in page
        sent = {"ending": "kept", "next_on": "2027-09-01", "words": "资金年底到位。"}
        assert client.post(settle, sent | {"next_on": "2020-01-01"}).status_code == 409
        assert client.post(settle, sent).status_code == 302
        assert client.post(settle, sent).status_code == 409
        assert client.get(reverse("proposals:look_back_export")).status_code == 200
        confirm = reverse("proposals:confirm_upgrade", args=[upgrade.pk])
        assert confirm in client.get(reverse("proposals:upgrade_list")).content.decode()
        assert client.post(confirm, {}).status_code == 302
        reply = upgrade.reply_id
        opens = reverse("proposals:open_look_back", args=[reply])
        assert client.post(opens, {"reason": "群众反映。"}).status_code == 302
    client.force_login(walk.unit_clerk().user)
    found = LookBack.objects.get(reply=reply, cause="by_hand")
    reports = reverse("proposals:report_look_back", args=[found.pk])
    assert (
        reports
        in client.get(
            reverse("proposals:case", args=[upgrade.assignment.proposal_id])
        ).content.decode()
    )
    assert client.post(reports, {"report": " "}).status_code == 422
    assert client.post(reports, {"report": "已经办成。"}).status_code == 302


def test_nothing_of_it_is_public_where_the_answer_is_withheld(client):
    found = stages.challenge_confirmed()
    publication.publish(
        Proposal.objects.get(pk=found.earlier.pk), by=make.actor(), today=stages.TODAY
    )
    later = Proposal.objects.get(pk=found.proposal_id)
    publication.withhold(later, reason="涉及秘密。", whole=True, by=make.actor())
    page = client.get(reverse("proposals:public_detail", args=[found.earlier.number]))
    assert later.number not in page.content.decode()
    assert "另一件不公开的建议" in page.content.decode()


def _publicly(client, *, of):
    """The public page of a proposal, its feed and the feed of all."""
    at = [
        reverse(f"proposals:{name}", args=[of.number])
        for name in ("public_detail", "proposal_feed")
    ]
    return [client.get(each).text for each in (*at, reverse("proposals:public_feed"))]


def test_a_later_one_that_is_taken_back_is_named_to_the_public_nowhere(client):
    reply = stages.answered("A")
    earlier = Proposal.objects.get(pk=reply.assignment.proposal_id)
    publication.publish(earlier, by=make.actor(), today=stages.TODAY)
    later = walk.submitted(
        continues=earlier, title="护栏又断了", kind=Kind.INTERSESSION, today=stages.AGAIN_ON
    )
    later = review.accept(later, by=make.actor(), today=stages.AGAIN_ON)
    on_that = {"by": make.actor(), "today": stages.AGAIN_ON}
    challenges.open_challenges(stages.AGAIN_ON)
    found = challenges.confirm_challenge(Challenge.objects.get(), **on_that)
    assert all(later.number in each for each in _publicly(client, of=earlier))
    by = make.as_deputy(later.lead)
    submission.withdraw(later, reason="不再提。", by=by, today=stages.AGAIN_ON)
    for page in _publicly(client, of=earlier):
        assert "又被提出" in page
        assert "另一件不公开的建议" in page
        assert later.number not in page
        assert later.title not in page
    told = follow.follow([found.reply], make.actor(), Clock.on(stages.AGAIN_ON))
    assert told[0].challenges[0].number == later.number


def test_what_was_raised_while_it_was_only_promised_does_not_raise_it_again():
    reply = stages.kept_whole()
    stages.raised_again(reply)
    asked = stages.ask(Reply.objects.get(pk=reply.pk))
    upgrades.confirm_upgrade(asked, by=make.actor(), today=date(2026, 9, 1))
    assert challenges.open_challenges(date(2026, 9, 2)) == 0
    stages.raised_again(Reply.objects.get(pk=reply.pk), today=date(2026, 10, 9))
    assert challenges.open_challenges(date(2026, 10, 9)) == 1


def test_the_class_that_counts_is_one_wherever_the_public_reads_it(client):
    """转类以后算，撤销以后不算：乡镇页、单位页、列表、开放数据。"""
    revoked, upgraded = stages.challenge_settled().reply, stages.upgraded().reply
    rows = [Proposal.objects.get(pk=each.assignment.proposal_id) for each in (upgraded, revoked)]
    for row in rows:
        publication.publish(row, by=make.actor(), today=stages.TODAY)
    area, unit = rows[0].delegation.area_id, upgraded.assignment.unit_id
    assert rows[1].delegation.area_id == area
    with on(stages.AGAIN_ON):
        solved = public_numbers.solved(area, stages.AGAIN_ON)
        assert [each.title for each in solved] == [public.short(rows[0].title)]
        items = client.get(reverse("proposals:public_json")).json()["items"]
        told = {each["number"]: (each["outcome"], each["outcome_name"]) for each in items}
        assert told[rows[0].number] == ("A", "已解决")
        assert told[rows[1].number] == ("", "已解决已撤销")
        assert "已解决已撤销" in client.get(reverse("proposals:public_list")).text
        page = client.get(reverse("proposals:unit_page", args=[unit])).text
        assert "已解决已撤销" in page
        classes = public_unit.unit_page(upgraded.assignment.unit, Clock.on(stages.AGAIN_ON)).classes
    assert [(each.code, each.replies) for each in classes] == [("A", 1), ("", 1)]


@pytest.mark.parametrize("withheld", [False, True])
def test_that_an_answer_was_solved_is_public_through_no_other_before_it_is_published(
    client, withheld
):
    found = stages.challenge_confirmed()
    earlier, later = Proposal.objects.get(pk=found.earlier.pk), found.proposal
    if withheld:
        by = make.actor()
        publication.withhold(earlier, reason="涉及秘密。", whole=False, by=by)
    told = _publicly(client, of=later)
    assert later.number in told[0]
    assert not any("是同一件事" in each or "答复 A 类" in each for each in told)
    if not withheld:
        publication.publish(earlier, by=make.actor(), today=stages.TODAY)
        assert all("是同一件事" in each for each in _publicly(client, of=later))
