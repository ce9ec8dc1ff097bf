"""办理台: lights, filters, export, and what waits for whom."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse
from lxml import html

from proposals.actions import assignment, meetings, receiving
from proposals.models import Proposal
from proposals.queries import rehandling, unit_headline, units
from proposals.sharing import Share
from proposals.states import Stage, State, UnitRole
from tests import make
from tests.proposals import verbs_rated, walk
from tests.proposals.pages import case
from tests.proposals.pages import plain_text as words
from tests.scoring.facts import on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_12_may")]
DESK = reverse("proposals:unit_desk")


def test_first_contact_has_a_light_of_its_own_until_the_first_meeting(client):
    proposal = walk.proposal(State.ASSIGNED)
    client.force_login(walk.unit_clerk().user)
    assert "首次联系超期" in words(client.get(DESK))
    assert "首次联系代表超期" in words(client.get(case(proposal)))
    walk.met(proposal.lead_assignment, Stage.BEFORE)
    assert "首次联系" not in words(client.get(DESK))


def test_the_desk_is_filtered_by_light_role_and_next_act_and_exported_as_shown(client):
    helper = make.unit("县财政局")
    met = walk.proposal(State.ASSIGNED, title="关于见过面的建议")
    walk.met(met.lead_assignment)
    walk.proposal(State.ASSIGNED, title="关于协办的建议", unit=helper, assisting=[make.unit()])
    client.force_login(walk.unit_clerk().user)
    shown = words(client.get(DESK))
    assert ("关于见过面的建议" in shown, "关于协办的建议" in shown) == (True, True)
    for asked, there in (
        ({"role": "lead"}, "关于见过面的建议"),
        ({"role": "help"}, "关于协办的建议"),
        ({"act": "write"}, "关于见过面的建议"),
        ({"act": "opine"}, "关于协办的建议"),
        ({"light": "late"}, "关于协办的建议"),
    ):
        rows = [each.assignment.proposal.title for each in client.get(DESK, asked).context["page"]]
        assert rows == [there]
        file = client.get(reverse("proposals:unit_export"), asked).content
        cells = ZipFile(BytesIO(file)).read("xl/sharedStrings.xml").decode()
        assert there in cells
        assert cells.count("关于") == 1
    assert client.get(DESK, {"light": "x", "page": "99"}).status_code == 200
    client.force_login(make.actor().user)
    assert client.get(reverse("proposals:unit_export")).status_code == 404


def test_the_row_calls_each_other_unit_by_what_it_is_in_the_case():
    lead, beside, helper = make.unit(), make.unit("县教育局"), make.unit("县财政局")
    row = walk.proposal(State.ACCEPTED)
    shares = [
        Share(lead, UnitRole.LEAD),
        Share(beside, UnitRole.SEPARATE),
        Share(helper, UnitRole.ASSISTING),
    ]
    assignment.assign(row, shares=shares, by=make.actor(), today=walk.ASSIGNED_ON)
    said = {
        unit: units.desk(walk.unit_clerk(unit), walk.REPLIED_ON).cases[0].partners
        for unit in (lead, helper)
    }
    assert said[lead] == f"分办 {beside.short_name}；协办 {helper.short_name}"
    assert said[helper] == f"主办 {lead.short_name}；分办 {beside.short_name}"


def test_the_row_says_that_the_deputy_denied_the_meeting_and_calls_for_another():
    part = walk.proposal(State.ASSIGNED).lead_assignment
    walk.met(part, Stage.BEFORE)
    meetings.deny_meeting(
        part.meetings.get(),
        words="那天没有见面。",
        by=make.as_deputy(part.proposal.lead),
        today=walk.REPLIED_ON,
    )
    (row,) = units.desk(walk.unit_clerk(), walk.REPLIED_ON).cases
    assert (row.next, row.act) == ("代表说登记的办前见面不属实，请重新约，再登记", "meet")
    walk.met(Proposal.objects.get().lead_assignment, Stage.BEFORE)
    walk.borne_out(part)
    (row,) = units.desk(walk.unit_clerk(), walk.REPLIED_ON).cases
    assert row.next == "和代表办中见面，再登记"


def test_the_heads_desk_opens_with_what_waits_for_the_own_signature(client):
    walk.proposal(State.ASSIGNED, title="关于排在前面的建议")
    row = walk.proposal(State.ASSIGNED, title="关于等签字的建议", session=make.session(6))
    walk.gated(row.lead_assignment)
    walk.to_sign(row.lead_assignment)
    desk = units.desk(walk.unit_head(), walk.REPLIED_ON)
    assert unit_headline.headline(desk) == "先签这一件：关于等签字的建议"
    assert desk.cases[0].assignment.proposal.title == "关于等签字的建议"
    assert [case.verb for case in desk.cases] == ["签发…", "登记见面…"]
    client.force_login(walk.unit_head().user)
    page = client.get(DESK).content.decode()
    assert page.count('class="btn main') == 1
    assert page.index("签发…") < page.index("登记见面…")
    theirs = units.desk(walk.unit_clerk(), walk.REPLIED_ON)
    assert [case.verb for case in theirs.cases] == ["登记见面…", "看这一件…"]


def test_a_lead_unit_waits_for_its_joint_units_before_its_head_signs(client):
    joint = make.unit("县财政局")
    row = walk.proposal(State.ACCEPTED)
    shares = [Share(make.unit(), UnitRole.LEAD), Share(joint, UnitRole.JOINT)]
    assignment.assign(row, shares=shares, by=make.actor(), today=walk.ASSIGNED_ON)
    part = Proposal.objects.get().lead_assignment
    walk.gated(part)
    walk.to_sign(part)
    assert units.desk(walk.unit_head(), walk.REPLIED_ON).first is None
    theirs = units.desk(walk.unit_head(joint), walk.REPLIED_ON)
    assert unit_headline.headline(theirs).startswith(f"先签这一件：{row.title}")


def test_the_desk_names_what_waits_to_be_received_when_nothing_presses(client):
    row = walk.proposal(State.ASSIGNED)
    desk = units.desk(walk.unit_clerk(), walk.ASSIGNED_ON)
    assert unit_headline.headline(desk) == f"先签收这一件：{row.title}"
    receiving.receive(row.lead_assignment, by=walk.unit_clerk())
    desk = units.desk(walk.unit_clerk(), walk.ASSIGNED_ON)
    assert unit_headline.headline(desk) == "没有超期和临近的建议"


def test_the_headline_names_what_is_late_beside_the_cases(client):
    order = verbs_rated.ordered()
    client.force_login(walk.unit_clerk().user)
    with on(order.due_on + timedelta(days=1)):
        page = client.get(reverse("proposals:unit_desk")).content.decode()
    assert f"先办：重新办理的这一件，{order.assignment.proposal.title}，超期" in page


@pytest.mark.parametrize(("before", "light"), [(5, "soon"), (-3, "late")])
def test_a_draft_of_what_is_handled_anew_has_the_light_of_its_order(client, before, light):
    order = verbs_rated.ordered()
    walk.to_sign(order.assignment, file_number="竹交函〔2026〕91 号")
    client.force_login(walk.unit_head().user)
    today = order.due_on - timedelta(days=before)
    desk = units.desk(walk.unit_head(), today)
    (row,), (card,) = desk.cases, rehandling.of_unit(walk.unit_head(), today)
    assert (row.light.kind, card.light.kind) == (light, light)
    assert row.light.words == f"重新办理，{card.light.words}"
    assert (row.last, row.due, desk.on_time) == (order.due_on, f"{card.due}前", "100.0")
    assert {each.key: each.cases for each in desk.kinds if each.cases} == {light: 1}
    said = {"soon": card.light.words, "late": f"超期 {card.light.words}"}[light]
    title = order.assignment.proposal.title
    joined = "，" if light == "soon" else ""
    assert unit_headline.headline(desk) == f"先签这一件：{title}，重新办理{joined}{said}"


def test_what_is_handled_anew_leads_to_where_it_is_written_and_signed(client):
    order = verbs_rated.ordered()
    assert_leads_to_the_answer(client, order, walk.unit_clerk(), "再写一版…")
    walk.to_sign(order.assignment, file_number="竹交函〔2026〕91 号")
    assert_leads_to_the_answer(client, order, walk.unit_head(), "签发…")


def assert_leads_to_the_answer(client, order, person, words):
    client.force_login(person.user)
    with on(verbs_rated.AFTER):
        tree = html.fromstring(client.get(case(order.assignment.proposal)).text)
    (link,) = tree.xpath(f"//section[@id='rehandling']//a[.='{words}']/@href")
    (place,) = tree.xpath(f"//*[@id='{link.partition('#')[2]}']")
    assert "答复代表" in place.text_content()
