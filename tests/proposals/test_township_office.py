"""乡镇人大的建议办理台: a township's office decides what was raised in its own congress."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congress.home.queries import badges, organiser
from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import Organisation
from congress.shared.models.places import OrganisationKind
from congress.shared.roles import Role
from proposals.actions import assignment, clocks, objections
from proposals.follow_forms import AskUpgradeForm
from proposals.follow_states import Cause
from proposals.models import Proposal
from proposals.models.challenges import Ground
from proposals.permissions.assignment import asks_seen
from proposals.queries import office, papers
from proposals.states import State
from tests import make
from tests.proposals import walk
from tests.proposals.pages import text, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_8_january")]
NOTHING = dict.fromkeys(
    [
        f"proposals:{name}"
        for name in (
            *("promises", "look_backs", "upgrade_list", "challenge_list"),
            *("key_list", "rehandlings"),
        )
    ],
    0,
)
PAGES = ("review", "to_review", "to_review_export", "accept_chosen")


@pytest.fixture
def clerk():
    return make.actor(Role.TOWNSHIP_CLERK)


@pytest.fixture
def township(client, clerk):
    client.force_login(clerk.user)
    return client


def test_a_township_orders_anew_in_its_own_name(township):
    walk.of_township()
    places = text(township.get(url("review")))
    for name in ("figures", "rehandlings", "releases", "look_backs"):
        assert f'href="{url(name)}"' in places
    page = text(township.get(url("rehandlings")))
    assert "以柳河镇人大名义一批发出" in page
    assert "代工委" not in page.split("<form", 1)[1].split("</form>", 1)[0]
    figures = text(township.get(url("figures"))).split('class="stack figures"')[1]
    assert "人大核实兑现的" in figures
    assert "代工委" not in figures
    assert "由县人大代工委或者乡镇人大一次公布" in text(township.get(url("satisfaction")))
    assert "代工委" not in f"{Cause.BY_HAND.label}{Ground.NAMED.label}"
    form = str(AskUpgradeForm(asks=[], office="柳河镇人大"))
    assert "柳河镇人大核实以后才转" in form
    assert "代工委" not in form


def test_each_office_finds_only_its_own_and_their_number(township, clerk):
    own, other = walk.of_township(title="关于村口路灯的建议"), walk.submitted()
    page = text(township.get(url("to_review")))
    assert own.title in page
    assert other.title not in page
    assert badges.waiting(clerk) == {**NOTHING, "proposals:to_review": 1, "proposals:review": 0}
    assert badges.waiting(make.actor())["proposals:to_review"] == 1
    far = make.actor(Role.TOWNSHIP_CLERK, at=make.far_office())
    assert set(badges.waiting(far).values()) <= {0}
    assert [len(each.rows) for each in office.queues(far, walk.SUBMITTED_ON)] == [0, 0, 0]
    township.force_login(make.actor().user)
    page = text(township.get(url("to_review")))
    assert own.title not in page
    assert other.title in page


def test_the_first_screen_of_the_township_says_what_waits(township, clerk):
    walk.of_township()
    walk.submitted()
    titles = [each.title for each in organiser.desk(clerk, clock.today()).tasks]
    assert titles == ["1 件建议待审查"]
    assert "1 件建议待审查" in text(township.get("/"))


def test_a_proposal_goes_through_the_townships_pages_from_review_to_its_unit(township):
    row = walk.of_township()
    page = text(township.get(url("accept", row.pk)))
    assert "受理并编号" in page
    assert "/admin/" not in page
    answer = township.post(url("accept", row.pk), {"asks": "加固护栏。", "digest": row.digest})
    assert answer.url == url("assign", row.pk)
    row.refresh_from_db()
    assert row.number == "柳河镇1905001"
    assert township.get(answer.url).status_code == 200
    township.post(answer.url, {"unit": make.unit().pk, "seen": asks_seen(row)})
    row.refresh_from_db()
    assert row.state == State.ASSIGNED
    page = text(township.get(url("dossier", row.pk)))
    assert "柳河镇1905001" in page
    assert "县交通运输局" in page
    assert township.get(url("bundle", row.pk)).status_code == 200


@pytest.mark.parametrize(
    ("verb", "sent"),
    [
        ("send_back", {"reason": "请写清哪一座桥。"}),
        ("treat_as_letter", {"words": "转镇政府办理。"}),
    ],
)
def test_the_other_decisions_have_the_same_pages(township, verb, sent):
    row = walk.of_township()
    assert township.post(url(verb, row.pk), sent | {"digest": row.digest}).status_code == 302
    row.refresh_from_db()
    assert row.state in (State.RETURNED, State.LETTER)


def test_many_are_accepted_at_once_and_none_of_another_congress(township):
    own, other = walk.of_township(), walk.submitted()
    read = {f"digest_{each.pk}": each.digest for each in (own, other)}
    township.post(url("accept_chosen"), {"chosen": [own.pk, other.pk], **read})
    states = dict(Proposal.objects.values_list("pk", "state"))
    assert states == {own.pk: State.ACCEPTED, other.pk: State.SUBMITTED}


def test_what_is_not_ones_own_is_not_there(township, client):
    other = walk.submitted()
    for page in ("dossier", "accept", "assign", "merge", "split", "publish"):
        assert township.get(url(page, other.pk)).status_code == 404
    own = walk.of_township()
    client.force_login(make.actor(Role.TOWNSHIP_CLERK, at=make.far_office()).user)
    assert client.get(url("dossier", own.pk)).status_code == 404


def test_the_countys_office_reads_what_a_township_decides_and_is_told_whose_it_is(client):
    own = walk.of_township()
    client.force_login(make.actor().user)
    assert "只有柳河镇人大可以审查建议。" in text(client.get(url("accept", own.pk)))
    answer = client.post(url("accept", own.pk), {"asks": "办。"})
    assert answer.status_code == 409
    assert "只有柳河镇人大可以受理建议。" in text(answer)


@pytest.mark.parametrize("role", [Role.CONVENOR, Role.KEEPER, Role.DEPUTY, Role.UNIT_CLERK])
def test_nobody_else_comes_to_an_offices_pages(client, role):
    client.force_login(make.actor(role).user)
    assert {client.get(url(page)).status_code for page in PAGES} == {403}


def test_what_looks_alike_in_the_county_is_not_told_to_the_township(township):
    own = walk.of_township(title="关于修复柳河镇桃园村过水桥的建议")
    walk.submitted(title="关于修复桃园村过水桥的建议")
    assert township.get(url("accept", own.pk)).context["candidates"] == []


def of_area(name, area):
    return Organisation.objects.create(
        kind=OrganisationKind.UNIT, name=name, short_name=name[:8], area=area
    )


def test_a_township_hands_over_to_its_own_units_first_and_to_no_other_townships(township, clerk):
    row = walk.of_township(State.ACCEPTED)
    own = of_area("柳河镇人民政府", make.township())
    far = of_area("双台乡人民政府", make.township("双台乡"))
    county = make.unit()
    form = township.get(url("assign", row.pk)).context["form"]
    assert list(form.fields["unit"].queryset) == [own, county]
    with pytest.raises(Refused, match="双台乡人民政府是别的乡镇的单位"):
        assignment.assign(row, shares=walk.shares(far), by=clerk, today=walk.ASSIGNED_ON)
    with pytest.raises(ValidationError):
        form.fields["unit"].clean(far.pk)
    done = assignment.assign(row, shares=walk.shares(own), by=clerk, today=walk.ASSIGNED_ON)
    assert done.lead_assignment.unit == own


def test_a_townships_papers_name_its_own_congress_and_its_place_once():
    row = walk.of_township(State.ANSWERED, unit=of_area("柳河镇人民政府", make.township()))
    found = papers.letter(row.reply, make.actor())
    assert found.title == ["对柳河镇十九届人大五次会议", "第1905001号建议的答复"]
    assert found.copies == ["柳河镇人民代表大会主席团"]
    assert papers.feedback(row.reply, make.actor()).address == "柳河镇人民代表大会主席团"
    other = papers.letter(walk.of_township(State.ANSWERED).reply, make.actor())
    assert other.copies == ["柳河镇人民代表大会主席团", "柳河镇人民政府"]


@pytest.mark.parametrize(
    ("levels", "who"),
    [
        (("county",), "代工委"),
        (("township",), "柳河镇人大"),
        (("county", "township"), "受理的那一级人大"),
    ],
)
def test_who_raises_reads_which_office_hands_it_over(client, levels, who):
    make.session()
    make.session(of=make.assembly("township", make.township()))
    client.force_login(make.as_deputy(make.deputy(levels=levels)).user)
    page = text(client.get(url("submit")))
    assert f"还没想好，由{who}定" in page
    assert page.count("代工委会同县政府交办") == (who == "代工委")


def test_an_objection_moves_what_a_township_handed_over_to_no_other_townships_unit(client):
    part = walk.of_township(State.ASSIGNED).lead_assignment
    own = of_area("柳河镇人民政府", make.township())
    far = of_area("双台乡人民政府", make.township("双台乡"))
    client.force_login(walk.unit_clerk(part.unit).user)
    offered = client.get(url("object_to", part.proposal_id)).context["form"]["better_unit"].field
    assert list(offered.queryset) == [own, part.unit]
    given = {"reason": "按“三定”方案归乡里。", "by": walk.unit_clerk(part.unit)}
    given["today"] = walk.ASSIGNED_ON
    with pytest.raises(Refused, match="双台乡人民政府是别的乡镇的单位"):
        objections.object_to(part, better_unit=far, **given)
    raised = objections.object_to(part, better_unit=own, **given)
    given = {"words": "归乡里。", "by": make.actor(), "today": walk.ASSIGNED_ON}
    with pytest.raises(Refused, match="双台乡人民政府是别的乡镇的单位"):
        objections.uphold_objection(raised, unit=far, **given)
    client.force_login(make.actor().user)
    offered = client.get(url("uphold_objection", raised.pk)).context["form"]["unit"].field
    assert far not in offered.queryset
    assert objections.uphold_objection(raised, unit=own, **given).unit == own


def test_what_the_countys_office_decides_for_townships_is_said_and_not_linked(township):
    part = walk.of_township(State.ASSIGNED).lead_assignment
    by = walk.unit_clerk(part.unit)
    clocks.ask_extension(part, months=1, reason="要等设计。", by=by, today=walk.ASSIGNED_ON)
    page = text(township.get(url("dossier", part.proposal_id)))
    assert "由代工委批复。" in page
    assert url("extension_list") not in page


@pytest.mark.parametrize("page", ["review", "to_review"])
def test_a_list_takes_the_same_queries_for_one_row_and_for_three(township, page):
    def counted():
        township.get(url(page))  # the texts are indexed anew
        with CaptureQueriesContext(connection) as seen:
            assert township.get(url(page)).status_code == 200
        return len(seen)

    walk.of_township()
    one = counted()
    walk.of_township(title="关于办好学校食堂的建议")
    walk.of_township(title="关于增设公交站的建议")
    assert counted() == one


def test_the_deputy_is_told_which_office_reviews(client):
    row = walk.of_township()
    client.force_login(make.as_deputy(row.lead).user)
    assert "柳河镇人大正在审查" in text(client.get(url("detail", row.pk)))


def test_every_form_names_the_true_readers_in_a_township_and_in_the_county(client):
    helper = make.unit("县财政局")
    for made, offices in (
        (walk.of_township, "柳河镇人大、县人大代工委"),
        (walk.proposal, "县人大代工委"),
    ):
        row = made(State.ASSIGNED, assisting=[helper])
        client.force_login(walk.unit_clerk(helper).user)
        with clock.at(datetime(2026, 3, 9, 2, tzinfo=UTC)):
            page = text(client.get(url("case", row.pk)))
            assert page.count(f"只有主办单位和{offices}能看到") == 2
            assert f"{offices}会看到这句话" in text(client.get(url("object_to", row.pk)))
            client.force_login(walk.unit_clerk().user)
            asking = text(client.get(url("ask_extension", row.pk)))
            assert f"领衔代表和{offices}都会看到" in asking
        row = made(State.ANSWERED)
        client.force_login(make.as_deputy(row.lead).user)
        with clock.at(datetime(2026, 4, 27, 2, tzinfo=UTC)):
            page = text(client.get(url("rate", row.reply.pk)))
        assert f"只有您和{offices}能看到" in page
