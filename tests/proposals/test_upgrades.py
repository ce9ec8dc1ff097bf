"""转类和兑现评价: asked by the unit, confirmed by the office, the fulfilment rated and sealed."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from lxml import html

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from proposals.actions import (
    publication,
    recurring,
    upgrades,
)
from proposals.follow_states import UpgradeState
from proposals.models import (
    FulfilmentRating,
    OutcomeClass,
    Proposal,
    Reply,
    Upgrade,
)
from proposals.models.reference import Meaning
from proposals.models.upgrades import whole_class_of
from proposals.queries import deputies, likeness, matter, matters, public
from proposals.queries.clocks import Clock
from proposals.queries.papers import letter
from proposals.rating_states import Satisfaction
from proposals.recurring import Likeness
from proposals.states import Part
from tests import make
from tests.proposals import pages, walk
from tests.proposals import stages_of_following as stages
from tests.scoring.facts import on
from tests.tamper import as_owner

pytestmark = pytest.mark.django_db


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
        (item,) = client.get(reverse("proposals:public_json")).json()["items"]
    assert item["last"] == "11 月 3 日转类"
    assert "B → A，11 月 3 日已核实" in page
    heads = html.fromstring(page).xpath("//header[@class='band']//*[contains(@class, 'badge')]")
    assert [each.text_content() for each in heads] == ["A已解决", "承诺 2 步，已兑现 2 步"]
    assert "答复时为 B 类（已列计划），后转为 A 类（已解决）" in page
    for reader in (make.as_deputy(row.lead), make.actor()):
        own = pages.url("dossier" if reader.in_an_office else "detail", row.pk)
        shown = pages.sent(reader).get(own)
        assert "后转为 A 类（已解决）" in pages.text(shown)
        assert "已答复，答复时为 B 类（已列计划），后转为 A 类（已解决）" in shown.context["now"]
    case = pages.sent(walk.unit_clerk()).get(pages.url("case", row.pk))
    assert "后转为 A 类（已解决）" in case.context["now"]
    lead = make.as_deputy(row.lead)
    (line,) = deputies.mine(lead, stages.TODAY)
    (alike,) = likeness.earlier(row.title, lead, stages.TODAY)
    for said in (line.now, alike.now):
        assert "已答复，答复时为 B 类（已列计划），后转为 A 类（已解决）" in said


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


def test_who_rates_the_fulfilment_sees_each_step_its_days_and_what_the_unit_reported(client):
    reply = stages.kept_whole()
    step = reply.promises.prefetch_related("reports").first()
    client.force_login(make.as_deputy(reply.assignment.proposal.lead).user)
    with on(stages.TODAY):
        page = client.get(reverse("proposals:rate_fulfilment", args=[reply.pk])).text
    done = f"{step.done_on.month} 月 {step.done_on.day} 日兑现"
    asked = f"{step.signed_due_on.month} 月 {step.signed_due_on.day} 日前"
    for said in (step.words, step.last_report.words, done, asked, reply.assignment.unit.name):
        assert said in page


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


def test_the_deputy_is_asked_to_rate_an_upgrade_and_sees_that_it_was_rated(client):
    upgrade = stages.upgraded()
    lead = make.as_deputy(upgrade.assignment.proposal.lead)
    rate = reverse("proposals:rate_fulfilment", args=[upgrade.reply_id])
    asked = Notice.objects.filter(person=lead.user, text__contains="兑现得怎么样，请您评一评")
    assert asked.count() == 1
    client.force_login(lead.user)
    with on(stages.TODAY):
        assert rate in client.get(reverse("home:front")).text
        receipt = client.post(rate, {"grade": "fair", "words": "还差一段"}, follow=True).text
        assert rate not in client.get(reverse("home:front")).text
        page = client.get(reverse("proposals:detail", args=[upgrade.assignment.proposal_id])).text
        assert "您 4 月 24 日评过兑现情况" in page
        own = reverse("proposals:fulfilment_rated", args=[upgrade.reply_id])
        code = FulfilmentRating.objects.get().code
        assert [each in receipt for each in (code, "基本满意", "还差一段")] == [True, False, False]
        looked_up = client.get(reverse("proposals:rating_receipt"), {"code": code}).text
        assert ("在册" in looked_up, "兑现评价" in looked_up, own in page) == (True,) * 3
        client.force_login(walk.unit_clerk().user)
        assert client.get(own).status_code == 404
        page = client.get(reverse("proposals:case", args=[upgrade.assignment.proposal_id])).text
        assert "评过兑现情况" not in page


def test_the_board_and_the_matter_name_the_class_that_counts_now():
    row = stages.upgraded().reply.assignment.proposal
    recurring.confirm_likeness(row, other=walk.submitted(), kind=Likeness.REPEAT, by=make.actor())
    (found,) = matters.board(make.actor()).matters
    times = matter.matter(row, make.actor(), stages.TODAY).times
    assert found.results == ["A 已解决 1 次"]
    assert "A 已解决" in [each.results for each in times]


def test_a_class_of_a_part_that_was_taken_off_is_no_news_of_the_list():
    row = stages.upgraded().reply.assignment.proposal
    publication.publish(row, by=make.actor(), today=stages.TODAY)

    def last():
        (line,) = public.rows(public.Filters(), Clock.on(stages.TODAY))
        return line.last

    assert "转类" in last()
    row.assignments.update(state=Part.REMOVED, done_on=None)
    assert "转类" not in last()
