"""What a person meets when a request goes wrong: plain words, and everything they typed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse

from congress.shared import views
from congress.shared.errors import Refused
from congress.shared.kept import kept_words
from congress.shared.models import AuditEvent
from congress.shared.roles import Role
from proposals.states import State
from tests import make
from tests.proposals import walk

pytestmark = pytest.mark.django_db

HERE = "http://testserver"
TYPED = {
    "name": "修桥",
    "words": "把南门河上的桥修一修",
    "token": "d41d8cd98f00b204e9800998ecf8427e",
}


def strict():
    """A browser that has to bring the form's token."""
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize(
    "path",
    [
        "/d/%00/",
        "/proposals/public/%00/",
        "/proposals/public/?q=%00",
        "/deputies/?q=a%00b",
        "/admin/proposals/proposal/?state__exact=%00",
        "/admin/autocomplete/?term=%00&app_label=shared&model_name=post&field_name=user",
    ],
)
def test_what_nobody_can_type_is_a_400_in_plain_words(client, path):
    client.force_login(make.director().user)
    answer = client.get(path)
    assert answer.status_code == 400
    assert "没有看懂" in answer.content.decode()


def test_a_nul_in_a_form_or_a_cookie_is_a_400_too(client):
    client.force_login(make.actor(Role.DEPUTY).user)
    assert client.post(reverse("deputies:report"), {"note": "a\0b"}).status_code == 400
    assert client.get("/", headers={"cookie": "elder=a\0b"}).status_code == 400


def test_a_form_with_an_old_token_comes_back_ready_to_send():
    client = strict()
    client.force_login(make.actor(Role.DEPUTY).user)
    answer = client.post("/act-as/?x=1", TYPED, headers={"origin": HERE})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "把南门河上的桥修一修" in page
    assert 'action="/act-as/?x=1"' in page
    assert "再交一次</button>" in page


def test_a_form_with_files_is_not_sent_again_without_them():
    client = strict()
    client.force_login(make.actor(Role.DEPUTY).user)
    photos = [SimpleUploadedFile(name, b"x") for name in ("桥面.jpg", "桥墩.jpg")]
    sent = {**TYPED, "photos": photos, "table": SimpleUploadedFile("名单.xlsx", b"x")}
    page = client.post("/act-as/?x=1", sent, headers={"origin": HERE}).content.decode()
    assert 'action="/act-as/?x=1" enctype="multipart/form-data"' in page
    assert "刚才选的 桥面.jpg、桥墩.jpg 没有跟着来" in page
    assert '<input type="file" name="photos" required multiple>' in page
    assert '<input type="file" name="table" required>' in page


def test_a_fault_says_that_files_have_to_be_chosen_again():
    factory = RequestFactory()
    photo = SimpleUploadedFile("桥面.jpg", b"x")
    page = views.fault(factory.post("/x/", {**TYPED, "photos": photo})).content.decode()
    assert "选的文件要重新选" in page
    assert "什么都没有丢" not in page
    assert '<input type="file" name="photos" required>' in page
    alone = views.fault(factory.post("/x/", {"photos": SimpleUploadedFile("墩.jpg", b"x")}))
    assert "刚才选的 墩.jpg 没有跟着来" in alone.content.decode()
    assert "什么都没有丢" in views.fault(factory.post("/x/", TYPED)).content.decode()


def test_another_sites_form_is_never_made_ready_to_send():
    answer = strict().post("/elder/", TYPED, headers={"origin": "https://evil.example"})
    assert answer.status_code == 403
    assert "再交一次</button>" not in answer.content.decode()


def test_the_fresh_token_of_the_page_is_taken():
    client = strict()
    answer = client.post("/elder/", {"next": "/deputies/"}, headers={"origin": HERE})
    token = client.cookies["csrftoken"].value
    again = {"next": "/deputies/", "csrfmiddlewaretoken": token}
    assert "csrfmiddlewaretoken" in answer.content.decode()
    assert client.post("/elder/", again, headers={"origin": HERE}).url == "/deputies/"


def test_a_form_sent_after_the_session_ended_is_given_back(client):
    page = reverse("deputies:report")
    answer = client.post(page, TYPED, headers={"referer": HERE + page})
    text = answer.content.decode()
    assert answer.status_code == 401
    assert "修桥" in text
    assert "把南门河上的桥修一修" in text
    assert TYPED["token"] not in text
    assert f"/login/?next={page}" in text


def test_after_the_login_nobody_is_led_to_an_address_that_only_takes_forms(client):
    answer = client.post("/act-as/", {"post": "1"}, headers={"referer": HERE + "/notices/"})
    assert 'href="/login/?next=/"' in answer.content.decode()


def test_htmx_leads_to_the_login_page_and_back_to_the_page_it_worked_on(client):
    headers = {"HX-Request": "true", "referer": HERE + "/scoring/points/"}
    answer = client.get(reverse("scoring:points"), headers=headers)
    assert answer.status_code == 401
    assert answer["HX-Redirect"] == "/login/?next=/scoring/points/"


