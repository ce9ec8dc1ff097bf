"""代评人: who speaks in a party's stead, for whom, and that it is said wherever it is read."""

from datetime import date

import pytest

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from congress.shared.models.places import OrganisationKind
from congress.shared.roles import Role
from deputies.models import District
from scoring.actions import opinions, stand_ins
from scoring.models import Appraisal, StandIn
from scoring.queries.gathering import gathered
from scoring.queries.opinions import Signed, turns
from scoring.states import Step
from tests import make
from tests.race import at_once
from tests.scoring import year

pytestmark = pytest.mark.django_db


def appointed(of, cycle, place=None, user=None, **how):
    how = {"from_on": year.TODAY, "to_on": year.TODAY, "reason": "召集人住院"} | how
    return stand_ins.appoint_stand_in(
        cycle,
        place=place or make.group(),
        user=user or make.actor(Role.KEEPER).user,
        by=how.pop("by", of.director),
        today=year.TODAY,
        **how,
    )


def test_appoint_stand_in_lets_the_account_speak_and_it_is_said_in_whose_stead():
    of = year.party(2)
    cycle, by = year.opened(of), make.actor(Role.KEEPER)

    row = appointed(of, cycle, user=by.user)

    assert Notice.objects.get(person=by.user).text.startswith("请您代")
    assert AuditEvent.objects.get(now="stand_in_appointed").note.endswith("召集人住院")
    (turn,) = turns(by, year.TODAY)
    assert (turn.step, turn.left) == (Step.GROUP, 2)
    scores = dict.fromkeys(of.ids, year.score())
    opinions.appraise(cycle, step=Step.GROUP, scores=scores, by=by, today=year.TODAY)
    given = Appraisal.objects.filter(stand_in=row)
    assert given.count() == 2
    assert Signed(cycle).words(given[0]).startswith(f"{by.user.name}（代{make.group()}）")
    with pytest.raises(Refused, match="已经提交过"):
        year.group_check(cycle, of)


def test_a_stand_in_speaks_on_the_days_only_for_that_place_only_and_never_of_themselves():
    of = year.party(1)
    cycle, own = year.opened(of), make.deputy()
    by = make.as_deputy(own)
    appointed(of, cycle, user=by.user)
    make.deputy(of=make.group("双河乡第一代表小组", make.township("双河乡")))
    (turn,) = [turn for turn in turns(by, year.TODAY) if turn.step == Step.GROUP]
    assert (turn.people, turns(by, date(2026, 12, 21))[-1].step) == (1, Step.SELF)
    with pytest.raises(Refused, match="不归您评价"):
        opinions.appraise(
            cycle, step=Step.GROUP, scores={own.pk: year.score()}, by=by, today=year.TODAY
        )
    with pytest.raises(Refused, match="乡镇人大提交"):
        opinions.appraise(
            cycle, step=Step.TOWNSHIP, scores={own.pk: year.score()}, by=by, today=year.TODAY
        )


def test_a_convenor_is_appraised_by_a_stand_in_or_by_nobody():
    of = year.party(2)
    one = of.deputies[0]
    one.user = of.convenor.user
    one.save()
    cycle = year.opened(of)
    group = gathered(cycle, year.TODAY)[1]
    assert (group.expected, group.nobody) == (1, 1)
    appointed(of, cycle)
    group = gathered(cycle, year.TODAY)[1]
    assert (group.expected, group.nobody) == (2, 0)
    assert group.missing[0].stand_in.startswith("由")


def test_an_electing_unit_speaks_in_the_townships_place_and_reads_the_results(client):
    of = year.party(2)
    unit = make.organisation(OrganisationKind.ELECTING)
    seat = of.deputies[0].mandates.get()
    seat.district = District.objects.create(assembly=seat.term.assembly, name=unit.name)
    seat.save()
    cycle = year.opened(of)
    clerk = make.actor(Role.TOWNSHIP_CLERK, at=unit)
    scores = {of.ids[0]: year.score()}
    how = {"step": Step.TOWNSHIP, "scores": scores, "today": year.TODAY}
    with pytest.raises(Refused, match="不归您评价"):
        opinions.appraise(cycle, by=of.clerk, **how)
    opinions.appraise(cycle, by=clerk, **how)
    (left,) = gathered(cycle, year.TODAY)[2].missing
    assert (left.name, left.count) == ("柳河镇", 1)
    year.final(of, cycle)
    told = Notice.objects.get(person=clerk.user, key=f"scoring.told:{cycle.pk}:unit")
    assert "称职 1 人" in told.text
    page = year.as_(client, clerk).get(told.link)
    assert [row.deputy_id for row in page.context["rows"]] == of.ids[:1]


