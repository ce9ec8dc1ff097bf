"""密钥不符: a ballot that does not open is taken for nothing, and it is said whom to ask."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.shared.errors import Refused
from proposals.actions import upgrades
from proposals.models import Rating
from proposals.permissions.rehandling import why_not_words
from proposals.rating_states import Satisfaction
from tests import make
from tests.proposals import stages_of_following as stages
from tests.proposals import verbs_rated, walk
from tests.proposals.verbs_rated import AFTER, LATER, ORDER, heard, out, rated, unsealed
from tests.scoring.facts import on

pytestmark = pytest.mark.django_db
LOST = "这张评价单打不开"
WHOM = "请系统管理员核对评价密钥"
OTHER = {1: b"the key of another clone"}


def check():
    said = StringIO()
    call_command("check_rating_keys", stdout=said)
    return said.getvalue()


def page(client, name, *args, **query):
    answer = client.get(reverse(f"proposals:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.text


def test_the_office_and_the_author_read_that_it_does_not_open(client, settings):
    row = rated()
    settings.RATING_KEYS = OTHER
    client.force_login(make.director().user)
    with on(AFTER):
        dossier = page(client, "dossier", row.pk)
    assert (LOST in dossier, WHOM in dossier) == (True, True)
    assert [each for each in ("未评价", "<dt>办理态度") if each in dossier] == []
    client.force_login(row.lead.user)
    with on(walk.REPLIED_ON):
        form = page(client, "rate", row.reply.pk)
    told = "请告诉县人大常委会代表工作机构"
    assert (LOST in form, WHOM in form, told in form) == (True, False, True)


def test_nobody_is_told_to_rate_again_once_it_is_too_late(client, settings):
    row = rated()
    client.force_login(row.lead.user)
    for keys, again in ((settings.RATING_KEYS, "再评一次就换成新的"), (OTHER, "再评一次，换成")):
        settings.RATING_KEYS = keys
        for day, says in ((walk.REPLIED_ON, True), (AFTER, False)):
            with on(day):
                form = page(client, "rate", row.reply.pk)
            assert (again in form, "到期前都能改" in form) == (says, says)


def test_its_author_may_rate_again_and_what_is_replaced_waits_for_no_key(client, settings):
    row = rated()
    settings.RATING_KEYS = OTHER
    by = {"by": make.as_deputy(row.lead), "today": walk.REPLIED_ON}
    good = Satisfaction.SATISFIED
    walk.rate(row.reply, process=good, result=good, **by)
    assert Rating.objects.latest_each().get().ballot.result == good
    reply = stages.kept_whole()
    by = make.as_deputy(reply.assignment.proposal.lead)
    first = upgrades.rate_fulfilment(reply, grade=good, by=by)
    settings.RATING_KEYS = {2: b"and one more of another"}
    client.force_login(by.user)
    told = "您以前评过兑现情况。这张评价单打不开，没有当作任何一种评价，请告诉县人大常委会代表工作"
    assert told in page(client, "rate_fulfilment", reply.pk)
    assert "没有第 1 版评价密钥，用它密封的 3 张" in check()
    assert upgrades.rate_fulfilment(reply, grade=good, by=by).number == first.number + 1
    assert told not in page(client, "rate_fulfilment", reply.pk)
    assert "没有第 1 版评价密钥，用它密封的 2 张" in check(), "what is replaced is asked of no key"


def test_nothing_is_released_while_one_does_not_open_and_the_pages_say_so_before(client, settings):
    row = rated()
    year = row.accepted_on.year
    client.force_login(make.director().user)
    with on(AFTER):
        assert LOST not in page(client, "releases", year=year) + page(client, "rating_list")
    settings.RATING_KEYS = OTHER
    with pytest.raises(Refused, match=f"{LOST}.*{WHOM}"):
        walk.released(row)
    with on(AFTER):
        assert f"有评价没有开出来，不能公布：{LOST}" in page(client, "releases", year=year)
        shown = page(client, "rating_list")
    assert (">打不开<" in shown, ">一致<" in shown, WHOM in shown) == (True, False, True)


def test_it_is_neither_unsatisfied_nor_unrated_where_orders_are_made(client, settings):
    order = heard()
    by = {"by": make.director(), "today": LATER}
    settings.RATING_KEYS = OTHER
    client.force_login(by["by"].user)
    with on(LATER):
        text = page(client, "rehandlings", year=order.assignment.proposal.accepted_on.year)
        convene = page(client, "convene", order.pk)
    assert (LOST in text, LOST in convene, "没有被评为不满意" in convene) == (True, True, False)


def test_words_that_cannot_be_compared_with_the_deputys_are_not_sent(settings):
    row = out()
    settings.RATING_KEYS = OTHER
    assert LOST in why_not_words(row.reply, ORDER)


def test_one_that_was_opened_says_so_to_the_two(client, settings):
    opening = unsealed()
    settings.RATING_KEYS = OTHER
    client.force_login(opening.asked_by)
    with on(AFTER):
        text = page(client, "opened_rating", opening.pk)
    assert (LOST in text, "请查账" in text) == (True, False)


def test_the_start_stops_on_a_key_that_does_not_fit_and_goes_on_without_one(settings):
    rated()
    own = settings.RATING_KEYS
    assert check() == ""
    settings.RATING_KEYS = OTHER
    with pytest.raises(CommandError, match=r"第 1 版.*打不开.*1 张.*换回原来的密钥.*make clean"):
        check()
    settings.RATING_KEYS = {2: OTHER[1]}
    assert "没有第 1 版评价密钥" in check()
    settings.RATING_KEYS = own | {2: OTHER[1]}
    assert check() == ""


def test_old_and_new_are_tried_of_each_version_and_what_is_void_is_asked_of_no_key(settings):
    row, own = rated(), settings.RATING_KEYS
    for number in range(2, 8):  # while another key had this number
        sealed = {"key_version": 1, "sealed": b"x" * 64, "commitment": "0" * 64}
        said = {"deputy": row.lead, "number": number, "code": f"0000-0000-{number:04d}"}
        Rating.objects.create(reply=row.reply, **said, **sealed)
    assert "第 1 版评价密钥只打得开一部分：试了 6 张，5 张打不开" in check()
    settings.RATING_KEYS = OTHER
    with pytest.raises(CommandError, match=r"第 1 版.*打不开.*7 张"):
        check()
    settings.RATING_KEYS = own
    lost = verbs_rated.lost(row)
    assert "没有第 9 版评价密钥，用它密封的 1 张" in check()
    verbs_rated.voided(verbs_rated.voiding(lost))
    assert "第 9 版" not in check()
    with CaptureQueriesContext(connection) as ran:
        check()
    assert len(ran) == 2, "however many there are, of however many versions"
