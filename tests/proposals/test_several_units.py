"""分办: each unit answers for itself, and each reply is rated, published and printed."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.shared.errors import Refused
from congress.shared.models import Notice
from proposals import documents
from proposals.actions import assignment, publication, replies
from proposals.models import Proposal, Rating, Reply
from proposals.permissions import why_not_rate
from proposals.queries import bundles, public, public_numbers, public_page, public_tally, ratings
from proposals.queries.clocks import Clock
from proposals.queries.deputies import Act, mine
from proposals.queries.progress import situation, stops
from proposals.rating_states import Satisfaction
from proposals.sharing import Share
from proposals.states import State, UnitRole
from scoring.queries import year_facts
from tests import make
from tests.proposals import walk
from tests.scoring.facts import on

pytestmark = pytest.mark.django_db
WATER = "县水利和湖泊局"
OF_ROADS, OF_WATER = "桥面护栏十月底前装好。", "河道清淤列入明年计划。"


@pytest.fixture(autouse=True)
def _today():
    with on(walk.REPLIED_ON):
        yield


def by_two():
    row = walk.proposal(State.ACCEPTED)
    shares = [Share(make.unit(name), UnitRole.SEPARATE) for name in ("县交通运输局", WATER)]
    assignment.assign(row, shares=shares, by=make.actor(), today=walk.ASSIGNED_ON)
    row = fresh(row)
    for part in row.parts:
        walk.gated(part)
    return fresh(row)


def fresh(row):
    return Proposal.objects.with_progress().get(pk=row.pk)


def both_answered():
    row = by_two()
    roads, water = row.parts
    walk.answered(water, text=OF_WATER, outcome="C", file_number="竹水函〔2026〕3 号")
    walk.answered(roads, text=OF_ROADS)
    return fresh(row)


def test_no_rating_is_owed_once_the_proposal_is_withdrawn():
    """As rows from before a signed reply held it are."""
    row = by_two()
    lead, (roads, _) = make.as_deputy(row.lead), row.parts
    walk.answered(roads)
    with on(walk.REPLIED_ON):
        assert Act.RATE in [each.act for line in mine(lead, walk.REPLIED_ON) for each in line.owed]
    gone = {"state": State.WITHDRAWN, "closing_words": "路已经修好", "due_on": None}
    Proposal.objects.filter(pk=row.pk).update(**gone)
    assert [line.owed for line in mine(lead, walk.REPLIED_ON)] == [[]]
    (reply,) = fresh(row).replies
    assert why_not_rate(lead, reply, walk.REPLIED_ON) == "建议已经撤回，不用再评价。"
    assert not Reply.objects.window_open(walk.REPLIED_ON).exists()
    year = {"deputy_ids": [row.lead_id], "day": walk.RATE_UNTIL + timedelta(days=1)}
    span = (date(walk.RATE_UNTIL.year, 1, 1), date(walk.RATE_UNTIL.year, 12, 31))
    assert not year_facts._from_replies(span, **year)["answered"]


def test_only_what_every_unit_has_solved_is_solved():
    area = by_two().delegation.area_id
    row = Proposal.objects.get()
    for part, outcome in zip(fresh(row).parts, "AC", strict=True):
        walk.answered(part, outcome=outcome, file_number=f"竹函〔2026〕{part.pk} 号")
    publication.publish(fresh(row), by=make.actor(), today=walk.REPLIED_ON)
    assert not public_numbers.solved(area, walk.REPLIED_ON)


def read(client, name, *args):
    answer = client.get(reverse(f"proposals:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def rate(reply, result=Satisfaction.FAIR):
    by = make.as_deputy(reply.assignment.proposal.lead)
    given = {"process": Satisfaction.FAIR, "result": result, "words": "看过了"}
    return walk.rate(reply, by=by, today=walk.REPLIED_ON, **given)


def test_the_second_unit_may_answer_first_and_is_rated_at_once(client):
    row = by_two()
    walk.answered(row.parts[1], text=OF_WATER)
    row = fresh(row)
    (reply,) = row.replies
    assert situation(row).startswith(f"{WATER}已答复，B 类（已列计划）；")
    assert [each.state for each in stops(row, walk.REPLIED_ON)][6:] == ["now", "", ""]
    link = reverse("proposals:rate", args=[reply.pk])
    notice = Notice.objects.get(key=f"proposal.answered:{reply.pk}")
    assert (notice.link, WATER in notice.text) == (link, True)
    client.force_login(row.lead.user)
    assert WATER in read(client, "rate", reply.pk)
    marks = {f"ask_{each.ask_id}": "half" for each in reply.answers.all()}
    answer = client.post(link, {"process": "fair", "result": "fair"} | marks)
    assert answer.status_code == 302
    assert Rating.objects.get().reply == reply


def test_each_reply_waits_for_its_own_rating(client):
    row = both_answered()
    actor = make.as_deputy(row.lead)
    owed = [each.words for each in mine(actor, walk.REPLIED_ON)[0].owed if each.act == Act.RATE]
    assert [WATER in each for each in owed] == [False, True]
    rate(row.replies[0])
    (left,) = [each for each in mine(actor, walk.REPLIED_ON)[0].owed if each.act == Act.RATE]
    assert WATER in left.words
    client.force_login(row.lead.user)
    page = read(client, "detail", row.pk)
    for reply in row.replies:
        assert reverse("proposals:rate", args=[reply.pk]) in page
    assert (page.count("改评价"), page.count(f"等您评价{WATER}的答复")) == (1, 1)


def test_everybody_reads_both_replies_once_published(client):
    row = both_answered()
    publication.publish(row, by=make.actor(), today=walk.REPLIED_ON)
    page = read(client, "public_detail", row.number)
    for reply in row.replies:
        assert reply.text in page
        assert reply.file_number in page
        assert reverse("proposals:public_letter", args=[reply.pk]) in page
    found = public_page.page(public_page.find(row.number), walk.REPLIED_ON)
    assert [each.outcome for each in found.replies] == ["B", "C"]
    assert WATER in found.now


def test_the_list_of_a_volume_has_every_reply_in_its_newest_version(monkeypatch):
    row = both_answered()
    walk.answered(row.parts[1], text="再答一次。", outcome="B", file_number="竹水函〔2026〕9 号")
    cases = bundles.bundles(bundles.of_session(row.session), make.actor(), walk.REPLIED_ON)
    monkeypatch.setattr(documents, "workbook", lambda name, head, rows: rows)
    (line,) = documents.volume_sheet(cases)
    assert line[-2] == "B 已列计划；B 已列计划"
    assert line[-1] == "竹交函〔2026〕18 号；竹水函〔2026〕9 号"


def test_an_older_version_leads_to_the_newest_and_cannot_be_rated(client):
    row = both_answered()
    old = row.replies[1]
    new = walk.answered(row.parts[1], text="再答一次。")
    client.force_login(row.lead.user)
    answer = client.get(reverse("proposals:rate", args=[old.pk]))
    assert answer["Location"] == reverse("proposals:rate", args=[new.pk])
    with pytest.raises(Refused, match="第 2 版"):
        rate(old)


def test_the_office_hears_of_each_after_its_window_and_no_unit_of_any(client):
    row = both_answered()
    rate(row.replies[1], Satisfaction.UNSATISFIED)
    client.force_login(make.actor().user)
    assert "看过了" not in read(client, "dossier", row.pk)
    for name in ("县交通运输局", WATER):
        client.force_login(walk.unit_clerk(make.unit(name)).user)
        assert "看过了" not in read(client, "case", row.pk)
        for reply in row.replies:
            address = reverse("proposals:rate", args=[reply.pk])
            assert client.get(address).status_code == 404
            assert client.post(address, {"process": "fair", "result": "fair"}).status_code == 404
    client.force_login(make.actor().user)
    with on(make.TODAY.replace(month=6, day=26)):
        page = read(client, "dossier", row.pk)
    assert page.count("看过了") == 1
    assert f"代表评价 · {WATER}" in page


def test_nobody_but_the_lead_may_rate_either():
    row = both_answered()
    others = [make.as_deputy(make.deputy()), make.actor(), walk.unit_clerk(make.unit(WATER))]
    for reply in row.replies:
        assert all(why_not_rate(each, reply, walk.REPLIED_ON) for each in others)


def test_the_day_is_that_of_those_who_still_have_to_answer_and_in_time_is_each_by_its_own():
    row = walk.proposal(State.ACCEPTED)
    roads, water = make.unit(), make.unit(WATER)
    shares = [
        Share(roads, UnitRole.SEPARATE, months=3),
        Share(water, UnitRole.SEPARATE, months=6),
    ]
    with on(walk.ASSIGNED_ON):
        assignment.assign(row, shares=shares, by=make.actor(), today=walk.ASSIGNED_ON)
    first, second = fresh(row).parts
    assert fresh(row).due_on == first.due_on < second.due_on
    for part in (first, second):
        walk.gated(part)
    replies.sign(walk.to_sign(first), by=walk.unit_head(roads), today=walk.REPLIED_ON)
    assert fresh(row).due_on == second.due_on
    later = first.due_on + timedelta(days=9)
    replies.sign(walk.to_sign(second), by=walk.unit_head(water), today=later)
    page = public_page.page(public_page.find(row.number), later)
    assert page.light.kind == "ok"
    in_time = public.Filters(answer="on_time")
    assert public_tally.tally(in_time, Clock.on(walk.REPLIED_ON)).total == 1


def test_one_that_answers_after_its_own_day_makes_the_whole_late():
    row = by_two()
    for part in row.parts:
        draft, head = walk.to_sign(part), walk.unit_head(part.unit)
        late = part.due_on + timedelta(days=3)
        replies.sign(draft, by=head, today=late if part.position else walk.REPLIED_ON)
    page = public_page.page(public_page.find(row.number), walk.DUE_ON + timedelta(days=9))
    assert page.light.kind == "late"
    assert (
        public_tally.tally(public.Filters(answer="on_time"), Clock.on(walk.REPLIED_ON)).total == 0
    )


@pytest.mark.parametrize("first", [0, 1])
@pytest.mark.parametrize("answered", [0, 1, 2])
def test_list_and_pages_agree_on_the_stop(answered, first):
    row = by_two()
    done = [row.parts[first], row.parts[1 - first]][:answered]
    for part in done:
        walk.answered(part)
    (line,) = public.rows(public.Filters(), Clock.on(walk.REPLIED_ON))
    row = fresh(row)
    own = [stops(row, walk.REPLIED_ON, part) for part in row.parts]
    for track in (stops(row, walk.REPLIED_ON), *own):
        assert [stop.state for stop in line.stops] == [stop.state for stop in track]


def several(*roles):
    row = walk.proposal(State.ACCEPTED)
    names = ("县交通运输局", WATER, "县财政局", "县教育局")
    shares = [Share(make.unit(name), role) for name, role in zip(names, roles, strict=False)]
    assignment.assign(row, shares=shares, by=make.actor(), today=walk.ASSIGNED_ON)
    return row


@pytest.mark.parametrize(
    ("roles", "words"),
    [
        (["lead"], "县交通运输局"),
        (["separate", "separate"], f"县交通运输局、{WATER}分办"),
        (["lead", "joint", "joint"], f"县交通运输局主办，{WATER}、县财政局会办"),
        (["lead", "separate", "assisting"], f"县交通运输局主办，{WATER}分办"),
        (["lead", "assisting"], "县交通运输局"),
    ],
)
def test_the_public_list_and_its_table_name_every_unit_that_answers_or_signs(client, roles, words):
    several(*(UnitRole(role) for role in roles))
    (line,) = public.rows(public.Filters(), Clock.on(walk.REPLIED_ON))
    assert line.unit == words
    assert words in read(client, "public_list")
    table = read(client, "public_export")
    assert words in table
    assert "承办单位" in table


def test_the_public_list_is_filtered_by_any_of_its_units():
    several(UnitRole.LEAD, UnitRole.JOINT)
    clock = Clock.on(walk.REPLIED_ON)
    for name, found in ((WATER, 1), ("县财政局", 0)):
        unit = make.unit(name)
        assert len(public.rows(public.Filters(unit=unit.pk), clock)) == found
        assert len(public.rows(public.Filters(q=name), clock)) == found


def old_address(row):
    return reverse("proposals:rate_proposal", args=[row.pk])


def test_an_old_notice_leads_to_the_reply_that_waits_and_then_to_the_proposal(client):
    row = both_answered()
    client.force_login(row.lead.user)
    rate(row.replies[0])
    with on(walk.REPLIED_ON):
        answer = client.get(old_address(row))
    waits = reverse("proposals:rate", args=[row.replies[1].pk])
    assert (answer.status_code, answer["Location"]) == (301, waits)
    rate(row.replies[1])
    with on(walk.REPLIED_ON):
        answer = client.get(old_address(row))
    assert answer["Location"] == reverse("proposals:detail", args=[row.pk])
    assert client.post(old_address(row)).status_code == 405


def test_an_old_notice_is_nothing_to_who_may_not_read_the_proposal(client):
    row = both_answered()
    for by in (make.as_deputy(make.deputy()), walk.unit_clerk(make.unit("县教育局"))):
        client.force_login(by.user)
        assert client.get(old_address(row)).status_code == 404


def test_the_office_hears_three_ratings_in_the_statements_of_one():
    counts, late = [], walk.RATE_UNTIL + timedelta(days=1)
    for names in ((WATER,), ("县交通运输局", WATER, "县财政局")):
        row = walk.proposal(State.ACCEPTED)
        shares = [Share(make.unit(name), UnitRole.SEPARATE) for name in names]
        if len(shares) == 1:
            shares = [Share(make.unit(WATER), UnitRole.LEAD)]
        assignment.assign(row, shares=shares, by=make.actor(), today=walk.ASSIGNED_ON)
        for number, part in enumerate(fresh(row).parts):
            walk.gated(part)
            walk.answered(part, file_number=f"竹函〔2026〕{row.pk}{number} 号")
        said = {"process": Satisfaction.FAIR, "result": Satisfaction.FAIR}
        on_time = {"by": make.as_deputy(row.lead), "today": walk.REPLIED_ON}
        for reply in fresh(row).replies:
            walk.rate(reply, **said, **on_time)
        row = fresh(row)
        with CaptureQueriesContext(connection) as ran:
            heard = ratings.heard(make.actor(), row, late)
        counts.append(len(ran))
        assert [each.heard.marks for each in heard] == [[("第 1 条", "办一半")]] * len(names)
    assert counts[0] == counts[1]
