"""开放数据: table, JSON, calendar, feed and frame say what the list says, and nothing else."""

import csv
import io
import json
from dataclasses import fields
from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from icalendar import Calendar

from proposals.actions import publication
from proposals.queries import opendata
from proposals.queries.public_calendar import day_calendar
from proposals.states import State
from proposals.why_alike import theme, themes
from tests import make
from tests.proposals import walk
from tests.scoring.facts import on

pytestmark = pytest.mark.django_db
WAYS = ("public_export", "public_json", "public_feed", "public_ics", "embed")
ONE = ("proposal_feed", "proposal_ics", "proposal_json", "public_detail")


@pytest.fixture(autouse=True)
def _today():
    with on(make.TODAY):
        yield


def got(client, name, query="", *args, status=200, **headers):
    answer = client.get(reverse(f"proposals:{name}", args=args) + query, headers=headers)
    assert answer.status_code == status
    return answer


def said(client, name, query="", *args):
    content = got(client, name, query, *args).content.decode()
    return content.replace("\r\n ", "")  # a calendar's long lines


def document(client, query=""):
    return json.loads(got(client, "public_json", query).content)


def test_the_fields_are_documented_and_are_what_is_told(client):
    proposal = walk.proposal(State.PUBLISHED)
    names = [field.name for field in opendata.FIELDS]
    everything = names + [field.name for field in opendata.ONLY_JSON]
    assert [field.name for field in fields(opendata.Record)] == everything
    told = document(client)
    assert (tuple(told), told["total"], told["next"]) == (opendata.HEAD, 1, None)
    (item,) = told["items"]
    assert list(item) == everything
    assert (item["number"], item["outcome"], item["published_on"]) == (
        *(proposal.number, "B"),
        proposal.published_on.isoformat(),
    )
    assert item["units"] == [{"name": "县交通运输局", "role": "主办"}]
    page = said(client, "open_data")
    assert not [field for field in opendata.FIELDS if field.meaning.split("“")[0] not in page]
    head, line = csv.reader(io.StringIO(got(client, "public_export").content.decode("utf-8-sig")))
    assert head == [field.head for field in opendata.FIELDS]
    assert line == [
        {None: "", False: "", True: "是"}.get(item[name], str(item[name])) for name in names
    ]


def test_the_same_filters_keep_the_same_in_every_way(client):
    shown = walk.proposal(State.ASSIGNED, title="关于修路灯的建议", unit=make.unit("县水利局"))
    other = walk.proposal(State.PUBLISHED, title="关于修水渠的建议")
    unit = make.unit("县水利局").pk
    for query in (f"?unit={unit}", "?q=路灯&light=ok&answer=open&page=&year=2026"):
        for name in WAYS:
            text = said(client, name, query)
            assert (shown.number in text, other.number in text) == (True, False), (name, query)
    for name in (*WAYS, "open_data", "embed_how"):
        refused = got(client, name, "?year=abc", status=400).content.decode()
        assert ("网址里的筛选" in refused, "文件太大" in refused) == (True, False)
    assert f"?unit={unit}" in said(client, "embed_how", f"?unit={unit}")
    assert f"?unit={unit}" in said(client, "open_data", f"?unit={unit}")


def test_the_field_of_the_title_is_a_filter_everywhere_and_is_told(client):
    shown = walk.proposal(State.ASSIGNED, title="关于解决上畈村吃水难的建议")
    other = walk.proposal(State.PUBLISHED, title="关于修复桃园村过水桥的建议")
    (field,) = {theme(shown.title)}
    assert field in themes()
    assert theme(other.title) != field
    for name in WAYS:
        text = said(client, name, f"?theme={field}")
        assert (shown.number in text, other.number in text) == (True, False), name
    told = document(client, f"?theme={field}")
    assert (told["items"][0]["theme"], told["filters"]) == (field, [field])
    page = said(client, "public_list", f"?theme={field}")
    assert f"<option selected>{field}</option>" in page
    assert f"export.csv?{urlencode({'theme': field})}" in page
    got(client, "public_list", "?theme=没有的门类", status=400)


