"""What can never be false: each named constraint is in the database and turns a bad row away.

A bad row is a good one, made by the real verbs, copied with the one change that breaks the rule and
inserted past all code (`bulk_create`). PostgreSQL looks at checks before unique indexes.
"""

from datetime import date, timedelta
from operator import attrgetter
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from congress.shared import chain, clock
from congress.shared.models import Notice, Seal, Setting
from congress.shared.notices import write
from deputies.actions import groups
from deputies.models import HeaderName, Placement, RosterImport
from deputies.states import (
    Answer,
    ChangeState,
    DutyState,
    EndCause,
    ImportState,
    LiaisonKind,
    SheetKind,
    Verdict,
)
from proposals.actions import (
    assignment,
    clocks,
    deliveries,
    exhibits,
    meetings,
    opinions,
    replies,
    signing,
    templates,
    volumes,
)
from proposals.models import DraftExhibit
from proposals.sharing import Share
from proposals.states import (
    Distance,
    DraftState,
    ExtensionState,
    ObjectionState,
    SheetState,
    Stage,
    State,
    UnitRole,
    VolumeState,
)
from scoring import tasks
from scoring.models import Entry, Grade, LedgerAnchor, LedgerAudit, LedgerFault, YearTotal
from scoring.states import AppealState, CycleState
from stations.actions import events, issues
from stations.actions.events import Mark
from stations.models import Posting, Presence, Station, StationKind
from tests import make
from tests.deputies import contact, fields, plans, seats, sheet, voters
from tests.deputies import walk as duties
from tests.home import facts as home_facts
from tests.proposals import sheets as assign_facts
from tests.proposals import walk as proposals
from tests.scoring import drafts, facts, year

OURS = ("shared", "deputies", "proposals", "stations", "scoring", "home")
EARLY = make.ELECTED_ON - timedelta(days=1)

# Good rows.


def setting():
    return Setting.objects.create(key="k", value=1, from_on=make.TODAY, basis="县人大常委会决定")


def seal():
    proposals.submitted()
    chain.seal_audit()
    return Seal.objects.order_by("number")[0]


def notice():
    write([make.user()], key="k", text="请看", link="/")
    return Notice.objects.get()


def mandate():
    return make.deputy().mandates.get()


def change():
    return seats.terminated(make.deputy().mandates.get())


def suspension():
    deputy = make.deputy()
    seats.suspended(deputy)
    return deputy.suspensions.get()


def announcement():
    change()
    return seats.announced(seats.term())


def membership():
    return make.deputy().membership_set.get()


def move():
    row = groups.regroup(
        make.township(),
        moves=[(make.deputy(), make.group("柳河镇第二代表小组"))],
        by=make.actor(),
        today=make.TODAY,
    )
    return row.moves.get()


def roster_import() -> RosterImport:
    return sheet.upload([sheet.row()])


def roster_row():
    return roster_import().rows.get()


def header_name():
    facts = {"header": "组名", "column": "代表小组", "named_by": make.user()}
    return HeaderName.objects.create(kind=SheetKind.GROUPS, named_at=clock.now(), **facts)


def evidence():
    return duties.duty().evidence.get()


def cosignature():
    proposal, other = proposals.submitted(), make.deputy()
    signing.cosign(proposal, deputy=other, by=make.as_deputy(other), today=make.TODAY)
    return proposal.cosignatures.get()


def next_proposal():
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value + 1 FROM proposals_proposal_id_seq")
        return cursor.fetchone()[0]


def assigned():
    return proposals.proposal(State.ASSIGNED).lead_assignment


def assign_sheet():
    return assign_facts.sheet(SheetState.REHEARSED, count=1)


def pause():
    how = {"reason": "等批复。", "agreed_with": "领衔代表", "by": make.actor()}
    day = proposals.ASSIGNED_ON
    return clocks.pause(assigned(), from_on=day, today=make.TODAY, **how)


