"""A small county in which everything private carries a word that stands nowhere else."""

from dataclasses import replace
from datetime import date

from congress.shared.models import Organisation, User
from congress.shared.roles import Role
from deputies.actions import duties, liaison, messages, seats, studies
from deputies.actions.messages import Letter
from deputies.models import Deputy, Evidence, Mandate
from deputies.states import Answer, ContactWay, DutyState
from proposals.actions import (
    clocks,
    meetings,
    objections,
    opinions,
    review,
    submission,
    watching,
)
from proposals.models import Proposal, Watch
from proposals.rating_states import Satisfaction
from proposals.states import Stage, State
from scoring import tasks
from scoring.actions import polls, reports
from scoring.actions.review import Decision
from stations.actions import issues
from stations.models import Outcome, Posting, Station, StationKind
from tests import make
from tests.deputies import contact, fields, plans, voters, walk
from tests.deputies import seats as changes
from tests.proposals import walk as loop
from tests.scoring import cases, facts, polling, year
from tests.tamper import as_owner

TODAY = year.TODAY
PHONE, HOUSE_PHONE = "13755550101", "13766660202"
BORN = date(1957, 7, 1)
TIMES = ["1957", "195707", "57.07", "57-07", "57年7月", "五七年", "69岁", "70岁", "六十九岁"]
WORDS = [
    *("密学历", "密证号Z77", "zhang_hao01", "zhang.hao@mail.example", "密站长", "密主任", "密经办"),
    *("密留言内容", "密留言村", "密称呼", "密联系方式", "密事项", "密转办"),
    *("密未核实", "密已核实", "密退回记录", "密履职地点", "密退回原因"),
    *("密标题", "密情况", "密请求", "密不公开理由", "密未受理", "密退回建议", "密退件理由"),
    *("密未公开答复", "密签发人", "密评价", "密谈话", "密参加人"),
    *("密撤回建议", "密撤回理由", "密草稿", "密答复稿", "密协办意见", "mi.guanzhu@mail.example"),
    *("密同意人", "密暂停原因", "密延期理由", "密延期批复", "密免见面", "密异议", "密异议答复"),
    *("密联系谈话", "密联系意见", "密调研题", "密调研所见", "密调研建议", "密调研报告", "密请假"),
    *("密计划草案", "密计划前言", "密计划项目", "密去向", "密会议"),
    *cases.CONFIDED,
    *("密自评", "密核校", "密暗星", "密评理由", "密纪要", "密办公电话"),
    *("密述职报告", "密没到会", "密更正原因"),
]
"""Words that no stranger may ever read, each planted in one private field."""
SEALED = ["密评价"]
"""What a deputy rates is not legible even in the database."""


def secrets() -> list[str]:
    """All of them: words, telephones, birth in every spelling, and what was made at random."""
    made = [*Evidence.objects.values_list("sha256", flat=True)]
    made += [*Evidence.objects.values_list("file", flat=True)]
    made += [*User.objects.exclude(username__regex="^u[0-9]$").values_list("username", flat=True)]
    return [*WORDS, *TIMES, PHONE, HOUSE_PHONE, *made]


def seeded() -> dict[str, Deputy]:
    """The county stands, every private field filled; the deputies by what became of them."""
    make.organisation("township")
    people = {
        what: make.deputy(name)
        for what, name in (("sits", "柳如是"), ("rests", "甄停职"), ("left", "甄离任"))
    }
    _stations(people["sits"])
    _reports(people["sits"])
    _year(people["sits"])
    _confided(people["sits"])
    _messages(people)
    _duties(people["sits"])
    _proposals(people["sits"])
    _half_done(people["sits"])
    _contacts(people["sits"])
    _plans()
    _changes(people)
    _hide_people()
    return people


def _hide_people() -> None:
    """Last of all, so that rows made on the way carry the words too."""
    Deputy.objects.update(phone=PHONE, birth_month=BORN, education="密学历")
    for seat in Mandate.objects.all():
        Mandate.objects.filter(pk=seat.pk).update(certificate=f"密证号Z77-{seat.pk}")
    for user in User.objects.all():
        name = f"zhang_hao01_{user.pk}"
        User.objects.filter(pk=user.pk).update(username=name, email="zhang.hao@mail.example")
    Organisation.objects.update(phone="密办公电话")


def _stations(sits: Deputy) -> None:
    keeper = make.actor(Role.KEEPER, user=make.user("密站长")).user
    for kind, name in ((StationKind.HOME, "柳河镇代表之家"), (StationKind.STATION, "桃园站")):
        Station.objects.create(kind=kind, area=make.township(), name=name, keeper=keeper)
    place = Station.objects.get(name="桃园站")
    Posting.objects.create(deputy=sits, station=place, from_on=make.ELECTED_ON)


