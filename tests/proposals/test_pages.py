"""The screens: who finds them, what wrong input does, and how many queries they take."""

from datetime import UTC, datetime

import pytest
from django.utils.html import strip_tags

from congress.shared import clock
from congress.shared.roles import Role
from proposals.models import Meeting, Proposal, Rating, ReplyDraft
from proposals.permissions.assignment import asks_seen
from proposals.rating_states import Satisfaction
from proposals.states import Stage, State
from tests import make
from tests.proposals import walk
from tests.proposals.pages import text, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_12_may")]


def page(client, name, *args):
    return client.get(url(name, *args))


def test_a_proposal_goes_round_through_the_screens(client):
    lead, second = make.deputy("邹立秀"), make.deputy("胡大勇")
    make.session()
    deputy, other = make.as_deputy(lead), make.as_deputy(second)
    unit, office = walk.unit_clerk(), make.actor()

    client.force_login(deputy.user)
    form = page(client, "submit").context["form"]
    sent = walk.words() | {"token": str(form.initial["token"])}
    arrived = client.post(url("submit"), sent, follow=True)
    assert f'data-forget="proposal.{sent["token"]}"' in text(arrived)
    client.post(url("submit"), sent)
    proposal = Proposal.objects.get()

    client.force_login(other.user)
    assert proposal.title in text(page(client, "to_cosign"))
    client.post(url("cosign", proposal.pk), {"digest": proposal.digest})
    assert proposal.title not in text(page(client, "to_cosign"))

    client.force_login(office.user)
    assert "待审查 1 件" in text(page(client, "review"))
    client.post(url("accept", proposal.pk), {"withheld_reason": "", "digest": proposal.digest})
    sent = {"unit": unit.post.organisation_id, "assisting": [make.unit("县财政局").pk]}
    sent["seen"] = asks_seen(proposal)
    client.post(url("assign", proposal.pk), sent)

    client.force_login(unit.user)
    assert "登记见面…" in text(page(client, "unit_desk"))
    words = {"place": "村", "people": "人", "said": "进度"}
    for number, stage in enumerate(Stage, start=12):
        sent = words | {"stage": stage, "met_on": f"2026-05-{number}"}
        with clock.at(datetime(2026, 5, number, 2, tzinfo=UTC)):
            client.post(url("record_meeting", Proposal.objects.get().lead_assignment.pk), sent)
    client.force_login(deputy.user)
    for meeting in Meeting.objects.all():
        client.post(url("confirm_meeting", meeting.pk))

    client.force_login(unit.user)
    ask = proposal.asks.get().pk
    sent = {"outcome": "2", "text": "已列入。", "file_number": "竹交函〔2026〕1 号"}
    sent |= {f"outcome_{ask}": "2", f"text_{ask}": "列入第二批。"}
    sent |= {f"due_{ask}_1": "2027-10-29", f"step_{ask}_1": "护栏装好"}
    assert client.post(url("save_reply", proposal.pk), sent).status_code == 302
    assert client.post(url("submit_for_signing", proposal.pk), {"edition": 1}).status_code == 302
    client.force_login(walk.unit_head().user)
    assert "签发答复" in text(page(client, "case", proposal.pk))
    client.post(url("sign", ReplyDraft.objects.get().pk), {"edition": 1})

    client.force_login(deputy.user)
    assert "等您评价答复" in text(page(client, "detail", proposal.pk))
    sent = {"process": "satisfied", "result": "fair", "words": "谢谢"}
    sent[f"ask_{ask}"] = "half"
    client.post(url("rate", Proposal.objects.get().reply.pk), sent)
    assert Rating.objects.get().ballot.result == Satisfaction.FAIR

    client.force_login(office.user)
    seen = str(Proposal.objects.get().reply.pk)
    client.post(url("publish", proposal.pk), {"seen": seen})
    assert Proposal.objects.get().state == State.PUBLISHED


def test_wrong_words_get_a_422_and_nothing_typed_is_lost(client):
    lead = make.deputy()
    make.session()
    client.force_login(make.as_deputy(lead).user)
    token = page(client, "submit").context["form"].initial["token"]
    sent = {"title": "", "facts": "护栏断了四米。", "request": "装护栏。", "token": token}
    answer = client.post(url("submit"), sent)
    assert answer.status_code == 422
    assert "请写一句：想解决什么事。" in text(answer)
    assert "护栏断了四米。" in text(answer)
    assert str(token) in text(answer)


