"""会办、协办意见: for the lead unit and the office, for nobody else in any form."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from proposals.actions import assignment, opinions, review
from proposals.models import Opinion, Proposal
from proposals.permissions import why_not_send_opinion
from proposals.queries import pages
from proposals.queries.bundles import bundles
from proposals.queries.visibility import readable
from proposals.sharing import Share
from proposals.states import Part, Stage, State, UnitRole
from tests import make
from tests.proposals import walk
from tests.race import at_once
from tests.tamper import as_owner

pytestmark = pytest.mark.django_db
SECRET = "纳入明年预算安排的绝密意见"
HELPER, THIRD = "县财政局", "县农业农村局"


def helping(**kept):
    units = [make.unit(HELPER), make.unit(THIRD)]
    row = walk.proposal(State.ASSIGNED, assisting=units, **kept)
    return row.assignments.get(unit__name=HELPER)


def clerk():
    return walk.unit_clerk(make.unit(HELPER))


def given(**changes):
    return {
        "text": SECRET,
        "file_number": "竹财函〔2026〕9 号",
        "signer": "柯尊文",
        "by": clerk(),
        "today": walk.REPLIED_ON,
    } | changes


def test_send_opinion_ends_the_units_part_and_tells_the_lead_unit():
    part, lead = helping(), walk.unit_clerk()
    opinion = opinions.send_opinion(part, **given())
    part.refresh_from_db()
    assert (part.state, part.done_on, opinion.version) == (Part.DONE, walk.REPLIED_ON, 1)
    assert AuditEvent.objects.get(now="opined").note == "县财政局报送第 1 版意见。"
    assert AuditEvent.objects.filter(subject="proposals.Assignment", now=Part.DONE).count() == 1
    assert Notice.objects.get(key=f"proposal.opinion:{opinion.pk}").person == lead.user
    assert opinions.send_opinion(part, **given(text="改为今年安排。")).version == 2
    assert AuditEvent.objects.filter(now="opined").count() == 2


def test_send_opinion_is_refused_to_who_answers_without_words_and_after_the_reply():
    part = helping()
    with pytest.raises(Refused, match="只有承办单位自己"):
        opinions.send_opinion(part, **given(by=walk.unit_clerk()))
    lead = part.proposal.lead_assignment
    with pytest.raises(Refused, match="直接答复代表"):
        opinions.send_opinion(lead, **given(by=walk.unit_clerk()))
    for lacking, word in (("text", "意见"), ("file_number", "文号"), ("signer", "签发人")):
        with pytest.raises(Refused, match=word):
            opinions.send_opinion(part, **given(**{lacking: " "}))
        assert word in why_not_send_opinion(given()["by"], part, **{lacking: "\u200b"})
    row = walk.proposal(State.ANSWERED, assisting=[make.unit(HELPER)])
    with pytest.raises(Refused, match="已答复"):
        opinions.send_opinion(row.assignments.get(unit__name=HELPER), **given())


@pytest.mark.django_db(transaction=True)
def test_four_at_once_send_one_version():
    part = helping()
    outcomes = at_once(4, opinions.send_opinion, part, **given())
    assert outcomes == ["done"] * 4
    assert sorted(Opinion.objects.values_list("version", flat=True)) == [1]


def test_the_database_keeps_each_version_once_and_no_empty_one():
    opinions.send_opinion(helping(), **given())
    with (
        pytest.raises(IntegrityError, match="opinion_says_something"),
        as_owner(),
        transaction.atomic(),
    ):
        Opinion.objects.update(text="")


def answered_with_opinion():
    """Walked to the end beside an opinion."""
    part = helping()
    opinions.send_opinion(part, **given())
    lead = Proposal.objects.get().lead_assignment
    for stage in Stage:
        walk.met(Proposal.objects.get().lead_assignment, stage)
        walk.borne_out(lead)
    return walk.answered(Proposal.objects.get().lead_assignment)


def test_the_lead_unit_and_the_office_read_it_and_the_writer_its_own(client):
    part = helping()
    opinions.send_opinion(part, **given())
    case = reverse("proposals:case", args=[part.proposal_id])
    dossier = reverse("proposals:dossier", args=[part.proposal_id])
    for by, address in ((walk.unit_clerk(), case), (clerk(), case), (make.actor(), dossier)):
        client.force_login(by.user)
        assert SECRET in client.get(address).content.decode()
    client.force_login(walk.unit_clerk(make.unit(THIRD)).user)
    assert SECRET not in client.get(case).content.decode()


@pytest.mark.parametrize("role", [UnitRole.JOINT, UnitRole.ASSISTING])
def test_a_unit_that_answers_beside_the_lead_unit_has_no_word_of_it(client, role):
    beside = walk.unit_clerk(make.unit(THIRD))
    row = walk.proposal(State.ACCEPTED)
    shares = [
        Share(make.unit(), UnitRole.LEAD),
        Share(make.unit(THIRD), UnitRole.SEPARATE),
        Share(make.unit(HELPER), role),
    ]
    assignment.assign(row, shares=shares, by=make.actor(), today=walk.ASSIGNED_ON)
    lead, office, writer = walk.unit_clerk(), make.actor(), clerk()
    opinion = opinions.send_opinion(row.assignments.get(unit__name=HELPER), **given(by=writer))
    assert Notice.objects.get(key=f"proposal.opinion:{opinion.pk}").person == lead.user
    step = AuditEvent.objects.get(now="opined")
    case = reverse("proposals:case", args=[row.pk])
    dossier = reverse("proposals:dossier", args=[row.pk])
    for by, page, told in (
        (lead, case, True),
        (office, dossier, True),
        (writer, case, True),
        (beside, case, False),
    ):
        client.force_login(by.user)
        assert (SECRET in client.get(page).content.decode()) == told
        assert readable(by).filter(pk=step.pk).exists() == told


def test_no_word_of_it_reaches_deputy_public_export_or_feed(client):
    reply = answered_with_opinion()
    proposal = Proposal.objects.get()
    walk.publication.publish(proposal, by=make.actor(), today=walk.REPLIED_ON)
    own = ["mine", "detail", "rate", "letter", "feedback"]
    args = {"detail": proposal.pk, "rate": reply.pk, "letter": reply.pk, "feedback": reply.pk}
    client.force_login(make.as_deputy(proposal.lead).user)
    for name in own:
        address = reverse(f"proposals:{name}", args=[args[name]] if name in args else [])
        answer = client.get(address)
        assert answer.status_code == 200
        assert SECRET not in answer.content.decode(errors="ignore")
    client.logout()
    addresses = [
        reverse("proposals:public_list"),
        reverse("proposals:public_export"),
        reverse("proposals:public_detail", args=[proposal.number]),
    ]
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200
        assert SECRET not in answer.content.decode()
    assert not AuditEvent.objects.filter(note__contains=SECRET).exists()
    assert not Notice.objects.filter(text__contains=SECRET).exists()


def test_the_opinion_is_sent_on_the_case_and_nothing_typed_is_lost(client):
    part = helping()
    client.force_login(clerk().user)
    send = reverse("proposals:send_opinion", args=[part.proposal_id])
    answer = client.post(send, {"text": SECRET, "file_number": "", "signer": ""})
    assert (answer.status_code, SECRET in answer.content.decode()) == (422, True)
    sent = {"text": SECRET, "file_number": "竹财函〔2026〕9 号", "signer": "柯尊文"}
    assert client.post(send, sent).status_code == 302
    assert Opinion.objects.get().text == SECRET
    client.force_login(walk.unit_clerk(make.unit("县教育局")).user)
    assert client.post(send, sent).status_code == 404


def test_the_bundle_and_the_dossier_of_a_merged_one_have_the_opinions_of_what_answers_it():
    into, again = walk.accepted(2)
    review.merge(again, into=into, by=make.actor())
    money = make.unit("县财政局")
    shares = walk.shares(assisting=[money])
    assignment.assign(into, shares=shares, by=make.actor(), today=walk.ASSIGNED_ON)
    helper = Proposal.objects.get(pk=into.pk).parts[1]
    said = {"text": "可以安排。", "file_number": "竹财函〔2026〕1 号", "signer": "柯尊文"}
    opinion = opinions.send_opinion(
        helper, by=walk.unit_clerk(money), today=walk.REPLIED_ON, **said
    )
    rows = [Proposal.objects.get(pk=each.pk) for each in (into, again)]
    found = bundles(rows, make.actor(), walk.REPLIED_ON)
    assert [each.opinions for each in found] == [[opinion], [opinion]]
    for row in rows:
        assert list(pages.dossier(row, make.actor(), walk.REPLIED_ON)["opinions"]) == [opinion]


@pytest.mark.parametrize("number", ["乱写的文号 1", "竹财函 9 号"])
def test_the_number_of_an_opinion_is_written_whole_as_that_of_a_reply(client, number):
    part = helping()
    with pytest.raises(Refused, match="文号要写全代字"):
        opinions.send_opinion(part, **given(file_number=number))
    client.force_login(clerk().user)
    send = reverse("proposals:send_opinion", args=[part.proposal_id])
    answer = client.post(send, {"text": SECRET, "file_number": number, "signer": "柯尊文"})
    page = answer.content.decode()
    assert (answer.status_code, SECRET in page, "文号要写全代字" in page) == (422, True, True)