def test_one_proposal_is_its_line_of_the_list_and_what_its_page_tells(client):
    proposal = walk.proposal(State.PUBLISHED, title="关于修水渠的建议，电话 13912345678")
    told = json.loads(got(client, "proposal_json", "", proposal.number).content)
    (line,) = document(client)["items"]
    assert {**told["item"], "events": None} == {**line, "events": None}
    assert told["item"]["events"][0]["title"] == "公开"
    assert "13912345678" not in json.dumps(told, ensure_ascii=False)
    page = said(client, "public_detail", "", proposal.number)
    assert reverse("proposals:proposal_json", args=[proposal.number]) in page
    assert not [each for each in told["item"]["events"] if each["title"] not in page]
    got(client, "proposal_json", "", "9999999", status=404)


def test_a_calendar_has_the_last_day_whole_under_one_name_for_ever(client):
    proposal = walk.proposal(State.ASSIGNED, title="关于修复桃园村过水桥、排水沟和护栏的建议")
    before = got(client, "proposal_ics", "", proposal.number)
    assert before["Content-Type"].startswith("text/calendar")
    assert all(len(line) <= 75 for line in before.content.split(b"\r\n"))
    (event,) = Calendar.from_ical(before.content).walk("VEVENT")
    assert event["DTSTART"].dt == walk.DUE_ON
    assert event["DTEND"].dt == walk.DUE_ON + timedelta(days=1)
    assert str(event["UID"]).startswith(f"{proposal.number}-{make.unit().pk}@")
    proposal.assignments.update(due_on=date(2026, 7, 1))
    (moved,) = Calendar.from_ical(got(client, "public_ics").content).walk("VEVENT")
    assert (moved["UID"], moved["DTSTART"].dt) == (event["UID"], date(2026, 7, 1))


def test_what_has_not_changed_is_answered_304_until_a_line_goes(client):
    proposal = walk.proposal(State.ASSIGNED)
    for name in WAYS:
        first = got(client, name)
        again = {"if-none-match": first["ETag"]}
        kept = set(first["Cache-Control"].split(", "))
        assert kept == {"private", "max-age=60"}
        assert got(client, name, status=304, **again)["ETag"] == first["ETag"]
    tags = {name: got(client, name)["ETag"] for name in WAYS}
    publication.withhold(proposal, reason="密理由", whole=True, by=make.actor())
    for name in WAYS:
        assert proposal.number not in said(client, name)
        got(client, name, **{"if-none-match": tags[name]})
    for name in ONE:
        got(client, name, "", proposal.number, status=404)
    assert "密理由" not in "".join(said(client, name) for name in WAYS)


def test_no_date_in_a_head_keeps_what_has_been_taken_away(client):
    proposal = walk.proposal(State.ASSIGNED)
    walk.proposal(State.ASSIGNED)
    firsts = {name: got(client, name) for name in WAYS}
    publication.withhold(proposal, reason="密理由", whole=True, by=make.actor())
    for name, first in firsts.items():
        assert not first.has_header("Last-Modified")
        got(client, name, **{"if-modified-since": "Tue, 31 Dec 2030 00:00:00 GMT"})


def test_a_feed_of_nothing_has_not_changed_either(client):
    first = got(client, "public_feed", "?q=没有这样的")
    got(client, "public_feed", "?q=没有这样的", status=304, **{"if-none-match": first["ETag"]})


def test_only_the_sites_of_the_settings_may_frame_the_list_and_it_has_no_script(client, settings):
    proposal = walk.proposal(State.ASSIGNED)
    assert "EMBED_HOSTS" not in said(client, "embed_how")
    closed = got(client, "embed")
    assert ("frame-ancestors 'none'" in closed["Content-Security-Policy"]) is True
    assert closed["X-Frame-Options"] == "DENY"
    settings.EMBED_HOSTS = ["https://www.example.gov.cn"]
    shown = got(client, "embed")
    tag = {"if-none-match": shown["ETag"]}
    for answer in (shown, got(client, "embed", status=304, **tag)):
        assert "frame-ancestors https://www.example.gov.cn" in answer["Content-Security-Policy"]
        assert not answer.has_header("X-Frame-Options")
    text = shown.content.decode()
    assert "<script" not in text
    assert (
        f"{settings.SITE_URL}{reverse('proposals:public_detail', args=[proposal.number])}" in text
    )
    assert 'target="_blank"' in text
    other = got(client, "public_list")
    assert "frame-ancestors 'none'" in other["Content-Security-Policy"]
    assert other["X-Frame-Options"] == "DENY"
    assert "https://www.example.gov.cn" in said(client, "embed_how")
    got(client, "embed", "?rows=51", status=400)