def extension():
    part = assigned()
    how = {"months": 1, "reason": "汛期。", "by": proposals.unit_clerk(part.unit)}
    return clocks.ask_extension(part, today=make.TODAY, **how)


def reminder():
    part = assigned()
    return part.reminders.create(
        person=make.user(), distance=Distance.NEAR, due_on=part.due_on, told_on=make.TODAY
    )


def exhibit_drafted():
    part = assigned()
    pictures = {part.proposal.asks.get().pk: [("桥.jpg", duties.photo())]}
    return exhibits.add_exhibits(
        proposals.drafted(part), pictures=pictures, by=proposals.unit_clerk()
    )[0]


def exhibit():
    draft = exhibit_drafted().draft
    reply = answered().replies.get()
    shown = DraftExhibit.objects.get(draft=draft)
    return reply.answers.get().exhibits.create(
        name="桥.jpg",
        file=shown.file.name,
        digest=shown.digest,
        added_by=shown.added_by,
        added_at=shown.added_at,
    )


def opening():
    part = assigned()
    deliveries.note_openings([part], make.user())
    return part.openings.get()


def asked_volume():
    return volumes.ask_volume(assigned().proposal.session, by=make.actor())


def answered():
    return proposals.proposal(State.ANSWERED).lead_assignment


def denied():
    part = assigned()
    proposals.met(part, Stage.BEFORE)
    by, told = make.as_deputy(part.proposal.lead), part.meetings.get()
    return meetings.deny_meeting(told, words="没有见面。", by=by, today=make.TODAY)


def waiver():
    part = assigned()
    given = {"stage": Stage.BEFORE, "reason": "电话里说清楚了。", "today": make.TODAY}
    return meetings.waive_meeting(part, by=make.as_deputy(part.proposal.lead), **given)


def opinion():
    unit = make.unit("县财政局")
    part = proposals.proposal(State.ASSIGNED, assisting=[unit]).assignments.get(unit=unit)
    given = {"text": "可以安排。", "file_number": "竹财函〔2026〕9 号", "signer": "柯尊文"}
    by = proposals.unit_clerk(unit)
    return opinions.send_opinion(part, by=by, today=make.TODAY, **given)


def draft_answer():
    return proposals.drafted(assigned()).answers.get()


def countersignature():
    other = make.unit("县财政局")
    shares = [Share(make.unit(), UnitRole.LEAD), Share(other, UnitRole.JOINT)]
    row = proposals.proposal(State.ACCEPTED)
    assignment.assign(row, shares=shares, by=make.actor(), today=proposals.ASSIGNED_ON)
    row.refresh_from_db()
    for stage in Stage:
        proposals.met(row.lead_assignment, stage)
        proposals.borne_out(row.lead_assignment)
        row = type(row).objects.get(pk=row.pk)
    draft = proposals.to_sign(row.lead_assignment)
    part = row.assignments.get(unit=other)
    return replies.countersign(draft, part=part, by=proposals.unit_head(other))


def template():
    return templates.save_template(name="结尾", text="感谢。", by=proposals.unit_clerk())


def activity():
    return events.roll_call(
        item=duties.item("A2"),
        title="5 月小组活动",
        held_on=clock.today(),
        place="桃园村",
        group=make.group(),
        marks={make.deputy().pk: Mark()},
        by=make.actor(),
    )


def attendance():
    return activity().attendances.get()


def issue():
    message = voters.sent()
    station = Station.objects.create(
        kind=StationKind.STATION, area=make.township(), name="桃园村代表联络站"
    )
    by = make.as_deputy(message.deputy)
    row = issues.raise_issue(message, station=station, title="路灯不亮", by=by, today=make.TODAY)
    return issues.settle_issue(row, result="修好了。", by=make.actor())


def home():
    return Station.objects.create(
        kind=StationKind.HOME, area=make.township(), name="柳河镇代表之家"
    )