def test_one_person_does_not_speak_for_two_parties_of_the_same_people():
    of = year.party(1)
    cycle, by = year.opened(of), make.actor(Role.KEEPER)
    with pytest.raises(Refused, match="已经给其中的代表提乡镇参评意见"):
        appointed(of, cycle, user=of.clerk.user)
    with pytest.raises(Refused, match="已经给其中的代表提小组核校意见"):
        appointed(of, cycle, place=make.group().area, user=of.convenor.user)
    far = make.group("双河乡第一代表小组", make.township("双河乡"))
    make.deputy(of=far)
    appointed(of, cycle, place=far, user=of.clerk.user)
    appointed(of, cycle, user=by.user)
    with pytest.raises(Refused, match="不能替两方说话"):
        appointed(of, cycle, place=make.group().area, user=by.user)


def test_who_is_waited_for_is_the_stand_in_on_their_days_alone():
    of = year.party(1)
    cycle, later = year.opened(of), date(2026, 12, 22)
    row = appointed(of, cycle, from_on=later, to_on=later)
    waited_for = [gathered(cycle, day)[1].missing[0].people for day in (year.TODAY, later)]
    assert waited_for == [(of.convenor.user,), (row.user,)]


def test_what_a_stand_in_gave_counts_when_the_word_is_taken_back():
    of = year.party(2)
    one = of.deputies[0]
    one.user = of.convenor.user
    one.save()
    cycle, by = year.opened(of), make.actor(Role.KEEPER)
    row = appointed(of, cycle, user=by.user)
    scores = dict.fromkeys(of.ids, year.score())
    opinions.appraise(cycle, step=Step.GROUP, scores=scores, by=by, today=year.TODAY)
    stand_ins.end_stand_in(row, by=of.director)
    group = gathered(cycle, year.TODAY)[1]
    assert (group.given, group.expected, group.nobody) == (2, 2, 0)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.STAFF_DIRECTOR}))
def test_stand_ins_are_the_directors_to_appoint_and_to_end(role):
    of = year.party(1)
    cycle, by = year.opened(of), make.actor(role)
    with pytest.raises(Refused, match="只有代工委主任可以指定"):
        appointed(of, cycle, by=by)
    row = appointed(of, cycle)
    with pytest.raises(Refused, match="只有代工委主任可以收回"):
        stand_ins.end_stand_in(row, by=by)


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"reason": " "}, "请写明为什么"),
        ({"to_on": date(2026, 12, 1)}, "结束的日子"),
        ({"from_on": date(2026, 12, 1), "to_on": date(2026, 12, 2)}, "已经过了"),
    ],
)
def test_appoint_stand_in_is_refused_without_a_reason_or_for_days_gone_by(how, said):
    of = year.party(1)
    with pytest.raises(Refused, match=said):
        appointed(of, year.opened(of), **how)


def test_who_decides_keeps_the_system_has_no_part_or_no_post_stands_in_for_nobody():
    of = year.party(1)
    cycle = year.opened(of)
    for user in (of.director.user, make.actor(Role.SYSADMIN).user, make.actor(Role.AUDITOR).user):
        with pytest.raises(Refused, match="不能代哪一方"):
            appointed(of, cycle, user=user)
    with pytest.raises(Refused, match="没有任职"):
        appointed(of, cycle, user=make.user())
    for role in (Role.LEADER, Role.UNIT_CLERK, Role.UNIT_HEAD):
        with pytest.raises(Refused, match="不参加年度评价"):
            appointed(of, cycle, user=make.actor(role).user)


def test_end_stand_in_takes_the_word_back_and_another_may_be_appointed():
    of = year.party(1)
    cycle, by = year.opened(of), make.actor(Role.KEEPER)
    row = appointed(of, cycle, user=by.user)
    with pytest.raises(Refused, match="请先收回"):
        appointed(of, cycle)
    stand_ins.end_stand_in(row, by=of.director)
    assert turns(by, year.TODAY) == []
    assert AuditEvent.objects.get(now="stand_in_ended")
    with pytest.raises(Refused, match="已经收回"):
        stand_ins.end_stand_in(row, by=of.director)
    appointed(of, cycle)
    year.gathered(of, cycle)
    with pytest.raises(Refused, match="已经截止"):
        appointed(of, cycle)
    with pytest.raises(Refused, match="已经截止"):
        stand_ins.end_stand_in(StandIn.objects.get(ended_at=None), by=of.director)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_appoint_one_stand_in_and_end_it_once():
    of = year.party(1)
    cycle, user, place = year.opened(of), make.actor(Role.KEEPER).user, make.group()
    how = {"from_on": year.TODAY, "to_on": year.TODAY, "reason": "住院", "today": year.TODAY}
    outcomes = at_once(
        3, stand_ins.appoint_stand_in, cycle, place=place, user=user, by=of.director, **how
    )
    assert outcomes == ["done", "refused", "refused"]
    row = StandIn.objects.get()
    assert at_once(2, stand_ins.end_stand_in, row, by=of.director) == ["done", "refused"]
