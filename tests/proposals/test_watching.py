"""关注: asked for by anybody, confirmed by letter, told once a day, ended by one click."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Setting
from proposals import tasks
from proposals.actions import publication, submission, watching
from proposals.models import Watch, WatchAsk, Watcher
from proposals.queries import watching as queries
from proposals.states import State
from tests import make, post
from tests.proposals import walk
from tests.race import at_once

pytestmark = pytest.mark.django_db
TODAY = make.TODAY
WHO = "reader@example.org"
ASK = reverse("proposals:watch")


@pytest.fixture
def letters(settings):
    """A mail server that takes everything but what is `bad`; the letters it took."""
    with post.office(settings) as (_, taken):
        yield taken


def asked(subject=None, address=WHO, origin="here"):
    watching.watch(subject, address=address, origin=origin, today=clock.today())
    return Watch.objects.filter(watcher__address=address.lower()).last()


def confirmed(subject=None, **how):
    return watching.confirm_watch(asked(subject, **how), today=clock.today())


def words(letter) -> str:
    return letter.get_content()


def a_moment_later(**how):
    """What has happened is older than what a letter leaves for the next one."""
    return clock.at(clock.now() + timedelta(**(how or {"minutes": 5})))


def limit(key: str, value: int) -> None:
    Setting.objects.create(key=key, value=value, from_on=make.ELECTED_ON, basis="试")


def test_watch_is_confirmed_by_letter_told_once_a_day_and_ended_by_one_click(client, letters):
    proposal = walk.proposal(State.ANSWERED)
    address = f"{ASK}?number={proposal.number}"
    sent = client.post(address, {"address": "Reader@Example.org"})
    assert (sent.status_code, tasks.tell_watchers()) == (302, 0)
    assert "请到邮箱里确认" in client.get(sent["Location"]).content.decode()
    assert [tasks.ask_watchers(), tasks.ask_watchers()] == [1, 0]
    (ask,) = letters
    assert proposal.title in words(ask)
    assert ask["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = re.search(r"http\S+/confirm-watch/", words(ask))[0]
    assert "确认关注" in client.get(link).content.decode()
    assert Watch.objects.get().confirmed_at is None
    done = client.post(link).content.decode()
    page = reverse("proposals:public_detail", args=[proposal.number])
    assert ("已经关注" in done, f'href="{page}"' in done) == (True, True)
    publication.publish(proposal, by=make.actor(), today=TODAY)
    with a_moment_later():
        assert [tasks.tell_watchers(), tasks.tell_watchers()] == [1, 0]
    told = letters[1]
    assert (told["To"], "公开" in words(told)) == (WHO, True)
    assert "提出" not in words(told), "what was told on the page before is no news"
    end = told["List-Unsubscribe"].strip(" <>")
    assert "不再关注" in client.get(end).content.decode()
    assert Watch.objects.count() == 1
    stranger = Client(enforce_csrf_checks=True)  # a mail program has no token
    for _ in range(2):
        over = stranger.post(end, {"List-Unsubscribe": "One-Click"})
        assert (over.status_code, "已经退订" in over.content.decode()) == (200, True)
    assert not Watcher.objects.exists()
    assert not AuditEvent.objects.filter(subject__contains="Watch").exists()


def test_news_of_a_unit_a_township_and_everything_is_one_letter_and_each_step_once(letters):
    proposal = walk.proposal(State.ANSWERED, lead=make.deputy())
    walk.proposal(State.ANSWERED, unit=make.unit("县水利局"))
    for subject in (None, make.unit(), make.township(), proposal):
        confirmed(subject)
    other = confirmed(make.unit("县教育局"), address="b@example.org")
    publication.publish(proposal, by=make.actor(), today=TODAY)
    with a_moment_later():
        assert tasks.tell_watchers() == 1
    (told,) = letters
    assert words(told).count("公开：") == 1
    assert words(told).count("/unwatch/") == 5
    assert other.watcher.address not in words(told)
    with a_moment_later(days=1):
        assert tasks.tell_watchers() == 0


@pytest.mark.parametrize("how", ["withheld", "withdrawn"])
def test_what_is_public_no_more_ends_with_a_letter_that_says_nothing_of_it(letters, client, how):
    proposal = walk.proposal(State.ASSIGNED)
    watch, waits = confirmed(proposal), asked(proposal, "b@example.org")
    link, end = (make_link(watch) for make_link in (queries.confirm_address, queries.end_address))
    if how == "withheld":
        publication.withhold(proposal, reason="密理由", whole=True, by=make.actor())
    else:
        lead = make.as_deputy(proposal.lead)
        submission.withdraw(proposal, reason="密理由", by=lead, today=TODAY)
    for page in (client.get(link), client.get(end)):
        assert proposal.title not in page.content.decode()
    assert tasks.ask_watchers() == 0, "nothing is asked about it any more"
    assert not Watch.objects.filter(pk=waits.pk).exists()
    with a_moment_later():
        assert [tasks.tell_watchers(), tasks.tell_watchers()] == [1, 0]
    (last,) = letters
    assert f"编号 {proposal.number} 的建议现在不在公开之列" in words(last)
    said = words(last) + last["Subject"]
    assert not [each for each in (proposal.title, "密理由", "桥", "撤回") if each in said]
    assert not Watcher.objects.exists()


def test_watch_answers_the_same_for_every_address_and_never_floods_one(client, letters):
    proposal = walk.proposal(State.ASSIGNED)
    limit("proposals.watch_letters_a_day", 2)
    confirmed(proposal, address="known@example.org")
    answers = set()
    for address in ("known@example.org", "new@example.org", "new@example.org", "new@example.org"):
        sent = client.post(f"{ASK}?number={proposal.number}", {"address": address})
        answers.add((sent.status_code, sent["Location"]))
    assert len(answers) == 1
    with a_moment_later(minutes=20):
        assert tasks.ask_watchers() == 1
        asked(proposal, "new@example.org")
        assert tasks.ask_watchers() == 0, "two letters a day are enough"
    assert Watch.objects.count() == 2


def test_watch_from_one_place_is_refused_after_so_many_in_an_hour(client, letters):
    limit("proposals.watches_an_hour", 2)
    for n in range(2):
        asked(address=f"a{n}@example.org", origin="flood")
    with pytest.raises(Refused, match="一小时以后"):
        asked(address="c@example.org", origin="flood")
    asked(address="c@example.org", origin="elsewhere")
    for n in range(3):
        answer = client.post(ASK, {"address": f"d{n}@example.org"})
    assert (answer.status_code, "一小时以后" in answer.content.decode()) == (422, True)


@pytest.mark.parametrize("address", ["", "no address", "a@b", "a@b.example\nBcc: c@d.example"])
def test_watch_wants_an_address(client, address, letters):
    answer = client.post(ASK, {"address": address})
    assert (answer.status_code, Watch.objects.count()) == (422, 0)


def test_without_a_mail_server_nothing_is_promised_and_atom_is_offered(client):
    proposal = walk.proposal(State.ANSWERED)
    address = f"{ASK}?number={proposal.number}"
    detail = reverse("proposals:public_detail", args=[proposal.number])
    for page in (address, detail):
        said = client.get(page).text
        assert ("还没有开通邮件" in said, 'name="address"' in said) == (True, False)
        assert reverse("proposals:proposal_feed", args=[proposal.number]) in said
        assert reverse("proposals:proposal_ics", args=[proposal.number]) in said
        assert not [word for word in ("关注这件建议", "您的邮箱怎么用") if word in said]
    for name in ("public_list", "open_data"):
        assert "邮件关注" not in client.get(reverse(f"proposals:{name}")).text
    answer = client.post(address, {"address": WHO})
    assert (answer.status_code, "还没有开通邮件" in answer.text) == (409, True)
    assert not Watch.objects.exists()


def test_only_a_list_that_can_be_followed_as_it_is_offers_it(client, letters):
    proposal = walk.proposal(State.ANSWERED)
    unit, page = make.unit().pk, reverse("proposals:public_list")
    for query, offered in {
        "": "",
        f"?unit={unit}": f"?unit={unit}",
        f"?unit={unit}&year=2026": None,
        f"?q={proposal.number}": None,
        "?light=ok": None,
        "?key=1": None,
    }.items():
        said = client.get(page + query).text
        assert (f'"{ASK}{offered}">邮件关注' in said) is (offered is not None), query
        assert ("邮件关注" in said) is (offered is not None), query


def test_watch_is_for_what_is_public(client):
    hidden = walk.proposal(State.ANSWERED, withheld="隐私")
    for query in (f"number={hidden.number}", "number=0", "unit=999999", "area=999999"):
        assert client.post(f"{ASK}?{query}", {"address": WHO}).status_code == 404
    assert client.get(f"{ASK}?unit=x").status_code == 400
    with pytest.raises(Refused, match="不在公开之列"):
        asked(hidden)
    assert not Watch.objects.exists()


def test_links_that_nobody_signed_lead_nowhere_and_old_ones_say_so(client):
    watch = asked()
    for name in ("confirm_watch", "unwatch"):
        for token in ("x", f"{watch.pk}.x", str(watch.pk)):
            assert client.get(reverse(f"proposals:{name}", args=[token])).status_code == 404
    link, other = queries.confirm_address(watch), queries.end_address(watch)
    crossed = link.replace("confirm-watch", "unwatch")
    assert client.get(crossed).status_code == 404, "a link is for one thing"
    with a_moment_later(days=4):
        assert "已经过期" in client.get(link).content.decode()
        with pytest.raises(Refused, match="已经过期"):
            watching.confirm_watch(watch, today=clock.today())
        assert tasks.purge_watches() == 1
        assert not Watcher.objects.exists()
        assert client.post(link).status_code == 410
        assert "已经退订" in client.get(other).content.decode()


def test_after_its_time_a_watch_ends_and_what_was_counted_goes_the_next_day(letters):
    confirmed()
    with a_moment_later(days=731):
        assert tasks.tell_watchers() == 1
        assert tasks.purge_watches() == 0
    assert "关注期满" in words(letters[0])
    assert not Watcher.objects.exists()
    assert not WatchAsk.objects.exists()


def test_a_mail_server_that_is_away_or_refuses_loses_nothing(letters, settings, monkeypatch):
    proposal = walk.proposal(State.ANSWERED)
    confirmed(proposal, address="bad@example.org")
    confirmed(proposal)
    publication.publish(proposal, by=make.actor(), today=TODAY)
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 9  # nobody listens there
    with a_moment_later():
        assert tasks.tell_watchers() == 0
    settings.EMAIL_PORT = port
    with a_moment_later(days=2):
        assert [tasks.tell_watchers(), tasks.tell_watchers()] == [1, 0]
    monkeypatch.setattr(post.Smtp, "bad", "worse")
    with a_moment_later(days=2, minutes=30):
        assert tasks.tell_watchers() == 1
    assert [letter["To"] for letter in letters] == [WHO, "bad@example.org"]


@pytest.mark.django_db(transaction=True)
def test_at_once_watch_confirm_and_unwatch_are_done_once():
    said = {"address": WHO, "origin": "x", "today": TODAY}
    assert at_once(3, watching.watch, None, **said) == ["done"] * 3
    watch = Watch.objects.get()
    assert at_once(2, watching.confirm_watch, watch, today=TODAY) == ["done"] * 2
    assert at_once(2, watching.unwatch, [watch]) == ["done"] * 2
    assert not Watcher.objects.exists()


def test_the_constraints_hold_when_code_forgets():
    watch = confirmed()
    before = watch.asked_at - timedelta(days=1)
    with pytest.raises(IntegrityError, match="watch_confirmed_after"), transaction.atomic():
        Watch.objects.update(confirmed_at=before)
    both = {"unit": make.unit(), "area": make.township(), "asked_at": before}
    with pytest.raises(IntegrityError, match="watch_is_of_one_thing"), transaction.atomic():
        Watch.objects.create(watcher=watch.watcher, **both)


def test_after_two_years_an_address_goes_without_a_mail_server_too():
    confirmed()
    with a_moment_later(days=730):
        assert tasks.purge_watches() == 0
    with a_moment_later(days=732):
        assert tasks.purge_watches() == 1
    assert not Watcher.objects.exists()