def posting():
    return Posting.objects.create(deputy=make.deputy(), station=home(), from_on=make.ELECTED_ON)


def entry() -> Entry:
    facts.book()
    with facts.on(facts.DAY):
        return facts.posted(make.deputy())


def total():
    return YearTotal.objects.get(deputy=entry().deputy)


def appeal():
    facts.book()
    return facts.contested(facts.posted(make.deputy()))


def appeal_words():
    return appeal().further.create(words="附通知一份。", said_at=clock.now())


def appeal_photo():
    return appeal().photos.create(file="x.jpg", width=1, height=1, sha256="0" * 64)


def ledger_audit():
    entry()
    tasks.audit_ledger()
    return LedgerAudit.objects.get()


def ledger_fault():
    return LedgerFault.objects.create(audit=ledger_audit(), position=1, sentence="不符")


def ledger_anchor():
    audit = ledger_audit()
    return LedgerAnchor.objects.create(
        assembly=make.assembly(),
        month=date(2026, 4, 1),
        audit=audit,
        head_number=audit.head_number,
        head_digest=audit.head_digest,
        seated=1,
        without=0,
        made_at=clock.now(),
        made_by=make.user(),
    )


def appraisal():
    party = year.party(1)
    cycle = year.opened(party)
    with clock.at(year.NOW):
        year.self_review(cycle, party.deputies[0])
    return cycle.appraisal_set.get()


def cycle():
    return year.opened(year.party(1))


def grading():
    return year.decided(year.party(1)).gradings.get()


def star_light():
    return home_facts.graded(home_facts.review(), make.deputy()).lights.first()


# Each constraint: a good row, and what to change in its copy.

