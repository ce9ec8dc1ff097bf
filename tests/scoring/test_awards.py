"""同一事项取最高级: awards of several levels for one matter, through the real verbs."""

from decimal import Decimal

import pytest
from django.urls import reverse

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import Notice
from scoring.actions import appeals, posting
from scoring.models import Entry, YearTotal
from scoring.queries import audit, board
from scoring.queries.dossier import outcomes
from scoring.queries.remedies import effect
from scoring.queries.statement import statement
from tests import make
from tests.deputies import walk
from tests.scoring import facts

pytestmark = pytest.mark.django_db


def award(deputy, code, matter="优秀人大代表", **how):
    return facts.posted(deputy, code, matter=matter, **how)


def bonus() -> Decimal:
    return YearTotal.objects.get().bonus


def test_of_one_matter_the_highest_counts_in_the_total_whenever_it_comes():
    facts.book()
    deputy = make.deputy()
    for code, total in (("B6", 8), ("B7", 8), ("B5", 12), ("B6", 12)):
        award(deputy, code)
        assert bonus() == Decimal(total)
    award(deputy, "B7", "好建议")
    assert bonus() == Decimal(16)
    assert Entry.objects.count() == 5
    assert audit.findings().drift == 0


def test_when_the_highest_is_reversed_the_next_one_counts_again():
    facts.book()
    deputy, office = make.deputy(), make.director()
    highest = award(deputy, "B5")
    award(deputy, "B6")
    posting.reverse(highest, reason="证书看错了", by=office)
    assert bonus() == Decimal(8)
    assert audit.findings().drift == 0


def test_awards_from_before_matters_were_asked_each_count():
    facts.book()
    deputy = make.deputy()
    for code in ("B6", "B6"):
        record = facts.checked(deputy, code)
        type(record).objects.filter(pk=record.pk).update(matter="")
        posting.verify_and_post(record, by=make.director(), twice=True)
    assert bonus() == Decimal(16)


def test_the_statement_says_why_an_award_counts_nothing():
    facts.book()
    deputy = make.deputy()
    award(deputy, "B5")
    award(deputy, "B6")
    page = statement(deputy, make.assembly(), 2026, facts.DAY)
    lines = {line.title: line for month in page.months for line in month.lines}
    assert lines["市级表彰 1 项"].points == "+0.0"
    assert "同一事项已有更高的奖（12 分），不另计" in lines["市级表彰 1 项"].why


def test_the_ranking_and_the_kept_total_are_the_same():
    facts.book()
    deputy = make.deputy()
    award(deputy, "B4")
    award(deputy, "B5")
    rows = board.board(make.assembly(), 2026, facts.DAY)
    assert [row.total for row in rows] == ["20.0"]


def test_who_verifies_reads_the_matter_and_what_it_would_still_add():
    facts.book()
    deputy = make.deputy()
    award(deputy, "B5")
    (outcome,) = outcomes(facts.checked(deputy, "B6", matter="优秀人大代表"))
    assert outcome.points == "+0.0"
    assert outcome.words == ("记入“附加”；事由“优秀人大代表”；按规则 8.0 分，同一事项取最高级")


def test_the_news_says_why_it_adds_nothing():
    facts.book()
    deputy = make.deputy()
    award(deputy, "B5")
    award(deputy, "B6")
    news = Notice.objects.filter(person=deputy.user).latest("pk").text
    assert "同一事项已有更高或同级的奖，不另计。" in news


def test_an_award_names_its_matter_and_is_one_record():
    deputy = make.deputy()
    with pytest.raises(Refused, match="请写明奖项或事由"):
        walk.report(deputy, item=walk.item("B6"), quantity=1, matter=" ")
    with pytest.raises(Refused, match="一个奖项报一条"):
        walk.report(deputy, item=walk.item("B6"), quantity=2, matter="优秀人大代表")
    record = walk.report(deputy, item=walk.item("B6"), quantity=1, matter="优秀 人大代表")
    assert record.matter == "优秀人大代表"


