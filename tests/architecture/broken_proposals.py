"""Rows that break a constraint of proposals: a good one, what to change in it."""

from datetime import timedelta
from operator import attrgetter
from uuid import uuid4

from django.db import connection

from congress.shared import clock
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
from proposals.models import DraftExhibit, Source, Watch, Watcher
from proposals.sharing import Share
from proposals.states import (
    Distance,
    DraftState,
    ExtensionState,
    ObjectionState,
    Part,
    SheetState,
    Stage,
    State,
    UnitRole,
    VolumeState,
)
from tests import make
from tests.architecture.broken_shared import UNCHANGED
from tests.deputies import walk as duties
from tests.proposals import sheets as assign_facts
from tests.proposals import walk as proposals


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


def watcher():
    return Watcher.objects.create(address=f"watcher{make.serial()}@example.org")


def watch():
    of = {"watcher": watcher(), "unit": make.unit()}
    return Watch.objects.create(asked_at=clock.now(), **of)


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


def taken_back():
    part = assigned()
    proposals.met(part, Stage.BEFORE)
    by = proposals.unit_clerk(part.unit)
    return meetings.take_back_meeting(part.meetings.get(), by=by, today=make.TODAY)


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


def heard():
    said = {"key": "stations.issue:1", "words": "接待群众时听到"}
    return Source.objects.create(proposal=proposals.proposal(), **said)


PROPOSALS = {
    "source_of_a_draft_or_of_a_proposal": (heard, {"proposal": None, "key": "2"}),
    "source_of_one_text": (heard, {"proposal": proposals.proposal}),
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
    "proposal_reply_withheld_alone_and_unpublished": (
        lambda: proposals.proposal(State.PUBLISHED),
        {"token": uuid4, "reply_withheld_reason": "有商业秘密"},
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
    "assignment_only_helpers_end_along": (assigned, {"state": Part.SILENT}),
    "assignment_received_has_who_and_when": (assigned, {"received_by": make.user}),
    "assignment_done_has_its_day": (assigned, {"done_on": make.TODAY}),
    "sheet_rehearsed_has_its_window": (assign_sheet, {"object_until": None}),
    "sheet_window_begins_and_ends": (assign_sheet, {"heard_from": None}),
    "sheet_dropped_after_units_saw_it_says_why": (assign_sheet, {"drop_reason": "重新分工。"}),
    "sheet_settled_has_its_day": (assign_sheet, {"state": SheetState.SETTLED}),
    "objection_one_open_per_assignment": (assign_facts.objected, UNCHANGED),
    "objection_decided_has_who_when_and_words": (
        assign_facts.objected,
        {"state": ObjectionState.UPHELD},
    ),
    "pause_ends_no_sooner_than_it_begins": (pause, {"until_on": proposals.ACCEPTED_ON}),
    "pause_one_at_a_time": (pause, UNCHANGED),
    "extension_once_per_assignment": (extension, UNCHANGED),
    "extension_decided_has_who_and_when": (extension, {"state": ExtensionState.GRANTED}),
    "extension_consented_or_declined": (
        extension,
        {"consented_at": clock.now, "declined_at": clock.now},
    ),
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
    "meeting_taken_back_has_who_and_when": (taken_back, {"taken_back_by": None}),
    "meeting_answered_or_taken_back": (
        taken_back,
        {"confirmed_by": make.user, "confirmed_at": clock.now},
    ),
    "meeting_confirmed_by_somebody_else": (
        lambda: answered().meetings.first(),
        {"recorded_by": attrgetter("confirmed_by")},
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
    "watcher_address_in_small_letters": (watcher, {"address": "Somebody@example.org"}),
    "watch_is_of_one_thing": (watch, {"area": make.township}),
    "watch_once_per_watcher_and_thing": (watch, UNCHANGED),
    "watch_confirmed_after_it_was_asked_for": (
        watch,
        {"confirmed_at": lambda: clock.now() - timedelta(days=1)},
    ),
}