UNCHANGED: dict = {}
BROKEN_BY = {
    "setting_once_per_key_and_date": (setting, UNCHANGED),
    "area_name_once_under_its_parent": (make.county, UNCHANGED),
    "assembly_once_per_area_and_level": (make.assembly, {"name": "另一个名称"}),
    "term_number_once_per_assembly": (make.term, UNCHANGED),
    "term_ends_after_it_begins": (make.term, {"number": 20, "to_on": make.ELECTED_ON}),
    "session_number_once_per_term": (make.session, UNCHANGED),
    "session_closes_after_it_opens": (make.session, {"number": 6, "closes_on": EARLY}),
    "organisation_name_once_per_area": (make.organisation, UNCHANGED),
    "post_ends_after_it_begins": (lambda: make.actor().post, {"to_on": EARLY}),
    "post_once_per_user_role_and_organisation_while_open": (lambda: make.actor().post, UNCHANGED),
    "seal_number_once_per_trail": (seal, {"row_id": 999}),
    "seal_row_once_per_trail": (seal, {"number": 999}),
    "notice_once_per_person_and_key": (notice, UNCHANGED),
    "deputy_birth_month_is_a_first": (
        make.deputy,
        {"user": None, "code": "c", "birth_month": date(1970, 3, 2)},
    ),
    "deputy_reading_is_syllables": (make.deputy, {"user": None, "code": "c", "reading": "Shan"}),
    "deputy_strokes_are_kinds": (make.deputy, {"user": None, "code": "c", "strokes": "126"}),
    "plan_version_once_per_year": (plans.dropped, UNCHANGED),
    "plan_one_in_the_making_per_year": (plans.draft, {"version": 2}),
    "plan_one_published_per_year": (plans.published, {"version": 2}),
    "plan_passed_says_where_and_when": (plans.dropped, {"version": 2, "meeting": "某会议"}),
    "plan_published_has_who_and_when": (plans.published, {"version": 2, "published_by": None}),
    "plan_item_position_once": (lambda: plans.draft().items.first(), UNCHANGED),
    "plan_item_months_are_of_the_year": (
        lambda: plans.draft().items.first(),
        {"position": 9, "month_to": 13},
    ),
    "suspension_one_at_a_time": (suspension, UNCHANGED),
    "suspension_ends_after_it_begins": (suspension, {"to_on": seats.DAY}),
    "announcement_number_once_per_year": (announcement, UNCHANGED),
    "announcement_counts_within_seats": (announcement, {"number": 9, "after": 99}),
    "change_one_end_per_seat": (change, UNCHANGED),
    "change_one_by_election_per_seat": (seats.elected, UNCHANGED),
    "change_announced_names_its_announcement": (change, {"state": ChangeState.ANNOUNCED}),
    "district_name_once_per_assembly": (lambda: mandate().district, UNCHANGED),
    "delegation_name_once_per_term": (lambda: mandate().delegation, UNCHANGED),
    "mandate_certificate_once_per_term": (mandate, {"deputy": lambda: make.deputy(levels=())}),
    "mandate_once_per_person_and_term": (mandate, {"certificate": "X1"}),
    "mandate_has_an_end_and_its_cause_or_neither": (mandate, {"to_on": make.TODAY}),
    "mandate_ends_after_it_begins": (
        mandate,
        {"to_on": EARLY, "end_cause": EndCause.values[0]},
    ),
    "duty_quantity_is_positive": (duties.duty, {"source": "x", "quantity": 0}),
    "duty_checked_has_who_and_when": (duties.duty, {"source": "x", "checked_by": make.user}),
    "duty_verified_has_who_and_when": (
        lambda: duties.duty(DutyState.CHECKED),
        {"source": "x", "state": DutyState.VERIFIED},
    ),
    "duty_takes_two_people": (
        lambda: duties.duty(DutyState.VERIFIED),
        {"source": "x", "verified_by": attrgetter("checked_by")},
    ),
    "placement_once_per_item_and_day": (lambda: Placement.objects.first(), UNCHANGED),
    "duty_returned_says_why": (duties.duty, {"source": "x", "state": DutyState.RETURNED}),
    "duty_entered_is_confirmed_before_it_goes_on": (
        duties.entered,
        {"source": "deputies.enter:x", "state": DutyState.REPORTED},
    ),
    "duty_paper_has_who_when_and_what": (
        duties.confirmed,
        {"source": "deputies.enter:x", "paper_on": make.TODAY},
    ),
    "duty_paper_is_not_received_by_who_entered_it": (
        duties.confirmed,
        {
            "source": "deputies.enter:x",
            "paper_on": make.TODAY,
            "paper_note": "签字表",
            "paper_by": attrgetter("reported_by"),
        },
    ),
    "duty_paper_is_received_by_neither_checker_nor_verifier": (
        duties.confirmed,
        {
            "source": "deputies.enter:x",
            "paper_on": make.TODAY,
            "paper_note": "签字表",
            "paper_by": attrgetter("deputy.user"),
            "checked_at": attrgetter("confirmed_at"),
            "checked_by": attrgetter("deputy.user"),
        },
    ),
    "duty_entered_late_says_why": (
        duties.entered,
        {"source": "deputies.enter:x", "done_on": date(2021, 12, 20)},
    ),
    "duty_is_not_verified_by_who_told_it": (
        lambda: duties.duty(DutyState.VERIFIED),
        {"source": "x", "verified_by": attrgetter("reported_by")},
    ),
    "duty_duplicate_is_withdrawn": (duties.duty, {"source": "x", "duplicate_of": duties.duty}),
    "evidence_once_per_record_and_content": (evidence, UNCHANGED),
    "group_name_once_per_area": (make.group, UNCHANGED),
    "membership_one_group_at_a_time": (membership, {"group": lambda: make.group("第二代表小组")}),
    "membership_ends_after_it_begins": (membership, {"to_on": make.ELECTED_ON}),
    "group_dissolved_has_no_convenor": (
        make.group,
        {"name": "另一小组", "dissolved_on": make.TODAY, "convenor": make.user},
    ),
    "move_once_per_regrouping": (move, UNCHANGED),
    "move_leads_elsewhere": (
        move,
        {"deputy": make.deputy, "now": lambda: make.group("柳河镇第一代表小组")},
    ),
    "specialist_name_once_while_standing": (fields.group, UNCHANGED),
    "specialist_group_ends_after_it_begins": (
        fields.group,
        {"name": "另一小组", "dissolved_on": EARLY},
    ),
    "specialist_dissolved_has_no_leader": (
        fields.group,
        {"name": "另一小组", "dissolved_on": make.TODAY, "leader": make.deputy},
    ),
    "specialist_once_per_group_at_a_time": (fields.member, UNCHANGED),
    "specialist_membership_ends_after_it_begins": (
        fields.member,
        {"deputy": make.deputy, "to_on": make.TODAY},
    ),
    "study_ends_after_it_begins": (fields.called, {"ends_on": EARLY}),
    "study_reported_has_words_who_and_when": (fields.reported, {"report": ""}),
    "study_cancelled_says_why": (fields.cancelled, {"reason": ""}),
    "invitation_once_per_study_and_deputy": (fields.invitation, UNCHANGED),
    "invitation_answered_has_when": (
        fields.invitation,
        {"deputy": make.deputy, "answer": Answer.YES},
    ),
    "invitation_declined_says_why": (
        fields.answered,
        {"deputy": make.deputy, "answer": Answer.NO},
    ),
    "finding_once_per_study_deputy_and_words": (fields.finding, UNCHANGED),
    "committee_post_once_at_a_time": (contact.post, UNCHANGED),
    "committee_post_ends_after_it_begins": (
        contact.post,
        {"deputy": make.deputy, "to_on": make.TODAY},
    ),
    "liaison_has_the_one_target_of_its_kind": (
        contact.assigned,
        {"deputy": make.deputy, "area": make.township},
    ),
    "liaison_is_with_somebody_else": (contact.assigned, {"deputy": attrgetter("holder")}),
    "liaison_ends_after_it_begins": (
        contact.assigned,
        {"deputy": make.deputy, "to_on": make.TODAY},
    ),
    "liaison_one_holder_per_deputy": (contact.assigned, {"holder": contact.holder}),
    "liaison_one_holder_per_area": (
        lambda: contact.assigned(LiaisonKind.DIRECTOR),
        {"holder": contact.holder},
    ),
    "liaison_once_per_holder_and_group": (
        lambda: contact.assigned(LiaisonKind.OFFICE),
        UNCHANGED,
    ),
    "contact_once_per_liaison_day_and_way": (contact.contacted, UNCHANGED),
    "pledge_position_once_per_deputy": (lambda: voters.pledged()[0], UNCHANGED),
    "pledge_is_one_of_three": (lambda: voters.pledged()[0], {"position": 4}),
    "pledge_says_something": (lambda: voters.pledged()[0], {"position": 2, "text": ""}),
    "message_ended_has_words_who_and_when": (
        voters.answered,
        {"receipt": "AAAAAAAA", "answer": ""},
    ),
    "issue_settled_has_result_who_and_when": (issue, {"message": voters.sent, "result": ""}),
    "roster_import_applied_has_when": (roster_import, {"state": ImportState.APPLIED}),
    "roster_import_undone_has_who_and_when": (
        lambda: sheet.apply([sheet.row()]),
        {"state": ImportState.UNDONE},
    ),
    "roster_row_once_per_batch": (roster_row, UNCHANGED),
    "header_name_once_per_kind_of_sheet": (header_name, UNCHANGED),
    "roster_row_error_says_why": (roster_row, {"verdict": Verdict.ERROR}),
    "proposal_number_is_unique": (lambda: proposals.proposal(State.ACCEPTED), {"token": uuid4}),
    "proposal_accepted_has_number": (
        lambda: proposals.proposal(State.ACCEPTED),
        {"token": uuid4, "number": "", "accepted_on": None},
    ),
    "proposal_number_comes_with_its_day": (
        lambda: proposals.proposal(State.ACCEPTED),
        {"token": uuid4, "accepted_on": None},
    ),
    "proposal_in_hand_has_due_date": (
        lambda: proposals.proposal(State.ASSIGNED),
        {"token": uuid4, "due_on": None},
    ),
    "proposal_answered_has_date": (
        lambda: proposals.proposal(State.ANSWERED),
        {"token": uuid4, "answered_on": None},
    ),
    "proposal_published_has_who_and_when": (
        lambda: proposals.proposal(State.PUBLISHED),
        {"token": uuid4, "published_by": None},
    ),
    "proposal_returned_says_why": (
        proposals.proposal,
        {"token": uuid4, "state": State.RETURNED},
    ),
    "proposal_signing_ends_some_day": (
        proposals.signing,
        {"token": uuid4, "sign_until": None},
    ),
    "proposal_refused_has_its_ground": (
        proposals.submitted,
        {"token": uuid4, "state": State.REFUSED, "closing_words": "不属于建议"},
    ),
    "proposal_closed_says_why": (proposals.submitted, {"token": uuid4, "state": State.LETTER}),
    "proposal_merged_into_another": (
        lambda: proposals.merged()[0],
        {"token": uuid4, "number": "x", "merged_into": None},
    ),
    "proposal_never_merged_into_itself": (
        lambda: proposals.merged()[0],
        {"token": uuid4, "number": "x", "merged_into_id": next_proposal},
    ),
    "ask_position_once_per_proposal": (
        lambda: proposals.proposal(State.ACCEPTED).asks.get(),
        UNCHANGED,
    ),
    "ask_says_something": (
        lambda: proposals.proposal(State.ACCEPTED).asks.get(),
        {"position": 9, "text": ""},
    ),
    "lineage_never_of_itself": (
        lambda: proposals.continued().continues,
        {"earlier": attrgetter("proposal")},
    ),
    "attachment_of_a_draft_or_of_a_proposal": (
        proposals.attachment,
        {"proposal": proposals.submitted},
    ),
    "attachment_of_pages_has_its_size": (proposals.attachment, {"pages": 2}),
    "attachment_once_per_draft": (proposals.attachment, UNCHANGED),
    "attachment_once_per_proposal": (proposals.attachment_raised, UNCHANGED),
    "former_text_once_per_proposal": (proposals.former_text, UNCHANGED),
    "invitation_once_per_deputy": (proposals.invitation, UNCHANGED),
    "cosignature_once_per_deputy": (cosignature, UNCHANGED),
    "assignment_once_per_unit": (assigned, {"role": UnitRole.ASSISTING, "position": 1}),
    "assignment_one_lead_unit": (assigned, {"unit": lambda: make.unit("县水利和湖泊局")}),
    "assignment_due_after_assigned": (assigned, {"due_on": proposals.ASSIGNED_ON}),
    "assignment_position_once_per_proposal": (
        assigned,
        {"unit": lambda: make.unit("县水利和湖泊局"), "role": UnitRole.SEPARATE},
    ),
    "assignment_first_one_answers": (assigned, {"role": UnitRole.ASSISTING}),
    "assignment_lead_comes_first": (assigned, {"position": 1}),
    "assignment_in_hand_has_its_days": (assigned, {"due_on": None}),
    "assignment_received_has_who_and_when": (assigned, {"received_by": make.user}),
    "assignment_done_has_its_day": (assigned, {"done_on": make.TODAY}),
    "sheet_rehearsed_has_its_window": (assign_sheet, {"object_until": None}),
    "sheet_dropped_after_units_saw_it_says_why": (assign_sheet, {"drop_reason": "重新分工。"}),
    "sheet_settled_has_its_day": (assign_sheet, {"state": SheetState.SETTLED}),
    "objection_one_open_per_assignment": (assign_facts.objected, UNCHANGED),
    "objection_decided_has_who_when_and_words": (
        assign_facts.objected,
        {"state": ObjectionState.UPHELD},
    ),
    "pause_ends_after_it_begins": (pause, {"until_on": attrgetter("from_on")}),
    "pause_one_at_a_time": (pause, UNCHANGED),
    "extension_once_per_assignment": (extension, UNCHANGED),
    "extension_decided_has_who_and_when": (extension, {"state": ExtensionState.GRANTED}),
    "extension_lengthens": (extension, {"months": 0}),
    "extension_lapsed_says_why": (
        extension,
        {"state": ExtensionState.LAPSED, "decided_on": make.TODAY, "words": ""},
    ),
    "volume_has_both_files_and_their_moment_or_none": (asked_volume, {"pdf": "volumes/1.pdf"}),
    "volume_made_has_its_files": (asked_volume, {"state": VolumeState.MADE}),
    "draft_exhibit_once_per_ask": (exhibit_drafted, UNCHANGED),
    "exhibit_once_per_answer": (exhibit, UNCHANGED),
    "opening_first_one_counts": (opening, UNCHANGED),
    "reminder_once_per_person_distance_and_last_day": (reminder, UNCHANGED),
    "meeting_once_per_stage": (lambda: answered().meetings.first(), UNCHANGED),
    "meeting_confirmed_has_who_and_when": (
        lambda: answered().meetings.first(),
        {"confirmed_by": None},
    ),
    "meeting_denied_has_who_when_and_words": (denied, {"denial": ""}),
    "meeting_confirmed_or_denied": (
        denied,
        {"confirmed_by": make.user, "confirmed_at": clock.now},
    ),
    "waiver_once_per_stage": (waiver, UNCHANGED),
    "waiver_says_why": (waiver, {"reason": ""}),
    "reply_version_once": (lambda: answered().replies.get(), UNCHANGED),
    "answer_once_per_ask": (lambda: answered().replies.get().answers.get(), UNCHANGED),
    "answer_says_something": (lambda: answered().replies.get().answers.get(), {"text": ""}),
    "reply_draft_one_open_per_assignment": (lambda: proposals.drafted(assigned()), UNCHANGED),
    "reply_draft_to_sign_is_whole": (
        lambda: proposals.drafted(assigned()),
        {"state": DraftState.TO_SIGN, "text": ""},
    ),
    "draft_answer_once_per_ask": (draft_answer, UNCHANGED),
    "opinion_version_once": (opinion, UNCHANGED),
    "opinion_says_something": (opinion, {"text": ""}),
    "countersignature_once_per_edition": (countersignature, UNCHANGED),
    "reply_template_name_once": (template, UNCHANGED),
    "activity_is_for_a_group_or_an_assembly": (activity, {"assembly": make.assembly}),
    "activity_registered_once": (activity, UNCHANGED),
    "attendance_once_per_deputy": (attendance, UNCHANGED),
    "attendance_leave_has_approver": (attendance, {"presence": Presence.LEAVE}),
    "station_one_home_per_area": (home, {"name": "柳河镇第二代表之家"}),
    "posting_one_station_at_a_time": (posting, UNCHANGED),
    "rule_book_version_once_per_assembly": (facts.book, UNCHANGED),
    "rule_book_adopted_has_version_day_decision_who_and_when": (facts.book, {"minute": ""}),
    "ceiling_once_per_book_and_category": (lambda: drafts.draft().ceilings.first(), UNCHANGED),
    "ceiling_is_positive": (lambda: drafts.draft().ceilings.first(), {"points": 0}),
    "rule_highest_only_is_a_bonus": (
        lambda: drafts.draft().rules.filter(bonus=False).first(),
        {"book": drafts.draft, "highest_only": True},
    ),
    "rule_once_per_book_and_item": (lambda: drafts.draft().rules.first(), UNCHANGED),
    "rule_points_are_positive": (lambda: drafts.draft().rules.first(), {"points": 0}),
    "rule_bonus_has_no_ceiling": (
        lambda: drafts.draft().rules.exclude(per_year=None).first(),
        {"bonus": True},
    ),
    "entry_once_per_record_and_assembly": (entry, UNCHANGED),
    "entry_is_positive_or_reverses": (entry, {"points": -1}),
    "appeal_once_per_line_unless_withdrawn": (appeal, UNCHANGED),
    "appeal_says_why": (appeal, {"words": ""}),
    "appeal_answered_has_who_and_when_and_words": (appeal, {"answer": "应按甲项计。"}),
    "appeal_is_answered_by_another": (
        appeal,
        {
            "state": AppealState.DISMISSED,
            "answered_by": attrgetter("verified_by"),
            "answered_at": clock.now,
            "answer": "原来的是对的。",
        },
    ),
    "appeal_words_say_something": (appeal_words, {"words": ""}),
    "appeal_photo_once_per_appeal_and_content": (appeal_photo, UNCHANGED),
    "ledger_audit_with_drift_or_broken_chain_has_faults": (ledger_audit, {"drift": 1}),
    "ledger_fault_position_once": (ledger_fault, UNCHANGED),
    "ledger_anchor_once_per_assembly_and_month": (ledger_anchor, UNCHANGED),
    "ledger_anchor_month_is_a_first": (ledger_anchor, {"month": date(2026, 4, 2)}),
    "ledger_anchor_counts_within_seated": (
        ledger_anchor,
        {"month": date(2026, 5, 1), "without": 2},
    ),
    "total_once_per_deputy_assembly_and_year": (total, UNCHANGED),
    "total_is_base_and_bonus": (total, {"total": 99}),
    "grade_stars_are_a_range": (
        lambda: Grade.objects.first(),
        {"name": "新等次", "position": 99, "stars_from": 9, "stars_to": 8},
    ),
    "review_once_per_assembly_and_year": (cycle, UNCHANGED),
    "review_decided_has_minute_and_who_and_when": (
        cycle,
        {"year": 2030, "state": CycleState.DECIDED},
    ),
    "appraisal_once_per_step": (appraisal, UNCHANGED),
    "appraisal_score_is_0_to_100": (appraisal, {"score": 101}),
    "grading_once_per_year": (grading, UNCHANGED),
    "star_once_per_grading": (star_light, UNCHANGED),
}

