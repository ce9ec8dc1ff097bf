"""电话、身份证号 in a deputy's text: named to who decides, read by nobody in public."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from congress.shared.personal_numbers import MASK, WIDE
from congress.shared.roles import Role
from proposals.actions import clocks, meetings, objections, publication, review
from proposals.actions.replies import Words
from proposals.clock_forms import PauseForm
from proposals.forms import MeetingForm
from proposals.models import OutcomeClass, Proposal, Reply
from proposals.permissions.replies import asks_of
from proposals.queries.search import TITLE_TOLD
from proposals.reply_forms import BODY_HELP
from proposals.states import Stage, State
from stations.models import Station, StationKind
from tests import make
from tests.home.crawl import words_of
from tests.proposals import walk
from tests.proposals.pages import url
from tests.scoring.facts import on
from tests.stations import screens
from tests.tamper import as_owner

pytestmark = pytest.mark.django_db
MOBILE, IDENTITY = "13812345678", "420323196001011234"
SAID = {
    "title": f"关于桃园村过水桥的建议，电话{MOBILE}",
    "facts": f"张某（身份证{IDENTITY}，电话 138-1234-5678）家门口护栏断了。",
    "request": f"请先联系 {MOBILE}，再加固护栏。",
}
AGREED = "李建国副主任"
SPELLINGS = (MOBILE, IDENTITY, "138-1234-5678")


@pytest.fixture(autouse=True)
def _today():
    with on(make.TODAY):
        yield


def text(answer):
    assert answer.status_code == 200, answer.request["PATH_INFO"]
    return words_of(answer.content, answer["Content-Type"])


def published_with_another():
    """Two handled together, both with numbers, answered in words that repeat them."""
    lead = make.deputy("柳如是")
    into = walk.proposal(State.ACCEPTED, lead=lead, **SAID)
    other = walk.proposal(State.ACCEPTED, lead=lead, **SAID | {"title": f"路灯，找{MOBILE}"})
    review.merge(other, into=Proposal.objects.get(pk=into.pk), by=make.actor())
    walk._take(into, State.ASSIGNED, make.unit(), (), "")
    part = Proposal.objects.get(pk=into.pk).lead_assignment
    walk.gated(part)
    said = Words(
        OutcomeClass.objects.get(code="B"), f"已联系{MOBILE}。", f"{IDENTITY}的来信", walk.PLAN
    )
    answers = {ask.pk: said for ask in asks_of(part)}
    walk.answered(part, text=f"已与 {MOBILE} 联系。", answers=answers)
    publication.publish(Proposal.objects.get(pk=into.pk), by=make.actor(), today=walk.REPLIED_ON)
    return Proposal.objects.get(pk=into.pk), Proposal.objects.get(pk=other.pk)


def public_addresses(*proposals):
    lead = proposals[0].lead
    place = Station.objects.create(
        kind=StationKind.STATION, area=make.township(), name="桃园站", keeper=make.user("站长")
    )
    yield from (reverse("home:front"), reverse("home:deputy", args=[lead.code]))
    yield screens.address(place)
    yield from (url("public_list"), url("public_list") + "?q=桥", url("public_export"))
    yield url("public_feed")
    for each in proposals:
        yield from (url("public_detail", each.number), url("proposal_feed", each.number))
    for reply in Reply.objects.all():
        yield url("public_letter", reply.pk)


def test_the_public_reads_no_number_on_any_page_list_feed_export_or_letter(client):
    told = 0
    for address in public_addresses(*published_with_another()):
        said = text(client.get(address))
        tight = said.replace(" ", "").replace("\n", "")
        assert [each for each in SPELLINGS if each in tight] == [], address
        told += MASK in tight
    assert told > 8


def typed_while_it_is_handled():
    """In every field that unit, deputy and office fill in meanwhile a number, or a name."""
    office, clerk = make.actor(), walk.unit_clerk()
    row = walk.proposal(State.ASSIGNED, lead=make.deputy("柳如是"))
    part, lead = row.lead_assignment, make.as_deputy(row.lead)
    on_day = {"today": walk.REPLIED_ON}
    said = f"{AGREED}，电话{MOBILE}"
    wrong = objections.object_to(
        part, better_unit=make.unit("县教育局"), reason=said, by=clerk, today=walk.ASSIGNED_ON
    )
    objections.dismiss_objection(wrong, words=said, by=office, **on_day)
    clocks.pause(part, from_on=walk.ASSIGNED_ON, reason=said, agreed_with=said, by=office, **on_day)
    clocks.resume(part, until_on=walk.ASSIGNED_ON + timedelta(days=5), by=office, **on_day)
    asked = clocks.ask_extension(part, months=1, reason=said, by=clerk, **on_day)
    clocks.consent_extension(asked, by=lead)
    clocks.grant_extension(asked, words=said, by=office, **on_day)
    meetings.waive_meeting(part, stage=Stage.BEFORE, reason=said, by=lead, **on_day)
    walk.met(part, *(stage for stage in Stage if stage != Stage.BEFORE))
    with as_owner():
        part.meetings.update(place=f"桥头，电话{MOBILE}", people=said, said=said)
    return Proposal.objects.get(pk=row.pk)


def test_the_public_reads_no_number_and_no_name_of_what_was_typed_while_it_was_handled(client):
    row = typed_while_it_is_handled()
    for address in public_addresses(row):
        tight = text(client.get(address)).replace(" ", "").replace("\n", "")
        assert [each for each in (*SPELLINGS, AGREED) if each in tight] == [], address
    page = text(client.get(url("public_detail", row.number)))
    assert "暂停 5 天，期限顺延" in page
    assert "同意）" not in page
    assert f"桥头，电话{MASK}" in page
    client.force_login(make.as_deputy(row.lead).user)
    assert f"经{AGREED}，电话{MOBILE}同意" in text(client.get(url("detail", row.pk)))


def test_the_number_of_a_letter_is_no_way_round(client):
    row = walk.proposal(State.ASSIGNED)
    walk.gated(row.lead_assignment)
    walk.answered(row.lead_assignment, file_number=f"竹交{MOBILE}函〔2026〕18号")
    publication.publish(Proposal.objects.get(pk=row.pk), by=make.actor(), today=walk.REPLIED_ON)
    row = Proposal.objects.get(pk=row.pk)
    pages = [url("public_detail", row.number), url("public_letter", row.reply.pk)]
    for said in (text(client.get(each)) for each in pages):
        assert "〔2026〕18号" in said
        assert MOBILE not in said.replace(" ", "")


def test_who_types_what_the_public_reads_is_told_so():
    assert "公开页上会写" in MeetingForm().fields["place"].help_text
    assert "公开页上不写" in PauseForm().fields["agreed_with"].help_text
    assert MASK in BODY_HELP


def test_nobody_finds_out_a_number_by_searching_for_a_part_of_it(client):
    walk.proposal(State.ACCEPTED, **SAID)
    assert "桃园村过水桥" in text(client.get(url("public_list"), {"q": "桃园村过水桥"}))
    assert "桃园村过水桥" not in text(client.get(url("public_list"), {"q": "81234"}))


TOLD = {"title": f"关于桃园村过水桥的建议，找{MOBILE}，座机7231234"}


def finds(reader, digits):
    client = Client()
    client.force_login(reader.user)
    return "桃园村过水桥" in text(client.get(reverse("home:search"), {"q": digits}))


@pytest.mark.parametrize("digits", ["81234", MOBILE, "7231234"])
def test_who_reads_a_mask_finds_nothing_by_what_is_behind_it_and_who_reads_it_whole_does(digits):
    row = walk.proposal(State.ASSIGNED, **SAID | TOLD)
    public = text(Client().get(url("public_list"), {"q": digits}))
    assert "桃园村过水桥" not in public
    outside = [make.as_deputy(make.deputy("旁人")), make.actor(Role.TOWNSHIP_CLERK)]
    inside = [make.as_deputy(row.lead), walk.unit_clerk(), make.actor()]
    assert [finds(reader, digits) for reader in outside] == [False, False]
    assert [finds(reader, digits) for reader in inside] == [True, True, True]


def test_one_typed_in_full_width_is_masked_and_not_found_either():
    row = walk.proposal(State.ACCEPTED, title="关于桃园村过水桥的建议，找１３８１２３４５６７８")
    assert row.public_title == f"关于桃园村过水桥的建议，找{MASK}"
    for digits in ("１３８１２３４５６７８", MOBILE):
        assert "桃园村" not in text(Client().get(url("public_list"), {"q": digits}))
        assert not finds(make.as_deputy(make.deputy("旁人")), digits)


def test_nobody_comes_to_it_by_the_number_as_an_earlier_one_like_theirs(client):
    walk.proposal(State.ACCEPTED, **SAID | TOLD)
    client.force_login(make.as_deputy(make.deputy("旁人")).user)
    assert "桃园村过水桥" in text(client.post(url("similar"), {"title": "桃园村过水桥"}))
    for digits in (MOBILE, IDENTITY, "7231234"):
        assert "桃园村过水桥" not in text(client.post(url("similar"), {"title": digits}))


@pytest.mark.parametrize(
    "title",
    [
        "电话7231234，座机 8722-1234、87221235",
        "找１３８１２３４５６７８或（0719）7231234",
        "热线：7231234 转 803；Tel 7231235，2024 年 7231234 元",
        "电话（办公）：7231234或13812345678",
        "联系人：张三，7231234；致电 7231235 或者 ☎7231236，区号0719，87221234",
        "联系时间：20261129，联系群众 2345678 人次，档案号码 7231234，致电7231235",
    ],
)
def test_the_database_masks_as_the_page_does(title):
    row = walk.submitted(title=title)
    told = Proposal.objects.annotate(told=TITLE_TOLD).get(pk=row.pk).told
    assert MASK in told
    assert told == row.public_title.translate(WIDE)


def test_other_deputies_read_what_the_public_reads_and_the_unit_reads_it_whole(client):
    proposal = walk.proposal(State.ASSIGNED, **SAID)
    client.force_login(make.as_deputy(make.deputy("旁人")).user)
    found = text(client.get(reverse("home:search"), {"q": "桃园村过水桥"}))
    similar = text(client.post(url("similar"), {"title": "桃园村过水桥"}))
    for page in (found, similar):
        assert MASK in page
        assert MOBILE not in page
    client.force_login(walk.unit_clerk().user)
    assert MOBILE in text(client.get(url("case", proposal.pk)))


def test_the_deputy_is_told_of_them_before_raising(client):
    make.session()
    client.force_login(make.as_deputy(make.deputy()).user)
    sent = SAID | {"token": str(uuid4()), "kind": "intersession"}
    page = text(client.post(url("look_over"), sent, follow=True))
    assert f"正文里有号码：{MOBILE}、{IDENTITY}、138-1234-5678" in page
    plain = walk.words() | {"token": str(uuid4()), "kind": "intersession"}
    assert "正文里有号码" not in text(client.post(url("look_over"), plain, follow=True))


def test_the_office_is_told_of_them_and_takes_none_of_them_in_bulk():
    client, row, plain = Client(), walk.submitted(**SAID), walk.submitted(title="关于路灯的建议")
    client.force_login(make.actor(Role.STAFF_CLERK).user)
    page = text(client.get(url("to_review"), {"one": row.pk}))
    assert "有电话或者身份证号" in page
    assert f"正文里有号码：{MOBILE}、{IDENTITY}" in page
    assert "正文里有号码" not in text(client.get(url("to_review"), {"one": plain.pk}))
    chosen = {"chosen": [row.pk, plain.pk]}
    assert "正文里有电话号码或者身份证号，请打开来单独审查。" in text(
        client.get(url("accept_chosen"), chosen)
    )
    digests = {f"digest_{each.pk}": each.digest for each in (row, plain)}
    client.post(url("accept_chosen"), chosen | digests)
    states = [Proposal.objects.get(pk=each.pk).state for each in (row, plain)]
    assert states == [State.SUBMITTED, State.ACCEPTED]