def test_a_mended_text_keeps_its_mistakes_on_the_page(client):
    proposal = walk.proposal(State.RETURNED)
    client.force_login(make.as_deputy(proposal.lead).user)
    answer = client.post(url("resubmit", proposal.pk), {"title": "长" * 61, "facts": "事实在此"})
    assert answer.status_code == 422
    assert "最多 60 个字" in text(answer)
    assert "事实在此" in text(answer)
    answer = client.post(url("resubmit", proposal.pk), walk.words("改过的标题"))
    assert answer.status_code == 302
    assert "改过的标题" in text(page(client, "detail", proposal.pk))


def test_the_unit_keeps_what_it_typed(client):
    proposal = walk.proposal(State.ASSIGNED)
    client.force_login(walk.unit_clerk().user)
    sent = {"stage": "before", "met_on": "昨天", "place": "村委会", "said": "说了很多话"}
    answer = client.post(url("record_meeting", Proposal.objects.get().lead_assignment.pk), sent)
    assert answer.status_code == 422
    assert "日期看不懂" in text(answer)
    assert "说了很多话" in text(answer)
    sent = {f"outcome_{proposal.asks.get().pk}": "99", "text": "写了很久的答复"}
    answer = client.post(url("save_reply", proposal.pk), sent)
    assert answer.status_code == 422
    assert "请从上面选一类。" in text(answer)
    assert "写了很久的答复" in text(answer)


def test_a_wrong_day_is_said_beside_the_day_and_nothing_typed_is_lost(client):
    walk.proposal(State.ASSIGNED)
    client.force_login(walk.unit_clerk().user)
    sent = {
        "stage": "before",
        "met_on": "2026-05-13",
        "place": "村",
        "people": "甲",
        "said": "进度",
    }
    answer = client.post(url("record_meeting", Proposal.objects.get().lead_assignment.pk), sent)
    assert answer.status_code == 422
    assert "见面日期不能晚于今天" in text(answer)
    assert 'value="甲"' in text(answer)


def test_one_unit_in_both_roles_is_said_beside_the_field(client):
    proposal, unit = walk.proposal(State.ACCEPTED), make.unit()
    client.force_login(make.actor().user)
    sent = {"unit": unit.pk, "assisting": [unit.pk], "seen": asks_seen(proposal)}
    answer = client.post(url("assign", proposal.pk), sent)
    assert answer.status_code == 422
    assert "同一个单位只能有一种办理方式" in text(answer)


def test_a_reply_before_the_meetings_is_kept_as_a_draft_and_not_signed(client):
    proposal = walk.proposal(State.ASSIGNED)
    client.force_login(walk.unit_clerk().user)
    walk.drafted(proposal.lead_assignment, text="这是一段写了很久很久的答复内容")
    answer = client.post(url("submit_for_signing", proposal.pk), {"edition": 1})
    assert answer.status_code == 409
    assert "办前见面、办中见面、办后见面还没有登记" in text(answer)
    assert "写了很久很久" in text(page(client, "case", proposal.pk))


def test_the_office_keeps_what_it_typed(client):
    client.force_login(make.actor().user)
    waiting = walk.submitted()
    answer = client.post(url("send_back", waiting.pk), {"reason": ""})
    assert (answer.status_code, "请写明改什么" in text(answer)) == (422, True)
    answer = client.post(url("accept", waiting.pk), {"withheld_reason": "密" * 121})
    assert (answer.status_code, "最多 120 个字" in text(answer)) == (422, True)
    client.post(url("send_back", waiting.pk), {"reason": "写清哪座桥", "digest": waiting.digest})
    assert Proposal.objects.get().return_reason == "写清哪座桥"
    accepted = walk.proposal(State.ACCEPTED)
    for unit in ("", "x", make.organisation().pk):
        sent = {"unit": unit, "assisting": ["y"], "seen": asks_seen(accepted)}
        answer = client.post(url("assign", accepted.pk), sent)
        assert answer.status_code == 422