DECLARED = {
    constraint.name: model._meta.db_table
    for model in apps.get_models()
    if model._meta.app_label in OURS
    for constraint in model._meta.constraints
}


def test_every_constraint_of_the_models_has_a_bad_row_here_and_no_row_is_left_over():
    assert set(BROKEN_BY) == set(DECLARED)


@pytest.mark.django_db
def test_every_constraint_of_the_models_is_in_the_database_and_holds_for_old_rows_too():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname, conrelid::regclass::text FROM pg_constraint WHERE convalidated"
            " UNION SELECT indexrelid::regclass::text, indrelid::regclass::text"
            " FROM pg_index WHERE indisunique AND indisvalid"
        )
        found = set(cursor.fetchall())
    assert set(DECLARED.items()) <= found


def value_of(change, row):
    """A plain value, one made when it is needed, or one of the good row's own."""
    if isinstance(change, attrgetter):
        return change(row)
    return change() if callable(change) else change


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(BROKEN_BY))
def test_a_row_that_breaks_the_rule_is_turned_away_by_the_database(name):
    good, changes = BROKEN_BY[name]
    row = good()
    bad = type(row).objects.get(pk=row.pk)
    for field, change in changes.items():
        setattr(bad, field, value_of(change, row))
    bad.pk = None
    with pytest.raises(IntegrityError, match=f'"{name}"'), transaction.atomic():
        type(row).objects.bulk_create([bad])