@pytest.mark.parametrize(
    "spelt",
    [
        "优秀代表(2026)",
        "优秀代表（２０２６）",
        "“优秀代表”2026",
        "优秀\u200b代表 2026",
        "优秀代表·2026。",
    ],
)
def test_however_a_matter_is_spelt_it_is_one_matter(spelt):
    facts.book()
    deputy = make.deputy()
    award(deputy, "B6", "优秀代表（2026）")
    award(deputy, "B5", spelt)
    assert bonus() == Decimal(12)


def test_a_matter_of_marks_alone_says_nothing_and_a_long_one_is_cut():
    with pytest.raises(Refused, match="请写明奖项或事由"):
        walk.report(make.deputy(), item=walk.item("B6"), quantity=1, matter="（\u200b）")
    record = walk.report(make.deputy(), item=walk.item("B6"), quantity=1, matter="㍿" * 60)
    assert record.matter == "株式会社" * 15


def test_who_verifies_sees_the_other_awards_of_the_year_side_by_side(client):
    facts.book()
    deputy = make.deputy()
    award(deputy, "B6", "优秀代表")
    award(make.deputy(), "B7", "别人的")
    waiting = facts.checked(deputy, "B5", matter="优秀人大代表")
    client.force_login(make.director().user)
    page = client.get(reverse("scoring:verify_queue"), {"record": waiting.pk}).content.decode()
    assert "同一年的其他表彰" in page
    assert "事由“优秀代表”，和本条是同一事项的，只按最高一级记分" in page
    assert "今年另有表彰" in page
    assert "别人的" not in page
    doubts = {row.pk: row.has_other_award for row in type(waiting).objects.with_doubts()}
    assert sum(doubts.values()) == 2
    assert doubts[waiting.pk]


def test_the_form_asks_what_the_award_was_for_and_offers_what_was_written(client):
    deputy = make.deputy()
    walk.report(deputy, item=walk.item("B6"), quantity=1, matter="优秀人大代表")
    client.force_login(deputy.user)
    page = reverse("deputies:report")
    shown = client.get(page, {"item": "B5"}).content.decode()
    assert "奖项或事由" in shown
    assert '<option value="优秀人大代表">' in shown
    assert "奖项或事由" not in client.get(page, {"item": "C2"}).content.decode()
    sent = {"token": "a" * 32, "day": "0", "spot": "other", "quantity": "1"}
    answer = client.post(f"{page}?item=B5", sent | {"photos": walk.upload()})
    assert answer.status_code == 422
    assert "请写明奖项或事由" in answer.content.decode()
    answer = client.post(f"{page}?item=B5", sent | {"photos": walk.upload(), "matter": "好建议"})
    assert answer.status_code == 302


def test_what_upholding_would_do_is_what_it_does_to_one_of_two_awards_for_one_matter():
    facts.book()
    deputy = make.deputy()
    award(deputy, "B6")
    second = award(deputy, "B6")
    found = facts.contested(second)
    foretold = effect(make.director(), found, None, 1, clock.today()).total
    assert foretold == "8.0 → 8.0"
    appeals.uphold(found, answer="同一次表彰。", by=make.actor())
    assert bonus() == Decimal(8)


def test_two_awards_of_one_day_for_two_matters_are_two_without_being_asked(client):
    facts.book()
    deputy = make.deputy()
    award(deputy, "B6", "优秀代表")
    other = facts.checked(deputy, "B6", matter="好建议")
    assert not type(other).objects.with_doubts().get(pk=other.pk).has_twin
    same = facts.checked(deputy, "B6", matter="优秀代表")
    with pytest.raises(Refused, match="已有一条核实过的"):
        posting.verify_and_post(same, by=make.director())
    assert posting.verify_and_post(other, by=make.director()) == 1
    client.force_login(make.as_deputy(deputy).user)
    page = f"{reverse('deputies:report')}?item=B6"
    sent = {"token": "b" * 32, "day": "other", "other_day": facts.DAY, "spot": "other"}
    sent |= {"quantity": "1", "photos": walk.upload(), "matter": "优秀 代表"}
    with facts.on(facts.DAY):
        assert "不用再报" in client.post(page, sent).content.decode()
        again = sent | {"photos": walk.upload(), "matter": "优秀党员"}
        assert client.post(page, again).status_code == 302
