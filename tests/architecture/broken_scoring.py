"""Rows that break a constraint of points and the review: a good one, what to change in it."""

from datetime import date
from operator import attrgetter

from congress.shared import clock
from congress.shared.models.places import OrganisationKind
from scoring import tasks
from scoring.models import (
    Entry,
    Grade,
    LedgerAnchor,
    LedgerAudit,
    LedgerFault,
    OnBehalf,
    StandIn,
    YearTotal,
)
from scoring.states import AppealState, Step
from tests import make
from tests.architecture.broken_shared import UNCHANGED
from tests.home import facts as home_facts
from tests.scoring import drafts, facts, year


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


def review_stage():
    return cycle().stages.first()


def stand_in(**place):
    party = year.party(1)
    return StandIn.objects.create(
        cycle=year.opened(party),
        step=Step.TOWNSHIP if place else Step.GROUP,
        user=party.clerk.user,
        reason="召集人住院",
        from_on=year.TODAY,
        to_on=year.TODAY,
        appointed_by=party.director.user,
        **place or {"group": make.group()},
    )


def stand_in_of_a_township():
    return stand_in(area=make.township())


def stand_in_of_a_unit():
    return stand_in(unit=make.organisation(OrganisationKind.ELECTING))


def on_behalf():
    return OnBehalf.objects.create(appraisal=appraisal(), reason="不会用手机")


def star_light():
    return home_facts.graded(home_facts.review(), make.deputy()).lights.first()


SCORING = {
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
    "review_cut_off_is_in_its_year": (cycle, {"year": 2030}),
    "review_gathered_has_when": (cycle, {"gathered_at": clock.now}),
    "review_decided_has_minute_and_who_and_when": (cycle, {"minute": "1 号"}),
    "review_final_has_who_and_when": (cycle, {"final_at": clock.now}),
    "review_stage_once_per_cycle": (review_stage, UNCHANGED),
    "review_stage_closes_after_it_opens": (review_stage, {"closes_on": date(2026, 1, 1)}),
    "stand_in_is_for_one_party": (stand_in, {"area": attrgetter("group.area")}),
    "stand_in_has_a_reason": (stand_in, {"reason": ""}),
    "stand_in_ends_after_it_begins": (stand_in, {"to_on": date(2026, 1, 1)}),
    "stand_in_once_per_group_while_open": (stand_in, UNCHANGED),
    "stand_in_once_per_area_while_open": (stand_in_of_a_township, UNCHANGED),
    "stand_in_once_per_unit_while_open": (stand_in_of_a_unit, UNCHANGED),
    "on_behalf_has_a_reason_or_a_photo": (on_behalf, {"reason": ""}),
    "on_behalf_photo_has_its_digest": (on_behalf, {"sha256": "0" * 64}),
    "appraisal_once_per_step": (appraisal, UNCHANGED),
    "appraisal_score_is_0_to_100": (appraisal, {"score": 101}),
    "review_decided_has_its_meeting_day": (cycle, {"met_on": year.TODAY}),
    "star_once_per_grading": (star_light, UNCHANGED),
}
