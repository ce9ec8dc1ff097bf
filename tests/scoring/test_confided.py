"""约谈、劝辞: pages, papers, trail, notices and search as those see them who need not know."""

from dataclasses import replace

import pytest
from django.urls import reverse

from congress.shared.models import AuditEvent, Notice
from congress.shared.roles import Role
from tests import make
from tests.home.crawl import everything, leaks
from tests.scoring import cases
from tests.scoring.cases import case, on
from tests.scoring.year import as_, queries_of, text, url

pytestmark = pytest.mark.django_db

OF_TALK = (
    *("talk", "move_talk", "record_talk", "note_unsigned", "cancel_talk", "talk_notice"),
    *("talk_paper", "own_talk", "acknowledge_talk", "open_advice"),
)
OF_ADVICE = (
    *("advice", "serve_advice", "record_hearing", "conclude_advice", "withdraw_advice"),
    "invite_hearing",
    *("record_resignation", "advice_pack", "advice_notice", "own_advice", "reply_advice"),
)


def told(client, address: str) -> str:
    return everything(client.get(address))


def test_whoever_need_not_know_finds_nothing(client):
    of = case(2)
    found = cases.served(of)
    cases.replied(of, found)
    talk, grading = found.later, found.later.grading
    kept = [
        *(url(name, talk.pk) for name in OF_TALK),
        *(url(name, found.pk) for name in OF_ADVICE),
        *(url(name, grading.pk) for name in ("decide_talk", "spare_talk")),
        url("settle_promise", talk.promises.get().pk),
    ]
    with on(cases.OPENED_ON):
        as_(client, make.as_deputy(of.party.deputies[1]))
        assert {client.get(each).status_code for each in kept} == {404}
        for role in set(Role) - {Role.STAFF_DIRECTOR, Role.STAFF_CLERK, Role.DEPUTY}:
            as_(client, make.actor(role))
            assert {client.get(each).status_code for each in kept[:1]} == {404}, role
        for by in (make.actor(Role.AUDITOR), make.actor()):
            as_(client, by)
            assert client.get(url("talk", talk.pk)).status_code == 404
            inside = by.role == Role.STAFF_CLERK
            for name in ("talks", "advices"):
                answer = client.get(url(name))
                assert answer.status_code == (200 if inside else 404)
                assert of.deputy.name not in text(answer)
            seen_by_both = [
                reverse("admin:shared_auditevent_changelist"),
                reverse("admin:shared_notice_changelist"),
            ]
            of_the_office = [
                f"{reverse('home:search')}?q={of.deputy.name}",
                reverse("deputies:person", args=[of.deputy.pk]),
                "/admin/",
            ]
            pages = seen_by_both + (of_the_office if inside else [])
            said = "".join(told(client, each) for each in pages)
            assert leaks(said, [*cases.CONFIDED, "提醒约谈通知", "给您本人的"]) == []
        line = AuditEvent.objects.filter(subject="scoring.Talk").first()
        page = reverse("admin:shared_auditevent_change", args=[line.pk])
        notice = Notice.objects.filter(key__startswith="kept:").first()
        letter = reverse("admin:shared_notice_change", args=[notice.pk])
        assert {client.get(each).status_code for each in (page, letter)} == {404}
        as_(client, of.director)
        assert client.get(page).status_code == 200


def test_a_mail_and_a_first_screen_say_nothing_of_what_it_is_about(client):
    of = case()
    cases.reviewed(of)
    cases.held(of)
    texts = [*Notice.objects.filter(key__startswith="kept:").values_list("text", flat=True)]
    assert len(texts) == 4
    assert not [each for each in texts if "约谈" in each or of.deputy.name in each]
    as_(client, make.as_deputy(of.deputy))
    with on(cases.held_on(), 12):
        front = text(client.get("/"))
    assert "给您本人的通知" in front
    assert "约谈" not in front


def test_those_who_must_know_find_what_is_theirs(client):
    of = case(2)
    found = cases.served(of)
    with on(cases.OPENED_ON, 16):
        for by in (of.handler, of.talker):
            as_(client, by)
            assert of.deputy.name in text(client.get(url("advices")))
            before = {"only": "done", "cycle": found.earlier.grading.cycle_id}
            assert "还没有登记落实的 1 条" in text(client.get(url("talks"), before))
            assert cases.SAID in text(client.get(url("talk", found.later.pk)))
            assert cases.FACTS in text(client.get(url("advice", found.pk)))
        mine = make.as_deputy(of.deputy)
        as_(client, mine)
        assert cases.SAID in text(client.get(url("own_talk", found.later.pk)))
        assert cases.FACTS in text(client.get(url("own_advice", found.pk)))
        assert client.get(url("advice_notice", found.pk))["Content-Type"] == "application/pdf"
        assert client.get(url("advice", found.pk)).status_code == 404


def test_the_lists_cost_the_same_at_one_deputy_and_at_three(client):
    of = case(3)
    cases.reviewed(of)
    as_(client, of.director)
    with on(cases.decided_on()):
        assert "约谈不约谈待决定" in text(client.get("/admin/"))
        cases.called(of)
        few = queries_of(client, url("talks"))
        more = case(3)
        cases.graded(of.grading().cycle, more)
        for deputy in more.party.deputies[:1]:
            cases.called(replace(of, party=replace(of.party, deputies=[deputy])))
        assert queries_of(client, url("talks")) == few
        assert text(client.get(url("talks"))).count("约谈不约谈…") == 4
        assert client.get(url("talks"), {"export": 1}).content[:2] == b"PK"
        assert "0 人" in text(client.get(url("talks"), {"q": "无此人"}))
