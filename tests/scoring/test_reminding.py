"""提醒召集人: whose quarter is empty; once a quarter for each group."""

import pytest
from django.urls import reverse

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from congress.shared.roles import STAFF, Role
from deputies.models import DeputyGroup
from scoring.actions import reminding
from tests import make
from tests.race import at_once
from tests.scoring import facts

pytestmark = pytest.mark.django_db

TODAY = facts.DAY
SUMMER = TODAY.replace(month=8)


def led():
    """A group with a convenor and one quiet member."""
    group = make.group()
    group.convenor = make.actor(Role.CONVENOR).user
    group.save()
    make.deputy("甲", of=group)
    return group


def remind(group, by=None, today=TODAY):
    with facts.on(today):
        return reminding.remind(group, by=by or make.actor(Role.STAFF_CLERK), today=today)


def test_the_convenor_has_the_names_and_the_trail_the_deed():
    group = led()
    facts.reported(make.deputy("乙", of=group))
    by = make.actor(Role.STAFF_CLERK)
    remind(group, by)
    notice = Notice.objects.get(person=group.convenor)
    assert notice.text == "第二季度还没有履职记录：甲。请问问有什么困难，约他们参加活动。"
    assert notice.link == reverse("home:group_year", args=[group.pk])
    event = AuditEvent.objects.get(subject=DeputyGroup._meta.label, now="reminded")
    assert (event.subject_id, event.by_id, event.note) == (
        group.pk,
        by.user.pk,
        "2026 年第二季度：甲",
    )


def test_many_names_are_cut_short():
    group = led()
    for number in range(10):
        make.deputy(f"代表第{number}位", of=group)
    remind(group)
    assert "等 11 人" in Notice.objects.get(person=group.convenor).text


@pytest.mark.parametrize("role", sorted(set(Role) - STAFF))
def test_only_the_office_reminds(role):
    with pytest.raises(Refused, match="只有代工委可以提醒"):
        remind(led(), make.actor(role))


def test_a_group_is_reminded_once_a_quarter_and_again_in_the_next():
    group = led()
    remind(group)
    with pytest.raises(Refused, match="5 月 20 日提醒过"):
        remind(group, today=TODAY.replace(month=6))
    remind(group, today=SUMMER)
    assert Notice.objects.filter(person=group.convenor).count() == 2


def test_a_group_without_convenor_or_without_quiet_members_is_not_reminded():
    lonely = make.group("无人带的小组")
    make.deputy(of=lonely)
    with pytest.raises(Refused, match="还没有召集人"):
        remind(lonely)
    group = led()
    facts.reported(group.memberships.get().deputy)
    with pytest.raises(Refused, match="不用提醒"):
        remind(group)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_remind_once():
    group, by = led(), make.actor(Role.STAFF_CLERK)
    outcomes = at_once(3, reminding.remind, group, by=by, today=TODAY)
    assert outcomes == ["done", "refused", "refused"]
    assert Notice.objects.filter(person=group.convenor).count() == 1


def test_the_notice_stays_one_when_code_forgets():
    group = led()
    remind(group)
    first = Notice.objects.get(person=group.convenor)
    again = Notice(person=group.convenor, key=first.key, text="又一次", link="/")
    Notice.objects.bulk_create([again], ignore_conflicts=True)  # notice_once_per_person_and_key
    assert Notice.objects.get(person=group.convenor).text == first.text


def test_the_board_has_the_button_and_then_the_day(client):
    group = led()
    facts.book()
    quiet, url = reverse("scoring:quiet"), reverse("scoring:remind", args=[group.pk])
    with facts.on(TODAY):
        client.force_login(make.actor(Role.STAFF_CLERK).user)
        assert url in client.get(quiet).content.decode()
        answer = client.post(f"{url}?called=never", follow=True)
        html = answer.content.decode()
        assert answer.redirect_chain[-1][0].endswith("?called=never")
        assert "5 月 20 日已提醒召集人" in html
        assert url not in html
        assert client.post(url).status_code == 409
        assert client.get(url).status_code == 405