def test_a_units_page_counts_as_its_lists_do_and_says_how_the_rate_is_worked_out(client):
    for state in (State.ASSIGNED, State.ANSWERED, State.PUBLISHED):
        walk.proposal(state)
    hidden = walk.proposal(State.ANSWERED, withheld="隐私", title="关于某户的建议")
    text = said(client, "unit_page", "", make.unit().pk)
    assert "100.0" in text
    assert "期限内答复的 2 件 ÷ 应答复的 2 件（已答复 2 件，到期还没有答复 0 件）" in text
    assert hidden.title not in text
    assert not [word for word in ("满意", "排名", "名次") if word in text]
    with on(date(2026, 7, 1)):
        late = said(client, "unit_page", "", make.unit().pk)
    assert "÷ 应答复的 3 件（已答复 2 件，到期还没有答复 1 件） = 66.7%" in late
    unknown = said(client, "unit_page", "", make.unit("县教育局").pk)
    assert "还没有公开的建议" in unknown
    for pk in (0, make.organisation().pk):
        got(client, "unit_page", "", pk, status=404)


def test_a_townships_page_says_what_became_of_what_its_deputies_raised(client):
    shown = walk.proposal(State.PUBLISHED)
    text = said(client, "area_page", "", make.township().pk)
    assert (shown.title in text, "已列计划" in text) == (True, True)
    got(client, "area_page", "", make.county().pk, status=404)


def test_pages_of_a_unit_and_a_township_cost_the_same_at_one_row_and_at_three(
    client, django_assert_num_queries
):
    for count in (1, 2):
        for _ in range(count):
            walk.proposal(State.PUBLISHED)
        unit, area = make.unit().pk, make.township().pk
        for name, args, queries in (
            ("unit_page", [unit], 9),
            ("area_page", [area], 8),
            ("public_json", [], 9),
            ("public_ics", [], 8),
            ("embed", [], 8),
        ):
            with django_assert_num_queries(queries, info=name):
                got(client, name, "", *args)


def test_the_page_of_one_proposal_leads_on(client):
    later = walk.proposal(State.ASSIGNED)
    text = said(client, "public_detail", "", later.number)
    for word in ("关注进展", "期限加入日历", "为什么看不到代表打的分", "day-calendar"):
        assert word in text
    assert reverse("proposals:unit_page", args=[make.unit().pk]) in text
    assert reverse("proposals:area_page", args=[make.township().pk]) in text
    assert "公开范围说明" in text


def test_the_small_calendar_counts_working_days_up_to_the_last_one():
    works = lambda day: day.weekday() < 5 and day != date(2026, 5, 1)  # noqa: E731
    drawn = day_calendar(date(2026, 4, 24), date(2026, 5, 8), date(2026, 4, 29), works)
    cells = {cell.label: cell for week in drawn.weeks for cell in week}
    assert (cells["24"].kind, cells["29"].note, cells["5.1"].note) == ("past", "今天", "休")
    assert (cells["8"].kind, cells["8"].note) == ("due", "6")
    assert (cells["9"].kind, all(len(week) == 7 for week in drawn.weeks)) == ("free", True)
    assert "还有 6 个工作日" in drawn.words
    late = day_calendar(date(2026, 1, 5), date(2026, 4, 6), date(2026, 4, 8), works)
    kinds = {cell.label: cell.kind for week in late.weeks for cell in week}
    assert (len(late.weeks), kinds["6"], kinds["8"]) == (6, "due", "over today")
    assert "过了最后一天 2 个工作日" in late.words
