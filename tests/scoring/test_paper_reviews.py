"""代录: a self review written on paper, entered by another hand, which is said."""

from io import BytesIO

import pytest
from PIL import Image

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from congress.shared.roles import Role
from deputies.actions import photos
from scoring.actions import opinions
from scoring.models import Appraisal, OnBehalf
from scoring.queries.opinions import Signed
from scoring.states import Step
from tests import make
from tests.race import at_once
from tests.scoring import year
from tests.scoring.year import as_, text, url

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


def sent():
    file = BytesIO()
    Image.new("RGB", (40, 30), "white").save(file, "PNG")
    file.seek(0)
    file.name = "paper.png"
    return file


def entered(of, cycle, by=None, deputy=None, **how):
    how = how or {"reason": "电话口述"}
    if not Appraisal.objects.filter(cycle=cycle, step=Step.GROUP).exists():
        year.group_check(cycle, of)  # before it a convenor reads nobody's paper
    return opinions.enter_self_review(
        cycle,
        deputy=deputy or of.deputies[0],
        opinion=year.score(80, "尽力了。"),
        by=by or of.convenor,
        today=year.TODAY,
        **how,
    )


def test_enter_self_review_stands_as_the_deputys_with_who_entered_it_and_why():
    of = year.party(1)
    cycle, one = year.opened(of), of.deputies[0]

    with year.on(year.TODAY):
        row = entered(of, cycle)

    assert (row.step, row.given_by, row.on_behalf.reason) == (
        Step.SELF,
        of.convenor.user,
        "电话口述",
    )
    assert Signed(cycle).words(row) == f"{of.convenor.user.name}代录，12 月 20 日"
    assert AuditEvent.objects.get(now="self_review_entered").note == f"代录{one.name}的自评"
    assert "请看录得对不对" in Notice.objects.get(key__startswith="scoring.self_review_e").text
    assert Appraisal.objects.visible_to(make.as_deputy(one)).get() == row
    with pytest.raises(Refused, match="已经提交过"):
        year.self_review(cycle, one)


def test_enter_self_review_wants_a_photo_or_a_reason_and_keeps_the_photo():
    of = year.party(1)
    cycle = year.opened(of)
    with pytest.raises(Refused, match="照片，或者写明原因"):
        entered(of, cycle, reason=" ")
    file = sent()
    row = entered(of, cycle, by=make.actor(), photo=photos.read(file, len(file.getvalue())))
    assert row.on_behalf.file.name.startswith("self-reviews/")


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CONVENOR, *year.OFFICE}))
def test_enter_self_review_is_refused_to_every_other_role(role):
    of = year.party(1)
    with pytest.raises(Refused, match="由代表小组召集人或者代工委代录"):
        entered(of, year.opened(of), by=make.actor(role))


def test_a_convenor_enters_for_the_own_group_and_nobody_for_themselves_or_afterwards():
    of = year.party(2)
    far = make.deputy(of=make.group("双河乡第一代表小组", make.township("双河乡")))
    cycle = year.opened(of)
    with pytest.raises(Refused, match="只代录本组"):
        entered(of, cycle, deputy=far)
    one = of.deputies[0]
    one.user = of.convenor.user
    one.save()
    with pytest.raises(Refused, match="只代录本组"):
        entered(of, cycle)
    year.gathered(of, cycle)
    with pytest.raises(Refused, match="不再接收意见"):
        entered(of, cycle, deputy=of.deputies[1])


def test_a_convenor_reads_no_paper_before_the_groups_own_opinion_is_in(client):
    of = year.party(1)
    cycle, one = year.opened(of), of.deputies[0]
    how = {"opinion": year.score(), "today": year.TODAY, "reason": "口述"}
    with pytest.raises(Refused, match="请先提交对这位代表的小组核校"):
        opinions.enter_self_review(cycle, deputy=one, by=of.convenor, **how)
    with year.on(year.TODAY):
        page = url("enter_self_review", cycle.pk, one.pk)
        answer = as_(client, of.convenor).get(page)
        assert answer.status_code == 409
        assert "请先提交对这位代表的小组核校" in text(answer)
    opinions.enter_self_review(cycle, deputy=one, by=make.actor(), **how)


@pytest.mark.django_db(transaction=True)
def test_two_hands_enter_one_self_review():
    of = year.party(1)
    how = {"opinion": year.score(), "today": year.TODAY, "reason": "口述"}
    cycle = year.opened(of)
    year.group_check(cycle, of)
    outcomes = at_once(
        3,
        opinions.enter_self_review,
        cycle,
        deputy=of.deputies[0],
        by=of.convenor,
        **how,
    )
    assert outcomes == ["done", "refused", "refused"]
    assert OnBehalf.objects.count() == 1


def test_the_page_keeps_what_was_typed_and_the_photo_is_for_who_may_read_it(client):
    of = year.party(1)
    cycle, one = year.opened(of), of.deputies[0]
    page = url("enter_self_review", cycle.pk, one.pk)
    year.group_check(cycle, of)
    with year.on(year.TODAY):
        as_(client, of.convenor)
        answer = client.post(page, {"score": "80", "words": "尽力了。"})
        assert answer.status_code == 422
        assert "没有照片的原因" in text(answer)
        assert "尽力了。" in text(answer)
        client.post(page, {"score": "80", "words": "尽力了。", "photos": sent()})
        again = client.get(page)
        assert (again.status_code, "的自评已经提交过" in text(again)) == (409, True)
    paper = url("self_review_paper", OnBehalf.objects.get().pk)
    assert seen(client, of.convenor, paper) == seen(client, make.as_deputy(one), paper) == 200
    for by in (of.director, of.clerk, make.as_deputy(make.deputy())):
        assert seen(client, by, paper) == 404
    year.gathered(of, cycle)
    assert seen(client, of.director, paper) == 200


def seen(client, by, page):
    answer = as_(client, by).get(page)
    if answer.streaming:
        assert b"".join(answer.streaming_content).startswith(b"\xff\xd8")
    return answer.status_code