def test_a_refusal_gives_back_short_words_too_and_no_numbers_of_rows(client, monkeypatch):
    def refused(request):
        raise Refused("现在不行。")

    monkeypatch.setattr(views.clock, "today", lambda: refused(None))
    monkeypatch.setattr("congress.shared.middleware.acting", lambda request: make.Actor())
    client.force_login(make.user())
    answer = client.post("/act-as/", {**TYPED, "post": "917"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert ">修桥</textarea>" in page
    assert ">917<" not in page
    assert TYPED["token"] not in page


def test_answers_stand_under_the_labels_of_their_form(client):
    answer = client.post(reverse("deputies:report"), {"place": "柳河村", "note": "走访三户"})
    page = answer.content.decode()
    assert ">填写的内容</label>" not in page
    assert ">柳河村</textarea>" in page


def test_an_address_that_only_takes_forms_says_so(client):
    client.force_login(make.user())
    answer = client.get("/act-as/")
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert "不能直接打开" in answer.content.decode()


@pytest.mark.parametrize("name", ["home:front", "deputies:public_list", "shared:login"])
def test_head_is_answered_where_get_is(client, name):
    assert client.head(reverse(name)).status_code == 200


@pytest.mark.parametrize("target", ["front", "x", "javascript:1", "//evil.example/", "\\\\evil"])
def test_big_type_goes_nowhere_but_to_our_own_paths(client, target):
    answer = client.post("/elder/", {"next": target})
    assert (answer.status_code, answer.url) == (302, "/")


@pytest.mark.parametrize("number", ["²", "٣" * 30, "9" * 5000, "-1"])
def test_a_post_that_is_no_number_is_not_found(client, number):
    client.force_login(make.actor().user)
    assert client.post("/act-as/", {"post": number}).status_code == 404


OLD, NEW = "first-word-9407", "second-word-5318"


@pytest.fixture
def person():
    user = make.actor(Role.DEPUTY).user
    user.set_password(OLD)
    user.save(update_fields=["password"])
    return user


def test_everybody_changes_their_own_password_and_stays_logged_in(client, person):
    elsewhere = Client()
    for browser in (client, elsewhere):
        assert browser.login(username=person.username, password=OLD)
    typed = {"old_password": OLD, "new_password1": NEW, "new_password2": NEW}
    assert client.post("/change-password/", typed).status_code == 302
    assert client.get("/change-password/").status_code == 200
    assert elsewhere.get("/change-password/").status_code == 302
    assert AuditEvent.objects.filter(now="password_changed", by_id=person.pk).count() == 1
    assert Client().login(username=person.username, password=NEW)


@pytest.mark.parametrize(
    ("old", "new", "again", "words"),
    [
        ("wrong", NEW, NEW, "密码"),
        (OLD, NEW, "other-word-5318", "密码"),
        (OLD, "12345678", "12345678", "数字"),
        ("", "", "", "现在的密码"),
    ],
)
def test_a_password_that_will_not_do_is_a_422_in_plain_words(
    client, person, old, new, again, words
):
    client.force_login(person)
    typed = {"old_password": old, "new_password1": new, "new_password2": again}
    answer = client.post("/change-password/", typed)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    person.refresh_from_db()
    assert person.check_password(OLD)


@pytest.mark.parametrize(
    ("township", "status"), [("", 422), ("²", 404), ("x", 404), ("999999999999999999999", 404)]
)
def test_opening_accounts_asks_for_a_township(client, township, status):
    client.force_login(make.director().user)
    answer = client.post(reverse("deputies:open_accounts"), {"township": township})
    assert answer.status_code == status
    assert ("请选择乡镇" in answer.content.decode()) == (status == 422)


def test_what_was_typed_comes_back_under_the_label_of_its_own_form(client):
    proposal = walk.proposal(State.PUBLISHED)
    client.force_login(make.as_deputy(proposal.lead).user)
    to = reverse("proposals:withdraw", args=[proposal.pk])
    answer = client.post(to, {"reason": "桥修好了"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert ">为什么撤回</label>" in page
    assert "不受理的原因" not in page


def test_a_form_that_nobody_names_gives_no_label_that_another_bears(rf):
    request = rf.post("/act-as/", {"reason": "桥修好了"})
    assert [(each.label, each.text) for each in kept_words(request)] == [("", "桥修好了")]


def test_a_stale_assignment_gives_back_nothing_that_the_page_itself_wrote(client):
    row = walk.proposal(State.ACCEPTED)
    client.force_login(make.actor().user)
    to = reverse("proposals:assign", args=[row.pk])
    sent = {"seen": client.get(to).context["seen"], "unit": make.unit().pk}
    assert client.post(to, sent).status_code == 302
    again = client.post(to, sent)
    assert again.status_code == 409
    assert "您写的都在这里" not in again.content.decode()