def test_nothing_is_preselected_when_rating_and_half_a_rating_is_sent_back(client):
    proposal = walk.proposal(State.ANSWERED)
    client.force_login(make.as_deputy(proposal.lead).user)
    assert "checked" not in text(page(client, "rate", proposal.reply.pk))
    answer = client.post(url("rate", proposal.reply.pk), {"process": "fair", "words": "我写的话"})
    assert answer.status_code == 422
    assert "办理结果还没有选。" in text(answer)
    assert "我写的话" in text(answer)
    assert not Rating.objects.exists()


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.UNIT_CLERK, Role.UNIT_HEAD}))
def test_the_units_pages_are_not_found_by_others(client, role):
    proposal = walk.proposal(State.ASSIGNED)
    client.force_login(make.actor(role).user)
    assert page(client, "unit_desk").status_code == 404
    assert page(client, "case", proposal.pk).status_code == 404
    assert client.post(url("save_reply", proposal.pk)).status_code == 404


def test_a_unit_finds_only_its_own_cases(client):
    proposal = walk.proposal(State.ASSIGNED)
    client.force_login(walk.unit_clerk(make.unit("县教育局")).user)
    assert page(client, "case", proposal.pk).status_code == 404
    assert client.post(url("record_meeting", proposal.lead_assignment.pk)).status_code == 404
    assert page(client, "detail", proposal.pk).status_code == 404
    assert "手上 0 件" in text(page(client, "unit_desk"))


def test_an_assisting_unit_reads_and_writes_nothing(client):
    helper = make.unit("县财政局")
    proposal = walk.proposal(State.ASSIGNED, assisting=[helper])
    client.force_login(walk.unit_clerk(helper).user)
    answer = text(page(client, "case", proposal.pk))
    assert "请把意见送给主办单位" in answer
    assert "保存答复稿" not in answer
    assert "登记这次见面" not in answer


def test_the_gate_stands_beside_its_reason_with_links(client):
    proposal = walk.proposal(State.ASSIGNED)
    walk.met(proposal.lead_assignment, Stage.BEFORE)
    walk.drafted(proposal.lead_assignment)
    client.force_login(walk.unit_clerk().user)
    answer = text(page(client, "case", proposal.pk))
    words = "".join(strip_tags(answer).split())
    assert "还不能答复：办中见面、办后见面还没有登记。" in words
    assert 'id="meeting-during"' in answer


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.STAFF_CLERK, Role.STAFF_DIRECTOR}))
def test_the_offices_pages_are_closed_to_others_and_read_only_at_the_desk(client, role):
    proposal = walk.submitted()
    actor = make.actor(role)
    client.force_login(actor.user)
    assert page(client, "review").status_code == (200 if actor.in_an_office else 403)
    answer = client.post(url("accept", proposal.pk), {"asks": "加固护栏。"})
    not_there = 404 if actor.in_an_office else 403
    assert answer.status_code == (409 if actor.at_the_desk else not_there)


def test_a_stranger_deputy_does_not_find_what_is_under_way(client):
    proposal = walk.proposal(State.ANSWERED)
    client.force_login(make.as_deputy(make.deputy()).user)
    assert page(client, "detail", proposal.pk).status_code == 404
    assert page(client, "rate", proposal.reply.pk).status_code == 404
    assert client.post(url("resubmit", proposal.pk)).status_code == 404


def test_a_deputy_of_the_township_alone_reads_why_they_cannot_raise_one(client):
    make.session()
    client.force_login(make.as_deputy(make.deputy(levels=("township",))).user)
    answer = text(page(client, "submit"))
    assert "只有在任的县、乡镇人大代表可以在这里提建议" in answer
    assert "disabled" in answer


def test_a_date_is_explained_under_every_deadline(client):
    proposal = walk.proposal(State.ASSIGNED)
    client.force_login(walk.unit_clerk().user)
    with clock.at(datetime(2026, 3, 9, 2, tzinfo=UTC)):
        answer = text(page(client, "case", proposal.pk))
    assert answer.count("为什么是这一天") == 1
    assert "异议为什么要在这一天前提" in answer
    for words in ("为什么是这一天", "3 月 6 日", "6 月 6 日", "代表法第五十一条"):
        assert words in answer