def _confided(sits: Deputy) -> None:
    """Talks of two years, and the pack that followed; a record not signed, a talk not held."""
    party = year.Party(make.director(), make.actor(Role.CONVENOR), make.actor(), [sits])
    of = cases.Case(party, make.actor(Role.LEADER), make.actor())
    found = cases.opened(of, (2024, 2025))
    cases.settled(of, found.earlier)
    found = cases.served(of, found)
    cases.replied(of, found)
    cases.was_heard(of, found)
    cases.concluded(of, found)
    cases.reviewed(of, 2022, 2023)
    cases.unsigned(of, 2022)
    cases.spared(of, 2023)


def _reports(sits: Deputy) -> None:
    """述职: what was handed in, why somebody was excused, why a count was corrected."""
    report = polling.meeting(sits, place="桃园村文化广场").reports.get()
    by = make.as_deputy(sits)
    handed = {"text": "密述职报告", "file": None, "by": by, "today": polling.TODAY}
    reports.hand_in_report(report, **handed)
    excused = polling.confirmed(report, replace(polling.EXCUSED, note="密没到会"))
    anew = {"turn": polling.GOOD, "reason": "密更正原因", "by": polling.clerk()}
    polling.settled(polls.correct_count(excused, **anew))


def _messages(people: dict[str, Deputy]) -> None:
    letter = Letter("密留言内容", "密留言村", "密称呼", HOUSE_PHONE + "密联系方式")
    sent, second, third = (
        voters.sent(people["sits"], letter=letter, today=TODAY, origin=f"{n}") for n in range(3)
    )
    voters.answered(second)
    place = Station.objects.get(name="桃园站")
    by = make.as_deputy(people["sits"])
    issue = issues.raise_issue(third, station=place, title="密事项", by=by, today=TODAY)
    keeper = make.actor(Role.KEEPER, user=place.keeper)
    issues.settle_issue(issue, outcome=Outcome.SOLVED, result="已经办好。", by=keeper, today=TODAY)
    voters.pledged(people["sits"], "七天内有回音")
    messages.renew_code(people["sits"], reason="密转办", by=make.actor())
    assert sent.state == "sent"


def _duties(sits: Deputy) -> None:
    for state, note in (
        (DutyState.REPORTED, "密未核实"),
        (DutyState.VERIFIED, "密已核实"),
        (DutyState.WITHDRAWN, "密退回记录"),
    ):
        walk.duty(state, sits, note=note, place="密履职地点", quantity=1)
    returned = walk.report(sits, note="密退回记录", quantity=1)
    duties.send_back(returned, reason="密退回原因", by=walk.township_clerk())


def _proposals(sits: Deputy) -> None:
    secret = {"title": "密标题", "facts": "密情况", "request": "密请求"}
    loop.proposal(State.ANSWERED, lead=sits, withheld="密不公开理由", **secret)
    loop.proposal(State.SUBMITTED, lead=sits, title="密未受理")
    returned = loop.submitted(sits, title="密退回建议")
    review.send_back(returned, reason="密退件理由", by=make.actor())
    loop.proposal(State.ASSIGNED, lead=sits, title="关于柳河镇路灯的建议")
    _handled(loop.proposal(State.ASSIGNED, lead=sits, title="关于柳河镇公交的建议"))
    handed = loop.proposal(State.ASSIGNED, lead=sits, title="关于柳河镇水渠的建议")
    head = make.actor(Role.UNIT_HEAD, user=make.user("密签发人"), at=make.unit())
    loop.gated(handed.lead_assignment)
    loop.answered(handed.lead_assignment, text="密未公开答复", head=head)
    numbers = {"facts": f"护栏断了，问{PHONE}。", "request": f"先问 {HOUSE_PHONE}，再加固护栏。"}
    said = {"title": "关于柳河镇过水桥的建议"} | numbers
    open_one = loop.proposal(State.PUBLISHED, lead=sits, **said)
    with as_owner():
        open_one.lead_assignment.meetings.update(said="密谈话", people="密参加人")
    loop.rate(
        open_one.lead_assignment.replies.get(),
        process=Satisfaction.UNSATISFIED,
        result=Satisfaction.UNSATISFIED,
        words="密评价",
        by=make.as_deputy(sits),
        today=loop.REPLIED_ON,
    )


