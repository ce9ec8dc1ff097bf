"""The outbox: written once, mailed once, and one bad address stops nobody else's letter."""

from datetime import timedelta

import pytest

from congress import environment
from congress.shared import clock
from congress.shared.models import Notice, User
from congress.shared.notices import write
from congress.shared.tasks import CLAIM_LASTS, deliver_notices
from tests import make, post


@pytest.fixture
def smtp(settings):
    """A mail server on loopback, to which the settings point; what it took, by address."""
    with post.office(settings) as (received, _):
        yield received


@pytest.fixture
def by_post(settings):
    """Mail may leave: Django's own outbox takes it."""
    settings.EMAIL_URL, settings.DEFAULT_FROM_EMAIL = "smtp://localhost", "office@example.org"


def reader(email: str = "a@example.org") -> User:
    person = make.user()
    User.objects.filter(pk=person.pk).update(email=email)
    return person


@pytest.mark.django_db
def test_a_notice_is_written_once_for_each_person_and_key():
    one, other = make.user(), make.user()
    for _ in range(2):
        write([one, other, None], key="proposal.near:17", text="还有三天到期", link="/x/")
    assert Notice.objects.count() == 2


@pytest.mark.django_db
def test_a_notice_is_mailed_once_and_only_to_who_has_an_address(by_post, mailoutbox):
    write([reader(), make.user()], key="k", text="您的记录已核实", link="/deputies/")
    assert [deliver_notices(), deliver_notices()] == [1, 0]
    assert [mail.to for mail in mailoutbox] == [["a@example.org"]]


@pytest.mark.django_db
def test_a_notice_claimed_by_a_worker_that_died_is_mailed_by_the_next(by_post, mailoutbox):
    write([reader()], key="k", text="x", link="/")
    Notice.objects.update(claimed_at=clock.now() - timedelta(hours=1))
    assert deliver_notices() == 1


@pytest.mark.django_db
def test_without_a_mail_server_notices_stay_on_the_screen_and_wait(mailoutbox):
    write([reader()], key="k", text="x", link="/")
    assert deliver_notices() == 0
    assert Notice.objects.waiting().count() == 1
    assert not mailoutbox


@pytest.mark.django_db
def test_a_refused_address_stops_no_other_letter_and_waits_a_quarter_of_an_hour(smtp):
    write([reader("a@example.org")], key="1", text="一", link="/")
    write([reader("bad@example.org")], key="2", text="二", link="/")
    write([reader("b@example.org")], key="3", text="三\n行", link="/")
    assert deliver_notices() == 2
    assert sorted(smtp) == ["a@example.org", "b@example.org"]
    assert Notice.objects.get(sent_at=None).key == "2"
    User.objects.filter(email="bad@example.org").update(email="mended@example.org")
    assert deliver_notices() == 0
    with clock.at(clock.now() + CLAIM_LASTS + timedelta(minutes=1)):
        assert deliver_notices() == 1
    assert smtp[-1] == "mended@example.org"


@pytest.mark.django_db
def test_an_address_that_no_letter_can_carry_stops_no_other(smtp):
    write([reader("a@example.org")], key="1", text="一", link="/")
    write([reader("b@example.org\nBcc: c@example.org")], key="2", text="二", link="/")
    assert deliver_notices() == 1
    assert smtp == ["a@example.org"]


@pytest.mark.django_db
def test_a_mail_server_that_is_away_claims_nothing(smtp, settings):
    settings.EMAIL_PORT = 9  # nobody listens there
    write([reader()], key="1", text="一", link="/")
    assert deliver_notices() == 0
    assert Notice.objects.waiting().count() == 1


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("", environment.Mail()),
        ("smtp://mail.example.org", environment.Mail("mail.example.org", 25)),
        (
            "smtp://office:p%40ss@mail.example.org:2525?tls=1",
            environment.Mail("mail.example.org", 2525, "office", "p@ss", starttls=True),
        ),
        (
            "smtps://office:pass@mail.example.org",
            environment.Mail("mail.example.org", 465, "office", "pass", ssl=True),
        ),
    ],
)
def test_the_mail_address_is_read(url, read):
    assert environment.mail(url) == read


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.org:25",
        "http://mail.example.org",
        "smtp://",
        "smtp://mail.example.org/folder",
        "smtp://mail.example.org:port",
        "smtp://mail.example.org?tls=yes",
        "smtp://mail.example.org?tsl=1",
        "smtp://mail.example.org?tls",
        "smtps://mail.example.org?tls=1",
        "smtp://office:pass@mail.example.org",
    ],
)
def test_a_typing_error_in_the_mail_address_stops_the_start(url):
    with pytest.raises(ValueError, match=r"EMAIL_URL|[Pp]ort|bad query"):
        environment.mail(url)
