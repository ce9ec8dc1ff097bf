"""签到 beside the roll: what comes while it is filled in, or before a new time."""

from datetime import timedelta

import pytest
from django.urls import reverse

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import Notice
from stations.actions import calls, checkins
from stations.actions.events import Mark
from stations.models import Presence
from tests.scoring.year import as_, text
from tests.stations.arrival_walk import arrived, held, noted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def test_who_signs_in_while_the_roll_is_filled_in_is_not_absent_unseen(client):
    found = held()
    first, second, third = found.deputies
    arrived(found, first)
    as_(client, found.clerk)
    page = reverse("stations:hold_activity", args=[found.activity.pk])
    shown = client.get(page)
    assert "签了到的（1 人）和准的假已经填好，其余的请选。" in text(shown)
    assert "其余 <b>2</b> 人记缺席" in text(shown)
    open_ = client.post(page, {f"presence-{first.pk}": "present", "signed_in": 1})
    names = "、".join(
        sorted((second.name, third.name), key=[p.name for p in shown.context["form"].people].index)
    )
    assert (open_.status_code, f"有 2 人的到场没填好：{names}。" in text(open_)) == (422, True)
    rest = client.post(page, {f"presence-{first.pk}": "present", "rest": "absent"})
    assert (rest.status_code, f"2 人记为缺席：{names}" in text(rest)) == (200, True)
    assert not found.activity.attendances.exists()
    opened = shown.context["form"].signed_in
    arrived(found, second)
    said = {f"presence-{first.pk}": "present", "signed_in": opened}
    rest = client.post(page, {**said, "rest": "absent"})
    assert f"1 人记为缺席：{third.name}" in text(rest), "who signed in meanwhile came"
    for missing in (rest, client.post(page, {**said, f"presence-{second.pk}": "absent"})):
        assert 'name="signed_in" value="1"' in missing.content.decode(), "nobody was told of more"
    marks = {f"presence-{one.pk}": "absent" for one in (second, third)}
    typed = {**marks, f"presence-{first.pk}": "present", "signed_in": opened}
    answer = client.post(page, typed)
    assert (answer.status_code, opened) == (409, 1)
    assert f"不是到场的：{second.name}。" in text(answer)
    again = {**typed, "signed_in": answer.context["form"].signed_in}
    assert client.post(page, again).status_code == 302, "people judge: it was a proxy"
    assert found.activity.attendances.filter(presence=Presence.ABSENT).count() == 2


def test_a_new_time_is_refused_once_somebody_signed_in():
    found = held()
    arrived(found)
    hours = (found.activity.starts_at, found.activity.ends_at)
    moved = {"place": "村部", "why": "下雨", "by": found.clerk, "today": clock.today()}
    later = {"starts_at": hours[0] + timedelta(days=7), "ends_at": hours[1] + timedelta(days=7)}
    with pytest.raises(Refused, match="已经有代表签到"):
        calls.move_activity(found.activity, **later, **moved)
    here = dict(zip(("starts_at", "ends_at"), hours, strict=True))
    assert calls.move_activity(found.activity, **here, **moved).place == "村部"


@pytest.mark.parametrize("days", [3, 4])
def test_what_a_phone_kept_is_taken_for_the_days_of_the_rule(days):
    ago = timedelta(days=days, minutes=30)
    found = held(begun=ago)
    age = int(ago.total_seconds())
    if days == 3:
        assert arrived(found, age=age).at == found.activity.starts_at
        return
    for way in (arrived, noted):
        with pytest.raises(Refused, match="过了 3 天"):
            way(found, age=age)


def everybody(found, presence=Presence.PRESENT):
    return {one.pk: Mark(presence) for one in found.deputies}


def test_a_roll_that_is_called_at_the_same_moment_is_told_of_who_signs_in(monkeypatch):
    found, real = held(begun=timedelta(hours=1)), checkins.code_shown

    def meanwhile(*said):
        shown, absent = real(*said), everybody(found, Presence.ABSENT)
        calls.hold_activity(found.activity, marks=absent, by=found.clerk, today=clock.today())
        return shown

    monkeypatch.setattr(checkins, "code_shown", meanwhile)
    row = arrived(found)
    (told,) = Notice.objects.filter(person=found.clerk.user)
    assert row.deputy.name in told.text


def test_the_roll_waits_until_the_activity_has_begun():
    found = held(begun=-timedelta(minutes=5))
    hold = {"marks": everybody(found), "by": found.clerk, "today": clock.today()}
    with pytest.raises(Refused, match="还没有开始"):
        calls.hold_activity(found.activity, **hold)
    with clock.at(found.activity.starts_at):
        calls.hold_activity(found.activity, **hold)