def _half_done(sits: Deputy) -> None:
    """What is taken back, only begun, or between units; and who follows what is public."""
    gone = loop.proposal(State.ASSIGNED, lead=sits, title="密撤回建议")
    by = make.as_deputy(sits)
    submission.withdraw(gone, reason="密撤回理由", by=by, today=loop.REPLIED_ON)
    loop.draft(sits, title="密草稿")
    helped = loop.proposal(
        State.ASSIGNED, lead=sits, title="关于柳河镇堤坝的建议", assisting=[make.unit("县水利局")]
    )
    loop.drafted(helped.lead_assignment, text="密答复稿")
    helper = helped.assignments.get(unit__name="县水利局")
    said = {"text": "密协办意见", "file_number": "水函〔2026〕9 号", "signer": "密签发人"}
    said |= {"by": loop.unit_clerk(helper.unit), "today": loop.REPLIED_ON}
    opinions.send_opinion(helper, **said)
    for subject in (helped, None):
        how = {"address": "mi.guanzhu@mail.example", "origin": "here", "today": TODAY}
        watching.watch(subject, **how)
    watching.confirm_watch(Watch.objects.latest("pk"), today=TODAY)


def _handled(row: Proposal) -> None:
    """What unit, deputy and office write about the part of a unit while it handles it."""
    part, clerk, lead = row.lead_assignment, loop.unit_clerk(), make.as_deputy(row.lead)
    office = {"by": make.actor(), "today": loop.REPLIED_ON}
    better, first = make.unit("县教育局"), loop.ASSIGNED_ON
    said = objections.object_to(part, better_unit=better, reason="密异议", by=clerk, today=first)
    objections.dismiss_objection(said, words="密异议答复", **office)
    clocks.pause(part, from_on=first, reason="密暂停原因", agreed_with="密同意人", **office)
    clocks.resume(part, until_on=loop.ASSIGNED_ON.replace(day=28), **office)
    asked = {"months": 1, "reason": "密延期理由", "by": clerk, "today": loop.REPLIED_ON}
    extension = clocks.ask_extension(part, **asked)
    clocks.consent_extension(extension, by=lead)
    clocks.grant_extension(extension, words="密延期批复", **office)
    waived = {"reason": "密免见面", "by": lead, "today": loop.REPLIED_ON}
    meetings.waive_meeting(part, stage=Stage.BEFORE, **waived)


def _contacts(sits: Deputy) -> None:
    row = contact.assigned(who=contact.holder(name="齐委员"), target=sits, today=TODAY)
    by = make.as_deputy(row.holder)
    liaison.record_contact(
        row,
        done_on=TODAY,
        way=ContactWay.VISIT,
        words="密联系谈话",
        asked="密联系意见",
        by=by,
        today=TODAY,
    )
    study = studies.call_study(
        fields.group(),
        call=fields.call(TODAY, topic="密调研题"),
        deputies=[fields.member().deputy, fields.member().deputy],
        by=make.actor(user=make.user("密经办")),
        today=TODAY,
    )
    yes, no = study.invitations.select_related("deputy__user").order_by("pk")
    fields.answered(Answer.NO, "密请假", no, today=TODAY)
    who = make.as_deputy(yes.deputy)
    studies.add_finding(
        study, deputy=yes.deputy, found="密调研所见", advice="密调研建议", by=who, today=TODAY
    )
    studies.file_report(study, report="密调研报告", by=make.actor(), today=TODAY)


def _plans() -> None:
    plans.published()
    hidden = plans.Item(3, 3, "密计划项目", "代表工作委员会")
    plans.draft([hidden], year=2030, title="密计划草案", foreword="密计划前言")


def _changes(people: dict[str, Deputy]) -> None:
    decision = seats.Decision("密会议", TODAY, TODAY)
    how = {"decision": decision, "by": make.actor(), "today": TODAY}
    seats.suspend(people["rests"], ground=changes.SuspensionGround.DETAINED, **how)
    for seat in people["left"].mandates.select_related("deputy"):
        seats.terminate(seat, cause=changes.EndCause.MOVED, detail="密去向", **how)


def _year(sits: Deputy) -> None:
    """A sealed review: opinions, an unlit star with its reason, and the sealed file."""
    facts.book()
    group = make.group()
    convenor = make.actor(Role.CONVENOR)
    group.convenor = convenor.user
    group.save()
    director = make.actor(Role.STAFF_DIRECTOR, user=make.user("密主任"))
    of = year.Party(director, convenor, make.actor(Role.TOWNSHIP_CLERK), [])
    of.deputies = [*Deputy.objects.sitting(TODAY)]
    with facts.on(date(year.YEAR, 12, 1)):  # the days for an appeal are over by the decision
        facts.posted(sits, "C1", quantity=3)
    cycle = year.opened(of)
    year.self_review(cycle, sits, words="密自评")
    year.group_check(cycle, of, words="密核校")
    grades = {pk: Decision(year.grade(), "密暗星", "密评理由") for pk in of.ids}
    year.final(of, cycle, grades=grades, minute="密纪要")
    tasks.run_reviews()
