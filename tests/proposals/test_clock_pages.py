"""时限 on the pages: which day would come is read before anybody says yes."""

import pytest
from django.test import Client
from django.urls import reverse

from proposals.actions import clocks
from tests import make
from tests.proposals import sheets as facts
from tests.proposals.test_clocks import ASKED_ON
from tests.proposals.test_extensions import ask
from tests.proposals.test_recomputing import holiday
from tests.scoring.facts import on

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with on(ASKED_ON):
        yield


def read(by, name, *args):
    client = Client()
    client.force_login(by.user)
    return client.get(reverse(f"proposals:{name}", args=args)).content.decode()


def test_the_office_reads_which_day_would_come_before_it_grants():
    part, office = facts.handed(), make.actor()
    asked = ask(part)
    granting = reverse("proposals:grant_extension", args=[asked.pk])
    page = read(office, "extension_list")
    assert "批准后 <b>8 月 6 日前</b>" in page
    assert "还要领衔代表同意，才能批准延期" in page
    assert granting not in page
    clocks.consent_extension(asked, by=make.as_deputy(part.proposal.lead))
    assert granting in read(office, "extension_list")
    page = read(office, "grant_extension", asked.pk)
    assert "批准后，期限从 6 月 8 日改到 8 月 6 日。" in page
    assert "申请延期 2 个月：汛期不能施工。" in read(office, "dossier", part.proposal_id)


def test_the_deputy_reads_which_day_would_come_before_saying_yes():
    part = facts.handed()
    ask(part)
    page = read(make.as_deputy(part.proposal.lead), "detail", part.proposal_id)
    assert "批准后，期限从 6 月 8 日改到 8 月 6 日。" in page


def test_a_late_holiday_is_shown_before_and_after_with_the_reason():
    facts.handed()
    holiday()
    page = read(make.actor(), "recompute")
    for words in ("1 个期限要跟着调整", "2026 年 6 月 8 日", "2026 年 6 月 9 日", "晚 1 天"):
        assert words in page
    assert "遇周六、周日、县庆放假，顺延到下一个工作日" in page
