"""Rows that break a constraint of deputies: a good one, what to change in it."""

from datetime import date
from operator import attrgetter

from congress.shared import clock
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
from tests import make
from tests.architecture.broken_shared import EARLY, UNCHANGED
from tests.deputies import contact, fields, plans, seats, sheet, voters
from tests.deputies import walk as duties


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


DEPUTIES = {
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
    "roster_import_applied_has_when": (roster_import, {"state": ImportState.APPLIED}),
    "roster_import_undone_has_who_and_when": (
        lambda: sheet.apply([sheet.row()]),
        {"state": ImportState.UNDONE},
    ),
    "roster_row_once_per_batch": (roster_row, UNCHANGED),
    "header_name_once_per_kind_of_sheet": (header_name, UNCHANGED),
    "roster_row_error_says_why": (roster_row, {"verdict": Verdict.ERROR}),
}
