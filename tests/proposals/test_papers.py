"""公文: what the papers say, and whose they are."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from pypdf import PdfReader

from congress.shared import clean_pdf, clock
from congress.shared.models import Organisation
from congress.shared.roles import Role
from deputies.models import Deputy
from proposals.actions import (
    assignment,
    drafting,
    meetings,
    opinions,
    publication,
    replies,
    review,
    signing,
)
from proposals.models import Assignment, Proposal, Reply
from proposals.queries import bundles, papers
from proposals.queries.stood import stood_of
from proposals.states import Part, Stage, State
from tests import make, pdfs
from tests.proposals import walk
from tests.proposals.pages import url
from tests.tamper import as_owner

pytestmark = pytest.mark.django_db
SECRET = "会办意见里的原话"


def answered(**kept):
    return walk.proposal(State.ANSWERED, **kept).reply


def test_the_letter_says_everything_in_its_order():
    Organisation.objects.filter(pk=make.unit().pk).update(phone="0719-1220136")
    lead, other = make.deputy("龚学文"), make.deputy("柯传芳")
    row = walk.submitted(lead)
    signing.cosign(row, deputy=other, by=make.as_deputy(other), today=walk.SUBMITTED_ON)
    for step in walk.ORDER[1:4]:
        walk._take(row, step, make.unit(), [make.unit("县财政局")], "")
    row = Proposal.objects.get()
    found = papers.letter(row.reply, make.actor())
    assert found.mark == "B类　公开"
    assert found.unit == "青禾县交通运输局"
    assert found.title == ["对县十九届人大五次会议", f"第{row.number}号建议的答复"]
    assert found.salutation == "龚学文、柯传芳代表："
    assert found.opening == (
        f"你们提出的《{row.title}》收悉。3月20日、4月14日、4月22日，"
        "我单位与领衔代表龚学文见面沟通，听取了意见。现答复如下："
    )
    assert [(each.number, each.ask, each.outcome) for each in found.sections] == [
        ("（一）", "加固护栏", "B类，已列计划")
    ]
    assert found.copies == ["县人大常委会代表工作委员会", "县人民政府办公室", "县财政局"]
    assert found.contact == "联系人：办公室，电话：0719-1220136"
    assert found.signed_on == "2026年4月24日"
    html = render_to_string("pdf/reply_letter.html", {"letter": found})
    words = ("竹交函〔2026〕18 号", "签发人：", "抄送：", "印发", "联系人")
    assert [each for each in words if each not in html] == []


def test_the_papers_are_pdfs(client):
    reply = answered()
    client.force_login(make.as_deputy(reply.assignment.proposal.lead).user)
    for name in ("letter", "feedback"):
        answer = client.get(url(name, reply.pk))
        assert answer.content.startswith(b"%PDF")
        assert answer["Content-Type"] == "application/pdf"


def test_the_form_leaves_the_ratings_open_and_never_goes_back_to_the_unit():
    html = render_to_string(
        "pdf/feedback.html", {"form": papers.feedback(answered(), make.actor())}
    )
    for words in ("办理态度", "办理结果", "基本满意", "2026年5月26日", "请不要交给承办单位"):
        assert words in html
    assert "2026年3月20日，桃园村村委会" in html


def test_what_one_side_alone_wrote_down_is_no_fact_on_official_paper():
    """Borne out, only said, and waived: the letter names the first day alone."""
    with clock.at(datetime(2026, 4, 22, 2, tzinfo=UTC)):
        part = walk.proposal(State.ASSIGNED).lead_assignment
        walk.met(part, Stage.BEFORE)
        walk.borne_out(part)
        walk.met(part, Stage.DURING)
        meetings.waive_meeting(
            part,
            stage=Stage.AFTER,
            reason="电话里说清楚了。",
            by=make.as_deputy(part.proposal.lead),
            today=walk.REPLIED_ON,
        )
    late = walk.REPLIED_ON + timedelta(days=25)
    draft = walk.drafted(part)
    replies.submit_for_signing(part, by=walk.unit_clerk(), today=late)
    reply = replies.sign(draft, by=walk.unit_head(), today=late)
    assert (
        "收悉。3月20日，我单位与你见面沟通，听取了意见。"
        in papers.letter(reply, make.actor()).opening
    )
    assert [words for _, words in papers.feedback(reply, make.actor()).stages] == [
        "2026年3月20日，桃园村村委会",
        "2026年4月14日，桃园村村委会（单位单方记录，代表没有确认）",
        "代表同意免去",
    ]


def test_what_a_signed_letter_says_is_what_stood_when_it_was_signed():
    """Confirmed, moved, renamed or withheld afterwards: neither letter nor form changes."""
    with clock.at(datetime(2026, 4, 22, 2, tzinfo=UTC)):
        shares = walk.shares(assisting=[make.unit("县财政局")])
        row = assignment.assign(
            walk.proposal(State.ACCEPTED), shares=shares, by=make.actor(), today=walk.ASSIGNED_ON
        )
        part = row.lead_assignment
        walk.met(part)
    late = walk.REPLIED_ON + timedelta(days=25)
    draft = walk.drafted(part)
    replies.submit_for_signing(part, by=walk.unit_clerk(), today=late)
    signed = replies.sign(draft, by=walk.unit_head(), today=late).pk

    def said():
        reply = Reply.objects.get(pk=signed)
        letter, form = papers.letter(reply, make.actor()), papers.feedback(reply, make.actor())
        words = (letter.mark, letter.unit, letter.salutation, letter.opening, letter.copies)
        return *words, letter.contact, form.unit, form.stages

    before = said()
    assert "见面沟通" not in before[3]
    walk.borne_out(part)
    Assignment.objects.filter(pk=part.pk).update(handler=walk.unit_clerk().user)
    Assignment.objects.exclude(pk=part.pk).update(state=Part.REMOVED)
    Organisation.objects.filter(pk=part.unit_id).update(name="县交通局", phone="0719-1")
    Proposal.objects.update(withheld_reason="涉及商业秘密")
    Deputy.objects.update(name="改名了")
    assert said() == before


def test_a_letter_is_for_its_deputies_its_unit_and_the_office(client):
    reply = answered()
    lead = make.as_deputy(reply.assignment.proposal.lead)
    may = [lead, walk.unit_clerk(), make.actor()]
    may_not = [make.as_deputy(make.deputy()), walk.unit_clerk(make.unit("县教育局"))]
    may_not += [make.actor(role) for role in (Role.TOWNSHIP_CLERK, Role.KEEPER)]
    for name in ("letter", "feedback"):
        for expected, people in ((200, may), (404, may_not)):
            for by in people:
                client.force_login(by.user)
                assert client.get(url(name, reply.pk)).status_code == expected


def test_the_public_has_only_the_letter_of_what_is_published_and_not_withheld(client):
    reply = answered()
    assert client.get(url("public_letter", reply.pk)).status_code == 404
    publication.publish(reply.assignment.proposal, by=make.actor(), today=walk.REPLIED_ON)
    answer = client.get(url("public_letter", reply.pk))
    assert (answer.status_code, answer.content[:4]) == (200, b"%PDF")
    withheld = answered(withheld="涉及个人隐私")
    assert client.get(url("public_letter", withheld.pk)).status_code == 404


def test_the_public_has_no_letter_that_a_newer_version_has_taken_the_place_of(client):
    old = answered()
    new = walk.answered(old.assignment, outcome="A")
    publication.publish(old.assignment.proposal, by=make.actor(), today=walk.REPLIED_ON)
    assert client.get(url("public_letter", old.pk)).status_code == 404
    assert client.get(url("public_letter", new.pk)).status_code == 200
    client.force_login(make.as_deputy(old.assignment.proposal.lead).user)
    assert client.get(url("letter", old.pk)).status_code == 200


@pytest.mark.parametrize(("withheld", "said"), [("涉及个人隐私", "甲、乙"), ("", "甲、乙、丙、丁")])
def test_the_public_letter_names_nobody_whose_merged_proposal_is_withheld(withheld, said):
    into, other = walk.submitted(make.deputy("甲")), walk.submitted(make.deputy("丙"))
    walk.signed(into, make.deputy("乙")), walk.signed(other, make.deputy("丁"))
    walk._take(into, State.ACCEPTED, make.unit(), [], "")
    walk._take(other, State.ACCEPTED, make.unit(), [], withheld)
    into, other = Proposal.objects.get(pk=into.pk), Proposal.objects.get(pk=other.pk)
    review.merge(other, into=into, by=make.actor())
    for step in walk.ORDER[2:]:
        walk._take(into, step, make.unit(), [], "")
    reply = papers.public_letters().get()
    assert papers.letter(reply).salutation == f"{said}代表："
    assert papers.letter(reply, make.actor()).salutation == "甲、乙、丙、丁代表："


def with_opinion():
    helper = make.unit("县财政局")
    row = walk.proposal(State.ASSIGNED, assisting=[helper])
    opinions.send_opinion(
        row.assignments.get(unit=helper),
        text=SECRET,
        file_number="竹财函〔2026〕9 号",
        signer="柯尊文",
        by=walk.unit_clerk(helper),
        today=walk.REPLIED_ON,
    )
    return row


def test_the_file_holds_the_opinions_for_the_office_alone():
    row = with_opinion()
    found = bundles.bundles([bundles.of_session(row.session).get()], make.actor(), make.TODAY)[0]
    html = render_to_string("pdf/proposal_bundle.html", {"title": "案卷", "cases": [found]})
    for words in ("建议原文", "交办", "三见面", SECRET, "还没有答复", "县财政局"):
        assert words in html
    for by in (walk.unit_clerk(), walk.unit_clerk(make.unit("县财政局"))):
        own = bundles.bundles([bundles.of_session(row.session).get()], by, make.TODAY)[0]
        assert own.opinions == []
        assert [each.unit_id for each in own.parts] == [by.organisation_id]


def test_the_files_open_for_the_office_and_the_unit_and_for_nobody_else(client):
    row = with_opinion()
    for by, expected in (
        (make.actor(), 200),
        (walk.unit_clerk(), 200),
        (make.as_deputy(row.lead), 404),
        (walk.unit_clerk(make.unit("县教育局")), 404),
    ):
        client.force_login(by.user)
        assert client.get(url("bundle", row.pk)).status_code == expected


def test_the_file_of_one_proposal_has_its_photos_and_its_pdf_page_by_page(client):
    draft = walk.draft()
    walk.attachment(draft)
    by = make.as_deputy(draft.deputy)
    sent = BytesIO(pdfs.paper(3, "Bridge report"))
    report = clean_pdf.read(sent, len(sent.getvalue()), most_pages=9, most_megabytes=9)
    drafting.attach(draft, files=[("检测报告.pdf", report)], by=by)
    row = walk.submitted(draft.deputy, token=draft.token)
    client.force_login(make.actor().user)
    made = PdfReader(BytesIO(client.get(url("bundle", row.pk)).content))
    words = [page.extract_text() for page in made.pages]
    assert [each.strip() for each in words[-3:]] == ["Bridge report"] * 3
    assert "附在后面" in "".join(words[:-3])
    assert any(page.images for page in made.pages)
    assert any(getattr(each, "title", "") == "附件：检测报告.pdf" for each in made.outline)
    html = client.get(url("dossier", row.pk)).content.decode()
    assert "附件 2 个" in html


def test_a_draft_is_previewed_as_its_letter_by_the_own_unit_alone(client):
    part = walk.proposal(State.ASSIGNED).lead_assignment
    draft = walk.drafted(part, outcome="B", file_number="")
    with as_owner():
        draft.answers.update(outcome=None)
    letter = papers.preview(draft, walk.REPLIED_ON)
    assert letter.mark.startswith("预览稿，还没有签发　B类")
    assert (letter.reply.file_number, letter.reply.signer) == ("文号还没有写", "还没有签发")
    assert letter.opening.endswith("现答复如下：")
    assert letter.sections[0].outcome == "还没有定类"
    address = reverse("proposals:preview", args=[draft.pk])
    for by, status in (
        (walk.unit_clerk(), 200),
        (walk.unit_head(), 200),
        (walk.unit_clerk(make.unit("县财政局")), 404),
        (make.as_deputy(part.proposal.lead), 404),
        (make.actor(), 404),
    ):
        client.force_login(by.user)
        answer = client.get(address)
        assert answer.status_code == status
    client.force_login(walk.unit_clerk().user)
    assert client.get(address).content.startswith(b"%PDF")
    page = client.get(reverse("proposals:case", args=[part.proposal_id])).content.decode()
    assert f'href="{address}"' in page
    assert not Reply.objects.exists()


def test_the_letter_names_a_day_once_on_which_two_meetings_were():
    row = walk.proposal(State.ANSWERED)
    stood = replace(stood_of(row.reply), met=["3月20日", "3月20日", "4月22日"])
    assert papers.met(stood, "你", row).startswith("3月20日、4月22日，我单位与你见面沟通")


def test_the_letter_names_whom_the_unit_met_when_others_signed_too():
    row = walk.proposal(State.ANSWERED)
    stood = stood_of(row.reply)
    lead = next(each for each in stood.deputies if each[0] == row.pk)
    both = replace(stood, deputies=[lead, (row.pk, 0, "柯传芳")])
    assert f"我单位与领衔代表{lead[2]}见面沟通" in papers.met(both, "你们", row)
    assert "我单位与你见面沟通" in papers.met(stood, "你", row)
