"""The deputy's phone pages, the single check, and who sees a photo."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from congress.shared import clock
from congress.shared.roles import Role
from deputies.models import DutyRecord
from tests import make
from tests.deputies import walk

NOW = datetime(2026, 5, 12, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
REPORT = "/deputies/report/"


@pytest.fixture(autouse=True)
def _today(db):
    with clock.at(NOW):
        yield


@pytest.fixture
def person():
    return make.deputy("罗明贵")


@pytest.fixture
def phone(client, person):
    make.as_deputy(person)
    client.force_login(person.user)
    return client


def sign_in(client, actor):
    client.force_login(actor.user)
    return client


def answers(**more):
    return {
        "day": "0",
        "spot": "other",
        "place": "桃园村",
        "quantity": "2",
        "note": "水渠漏水",
        "token": "a" * 32,
        "photos": walk.upload(),
        **more,
    }


def test_the_first_page_leads_with_what_was_done_last(phone, person):
    walk.report(person, item=walk.item("C4"))
    page = phone.get(REPORT).content.decode()
    assert page.index("场院会议事") < page.index("走访选民")
    assert "上次 5 月 12 日 · 桃园村 2 组" in page
    assert "这些不用您记" in page
    assert "小组活动</a>" not in page


def test_the_second_page_is_filled_in_from_the_last_record(phone, person):
    walk.report(person)
    page = phone.get(REPORT, {"item": "C2"}).content.decode()
    assert 'value="桃园村 2 组"' in page
    assert "今天<small>5 月 12 日</small>" in page


@pytest.mark.parametrize("more", [{}, {"note": "换了一段话"}, {"photos": ""}])
def test_a_form_sent_again_ends_at_the_first_record_and_says_so(phone, more):
    phone.post(f"{REPORT}?item=C2", answers())
    record = DutyRecord.objects.get()
    answer = phone.post(f"{REPORT}?item=C2", answers() | more, follow=True)
    page = reverse("deputies:reported", args=[record.pk])
    assert answer.redirect_chain == [(f"{page}?again=1", 302)]
    assert "已经收到" in answer.content.decode()
    record = DutyRecord.objects.get()
    assert (record.note, record.evidence.count()) == ("水渠漏水", 1)


def test_report_leads_to_the_page_that_says_what_comes_next(phone):
    answer = phone.post(f"{REPORT}?item=C2", answers(), follow=True)
    record = DutyRecord.objects.get()
    assert answer.redirect_chain == [(reverse("deputies:reported", args=[record.pk]), 302)]
    page = answer.content.decode()
    for words in ("已上报", "走访选民 2 户 · 5 月 12 日", "乡镇人大核对", "记入积分"):
        assert words in page
    assert (record.place, record.note, record.quantity) == ("桃园村", "水渠漏水", 2)


def test_report_sent_twice_is_one_record_and_the_same_page(phone):
    first = phone.post(f"{REPORT}?item=C2", answers(quantity="5"))
    again = phone.post(f"{REPORT}?item=C2", answers(quantity="5", photos=walk.upload()))
    assert (again.status_code, again.url) == (302, f"{first.url}?again=1")
    assert DutyRecord.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"day": "other", "other_day": "2026-06-01"}, "日期还没到"),
        ({"day": "other", "other_day": ""}, "请选是哪一天"),
        ({"day": "other", "other_day": "昨天"}, "日期不对"),
        ({"place": ""}, "请写在哪里"),
        ({"quantity": "6"}, "同一天最多 5 户"),
        ({"quantity": "两户"}, "请填一个整数"),
        ({"photos": ""}, "请附一张照片"),
        ({"photos": SimpleUploadedFile("a.jpg", b"<script>")}, "这不是照片"),
        ({"photos": [walk.upload(c) for c in ("red", "blue", "green", "pink")]}, "最多 3 张"),
        ({"token": "x"}, "还有 1 处要改"),
        ({"note": "长" * 301}, "最多 300 字"),
    ],
)
def test_a_wrong_answer_gets_a_sentence_and_loses_nothing(phone, wrong, words):
    answer = phone.post(f"{REPORT}?item=C2", answers(**wrong))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert wrong.get("note", "水渠漏水") in page
    assert not DutyRecord.objects.exists()


def test_a_good_photo_beside_a_wrong_answer_must_be_chosen_again_and_that_is_said(phone):
    page = phone.post(f"{REPORT}?item=C2", answers(place="")).content.decode()
    assert "照片要再选一次" in page


def test_a_second_record_of_the_day_is_asked_about_before_it_is_made(phone, person):
    first = walk.report(person, item=walk.item("C1"), quantity=1)
    answer = phone.post(f"{REPORT}?item=C1", answers(quantity="1"))
    assert answer.status_code == 422
    assert f'href="/deputies/records/{first.pk}/"' in answer.content.decode().replace("'", '"')
    again = answers(quantity="1", again="on", photos=walk.upload())
    assert phone.post(f"{REPORT}?item=C1", again).status_code == 302


@pytest.mark.parametrize("code", ["A2", "nothing", ""])
def test_what_is_not_on_the_deputy_s_list_is_not_found(phone, code):
    assert phone.get(REPORT, {"item": code}).status_code == 404


def test_only_deputies_have_the_page(client):
    assert sign_in(client, make.actor()).get(REPORT).status_code == 404
    person = make.deputy()
    clerk = make.actor(Role.TOWNSHIP_CLERK, user=person.user)
    assert sign_in(client, clerk).get(REPORT).status_code == 409


def test_resubmit_mends_what_came_back(phone, person):
    record = walk.duty("returned", person)
    url = reverse("deputies:resubmit", args=[record.pk])
    assert "看不到人，补一张。" in phone.get(url).content.decode()
    sent = answers(photos=walk.upload("gold"), drop=[record.evidence.get().pk])
    assert phone.post(url, sent).status_code == 302
    record.refresh_from_db()
    assert (record.state, record.evidence.count()) == ("reported", 1)


def test_resubmit_without_a_photo_left_is_a_sentence(phone, person):
    record = walk.duty("returned", person)
    sent = answers(photos="", drop=[record.evidence.get().pk])
    answer = phone.post(reverse("deputies:resubmit", args=[record.pk]), sent)
    assert answer.status_code == 422
    assert "请至少留一张照片" in answer.content.decode()


def test_withdraw_by_its_button(phone, person):
    record = walk.report(person)
    url = reverse("deputies:withdraw", args=[record.pk])
    assert phone.get(url).status_code == 405
    assert phone.post(url, follow=True).status_code == 200
    assert phone.post(url).status_code == 409


def test_check_and_send_back_of_one_record(client):
    first, second = walk.report(), walk.report()
    sign_in(client, walk.township_clerk())
    page = client.get(reverse("deputies:record", args=[first.pk])).content.decode()
    assert "核对属实" in page
    client.post(reverse("deputies:check", args=[first.pk]))
    back = reverse("deputies:send_back", args=[second.pk])
    assert client.get(back).status_code == 200
    assert client.post(back, {"reason": " "}).status_code == 422
    client.post(back, {"reason": "看不清。"})
    states = DutyRecord.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["checked", "returned"]


def test_a_stranger_finds_neither_record_nor_photo(client):
    record = walk.report()
    photo = record.evidence.get()
    pages = [
        reverse("deputies:record", args=[record.pk]),
        reverse("deputies:evidence", args=[photo.pk]),
    ]
    far = make.organisation("township", "溢水镇人大")
    far.area = make.township("溢水镇")
    far.save()
    strangers = [
        make.as_deputy(make.deputy()),
        make.actor(Role.UNIT_CLERK),
        make.actor(Role.TOWNSHIP_CLERK, at=far),
    ]
    for who in strangers:
        sign_in(client, who)
        assert [client.get(page).status_code for page in pages] == [404, 404]
    for who in (make.as_deputy(record.deputy), make.actor(), walk.township_clerk()):
        sign_in(client, who)
        answers = [client.get(page) for page in pages]
        assert [answer.status_code for answer in answers] == [200, 200]
        assert b"".join(answers[1].streaming_content)


def test_a_photo_is_served_as_a_picture_and_nothing_else(phone, person):
    photo = walk.report(person).evidence.get()
    answer = phone.get(reverse("deputies:evidence", args=[photo.pk]))
    with photo.file.open("rb") as stored:
        assert b"".join(answer.streaming_content) == stored.read()
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "no-store, private", "a photo, too, is gone with the login"


def test_the_list_filters_by_state_and_year_and_forgives_a_wrong_address(phone, person):
    walk.duty("returned", person)
    walk.report(person, item=walk.item("C4"), quantity=1)
    url = "/deputies/records/"
    assert "场院会议事" not in phone.get(url, {"state": "returned"}).content.decode()
    for query in ({"year": "1066"}, {"state": "x"}, {"year": "abc", "page": "-7"}):
        page = phone.get(url, query)
        assert page.status_code == 200
        assert "场院会议事" in page.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_eight_queries_however_long(phone, person, count, django_assert_num_queries):
    for number in range(count):
        walk.report(
            person, item=walk.item("C4"), quantity=1, photos=[walk.photo()], note=f"{number}"
        )
    with django_assert_num_queries(8):
        phone.get("/deputies/records/")


@pytest.mark.parametrize("count", [1, 3])
def test_the_tiles_take_seven_queries_however_many(phone, person, count, django_assert_num_queries):
    for code in ("C2", "C4", "C5")[:count]:
        walk.report(person, item=walk.item(code), quantity=1)
    with django_assert_num_queries(7):
        phone.get(REPORT)
